/** The configuration of a program that runs for months: read again when the file changes, and kept while it has mistakes. */

import { statSync } from 'node:fs';
import { toOfxSyncError } from '../../errors.js';
import { classifierFor } from '../../exporters/input.js';
import type { RouteContext } from '../../serve/routes.js';
import type { Invocation } from '../command/command.js';
import { configOf, configToRead } from '../command/context.js';
import { visible } from '../terminal/escape.js';

export type Current = RouteContext['current'];

/**
 * Returns the function that gives the configuration and its rules.
 * @param how.trusted the configuration is used for syncs, too. @throws ConfigError, TrustError
 */
export async function currentConfig(invocation: Invocation, how: { readonly trusted: boolean }): Promise<Current> {
  const { io } = invocation;
  const load = async (silent: boolean) => {
    const options = silent ? { ...invocation.options, quiet: true } : invocation.options;
    const { config } = await configToRead({ ...invocation, options });
    return { config, classify: await classifierFor(config) };
  };
  if (how.trusted) await configOf(invocation);
  let latest = await load(false);
  let stamp = stampOf(latest.config.file);
  return async () => {
    const now = stampOf(latest.config.file);
    if (now === stamp) return latest;
    stamp = now;
    try {
      latest = await load(true);
    } catch (error) {
      const { message } = toOfxSyncError(error);
      io.stderr.write(`notice: ${visible(message)}; the server goes on with the former configuration\n`);
    }
    return latest;
  };
}

function stampOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.mtimeMs} ${found.size} ${found.ino}`;
}
