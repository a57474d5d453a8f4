/** A program on a real terminal: tmux holds a pseudo-terminal, takes keys, and shows what a person would see. */

import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { namedConfig } from './named-config.js';
import { hasPeer } from './peer-program.js';
import { scratchDir } from './scratch.js';

export const HAS_TMUX = hasPeer('tmux', ['-V']);

export interface TerminalOptions {
  readonly cwd: string;
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Terminal {
  /** Names of keys as tmux has them: `Enter`, `Escape`, `Down`, `C-c`, `Space`. */
  keys(...names: readonly string[]): void;
  /** Text as it is. */
  type(text: string): void;
  /** What stands on the screen, without blank lines at the end; lines that were wrapped are one. */
  screen(): string;
  /** The same with everything that has scrolled away. */
  all(): string;
  /** Waits until the screen shows it. @returns the screen */
  shows(text: string | RegExp): Promise<string>;
  /** The exit status of the program, when it has ended. */
  ended(): Promise<number>;
  /** Closes the window, as a lost connection does. */
  close(): void;
}

/** Starts a command with nothing of the environment of the tests; it ends with the test that started it. */
export function startTerminal(command: readonly string[], options: TerminalOptions): Terminal {
  // Its server leaves it behind.
  const socket = join(scratchDir('tmux-'), 'socket');
  const tmux = (...args: readonly string[]) =>
    execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: options.cwd,
    TMPDIR: tmpdir(),
    TERM: 'screen-256color',
    LANG: 'C.UTF-8',
    ...namedConfig(options.cwd),
    ...options.env,
  };
  const words = ['env', '-i', ...Object.entries(env).map(([name, value]) => `${name}=${value}`), ...command];
  const line = `${words.map(quoted).join(' ')}; echo "ended with $?"; exec sleep 600`;
  const size = ['-x', String(options.columns ?? 100), '-y', String(options.rows ?? 40)];
  // tmux itself must see a UTF-8 locale, or it shows every letter beyond ASCII as `_`.
  tmux('-u', 'new-session', '-d', '-s', 'one', '-c', options.cwd, ...size, 'sh', '-c', line);
  onTestFinished(() => {
    try {
      tmux('kill-server');
    } catch {
      // It has gone by itself.
    }
  });
  const capture = (...more: readonly string[]) => tmux('capture-pane', '-p', '-J', '-t', 'one', ...more).trimEnd();
  const shows = async (text: string | RegExp): Promise<string> => {
    for (const started = Date.now(); Date.now() - started < 110_000; await delay(30)) {
      const screen = capture();
      if (typeof text === 'string' ? screen.includes(text) : text.test(screen)) return screen;
    }
    throw new Error(`the terminal never showed ${text}:\n${capture()}`);
  };
  return {
    keys: (...names) => void tmux('send-keys', '-t', 'one', ...names),
    type: (text) => void tmux('send-keys', '-t', 'one', '-l', text),
    screen: () => capture(),
    all: () => capture('-S', '-'),
    shows,
    close: () => void tmux('kill-server'),
    ended: async () => Number(/ended with (\d+)/.exec(await shows(/ended with \d+/))?.[1]),
  };
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
