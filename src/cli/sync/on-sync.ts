/** `onSync` of accounts.yaml: commands that run one after another when a sync has ended, with its result. */

import { type ChildProcessWithoutNullStreams as Child, spawn } from 'node:child_process';
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

/** Time in which output may still arrive after a command has ended. */
const GRACE_MS = 2000;
const MAX_OUTPUT_CHARS = 2000;

/**
 * Runs the commands in the folder of accounts.yaml; a failure does not stop the next. Each gets the result on standard input,
 * as `sync --json` prints it, and the totals in its environment. Their output goes to standard error.
 * @returns the number of commands that failed.
 */
export async function runAfterSync(config: Config, result: SyncResult, invocation: Invocation): Promise<number> {
  const { io } = invocation;
  const commands = config.exportConfig?.onSync ?? [];
  if (commands.length === 0) return 0;
  const ok = result.outcomes.filter(({ status }) => status === 'ok');
  const added = ok.reduce((sum, outcome) => sum + (outcome.status === 'ok' ? outcome.saved.new : 0), 0);
  const context: CommandContext = {
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
    const { failure, output } = await run(command, context);
    for (const line of output.split(/\r?\n/).filter((text) => text !== ''))
      await write(io.stderr, `${visible(line)}\n`);
    if (failure === null) continue;
    failed += 1;
    await write(io.stderr, `onSync: ${visible(command.command.join(' '))} ${visible(failure)}\n`);
  }
  return failed;
}

interface CommandContext {
  readonly cwd: string;
  readonly input: string;
  readonly signal: AbortSignal;
  /** The system can end a command together with the processes that it started. */
  readonly hasGroups: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

interface CommandResult {
  /** The failure, as the end of a sentence; `null` for a success. */
  readonly failure: string | null;
  readonly output: string;
}

async function run(
  { command: [program = '', ...args], timeoutMs }: SyncCommand,
  context: CommandContext,
): Promise<CommandResult> {
  const child = spawn(program, args, {
    cwd: context.cwd,
    env: { ...context.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: context.hasGroups,
  });
  let output = '';
  const onOutput = (text: string) => {
    if (output.length < MAX_OUTPUT_CHARS) output += text;
  };
  child.stdout.setEncoding('utf8').on('data', onOutput);
  child.stderr.setEncoding('utf8').on('data', onOutput);
  // A command may ignore its input, which closes the pipe.
  child.stdin.on('error', () => undefined).end(context.input);
  const failure = await failureOf(child, timeoutMs, context);
  return { failure, output: output.slice(0, MAX_OUTPUT_CHARS) };
}

/** Waits for the end of a command, which is ended after its time or when the signal aborts. @returns `null` for a success. */
function failureOf(child: Child, timeoutMs: number, context: CommandContext): Promise<string | null> {
  return new Promise((resolve) => {
    let failure: string | null = null;
    const stop = (reason: string) => {
      failure ??= reason;
      endAll(child, context);
    };
    const timer = setTimeout(() => stop(`did not end within ${timeoutMs / 1000} s and was stopped`), timeoutMs);
    const onAbort = () => stop('was interrupted');
    context.signal.addEventListener('abort', onAbort, { once: true });
    const finish = (reason: string | null) => {
      clearTimeout(timer);
      context.signal.removeEventListener('abort', onAbort);
      resolve(failure ?? reason);
    };
    child.once('error', (error) => finish(`cannot be run: ${error.message}`));
    child.once('exit', (code, signal) => {
      const reason = code === 0 ? null : code === null ? `was ended by ${signal}` : `failed with exit status ${code}`;
      // Processes that it started and left running may hold its output open.
      const late = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        finish(reason);
      }, GRACE_MS);
      child.once('close', () => {
        clearTimeout(late);
        finish(reason);
      });
    });
  });
}

/** Ends a command with its process group: a shell that is ended alone leaves its children running. */
function endAll(child: Child, { hasGroups }: CommandContext): void {
  child.kill('SIGKILL');
  if (hasGroups && child.pid !== undefined)
    spawn('kill', ['-s', 'KILL', '--', `-${child.pid}`], { stdio: 'ignore' }).on('error', () => undefined);
}
