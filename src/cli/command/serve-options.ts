/** The options of the server, for `serve` and for the service that runs it. */

import { resolve } from 'node:path';
import { UsageError } from '../../errors.js';
import { type ServeAddress, serveAddress } from '../../serve/settings.js';
import type { Invocation } from './command.js';
import { durationOption, flagOf, textOption, waitOption } from './context.js';

/** Banks are not asked more often than this, whatever is given. */
const LEAST_EVERY_MS = 600_000;

/** Names of `SERVER_OPTIONS` as the parser gives them. */
export const SERVER_OPTION_NAMES = [
  'listen',
  'publicUrl',
  'cert',
  'key',
  'behindProxy',
  'plainHttp',
  'metricsBalances',
] as const;

/** Reads where the server listens, and by which name it is reached. @throws UsageError */
export function addressOption(invocation: Invocation): ServeAddress {
  const { options } = invocation;
  return serveAddress({
    listen: textOption(invocation, 'listen'),
    publicUrl: textOption(invocation, 'publicUrl'),
    hasTls: textOption(invocation, 'cert') !== undefined || textOption(invocation, 'key') !== undefined,
    behindProxy: options['behindProxy'] === true,
    plainHttp: options['plainHttp'] === true,
  });
}

/** Reads the distance of the server's own syncs; `null` for none. @throws UsageError */
export function everyOption(invocation: Invocation): number | null {
  const every = durationOption(invocation, 'every') ?? null;
  if (every === null && textOption(invocation, 'spread') !== undefined)
    throw new UsageError('--spread requires --every', 'Such as: --every 6h --spread 0s');
  waitOption(invocation, 'spread');
  if (every !== null && every < LEAST_EVERY_MS)
    throw new UsageError('--every takes at least 10m', 'Banks are not asked more often. A usual value: --every 6h');
  return every;
}

/** Returns the arguments of the command that serves with the same options; paths are absolute. @throws UsageError */
export function serverArguments(invocation: Invocation): string[] {
  addressOption(invocation);
  everyOption(invocation);
  const { cwd } = invocation.io;
  const texts = (['listen', 'publicUrl', 'cert', 'key', 'every', 'spread'] as const).flatMap((name) => {
    const value = textOption(invocation, name);
    if (value === undefined) return [];
    return [flagOf(name), name === 'cert' || name === 'key' ? resolve(cwd, value) : value];
  });
  const flags = (['behindProxy', 'plainHttp', 'metricsBalances'] as const).flatMap((name) =>
    invocation.options[name] === true ? [flagOf(name)] : [],
  );
  return [...texts, ...flags];
}
