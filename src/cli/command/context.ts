/** The first steps of most commands: reading the configuration and the options, finding the data folder, opening the store. */

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { MAX_DURATION_MS, parseDuration } from '../../config/length.js';
import type { LoadOptions } from '../../config/load.js';
import { configPlaces } from '../../config/yaml/locate.js';
import { UsageError } from '../../errors.js';
import { type IsoDate, localDate, type Period } from '../../model/dates.js';
import type { Config, Institution } from '../../model/institution.js';
import { didYouMean } from '../../model/nearest.js';
import { present } from '../../model/present.js';
import type { SecretContext, Store } from '../../ports.js';
import { sandboxEntry } from '../../sandbox/known.js';
import type { Lock } from '../../store/lock.js';
import { visible } from '../terminal/escape.js';
import { ageText } from '../terminal/time-format.js';
import type { Invocation } from './command.js';
import { keptConfig } from './config-cache.js';
import { dataFolder } from './data-folder.js';
import { DAYS_TAKE, daysNamed } from './days.js';
import { type ConfigSource, readConfigSource, requireTrust } from './trust.js';

/**
 * Reads and checks the configuration, which must be trusted.
 * @throws ConfigError; TrustError when somebody else can change it, or nobody has trusted it
 */
export async function configOf(
  invocation: Invocation,
  more: Pick<LoadOptions, 'accountsToCome'> = {},
): Promise<Config> {
  const { config, source } = await configToRead(invocation, more);
  await requireTrust(source, config, invocation);
  return config;
}

/**
 * Reads and checks the configuration for a command that uses only names and settings of it: no secret, file, command, message
 * or request. It need not be trusted.
 * @throws ConfigError; TrustError when somebody else can change it
 */
export async function configToRead(
  invocation: Invocation,
  more: Pick<LoadOptions, 'accountsToCome'> = {},
): Promise<{ readonly config: Config; readonly source: ConfigSource }> {
  const { io } = invocation;
  const source = await readConfigSource(invocation);
  const kept = await keptConfig(source, more, io);
  if (kept.config !== null) return { config: kept.config, source };
  const { loadConfigText } = await import('../../config/load.js');
  const config = await loadConfigText(source.text, source.file, { ...loadOptionsOf(invocation), ...more });
  await kept.keep(config);
  return { config, source };
}

/** Returns the configuration file to make when none is found: the one that is named, else the personal one. */
export function newConfigFile({ options, io }: Invocation): string {
  const named = [options.config, io.env['OFX_SYNC_CONFIG']].find((path) => path !== undefined && path !== '');
  return named === undefined ? configPlaces(io)[1] : resolve(io.cwd, named);
}

/** Returns the institution of that name. @throws UsageError with the nearest name. */
export function institutionNamed({ institutions }: Config, name: string): Institution {
  const known = institutions.find((one) => one.name === name);
  if (known !== undefined) return known;
  const names = institutions.map((one) => one.name);
  throw new UsageError(
    `no bank in accounts.yaml is named ${JSON.stringify(name)}`,
    didYouMean(name, names, `There are: ${names.join(', ')}`),
  );
}

/** Returns the options for checking configurations on this machine. */
export function loadOptionsOf({ io }: Invocation): LoadOptions {
  return { home: io.home, lookUpSandbox: sandboxEntry };
}

export function dataDirOf({ options, io }: Invocation): string {
  return dataFolder(options, io).path;
}

/** Opens the store for reading; `null` before the first sync. */
export async function storeForReading(invocation: Invocation): Promise<Store | null> {
  const [{ openStore }, { STORE_FILE }] = await Promise.all([
    import('../../store/open.js'),
    import('../../store/folder.js'),
  ]);
  const dir = dataDirOf(invocation);
  if (!existsSync(`${dir}/${STORE_FILE}`)) return null;
  await secureDataDir(invocation);
  return openStore(dir, { readOnly: true });
}

/** Makes sure that nobody else can change the data folder, and says so if somebody could. */
async function secureDataDir(invocation: Invocation): Promise<void> {
  const { secureFolder } = await import('../../store/folder.js');
  const problem = secureFolder(dataDirOf(invocation));
  if (problem !== null) invocation.io.stderr.write(`notice: ${visible(problem)}\n`);
}

/** Opens the store for writing, and locks its folder. */
export async function storeForWriting(
  invocation: Invocation,
  waitMs?: number,
): Promise<{ store: Store; release: () => void }> {
  const { openStore } = await import('../../store/open.js');
  const lock = await lockFor(invocation, waitMs);
  try {
    const { path, kind } = dataFolder(invocation.options, invocation.io);
    const store = await openStore(path, { refusesMadeUp: kind === 'own' });
    return {
      store: interruptible(store, invocation),
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

/** Saving fewer transactions takes a moment. */
const MANY_TRANSACTIONS = 2_000;

/**
 * Returns the store with an end to long saves: Ctrl-C ends the program instead of waiting for the save of a huge statement,
 * and nothing of that account is stored.
 */
function interruptible(store: Store, { io: { endedBySignals } }: Invocation): Store {
  if (endedBySignals === undefined) return store;
  return {
    ...store,
    save: (account, statement, context) =>
      statement.transactions.length > MANY_TRANSACTIONS
        ? endedBySignals(() => store.save(account, statement, context))
        : store.save(account, statement, context),
  };
}

/** Locks the data folder for this run. Waits a short time for another run to finish. */
export async function lockFor(invocation: Invocation, waitMs = 10_000): Promise<Lock> {
  const { lockDataDir } = await import('../../store/lock.js');
  const { io, options } = invocation;
  await secureDataDir(invocation);
  return lockDataDir(dataDirOf(invocation), {
    waitMs,
    holder: { pid: io.pid, since: io.now().toISOString() },
    signal: io.signal,
    onWait: (since) => {
      if (options.quiet !== true && waitMs > 0)
        io.stderr.write(`another run is at work (${since}); waiting up to ${ageText(waitMs)} for it to finish\n`);
    },
  });
}

/** Returns the context for resolving the password of an institution; `baseDir` is the folder of relative paths. */
export function passwordContext({ io }: Invocation, institution: string, baseDir = io.cwd): SecretContext {
  return { institution, field: 'password', env: io.env, baseDir, signal: io.signal };
}

export function textOption({ options }: Invocation, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** Reads a whole number of at least `least`, and at most `most` unless that is `null`. @throws UsageError */
export function numberOption(
  invocation: Invocation,
  name: string,
  least: number,
  most: number | null = null,
): number | undefined {
  const takes = most === null ? `a whole number of at least ${least}` : `a whole number from ${least} to ${most}`;
  return parsedOption(invocation, name, takes, (text) => {
    const isInRange = Number(text) >= least && (most === null || Number(text) <= most);
    return /^\d{1,6}$/.test(text) && isInRange ? Number(text) : null;
  });
}

/** Reads a length of time above zero, at most a day. @throws UsageError */
export function durationOption(invocation: Invocation, name: string): number | undefined {
  return parsedOption(invocation, name, 'a length of time such as 60s or 10m, at most 24h and above 0s', (text) =>
    lengthOf(text) === 0 ? null : lengthOf(text),
  );
}

/** Reads a length of time that may be zero, at most a day. @throws UsageError */
export function waitOption(invocation: Invocation, name: string): number | undefined {
  return parsedOption(invocation, name, 'a length of time such as 60s or 10m, at most 24h', lengthOf);
}

function lengthOf(text: string): number | null {
  const ms = /^\d{1,6}(?:ms|s|m|h)$/.test(text) ? parseDuration(text) : Number.POSITIVE_INFINITY;
  return ms > MAX_DURATION_MS ? null : ms;
}

/** Reads an age such as 3d or 12h, in milliseconds. @throws UsageError */
export function ageOption(invocation: Invocation, name: string): number | undefined {
  return parsedOption(invocation, name, 'a length of time such as 3d or 12h', (text) =>
    /^\d{1,5}(?:s|m|h|d)$/.test(text) && parseDuration(text) > 0 ? parseDuration(text) : null,
  );
}

/** Reads the values of an option that may be given more than once. */
export function namesOption({ options }: Invocation, name: string): readonly string[] {
  const given = options[name];
  return Array.isArray(given) ? given.map(String) : [];
}

/** Reads the name of the consumer whose mark is used. @throws UsageError */
export function consumerOption(invocation: Invocation): string | undefined {
  const name = textOption(invocation, 'consumer');
  if (name === undefined || /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,63}$/u.test(name)) return name;
  throw new UsageError(
    '--consumer takes a name of letters, digits, dots, dashes and underscores',
    'Such as: --consumer books',
  );
}

/** Reads `--since` and `--until`: the first day of the one, the last of the other. @throws UsageError */
export function windowOption(invocation: Invocation): { readonly since?: IsoDate; readonly until?: IsoDate } {
  const [since, until] = [dayOption(invocation, 'since'), daysOption(invocation, 'until')?.to];
  if (since !== undefined && until !== undefined && since > until)
    throw new UsageError(`--since is later than --until: ${since}, ${until}`, 'Name an earlier day for --since.');
  return present({ since, until });
}

/** Reads the first of the days that an option names. @throws UsageError */
export function dayOption(invocation: Invocation, name: string): IsoDate | undefined {
  return daysOption(invocation, name)?.from;
}

function daysOption(invocation: Invocation, name: string): Period | undefined {
  return parsedOption(invocation, name, DAYS_TAKE, (text) => daysNamed(text, localDate(invocation.io.now())));
}

/** Returns the names of institutions and accounts that were given as words or with `--account`. */
export function namesGiven(invocation: Invocation, words: readonly string[]): readonly string[] {
  return [...words, ...namesOption(invocation, 'account')];
}

/** Reads an option. @throws UsageError when `parse` returns `null`: the option takes something else. */
function parsedOption<Value>(
  invocation: Invocation,
  name: string,
  takes: string,
  parse: (text: string) => Value | null,
): Value | undefined {
  const text = textOption(invocation, name);
  if (text === undefined) return undefined;
  const value = parse(text);
  if (value !== null) return value;
  const flag = flagOf(name);
  throw new UsageError(`${flag} takes ${takes}, not ${JSON.stringify(text)}`);
}

/** Returns the flag of an option: `--public-url` for `publicUrl`. */
export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
