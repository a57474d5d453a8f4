/** Checks, with the password, the sign-on and the statement of each account. Stores nothing. */

import type { Account } from '../model/account.js';
import { addDays, localDate } from '../model/dates.js';
import type { Config, Institution } from '../model/institution.js';
import type { Signon } from '../ofx/file.js';
import type { StatementWindow } from '../ports.js';
import { type Delivery, downloadAll } from '../sync/download.js';
import { createLimiter } from '../sync/limiter.js';
import { signonVerdict } from '../sync/verdict.js';
import { isLocalFailure } from './network.js';
import { type CheckPorts, counted, failed, NOT_TRIED, passed, type Step, skipped, warned } from './step.js';

/** Long enough for any server to accept it, short enough to cost it little. */
const DAYS = 7;

/** Returns the days that a check requests of each account. */
export function lastDays({ quirks }: Institution, accounts: readonly Account[], now: Date): StatementWindow[] {
  const today = localDate(now);
  const from = addDays(today, -DAYS);
  return accounts.map((account) => ({ account, from, to: quirks.alwaysDateRange === true ? today : null }));
}

/** @returns the step of the sign-on, then one for each account. */
export async function checkStatements(
  institution: Institution,
  { config, accounts }: { readonly config: Config; readonly accounts: readonly Account[] },
  ports: CheckPorts,
): Promise<Step[]> {
  const today = localDate(ports.now());
  const wanted = lastDays(institution, accounts, ports.now());
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
  for (const delivery of deliveries) if ('error' in delivery && isLocalFailure(delivery.error)) throw delivery.error;
  const first =
    institution.program === undefined
      ? signonStep(signon, deliveries, { institution, durationMs })
      : programStep(deliveries, durationMs);
  const isAccepted = first.status === 'ok' || first.status === 'warning';
  return [first, ...deliveries.map((delivery) => accountStep(delivery, isAccepted, first))];
}

/** The step of a program that was run: it fails when no account got a statement of it. */
function programStep(deliveries: readonly Delivery[], durationMs: number): Step {
  const errors = deliveries.flatMap((delivery) => ('error' in delivery ? [delivery.error] : []));
  const [first] = errors;
  const ran = errors.filter(({ code }) => code !== 'COMMAND_FAILED' && code !== 'OFX_UNREADABLE');
  if (first !== undefined && ran.length === 0 && errors.length === deliveries.length)
    return first.code === 'SIGNON_BLOCKED'
      ? skipped('command', first.message, { hint: first.hint, error: first, durationMs: null })
      : failed('command', first, { durationMs });
  return passed('command', `ran, and printed ${counted(deliveries.length - errors.length, 'statement')}`, {
    durationMs,
  });
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
    return warned('signon', 'the reply does not mention it', { durationMs });
  }
  const { status, org, fid, dtServer } = signon;
  const refusal = signonVerdict({ signon }, institution);
  const details = { code: status.code, severity: status.severity, message: status.message, org, fid, dtServer };
  if (refusal !== null) return failed('signon', refusal, { durationMs, details });
  if (institution.quirks.maxDaysPerRequest === undefined && wereAskedOneByOne(deliveries))
    return warned('signon', `accepted (${status.code}), but not for all accounts in one request`, {
      durationMs,
      details,
      hint: 'The request for all accounts failed, and one for each was answered. Set accountsPerRequest: 1.',
    });
  const text = status.message === null || status.message === '' ? '' : `: “${status.message}”`;
  return passed('signon', `accepted (${status.code})${text}`, { durationMs, details });
}

/** Returns true when the accounts, which nobody asked again, were all answered at the second request. */
function wereAskedOneByOne(deliveries: readonly Delivery[]): boolean {
  return deliveries.length > 1 && deliveries.every((one) => 'statement' in one && one.attempts === 2);
}

function accountStep(delivery: Delivery, isAccepted: boolean, { step }: Step): Step {
  const { account } = delivery.wanted;
  const durationMs = delivery.attempts === 0 ? null : delivery.durationMs;
  if ('error' in delivery) {
    const { error } = delivery;
    return !isAccepted || error.code.startsWith('SIGNON_') || delivery.status === 'skipped'
      ? skipped('account', step === 'command' ? NOT_TRIED : 'not requested, since the sign-on was not accepted', {
          account,
          error,
        })
      : failed('account', error, { account, durationMs });
  }
  const { statement, notices } = delivery;
  const count = statement.transactions.length;
  const balance = statement.ledgerBalance;
  const parts = [
    `${counted(count, 'transaction')} in ${DAYS} days`,
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
