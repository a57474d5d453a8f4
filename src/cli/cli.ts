/**
 * The command line as a function of the arguments and the outside world, which returns the exit status. `--version` is printed
 * before anything else is loaded; each command loads what it needs. Data goes to stdout, everything else to stderr.
 */

import { ConfigError, type OfxSyncError, toOfxSyncError, UsageError } from '../errors.js';
import { EXIT, exitOfError } from './command/exit-codes.js';
import type { LogChoice } from './command/log.js';
import { type CliIo, write, writeLines } from './terminal/io.js';

/** Runs one command. Never rejects. */
export async function cli(argv: readonly string[], io: CliIo): Promise<number> {
  if (argv.length !== 1 || (argv[0] !== '--version' && argv[0] !== '-V')) return runCommand(argv, io);
  const { version } = await import('../version.js');
  await write(io.stdout, `${version()}\n`);
  return EXIT.ok;
}

async function runCommand(argv: readonly string[], plain: CliIo): Promise<number> {
  const { logChoice, withLog } = await import('./command/log.js');
  const choice = logChoice(argv);
  const io = withLog(plain, choice);
  try {
    if (choice.unknown !== null)
      throw new UsageError(`--log-format takes text or json, not ${JSON.stringify(choice.unknown)}`);
    const [{ parseArguments }, { COMMANDS }] = await Promise.all([
      import('./command/program.js'),
      import('./commands.js'),
    ]);
    const parsed = parseArguments(argv, io, COMMANDS);
    if ('text' in parsed) {
      await write(io.stdout, parsed.text);
      return EXIT.ok;
    }
    if (parsed.invocation.options['version'] === true) {
      if (parsed.invocation.options.verbose !== true) return await cli(['--version'], plain);
      const { versionReport } = await import('./help/version-report.js');
      return await versionReport(parsed.invocation);
    }
    const handler = await parsed.handler();
    return await handler(parsed.invocation);
  } catch (error) {
    const shown = await withWayOn(toOfxSyncError(error), argv);
    return fail(shown, { io, choice, json: argv.includes('--json') });
  }
}

/** Adds the help of the command to an invalid use that has no hint of its own. */
async function withWayOn(error: OfxSyncError, argv: readonly string[]): Promise<OfxSyncError> {
  if (error.code !== 'USAGE' || error.hint !== null) return error;
  const { COMMANDS } = await import('./commands.js');
  const command = COMMANDS.find(({ name }) => argv.includes(name))?.name ?? 'sync';
  return new UsageError(error.message, `See: ofx-sync help ${command}`);
}

interface FailureOptions {
  readonly io: CliIo;
  readonly choice: LogChoice;
  readonly json: boolean;
}

async function fail(error: OfxSyncError, { io, choice, json }: FailureOptions): Promise<number> {
  const [{ printJson }, { errorJson, errorLines }, { widthOf, wrapped }] = await Promise.all([
    import('./command/result.js'),
    import('./terminal/wording.js'),
    import('./terminal/table.js'),
  ]);
  if (json) await printJson(io, errorJson(error), 0);
  const { verbose, format } = choice;
  const origin = (error.code === 'BUG' || verbose) && error.cause instanceof Error ? error.cause : null;
  const stack = origin === null ? null : (origin.stack ?? origin.message);
  if (format === 'json') {
    if (error instanceof ConfigError)
      for (const { line, column, path, message, suggestion } of error.problems)
        io.log?.write('error', 'problem', message, { file: error.file ?? null, line, column, path, suggestion });
    io.log?.write('error', 'error', error.message, {
      code: error.code,
      hint: error.hint,
      ...(stack === null ? {} : { stack }),
    });
  } else {
    const lines = errorLines(error).flatMap((line) => wrapped(line, widthOf(io.stderr), '  '));
    await writeLines(io.stderr, lines);
    if (stack !== null) await write(io.stderr, `${stack}\n`);
  }
  return exitOfError(error);
}
