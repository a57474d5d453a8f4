/** Saving one statement: everything in one transaction; saving the same statement again changes nothing. */

import { type Account, accountKey } from '../model/account.js';
import { addDays, type IsoDate, later, localDate, type Period } from '../model/dates.js';
import { isZero } from '../model/money.js';
import { isUnread, type Notice } from '../model/notice.js';
import type { Statement, Transaction } from '../model/statement.js';
import type { SaveContext, SaveResult } from '../ports.js';
import { positionOf } from './arrivals.js';
import { saveByBalances } from './balances/arbiter.js';
import { balanceDay, judgeSign, saveBalance, signedBalance, statedBalance } from './balances/balances.js';
import { agreesWithNeighbours, balancesFollow, reconcile } from './balances/reconcile.js';
import { Changes } from './changes.js';
import { coveredPeriod, readCoverage, saveCoverage } from './coverage.js';
import { type Database, numberOf, type Row, textOf } from './database.js';
import { accountChanged, hasNoHistory, refuseMadeUp, sharesTransaction } from './identity/accounts.js';
import { type LookUps, lookUpsFor } from './identity/candidates.js';
import { applyCorrection } from './identity/corrections.js';
import { identify } from './identity/identify.js';
import { type IdentityInput, type IdentityResult, type Policy, UNSTABLE_FROM, USUAL } from './identity/identity.js';
import { identityNotices } from './identity/notices.js';
import { ownerOf } from './identity/owner.js';
import { daysOf } from './identity/pairing.js';
import { savePending } from './identity/pending.js';
import { learnFromBalances, repeatedPolicy, withdrawCopies } from './identity/repeated.js';
import { noteSource, type SourceState } from './identity/source.js';
import { withdrawUnlisted } from './identity/withdraw.js';
import { saveMarketValue } from './overview/market-values.js';
import { type Scope, saveTransaction } from './rows.js';
import { saveUnread } from './unread.js';

export function saveStatement(
  db: Database,
  account: Account,
  input: { statement: Statement; context: SaveContext; refusesMadeUp: boolean },
): SaveResult {
  const { statement, context } = input;
  return db.transaction(() => {
    if (input.refusesMadeUp) refuseMadeUp(db, account, context.institution);
    const owner = ownerOf(db, account, context.institution);
    const agrees = owner.change === null ? null : agreement(db, owner.row, input);
    let isRecognized = false;
    const position = positionOf(db, context);
    const source = noteSource(db, owner.before, { statement, position, context });
    const usual = usualPolicy(owner.before, { context, source });
    const of = { account: owner.row, position, hadGaps: owner.has.gaps };
    const result = saveByBalances(db, of, usual, (policy) => {
      const scope: Scope = {
        db,
        accountKey: accountKey(account),
        accountRow: owner.row,
        before: owner.before,
        has: owner.has,
        context,
        asOf: (context.asOf ?? context.at).toISOString(),
        position,
        source,
        changes: new Changes(db),
        tally: { new: 0, changed: 0, removed: 0, unchanged: 0 },
      };
      const attempt = saveUnder(policy, account, statement, scope);
      ({ isRecognized } = attempt);
      return attempt;
    });
    if (owner.change !== null && !isRecognized && agrees?.() === false) throw accountChanged(account, owner.change);
    if (owner.change?.before.id === undefined || owner.change.before.id === account.id) return result;
    return { ...result, notices: [ID_CHANGED, ...result.notices] };
  });
}

/** A kept reply that is read again, and days that a former source had, were stored before: pairs are likely then. */
function usualPolicy(
  before: Row,
  { context: { replayedAt }, source: { isNew } }: { readonly context: SaveContext; readonly source: SourceState },
): Policy {
  const repeated = repeatedPolicy(before);
  return { ...USUAL, repeated, ...(replayedAt === undefined && !isNew ? {} : { pairs: 'likely' }) };
}

function saveUnder(
  policy: Policy,
  account: Account,
  statement: Statement,
  scope: Scope,
): {
  readonly result: (isConfirmed: () => boolean) => SaveResult;
  readonly alternatives: readonly Policy[];
  readonly isRecognized: boolean;
} {
  const posted = statement.transactions.filter(({ pending }) => !pending);
  const movements = posted.filter(({ corrects }) => corrects?.action !== 'DELETE');
  for (const transaction of posted) applyCorrection(transaction, scope);
  const covered = coveredPeriod(statement, scope);
  const window = windowOf(statement, { movements, covered }, scope);
  const days = statement.wholeDays === true ? { ...window, from: addDays(window.from, -1) } : window;
  const lookUps = lookUpsFor(movements, days, scope);
  const identified = identify(movements, identityInput(statement, { days, lookUps, policy }, scope));
  for (const one of identified.keyed) saveTransaction(one, lookUps.stored(one.key), scope);
  const isNewest = markNewest(scope, movements.length);
  const isCurrent = isNewest && includesToday(scope.context);
  const copies = isNewest ? noteListing(identified, scope) : [];
  const pending = savePending(statement, scope, isCurrent);
  saveBalance('ledger', statement.ledgerBalance, scope);
  saveBalance('available', statement.availableBalance, scope);
  const balances = reconcileStatement(account, statement, scope, policy);
  const notices = [...identityNotices(identified, scope, policy.repeated === 'dropped'), ...copies, ...balances];
  if (covered !== null) notices.push(...saveCoverage(covered, { statement, isNewest }, scope));
  if (isNewest) saveDetail(statement, { covered, isCurrent }, scope);
  if (covered !== null && includesToday(scope.context))
    saveMarketValue(scope.db, scope.accountRow, { statement, asOf: covered.to });
  saveUnread(statement, window, scope);
  const { alternatives, isRecognized } = identified;
  const result = (isConfirmed: () => boolean): SaveResult => {
    notices.push(...learnFromBalances(policy, identified, scope, isConfirmed));
    scope.changes.finish();
    const ledgerBalance = signedBalance(account, statement.ledgerBalance, scope);
    return { received: statement.transactions.length, ...scope.tally, pending, ledgerBalance, notices };
  };
  return { result, alternatives, isRecognized };
}

const ID_CHANGED: Notice = {
  code: 'account-id-changed',
  message: 'the account number in accounts.yaml has changed; the history continues under the same name',
};

/** Prepares the comparison of a statement with the history of its account. The function is for when the statement is stored. */
function agreement(
  db: Database,
  row: number,
  { statement, context }: { readonly statement: Statement; readonly context: SaveContext },
): () => boolean {
  if (hasNoHistory(db, row) || sharesTransaction(db, row, statement)) return () => true;
  const { kind, ledgerBalance: stated } = statement;
  if (stated === null || isZero(stated.amount) || !balancesFollow(kind, context.institution)) return () => false;
  const day = balanceDay(stated, context);
  const known = statedBalance(db, row, day);
  if (known === null) return () => agreesWithNeighbours(db, row, day);
  const isSame = known.amount === stated.amount && known.currency === stated.currency;
  return () => isSame;
}

function identityInput(
  statement: Statement,
  given: { readonly days: Period; readonly lookUps: LookUps; readonly policy: Policy },
  { db, accountRow: row, before, context, position, source }: Scope,
): IdentityInput {
  let covered: readonly Period[] | null = null;
  return {
    unstable: context.institution.quirks.unstableFitid ?? before['unstable'] === 1,
    window: given.days,
    listing: listingOf(statement, context),
    policy: given.policy,
    isReread: context.replayedAt !== undefined,
    newSourceSince: source.isNew ? source.since : null,
    position,
    listedBefore: before['listed'] === null ? null : numberOf(before['listed']),
    isCovered: (day) => {
      covered ??= readCoverage(db, row);
      return covered.some(({ from, to }) => from <= day && day <= to);
    },
    ...given.lookUps,
  };
}

/** A statement of which something could not be read proves nothing about what it lacks. */
function listingOf({ period, notices, incomplete }: Statement, context: SaveContext): IdentityInput['listing'] {
  if (incomplete === true || [...notices, ...(context.notices ?? [])].some(isUnread)) return 'selection';
  if (context.wanted !== null) return 'download';
  return period === null ? 'selection' : 'file';
}

/** Records what the newest list shows about the account: the use of its FITIDs, and what it no longer has. */
function noteListing({ renamed, confirmed, unlisted }: IdentityResult, scope: Scope): Notice[] {
  const { db, accountRow: row, before, context, position } = scope;
  if (context.wanted === null) return [];
  if (renamed >= UNSTABLE_FROM) db.update('accounts', row, { unstable: 1 });
  else if (confirmed >= UNSTABLE_FROM && renamed === 0 && before['unstable'] === 1)
    db.update('accounts', row, { unstable: 0 });
  for (const { key } of unlisted)
    db.run(
      'UPDATE transactions SET unlisted = ? WHERE account = ? AND key = ? AND unlisted IS NULL',
      position,
      row,
      key,
    );
  return withdrawCopies(unlisted, scope);
}

/** Returns the days that a statement is about: as stated, as requested, or those of its transactions. */
function windowOf(
  { period }: Statement,
  { movements, covered }: { readonly movements: readonly Transaction[]; readonly covered: Period | null },
  { context: { wanted, at, institution } }: Scope,
): Period {
  const last = '9999-12-31' as IsoDate;
  if (wanted === null || covered === null) return period ?? daysOf(movements) ?? { from: last, to: last };
  // A bridge knows nothing of the days after it saw the account last.
  const to = institution.simplefin === true ? covered.to : (wanted.to ?? localDate(at));
  return { from: later(covered.from, period?.from ?? covered.from), to };
}

function reconcileStatement(account: Account, statement: Statement, scope: Scope, policy: Policy): Notice[] {
  const { kind, period, ledgerBalance, transactions } = statement;
  const { db, accountRow: row, context, changes } = scope;
  changes.touch(period?.from ?? null);
  if (ledgerBalance !== null) changes.touch(balanceDay(ledgerBalance, context));
  for (const { postedOn, pending } of transactions) if (!pending) changes.touch(postedOn);
  const notices = judgeSign(account, scope) ? [OWED] : [];
  const { institution, at } = context;
  const check = () => reconcile(db, row, { institution, kind, touched: changes.earliestDay, at });
  const gaps = check();
  if (gaps.length === 0) return notices;
  // What is not paired with anything new is not given up for that.
  if (policy.pairs === 'none') return [...notices, ...gaps];
  const withdrawn = withdrawUnlisted(scope);
  return [...notices, ...withdrawn, ...(withdrawn.length === 0 ? gaps : check())];
}

const OWED: Notice = {
  code: 'owed-balance',
  message:
    'the bank states what you owe as a positive balance; it is stored as a debt, negative. If that is wrong, set ledgerBalance: posted',
};

/** Records the statement, with the number of its transactions, as the newest of its account; `false` when a newer one is stored. */
function markNewest({ db, accountRow: row, before, context, asOf, position }: Scope, listed: number): boolean {
  const latest = textOf(before['latest_position']);
  if (latest !== null && position < latest) return false;
  const change = {
    ...(latest === position ? {} : { latest_as_of: asOf, latest_position: position }),
    ...(context.wanted === null || before['listed'] === listed ? {} : { listed }),
  };
  if (Object.keys(change).length > 0) db.update('accounts', row, change);
  return true;
}

/** Returns `false` for a window in the past: it says nothing about current pending transactions and positions. */
function includesToday({ wanted, at }: SaveContext): boolean {
  return wanted === null || wanted.to === null || wanted.to >= localDate(at);
}

/** Saves the parts that only the newest statement decides: positions, cash, other balances. */
function saveDetail(
  statement: Statement,
  { covered, isCurrent }: { readonly covered: Period | null; readonly isCurrent: boolean },
  { db, accountRow: row, context }: Scope,
): void {
  const { runId, at } = context;
  const stored = db.all('SELECT id, run, from_date, to_date FROM statements WHERE account = ? ORDER BY id', row);
  const formers = stored.filter(({ run }) => (run === null) === (runId === null));
  const former = formers[0] ?? null;
  if (former !== null && !isCurrent) {
    db.update('statements', former['id'] ?? null, { run: runId, received_at: at.toISOString() });
    return;
  }
  const { currency, positions, securities, cash, balances, openOrders, closings } = statement;
  // When a window is requested in pieces, the last piece does not shorten it.
  const begun = former !== null && former['run'] === runId && runId !== null ? textOf(former['from_date']) : null;
  const from = covered?.from ?? null;
  // One that says itself that it is incomplete covers nothing: the days of the last complete one stay.
  const isKept = covered === null && statement.incomplete === true;
  const days = { from: isKept ? textOf(former?.['from_date']) : null, to: isKept ? textOf(former?.['to_date']) : null };
  const columns = {
    run: runId,
    received_at: at.toISOString(),
    from_date: begun !== null && from !== null && begun < from ? begun : (from ?? days.from),
    to_date: covered?.to ?? days.to,
    detail: JSON.stringify({ currency, positions, securities, cash, balances, openOrders, closings }),
  };
  // The newest has the greatest id.
  if (former !== null && formers.length === 1 && former === stored.at(-1)) {
    db.update('statements', former['id'] ?? null, changedColumns(columns, former));
    return;
  }
  for (const { id = null } of formers) db.run('DELETE FROM statements WHERE id = ?', id);
  db.insert('statements', { account: row, ...columns });
}

/** Omits a last day that stays: the index of it need not be written. */
function changedColumns({ to_date: to = null, ...columns }: Row, former: Row): Row {
  return to === former['to_date'] ? columns : { ...columns, to_date: to };
}
