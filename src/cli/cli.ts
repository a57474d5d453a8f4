/**
 * The command line as a function: arguments and the world in, exit status out. `--version` answers before anything else is
 * loaded; each command loads what it needs. Data goes to stdout, everything else to stderr.
 */

import { type OfxSyncError, toOfxSyncError, UsageError } from '../errors.js';
import { EXIT, exitOfError } from './exit.js';
import { type CliIo, write } from './io.js';
import { logChoice, withLog } from './log.js';

/** Runs one command. Never rejects. */
export async function cli(argv: readonly string[], plain: CliIo): Promise<number> {
  const choice = logChoice(argv);
  const io = withLog(plain, choice);
  try {
    if (choice.unknown !== null)
      throw new UsageError(`--log-format takes text or json, not ${JSON.stringify(choice.unknown)}`);
    if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
      const { version } = await import('../version.js');
      await write(io.stdout, `${version()}\n`);
      return EXIT.ok;
    }
    const { parseArguments } = await import('./program.js');
    const parsed = parseArguments(argv, io);
    if ('text' in parsed) {
      await write(io.stdout, parsed.text);
      return EXIT.ok;
    }
    if (parsed.invocation.options['version'] === true) {
      if (parsed.invocation.options.verbose !== true) return await cli(['--version'], plain);
      const { versionReport } = await import('./version-report.js');
      return await versionReport(parsed.invocation);
    }
    const handler = await parsed.handler();
    return await handler(parsed.invocation);
  } catch (error) {
    return fail(toOfxSyncError(error), argv, io);
  }
}

async function fail(error: OfxSyncError, argv: readonly string[], io: CliIo): Promise<number> {
  const { errorJson, errorLines } = await import('./report.js');
  if (argv.includes('--json')) await write(io.stdout, `${JSON.stringify(errorJson(error))}\n`);
  const { verbose, format } = logChoice(argv);
  const origin = (error.code === 'BUG' || verbose) && error.cause instanceof Error ? error.cause : null;
  const stack = origin === null ? null : (origin.stack ?? origin.message);
  if (format === 'json')
    io.log?.write('error', 'error', error.message, {
      code: error.code,
      hint: error.hint,
      ...(stack === null ? {} : { stack }),
    });
  else {
    await write(io.stderr, `${errorLines(error).join('\n')}\n`);
    if (stack !== null) await write(io.stderr, `${stack}\n`);
  }
  return exitOfError(error);
}
