/** The second half of a check, with the password: one signon, and each account by its own answer. Nothing is stored. */

import type { OfxSyncError } from '../errors.js';
import { addDays, localDate } from '../model/dates.js';
import type { Config, Institution } from '../model/institution.js';
import type { Signon } from '../ofx/file.js';
import { signonError } from '../ofx/status.js';
import type { StatementWindow } from '../ports.js';
import { type Delivery, downloadAll } from '../sync/download.js';
import { createLimiter } from '../sync/limiter.js';
import { isOurs } from './network.js';
import { type CheckPorts, failed, passed, type Step, skipped, warned } from './step.js';

/** Long enough for any server to take it, short enough to cost it nothing. */
const DAYS = 7;

/** The signon, and then each of the accounts. @param wanted those that were named. */
export async function checkStatements(
  institution: Institution,
  { config, accounts }: { readonly config: Config; readonly accounts: readonly StatementWindow['account'][] },
  ports: CheckPorts,
): Promise<Step[]> {
  const today = localDate(ports.now());
  const { alwaysDateRange } = institution.quirks;
  const from = addDays(today, -DAYS);
  const wanted = accounts.map((account) => ({ account, from, to: alwaysDateRange === true ? today : null }));
  const deliveries: Delivery[] = [];
  let signon: Signon | null = null;
  const started = performance.now();
  await downloadAll(
    [{ institution, wanted }],
    {
      retries: 0,
      timeoutMs: ports.timeoutMs,
      timeoutForAll: ports.timeoutForAll,
      perInstitution: config.defaults.perInstitution,
      signal: ports.signal,
      today,
    },
    {
      ...ports,
      limiter: createLimiter({ concurrency: config.defaults.concurrency, perKey: config.defaults.perInstitution }),
      read: async (bytes, signal) => {
        const file = await ports.read(bytes, signal);
        signon ??= file.signon;
        return file;
      },
      onReply: (reply) => ports.onReply(institution, reply),
      onState: () => undefined,
      deliver: (delivery) => deliveries.push(delivery),
    },
  );
  const durationMs = performance.now() - started;
  for (const delivery of deliveries) if ('error' in delivery && isOurs(delivery.error)) throw delivery.error;
  const first = signonStep(signon, deliveries, { institution, durationMs });
  const isAccepted = first.status === 'ok' || first.status === 'warning';
  return [first, ...deliveries.map((delivery) => accountStep(delivery, isAccepted))];
}

function signonStep(
  signon: Signon | null,
  deliveries: readonly Delivery[],
  { institution, durationMs }: { readonly institution: Institution; readonly durationMs: number },
): Step {
  const errors = deliveries.flatMap((delivery) => ('error' in delivery ? [delivery.error] : []));
  const [first] = errors;
  if (signon === null) {
    if (first?.code === 'SIGNON_BLOCKED')
      return skipped('signon', first.message, { hint: first.hint, error: first, durationMs: null });
    if (first !== undefined && errors.length === deliveries.length) return failed('signon', first, { durationMs });
    return warned('signon', 'the answer says nothing of it', { durationMs });
  }
  const { status, org, fid, dtServer } = signon;
  const refusal = signonError(status, institution);
  const details = { code: status.code, severity: status.severity, message: status.message, org, fid, dtServer };
  if (refusal !== null) return failed('signon', refusal, { durationMs, details });
  const said = status.message === null || status.message === '' ? '' : `: “${status.message}”`;
  return passed('signon', `accepted (${status.code})${said}`, { durationMs, details });
}

function accountStep(delivery: Delivery, isAccepted: boolean): Step {
  const { account } = delivery.wanted;
  const durationMs = delivery.attempts === 0 ? null : delivery.durationMs;
  if ('error' in delivery) {
    const { error } = delivery;
    return !isAccepted || error.code.startsWith('SIGNON_') || delivery.status === 'skipped'
      ? skipped('account', 'not asked, since the signon was not accepted', { account, error })
      : failed('account', error, { account, durationMs });
  }
  const { statement, notices } = delivery;
  const count = statement.transactions.length;
  const balance = statement.ledgerBalance;
  const parts = [
    `${count} transaction${count === 1 ? '' : 's'} in ${DAYS} days`,
    ...(balance === null ? ['no balance'] : [`balance as of ${balance.asOf ?? 'no date'}`]),
  ];
  const all = [...notices, ...statement.notices];
  const more = {
    account,
    durationMs,
    statement,
    details: { transactions: count, notices: all.map(({ code }) => code) },
  };
  if (all.length === 0) return passed('account', parts.join(', '), more);
  return warned('account', parts.join(', '), { ...more, hint: all.map(({ message }) => message).join('; ') });
}

/** For accounts that are not asked for, since something before them failed. */
export function notAsked(accounts: readonly StatementWindow['account'][], because: OfxSyncError | null): Step[] {
  return accounts.map((account) =>
    skipped('account', 'not asked, since a step before failed', { account, error: because }),
  );
}
