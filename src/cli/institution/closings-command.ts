/** `ofx-sync closings [NAME…]`: requests the closing statements of bank accounts and cards, with balances and due dates. */

import { inquire } from '../../discovery/inquiry.js';
import { type OfxSyncError, SignonError, toOfxSyncError, UsageError } from '../../errors.js';
import { type Account, accountKey } from '../../model/account.js';
import { addDays, localDate } from '../../model/dates.js';
import type { Institution } from '../../model/institution.js';
import type { Closing, Statement } from '../../model/statement.js';
import { statementError } from '../../ofx/status.js';
import type { StatementWindow } from '../../ports.js';
import type { LoginJob } from '../../sync/download.js';
import { matchAccounts } from '../../sync/match-accounts.js';
import { planJobs } from '../../sync/plan.js';
import { createGuard } from '../../sync/signon-guard.js';
import type { Wiring } from '../../wiring.js';
import type { Invocation } from '../command/command.js';
import { configOf, dayOption, durationOption } from '../command/context.js';
import { exitOfCounts } from '../command/exit-codes.js';
import { printJson } from '../command/result.js';
import { withWiring } from '../command/with-store.js';
import { visible } from '../terminal/escape.js';
import { writeLines } from '../terminal/io.js';
import { table, widthOf, wrapped } from '../terminal/table.js';
import { amountText, problemText } from '../terminal/wording.js';

/** Half a year: closing statements are monthly. */
const DAYS = 183;

interface AccountClosings {
  readonly account: Account;
  readonly currency: string;
  readonly closings: readonly Closing[];
  /** The reason why the request failed; `null` for a success. */
  readonly problem: string | null;
  /** The remedy for the problem. */
  readonly hint: string | null;
}

export async function closingsCommand(invocation: Invocation): Promise<number> {
  const { io, options, words } = invocation;
  const config = await configOf(invocation);
  const today = localDate(io.now());
  const from = dayOption(invocation, 'since') ?? addDays(today, -DAYS);
  const jobs = planJobs(config, { names: words, windows: { since: from }, store: null, today }).flatMap(requestable);
  if (jobs.length === 0)
    throw new UsageError(
      'none of these accounts has closing statements',
      'Only bank accounts and cards have them, at banks to which ofx-sync signs on.',
    );
  const timeoutMs = durationOption(invocation, 'timeout') ?? config.defaults.timeoutMs;
  return withWiring(invocation, config, async ({ store, wiring }) => {
    const guard = createGuard(store, { force: options['force'] === true, now: io.now });
    const request = (job: LoginJob) =>
      closingsOf(job, wiring, { ...wiring.ports, guard, timeoutMs, signal: io.signal });
    const found = (await Promise.all(jobs.map(request))).flat();
    await print(found, invocation);
    return exitOfCounts(found.filter(({ problem }) => problem !== null).length, found.length);
  });
}

/** Returns the job for its bank accounts and cards; none for an institution without a server. */
function requestable({ institution, wanted }: LoginJob): LoginJob[] {
  const some = wanted.filter(({ account }) => account.kind === 'bank' || account.kind === 'creditcard');
  return institution.url === null || some.length === 0 ? [] : [{ institution, wanted: some }];
}

/** Sends a request for each message set, one after another. A failure counts for the accounts of its request. */
async function closingsOf(
  { institution, wanted }: LoginJob,
  wiring: Wiring,
  options: Parameters<typeof inquire>[2],
): Promise<AccountClosings[]> {
  const found: AccountClosings[] = [];
  const addFailures = (some: readonly StatementWindow[], { message, hint }: OfxSyncError) =>
    found.push(...some.map(({ account }) => ({ account, currency: '', closings: [], problem: message, hint })));
  let signonError: OfxSyncError | null = null;
  for (const kind of ['bank', 'creditcard'] as const) {
    const some = wanted.filter(({ account }) => account.kind === kind);
    if (some.length === 0) continue;
    if (signonError !== null) {
      addFailures(some, signonError);
      continue;
    }
    const asked = some.map((one) => ({ ...one, to: null, trnuid: wiring.ports.newUid() }));
    try {
      const login = await wiring.ports.resolveLogin(institution);
      const file = await inquire(institution, { kind: 'closings', login, wanted: asked }, options);
      const { matches } = matchAccounts(file.statements, asked, institution);
      found.push(...matches.map((one) => closingsIn(one.wanted.account, one.statements, institution)));
    } catch (thrown) {
      const error = toOfxSyncError(thrown);
      if (error.code === 'BUG' || error.code === 'INTERRUPTED' || error.code.startsWith('STORE_')) throw error;
      if (error instanceof SignonError) signonError = error;
      addFailures(some, error);
    }
  }
  return found;
}

function closingsIn(account: Account, statements: readonly Statement[], institution: Institution): AccountClosings {
  const refusal = statements.map(({ status }) => statementError(status, institution)).find((error) => error !== null);
  return {
    account,
    currency: statements[0]?.currency ?? '',
    closings: statements.flatMap(({ closings }) => closings),
    problem: statements.length === 0 ? 'the reply of the bank holds no closing statements' : (refusal?.message ?? null),
    hint: refusal?.hint ?? null,
  };
}

const COLUMNS = [
  { align: 'left', flexible: true },
  { align: 'left' },
  { align: 'left' },
  { align: 'right' },
  { align: 'right' },
  { align: 'right', dispensable: true },
  { align: 'left', dispensable: true },
] as const;

async function print(found: readonly AccountClosings[], { io, options }: Invocation): Promise<void> {
  if (options.json === true) {
    const accounts = found.map(({ account, currency, closings, problem, hint }) => ({
      institution: account.institution,
      account: account.name,
      currency: currency === '' ? null : currency,
      closings,
      problem,
      hint,
    }));
    await printJson(io, { version: 1, accounts });
    return;
  }
  const rows = found.flatMap(({ account, currency, closings }) =>
    closings.map(({ period, opened, closed, minimumPayment, paymentDue }) => [
      visible(accountKey(account)),
      period?.from ?? '',
      period?.to ?? '',
      opened === null ? '' : amountText(opened, currency),
      closed === null ? '' : amountText(closed, currency),
      minimumPayment === null ? '' : amountText(minimumPayment, currency),
      paymentDue ?? '',
    ]),
  );
  const head = ['ACCOUNT', 'FROM', 'TO', 'OPENED WITH', 'CLOSED WITH', 'MINIMUM PAYMENT', 'DUE'];
  if (rows.length > 0) await writeLines(io.stdout, table([head, ...rows], COLUMNS, widthOf(io.stdout)));
  for (const { account, problem, hint, closings } of found) {
    if (problem !== null) {
      const text = `✗ ${visible(accountKey(account))}: ${problemText(problem, hint)}`;
      await writeLines(io.stderr, wrapped(text, widthOf(io.stderr), '    '));
    } else if (closings.length === 0)
      await writeLines(io.stderr, [`${visible(accountKey(account))}: no closing statements in this period`]);
  }
}
