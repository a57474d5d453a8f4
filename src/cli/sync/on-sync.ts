/** `onSync` of accounts.yaml: commands that run after a sync, one after the other, with its result. */

import { type ChildProcess, spawn } from 'node:child_process';
import { dirname } from 'node:path';
import type { SyncCommand } from '../../model/export-config.js';
import type { Config } from '../../model/institution.js';
import type { SyncResult } from '../../sync/sync.js';
import { withoutLoginSecrets } from '../command/child-env.js';
import type { Invocation } from '../command/command.js';
import { dataDirOf } from '../command/context.js';
import { visible } from '../terminal/escape.js';
import { write } from '../terminal/io.js';
import { summaryJson } from './summary.js';

/** What a command may still say after it was told to end. */
const GRACE_MS = 2000;
const MOST_SHOWN = 2000;

/**
 * Runs all of them in the folder of accounts.yaml; one that fails does not stop the next. The result is on their standard
 * input as `sync --json` prints it, and its totals are in the environment. What they print goes to standard error.
 * @returns how many failed.
 */
export async function runAfterSync(config: Config, result: SyncResult, invocation: Invocation): Promise<number> {
  const { io } = invocation;
  const commands = config.exportConfig?.onSync ?? [];
  if (commands.length === 0) return 0;
  const ok = result.outcomes.filter(({ status }) => status === 'ok');
  const added = ok.reduce((sum, outcome) => sum + (outcome.status === 'ok' ? outcome.saved.new : 0), 0);
  const context: Running = {
    cwd: dirname(config.file),
    input: `${JSON.stringify(summaryJson(result))}\n`,
    signal: io.signal,
    hasGroups: io.platform !== 'win32',
    env: {
      ...withoutLoginSecrets(io.env, config),
      OFX_SYNC_CONFIG: config.file,
      OFX_SYNC_DATA: dataDirOf(invocation),
      OFX_SYNC_ACCOUNTS: String(result.outcomes.length),
      OFX_SYNC_OK: String(ok.length),
      OFX_SYNC_FAILED: String(result.outcomes.filter(({ status }) => status === 'failed').length),
      OFX_SYNC_NEW: String(added),
    },
  };
  let failed = 0;
  for (const command of commands) {
    const { complaint, output } = await run(command, context);
    for (const line of output.split(/\r?\n/).filter((text) => text !== ''))
      await write(io.stderr, `${visible(line)}\n`);
    if (complaint === null) continue;
    failed += 1;
    await write(io.stderr, `onSync: ${visible(command.command.join(' '))} ${visible(complaint)}\n`);
  }
  return failed;
}

interface Running {
  readonly cwd: string;
  readonly input: string;
  readonly signal: AbortSignal;
  /** The system can end a command together with all that it started. */
  readonly hasGroups: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

interface Ran {
  /** What went wrong, `null` when nothing did. */
  readonly complaint: string | null;
  readonly output: string;
}

function run({ command: [program = '', ...args], timeoutMs }: SyncCommand, context: Running): Promise<Ran> {
  const child = spawn(program, args, {
    cwd: context.cwd,
    env: { ...context.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: context.hasGroups,
  });
  let output = '';
  const heard = (text: string) => {
    if (output.length < MOST_SHOWN) output += text;
  };
  child.stdout.setEncoding('utf8').on('data', heard);
  child.stderr.setEncoding('utf8').on('data', heard);
  // A command that does not read what it is given closes the pipe, which is its right.
  child.stdin.on('error', () => undefined).end(context.input);
  return new Promise((resolve) => {
    let complaint: string | null = null;
    const stop = (why: string) => {
      complaint ??= why;
      endAll(child, context);
    };
    const timer = setTimeout(() => stop(`did not end within ${timeoutMs / 1000} s and was stopped`), timeoutMs);
    const onAbort = () => stop('was interrupted');
    context.signal.addEventListener('abort', onAbort, { once: true });
    const finish = (why: string | null) => {
      clearTimeout(timer);
      context.signal.removeEventListener('abort', onAbort);
      resolve({ complaint: complaint ?? why, output: output.slice(0, MOST_SHOWN) });
    };
    child.once('error', (error) => finish(`cannot be run: ${error.message}`));
    child.once('exit', (code, signal) => {
      const why = code === 0 ? null : code === null ? `was ended by ${signal}` : `ended with ${code}`;
      // Programs that it left running may hold its output open.
      const late = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        finish(why);
      }, GRACE_MS);
      child.once('close', () => {
        clearTimeout(late);
        finish(why);
      });
    });
  });
}

/** A shell that is ended leaves what it has started running, unless the whole group is. */
function endAll(child: ChildProcess, { hasGroups }: Running): void {
  child.kill('SIGKILL');
  if (hasGroups && child.pid !== undefined)
    spawn('kill', ['-s', 'KILL', '--', `-${child.pid}`], { stdio: 'ignore' }).on('error', () => undefined);
}
