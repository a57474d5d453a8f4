/** Asks banks for something other than statements: which accounts there are, which form of request they accept, and what fails. */

import { readFile } from 'node:fs/promises';
import { platform } from 'node:os';
import type { Checked } from '../check/check.js';
import { checkAll } from '../check/check-all.js';
import { directoryRemark } from '../check/directory-remark.js';
import { type FoundAccount, foundAccounts } from '../config/found-accounts.js';
import { requireReply } from '../discovery/inquiry.js';
import { listAccounts } from '../discovery/list-accounts.js';
import { machineFacts } from '../discovery/machine-facts.js';
import { type ProbeAttempt, type ProbeResult, probe as probeServer } from '../discovery/probe.js';
import { institutionAt } from '../discovery/probe-target.js';
import type { Guide } from '../discovery/signon.js';
import { UsageError } from '../errors.js';
import { localDate } from '../model/dates.js';
import type { Config, Institution } from '../model/institution.js';
import { present } from '../model/present.js';
import { planJobs } from '../sync/plan.js';
import { openProbe } from '../wiring.js';
import { type BankOptions, bankPorts, connected } from './wired.js';

export interface CheckOptions extends BankOptions {
  /** Institutions, accounts, or `institution/account`; all when absent. */
  readonly names?: readonly string[];
  /** Called with each institution as soon as it and all before it are done. */
  readonly onChecked?: (checked: Checked) => void;
}

/**
 * Tries every step from this machine to each account, all institutions at once, and returns the steps of each: a failure is a
 * step with its cause and a hint. Stores nothing but profiles.
 * @throws UsageError for an unknown name; StoreError
 */
export async function check(config: Config, options: CheckOptions): Promise<Checked[]> {
  const { names = [], timeoutMs = null, onChecked } = options;
  const text = await readFile(config.file, 'utf8').catch(() => '');
  const jobs = planJobs(config, { names, windows: {}, store: null, today: localDate(new Date()) }).map(
    async ({ institution, wanted }) => ({
      institution,
      accounts: wanted.map(({ account }) => account),
      remark: await directoryRemark(text, institution.name),
    }),
  );
  const known = await Promise.all(jobs);
  return connected(config, options, async (wiring) => {
    const ports = { ...bankPorts(wiring, options), onReply: () => undefined };
    const all: Checked[] = [];
    for await (const checked of checkAll(known, { config, timeoutMs }, ports)) {
      all.push(checked);
      onChecked?.(checked);
    }
    return all;
  });
}

export interface DiscoverOptions extends BankOptions {
  /** A person who answers what the bank wants besides the password; without one that is an error. */
  readonly guide?: Guide;
}

/**
 * Signs on to an institution and returns the accounts that it lists, as entries of accounts.yaml.
 * @throws UsageError for an unknown name; OfxSyncError when the bank cannot be reached or refuses
 */
export async function discover(config: Config, name: string, options: DiscoverOptions): Promise<FoundAccount[]> {
  const institution = config.institutions.find((one) => one.name === name);
  if (institution === undefined) throw new UsageError(`no bank in accounts.yaml is named ${JSON.stringify(name)}`);
  const { guide = null, timeoutMs = institution.timeoutMs ?? config.defaults.timeoutMs } = options;
  return connected(config, options, async (wiring) => {
    const { now } = wiring.ports;
    const machine = () => machineFacts({ now, platform: platform() });
    const file = await listAccounts(institution, guide, { ...bankPorts(wiring, options), timeoutMs, machine });
    requireReply(file, 'ACCTINFOTRNRS', institution);
    return foundAccounts(file.accounts, institution);
  });
}

export interface ProbeOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Between two requests; 3,000 when absent. A server on the internet deserves no less than 1,000. */
  readonly pauseMs?: number;
  /** For each request; 20,000 when absent. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly onAttempt?: (attempt: ProbeAttempt) => void;
}

/**
 * Finds the form of request that a server accepts, with at most ten requests for its profile, without user id or password.
 * @param server its address, or an institution with what is known of it.
 * @throws UsageError for an address that cannot be one; OfxSyncError INTERRUPTED
 */
export async function probe(server: string | Institution, options: ProbeOptions = {}): Promise<ProbeResult> {
  const { env = {}, pauseMs = 3000, timeoutMs = 20_000, signal = new AbortController().signal, onAttempt } = options;
  const institution = typeof server === 'string' ? await institutionAt(server) : server;
  const line = await openProbe({ env, now: () => new Date(), timeoutMs });
  try {
    return await probeServer(institution, present({ signal, pauseMs, onAttempt }), line);
  } finally {
    await line.close();
  }
}
