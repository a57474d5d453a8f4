/** `ofx-sync completion SHELL` prints the script or installs it; the scripts run `completion names|institutions` at each Tab. */

import { dirname, isAbsolute, join } from 'node:path';
import { UsageError } from '../../errors.js';
import { exporters } from '../../exporters/index.js';
import { didYouMean } from '../../model/nearest.js';
import { PUSH_TARGETS } from '../../model/push.js';
import { shellWord } from '../../model/shell-word.js';
import { SYSTEM_NAMES } from '../../schedule/systems.js';
import { makeFolders } from '../../store/disk/make-folders.js';
import { ACTIONS, STEPS } from '../command/action.js';
import { writeWhole } from '../command/atomic-file.js';
import type { CommandRow, Invocation } from '../command/command.js';
import { configToRead } from '../command/context.js';
import { DAY_WORDS } from '../command/days.js';
import { EXIT } from '../command/exit-codes.js';
import { printResult } from '../command/result.js';
import { visible } from '../terminal/escape.js';
import { type CliIo, write } from '../terminal/io.js';
import { completionScript, SHELLS, type Vocabulary } from './completion.js';
import { HELP_TOPICS } from './help-command.js';

export async function completionCommand(invocation: Invocation): Promise<number> {
  const { io, words } = invocation;
  const [what = ''] = words;
  if (what === 'names' || what === 'institutions') return names(what, invocation);
  const shell = SHELLS.find((one) => one === what);
  if (shell === undefined)
    throw new UsageError(
      `completion takes ${SHELLS.join(', ')}, not ${JSON.stringify(what)}`,
      didYouMean(what, SHELLS, 'For example: ofx-sync completion bash --install', 'ofx-sync completion '),
    );
  const script = completionScript(shell, invocation.commands, vocabulary(invocation.commands));
  if (invocation.options['install'] === true) return install(shell, script, invocation);
  await write(io.stdout, script);
  if (io.stdout.isTTY === true) await write(io.stderr, `To install it: ofx-sync completion ${shell} --install\n`);
  return EXIT.ok;
}

interface Home {
  /** The file in the folder from which the shell loads completions by itself. */
  readonly path: (io: CliIo) => string;
  /** Lines for the case that the shell does not look there. */
  readonly otherwise: (path: string) => string;
}

/** Returns the folder of a variable, else one below the home folder. */
function folder({ env, home }: CliIo, variable: string, ...usual: readonly string[]): string {
  const set = env[variable];
  return set !== undefined && isAbsolute(set) ? set : join(home, ...usual);
}

const HOMES: Readonly<Record<(typeof SHELLS)[number], Home>> = {
  bash: {
    path: (io) => join(folder(io, 'XDG_DATA_HOME', '.local', 'share'), 'bash-completion', 'completions', 'ofx-sync'),
    otherwise: (path) => `Without the package bash-completion, add to ~/.bashrc: source ${shellWord(path)}`,
  },
  zsh: {
    path: (io) => join(folder(io, 'ZDOTDIR'), '.zfunc', '_ofx-sync'),
    otherwise: (path) =>
      `If Tab does not know it yet, add to ~/.zshrc: fpath=(${shellWord(dirname(path))} $fpath); autoload -Uz compinit && compinit`,
  },
  fish: {
    path: (io) => join(folder(io, 'XDG_CONFIG_HOME', '.config'), 'fish', 'completions', 'ofx-sync.fish'),
    otherwise: () => 'Nothing else is needed.',
  },
};

/** Writes the script to the completion folder of the shell; start-up files stay as they are. */
async function install(shell: keyof typeof HOMES, script: string, invocation: Invocation): Promise<number> {
  const { io } = invocation;
  const path = HOMES[shell].path(io);
  try {
    makeFolders(dirname(path));
    await writeWhole(path, [script], io.signal);
  } catch (error) {
    if (io.signal.aborted) throw error;
    throw new UsageError(
      `${path} cannot be written`,
      `Write another file, and source it: ofx-sync completion ${shell} > FILE`,
    );
  }
  await printResult(invocation, {
    json: { version: 1, shell, file: path },
    text: [`Written: ${visible(path)}. New shells use it.`, visible(HOMES[shell].otherwise(path))],
  });
  return EXIT.ok;
}

function vocabulary(commands: readonly CommandRow[]): Vocabulary {
  return {
    actions: {
      ...ACTIONS,
      push: PUSH_TARGETS,
      completion: SHELLS,
      help: [...HELP_TOPICS, ...commands.map(({ name }) => name)],
    },
    steps: STEPS,
    values: {
      '--format': Object.keys(exporters),
      '--system': SYSTEM_NAMES,
      '--as': ['statement', 'repaired', 'tree'],
      '--password': ['keychain', 'env:', 'file:', 'command:', 'prompt'],
      '--log-format': ['text', 'json'],
      '--since': DAY_WORDS,
      '--until': DAY_WORDS,
      '--if-older': ['repeat', 'skip'],
    },
  };
}

/** Prints one name per line; nothing when the configuration is missing or has mistakes, because Tab must not print errors. */
async function names(what: 'names' | 'institutions', invocation: Invocation): Promise<number> {
  try {
    const quiet = { ...invocation, options: { ...invocation.options, quiet: true } };
    const { institutions } = (await configToRead(quiet, { accountsToCome: true })).config;
    const all = institutions.flatMap(({ name, accounts }) =>
      what === 'institutions' ? [name] : [name, ...accounts.map((account) => `${name}/${account.name}`)],
    );
    await write(invocation.io.stdout, all.map((name) => `${name}\n`).join(''));
  } catch {
    return EXIT.ok;
  }
  return EXIT.ok;
}
