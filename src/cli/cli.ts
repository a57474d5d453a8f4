/**
 * The command line as a function: arguments and the world in, exit status out. `--version` answers before anything else is
 * loaded; each command loads what it needs. Data goes to stdout, everything else to stderr.
 */

import { type OfxSyncError, toOfxSyncError } from '../errors.js';
import { EXIT, exitOfError } from './exit.js';
import { type CliIo, write } from './io.js';

/** Runs one command. Never rejects. */
export async function cli(argv: readonly string[], io: CliIo): Promise<number> {
  try {
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
      if (parsed.invocation.options.verbose !== true) return await cli(['--version'], io);
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
  await write(io.stderr, `${errorLines(error).join('\n')}\n`);
  const verbose = argv.includes('--verbose') || argv.includes('-v');
  if ((error.code === 'BUG' || verbose) && error.cause instanceof Error)
    await write(io.stderr, `${error.cause.stack ?? error.cause.message}\n`);
  return exitOfError(error);
}
