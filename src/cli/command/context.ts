/** What most commands begin with: the configuration, the data folder, the store, and their own options read. */

import { existsSync } from 'node:fs';
import { MAX_DURATION_MS } from '../../config/length.js';
import { type LoadOptions, loadConfig, parseDuration } from '../../config/load.js';
import { locateConfig, locateData } from '../../config/yaml/locate.js';
import { UsageError } from '../../errors.js';
import { addDays, type IsoDate, isIsoDate, localDate } from '../../model/dates.js';
import type { Config } from '../../model/institution.js';
import type { Store } from '../../ports.js';
import { sandboxEntry } from '../../sandbox/known.js';
import type { Lock } from '../../store/lock.js';
import type { Invocation } from './command.js';

export async function configOf(
  invocation: Invocation,
  more: Pick<LoadOptions, 'accountsToCome'> = {},
): Promise<Config> {
  const { options, io } = invocation;
  return loadConfig(locateConfig(options.config, io, existsSync), { ...loadOptionsOf(invocation), ...more });
}

/** How configurations are checked on this machine. */
export function loadOptionsOf({ io }: Invocation): LoadOptions {
  return { home: io.home, lookUpSandbox: sandboxEntry };
}

export function dataDirOf({ options, io }: Invocation): string {
  return locateData(options.data, io);
}

/** The store for reading, `null` before the first sync. */
export async function storeForReading(invocation: Invocation): Promise<Store | null> {
  const [{ openStore }, { STORE_FILE }] = await Promise.all([
    import('../../store/open.js'),
    import('../../store/folder.js'),
  ]);
  const dir = dataDirOf(invocation);
  return existsSync(`${dir}/${STORE_FILE}`) ? openStore(dir, { readOnly: true }) : null;
}

/** The store for writing, with the lock of its folder. */
export async function storeForWriting(
  invocation: Invocation,
  waitMs?: number,
): Promise<{ store: Store; release: () => void }> {
  const { openStore } = await import('../../store/open.js');
  const lock = await lockFor(invocation, waitMs);
  try {
    const store = await openStore(dataDirOf(invocation));
    return {
      store,
      release: () => {
        store.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The data folder for this run alone; a moment is waited for another to finish. */
export async function lockFor(invocation: Invocation, waitMs = 10_000): Promise<Lock> {
  const { lockDataDir } = await import('../../store/lock.js');
  const { io, options } = invocation;
  return lockDataDir(dataDirOf(invocation), {
    waitMs,
    holder: { pid: io.pid, since: io.now().toISOString() },
    signal: io.signal,
    onWait: (holder) => {
      if (options.quiet !== true) io.stderr.write(`waiting for another run to finish (${holder})\n`);
    },
  });
}

export function textOption({ options }: Invocation, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** A whole number of at least `least`. @throws UsageError */
export function numberOption(invocation: Invocation, name: string, least: number): number | undefined {
  const text = textOption(invocation, name);
  if (text === undefined) return undefined;
  if (!/^\d{1,6}$/.test(text) || Number(text) < least)
    throw new UsageError(`${flag(name)} takes a whole number from ${least} on, not ${JSON.stringify(text)}`);
  return Number(text);
}

/** A length of time, at most a day. @throws UsageError */
export function durationOption(invocation: Invocation, name: string): number | undefined {
  const ms = waitOption(invocation, name);
  if (ms === 0) throw new UsageError(`${flag(name)} takes a length of time such as 60s, and not none`);
  return ms;
}

/** A length of time that may be none, at most a day. @throws UsageError */
export function waitOption(invocation: Invocation, name: string): number | undefined {
  const text = textOption(invocation, name);
  if (text === undefined) return undefined;
  if (!/^\d{1,6}(?:ms|s|m|h)$/.test(text) || parseDuration(text) > MAX_DURATION_MS)
    throw new UsageError(
      `${flag(name)} takes a length of time such as 60s or 10m, at most 24h, not ${JSON.stringify(text)}`,
    );
  return parseDuration(text);
}

/** An age such as 3d or 12h, in milliseconds. @throws UsageError */
export function ageOption(invocation: Invocation, name: string): number | undefined {
  const text = textOption(invocation, name);
  if (text === undefined) return undefined;
  if (!/^\d{1,5}(?:s|m|h|d)$/.test(text) || parseDuration(text) === 0)
    throw new UsageError(`${flag(name)} takes a length of time such as 3d or 12h, not ${JSON.stringify(text)}`);
  return parseDuration(text);
}

/** The names of an option that may be given more than once. */
export function namesOption({ options }: Invocation, name: string): readonly string[] {
  const given = options[name];
  return Array.isArray(given) ? given.map(String) : [];
}

/** Whose mark is meant. @throws UsageError */
export function consumerOption(invocation: Invocation): string | undefined {
  const name = textOption(invocation, 'consumer');
  if (name === undefined || /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,63}$/u.test(name)) return name;
  throw new UsageError(
    '--consumer takes a name of letters, digits, dots, dashes and underscores',
    'Such as: --consumer books',
  );
}

/** The days of `--since` and `--until`. @throws UsageError */
export function windowOption(invocation: Invocation): { readonly since?: IsoDate; readonly until?: IsoDate } {
  const [since, until] = [dayOption(invocation, 'since'), dayOption(invocation, 'until')];
  if (since !== undefined && until !== undefined && since > until)
    throw new UsageError('--since is later than --until');
  return { ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) };
}

/** A date, or days back from today. @throws UsageError */
export function dayOption(invocation: Invocation, name: string): IsoDate | undefined {
  const text = textOption(invocation, name);
  if (text === undefined) return undefined;
  if (isIsoDate(text)) return text;
  const days = /^(\d{1,5})d$/.exec(text)?.[1];
  if (days === undefined)
    throw new UsageError(
      `${flag(name)} takes a date such as 2026-11-20 or a length such as 90d, not ${JSON.stringify(text)}`,
    );
  return addDays(localDate(invocation.io.now()), -Number(days));
}

function flag(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
