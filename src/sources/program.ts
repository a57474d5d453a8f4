/**
 * Statements from a program (`command:`): it is run with the days that are wanted, and prints whatever the reader reads. It gets
 * its secrets on standard input and a small environment, has limits of time and output, and ends together with everything that
 * it started.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { platform } from 'node:os';
import { kill } from 'node:process';
import { OfxError, type OfxSyncError } from '../errors.js';
import { addDays, type IsoDate } from '../model/dates.js';
import type { Institution, StatementProgram } from '../model/institution.js';
import type { Secret } from '../model/secret.js';
import { shellWord } from '../model/shell-word.js';
import { maskSecretsInReply, secretsMask } from '../ofx/write/request.js';
import type { FetchContext, Reply, StatementRequest, StatementSource } from '../ports.js';
import { SIZE_LIMITS } from './body.js';

export interface ProgramOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder in which the program runs: that of accounts.yaml. */
  readonly folder: string;
  readonly today: () => IsoDate;
}

/** The system can end a program together with the processes that it started. */
const HAS_GROUPS = platform() !== 'win32';
const MOST_ERROR_OUTPUT = 65_536;
const LONGEST_LINE = 300;
/** Time for the rest of the output after the program itself has ended. */
const GRACE_MS = 2000;

/** Variables that programs need to find themselves, their files and their language. Everything else stays with this program. */
const INHERITED =
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|TEMP|TMP|XDG_\w+)$|^(?:PATHEXT|SYSTEMROOT|SYSTEMDRIVE|COMSPEC|WINDIR|USERPROFILE|USERNAME|HOMEDRIVE|HOMEPATH|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES(?:\(X86\))?|NUMBER_OF_PROCESSORS)$/i;

/** The values of one run, by the placeholder in arguments and by the variable in the environment. */
interface RunValues {
  readonly from: string;
  readonly to: string;
  readonly account: string;
}

/** Creates the source of an institution with `command:`. */
export function programSource(
  institution: Institution,
  program: StatementProgram,
  options: ProgramOptions,
): StatementSource {
  return {
    kind: 'command',
    fetch: async (request, context) => {
      const values = valuesOf(request, options.today());
      const { login } = request;
      const secrets = login.passwordParts ?? [];
      const { bytes, failure } = await run(
        { program, values, input: secrets.length === 0 ? null : login.password },
        { ...options, ...context },
      );
      if (failure !== null) throw failed(institution, failure, secrets);
      return replyOf(maskSecretsInReply(bytes, login), program);
    },
    inquire: async () => {
      throw noServer(institution);
    },
    preview: (request) => previewOf(program, valuesOf(request, options.today())),
    close: async () => undefined,
  };
}

function replyOf(body: Uint8Array, { line }: StatementProgram): Reply {
  return { body, httpStatus: 0, origin: `command ${programName(line)}` };
}

function noServer({ name }: Institution): OfxError {
  return new OfxError('OFX_UNREADABLE', `${name} is a program that prints statements, and answers nothing else`);
}

/** Returns the days that all accounts of a request need. A window without an end ends today. */
function valuesOf({ wanted }: Pick<StatementRequest, 'wanted'>, today: IsoDate): RunValues {
  const from = wanted.map((one) => one.from).toSorted()[0] ?? addDays(today, -1);
  const to =
    wanted
      .map((one) => one.to ?? today)
      .toSorted()
      .at(-1) ?? today;
  return { from, to, account: wanted.length === 1 ? (wanted[0]?.account.id ?? '') : '' };
}

/** Returns the arguments with the values in the place of `{from}`, `{to}` and `{account}`, each an argument of its own. */
function argumentsOf(line: readonly string[], values: RunValues): string[] {
  const places: Readonly<Record<string, string>> = {
    '{from}': values.from,
    '{to}': values.to,
    '{account}': values.account,
  };
  return line.map((word) => places[word] ?? word);
}

function environmentOf(env: ProgramOptions['env'], values: RunValues): Record<string, string | undefined> {
  const inherited = Object.entries(env).filter(([name]) => INHERITED.test(name));
  return {
    ...Object.fromEntries(inherited),
    OFX_SYNC_FROM: values.from,
    OFX_SYNC_TO: values.to,
    ...(values.account === '' ? {} : { OFX_SYNC_ACCOUNT: values.account }),
  };
}

/** Describes a run for `--dry-run`: its variables, its secrets by name, and its line. */
function previewOf({ line, secrets }: StatementProgram, values: RunValues): string {
  const shown = typeof line === 'string' ? line : argumentsOf(line, values).map(shellWord).join(' ');
  const names = Object.keys(secrets);
  return [
    `in the folder of accounts.yaml, with OFX_SYNC_FROM=${values.from} OFX_SYNC_TO=${values.to}${values.account === '' ? '' : ` OFX_SYNC_ACCOUNT=${values.account}`}`,
    ...(names.length === 0 ? [] : [`with ${names.join(', ')} on standard input, as JSON`]),
    `$ ${shown}`,
    '',
  ].join('\n');
}

function programName(line: StatementProgram['line']): string {
  return typeof line === 'string' ? (line.trim().split(/\s+/)[0] ?? '') : (line[0] ?? '');
}

interface Run {
  readonly program: StatementProgram;
  readonly values: RunValues;
  /** The document of secrets; `null` without any. */
  readonly input: Secret | null;
}

type RunContext = ProgramOptions & Pick<FetchContext, 'signal' | 'timeoutMs' | 'onBytes'>;

/** A program that did not do its work: the end of a sentence that begins with its name, and its last words. */
interface Failure {
  readonly program: string;
  readonly how: string;
  readonly hint: string | null;
  readonly lastWords: string;
}

interface RunResult {
  readonly bytes: Uint8Array;
  readonly failure: Failure | null;
}

async function run({ program, values, input }: Run, context: RunContext): Promise<RunResult> {
  const { line } = program;
  const [file = '', ...words] = typeof line === 'string' ? [line] : argumentsOf(line, values);
  const child = spawn(file, words, {
    shell: typeof line === 'string',
    cwd: context.folder,
    env: environmentOf(context.env, values),
    stdio: [input === null ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    // A session of its own: it has no terminal to ask on, and ends with all that it started.
    detached: HAS_GROUPS,
    windowsHide: true,
  });
  const output = collected(child, context);
  // A program may end without reading its input, which closes the pipe.
  child.stdin?.on('error', () => undefined).end(input === null ? '' : `${input.reveal()}\n`);
  try {
    const how = await Promise.race([output.tooMuch, ended(child), stopped(child, context)]);
    const bytes = output.bytes();
    const problem = how ?? (bytes.byteLength === 0 ? { how: 'printed nothing', hint: TRY_IT } : null);
    const failure = problem === null ? null : { ...problem, program: programName(line), lastWords: output.lastWords() };
    return { bytes, failure };
  } finally {
    endAll(child);
  }
}

type Problem = Pick<Failure, 'how' | 'hint'>;

const TRY_IT = 'To see what it does, run it yourself: ofx-sync sync --dry-run shows the line.';

/** Waits for the end of the program and of its output. @returns `null` when it succeeded. */
function ended(child: ChildProcess): Promise<Problem | null> {
  return new Promise((resolve) => {
    const finish = (code: number | null, signal: string | null) => {
      if (code === 0) resolve(null);
      else if (code !== null) resolve({ how: `failed with exit status ${code}`, hint: TRY_IT });
      else resolve({ how: `was ended by ${signal ?? 'a signal'}`, hint: TRY_IT });
    };
    child.on('close', finish);
    // What it left in the background may keep the pipes open for ever.
    child.on('exit', (code, signal) => setTimeout(finish, GRACE_MS, code, signal).unref());
  });
}

/** Waits for the time limit, for an interruption, and for a program that cannot be started. */
function stopped(child: ChildProcess, { signal, timeoutMs }: RunContext): Promise<Problem> {
  return new Promise((resolve) => {
    const late = {
      how: `did not end within ${timeoutMs / 1000} s`,
      hint: 'It may wait for an answer, which nobody can give: it has no terminal. To allow more time: timeout: 10m in accounts.yaml.',
    };
    const timer = setTimeout(resolve, timeoutMs, late);
    const onAbort = () => resolve({ how: 'was interrupted', hint: null });
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    child.once('close', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    });
    child.once('error', () => {
      clearTimeout(timer);
      resolve({
        how: 'cannot be run',
        hint: 'Check its name, that it may be run, and that it is in the PATH of this run: a timer has a shorter one than your terminal.',
      });
    });
  });
}

interface Output {
  readonly bytes: () => Uint8Array;
  /** The last line of standard error. */
  readonly lastWords: () => string;
  /** Settles when the program prints more than a statement can be. */
  readonly tooMuch: Promise<Problem>;
}

function collected(child: ChildProcess, { onBytes }: RunContext): Output {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let errors = '';
  const limit = SIZE_LIMITS.received;
  const tooMuch = new Promise<Problem>((resolve) => {
    child.stdout?.on('data', (chunk: Uint8Array) => {
      size += chunk.byteLength;
      if (size > limit) {
        child.stdout?.destroy();
        resolve({ how: `printed more than ${limit / 1_048_576} MB`, hint: TRY_IT });
        return;
      }
      chunks.push(chunk);
      onBytes?.(size);
    });
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-MOST_ERROR_OUTPUT);
  });
  return {
    bytes: () => Buffer.concat(chunks),
    lastWords: () =>
      errors
        .trimEnd()
        .split(/[\r\n]+/)
        .at(-1) ?? '',
    tooMuch,
  };
}

/** Kills the program with its group, also after it has ended: what it started may still be there. */
function endAll(child: ChildProcess): void {
  child.stdout?.destroy();
  child.stderr?.destroy();
  try {
    if (HAS_GROUPS && child.pid !== undefined) kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // Nobody of the group is left.
  }
}

function failed(
  { name }: Institution,
  { program, how, hint, lastWords }: Failure,
  secrets: readonly Secret[],
): OfxSyncError {
  const mask = secretsMask(secrets);
  const words = mask(lastWords);
  const shown = words.length > LONGEST_LINE ? `${words.slice(0, LONGEST_LINE)}…` : words;
  return new OfxError(
    'COMMAND_FAILED',
    `the command ${JSON.stringify(program)} of ${name} ${how}${shown === '' ? '' : `: ${shown}`}`,
    hint === null ? {} : { hint },
  );
}
