/** Saving one statement: everything in one transaction; saving the same statement again changes nothing. */

import { type Account, accountKey } from '../model/account.js';
import { type IsoDate, later, localDate, type Period } from '../model/dates.js';
import type { Institution } from '../model/institution.js';
import type { Notice } from '../model/notice.js';
import type { Statement, Transaction } from '../model/statement.js';
import type { SaveContext, SaveResult } from '../ports.js';
import { positionOf } from './arrivals.js';
import { balanceDay, judgeSign, saveBalance, signedBalance } from './balances.js';
import { Changes } from './changes.js';
import { coveredPeriod, saveCoverage } from './coverage.js';
import { type Database, numberOf, textOf } from './database.js';
import {
  accountChanged,
  balanceFollows,
  hasNoHistory,
  type IdentityChange,
  identityChange,
  newestLedgerBalance,
  recordIdentity,
  refuseMadeUp,
  sharesTransaction,
} from './identity/accounts.js';
import { applyCorrection } from './identity/corrections.js';
import { type IdentityResult, identify } from './identity/identify.js';
import { savePending } from './identity/pending.js';
import { findAccount } from './read.js';
import { reconcile } from './reconcile.js';
import { candidatesBetween, candidatesOf, type Scope, saveTransaction } from './rows.js';
import { saveUnread } from './unread.js';

/** From this many known transactions with other FITIDs in one statement on, the account is matched by content. */
const UNSTABLE_FROM = 3;

export function saveStatement(
  db: Database,
  account: Account,
  input: { statement: Statement; context: SaveContext; refusesMadeUp: boolean },
): SaveResult {
  const { statement, context } = input;
  return db.transaction(() => {
    const notices: Notice[] = [];
    if (input.refusesMadeUp) refuseMadeUp(db, account, context.institution);
    const owner = accountRow(db, account, context.institution);
    if (owner.change?.before.id !== undefined && owner.change.before.id !== account.id) notices.push(ID_CHANGED);
    const agrees = owner.change === null ? null : agreement(db, owner.row, statement);
    const scope: Scope = {
      db,
      accountKey: accountKey(account),
      accountRow: owner.row,
      context,
      asOf: (context.asOf ?? context.at).toISOString(),
      position: positionOf(db, context),
      changes: new Changes(db),
      tally: { new: 0, changed: 0, removed: 0, unchanged: 0 },
    };
    const posted = statement.transactions.filter(({ pending }) => !pending);
    const movements = posted.filter(({ corrects }) => corrects?.action !== 'DELETE');
    for (const transaction of posted) applyCorrection(transaction, scope);
    const identified = identifyAll(movements, statement, scope);
    for (const one of identified.keyed) saveTransaction(one, scope);
    notices.push(...identityNotices(identified));
    if (identified.renamed >= UNSTABLE_FROM) db.update('accounts', scope.accountRow, { unstable: 1 });
    const isNewest = markNewest(scope);
    const isCurrent = isNewest && includesToday(context);
    const pending = savePending(statement, { ...scope, isCurrent });
    saveBalance('ledger', statement.ledgerBalance, scope);
    saveBalance('available', statement.availableBalance, scope);
    notices.push(...reconcileStatement(account, statement, scope));
    if (owner.change !== null && agrees?.() === false) throw accountChanged(account, owner.change);
    const covered = coveredPeriod(statement, scope);
    if (covered !== null) notices.push(...saveCoverage(covered, statement, { ...scope, isNewest }));
    if (isNewest) saveDetail(statement, covered, { ...scope, isCurrent });
    saveUnread(statement, windowOf(statement, movements, scope), scope);
    scope.changes.finish();
    const ledgerBalance = signedBalance(statement.ledgerBalance, scope);
    return { received: statement.transactions.length, ...scope.tally, pending, ledgerBalance, notices };
  });
}

const ID_CHANGED: Notice = {
  code: 'account-id-changed',
  message: 'the account number in accounts.yaml has changed; the history continues under the same name',
};

interface Owner {
  readonly row: number;
  /** Set when the history may be of another account: the statement must agree with it. */
  readonly change: IdentityChange | null;
}

/** Returns the row of a configured account, and creates it for a new one. @throws StoreError ACCOUNT_CHANGED */
function accountRow(db: Database, account: Account, at: Institution): Owner {
  const { institution, name, accountKind: kind, id } = account;
  const known = findAccount(db, account);
  if (known === null) db.insert('accounts', { institution, name, kind, account_id: id });
  const row = known ?? findAccount(db, account) ?? {};
  const change = known === null ? null : identityChange(db, known, account, at);
  recordIdentity(db, row, account, at);
  if (row['account_id'] !== id || row['kind'] !== kind)
    db.update('accounts', row['id'] ?? null, { kind, account_id: id });
  return { row: numberOf(row['id']), change };
}

/** Prepares the comparison of a statement with the history before it. The function is for when the statement is stored. */
function agreement(db: Database, row: number, statement: Statement): () => boolean {
  if (hasNoHistory(db, row) || sharesTransaction(db, row, statement)) return () => true;
  const before = newestLedgerBalance(db, row);
  return () => balanceFollows(db, row, { before, statement });
}

function identifyAll(movements: readonly Transaction[], statement: Statement, scope: Scope): IdentityResult {
  const { context } = scope;
  const window = windowOf(statement, movements, scope);
  const isComplete = context.wanted !== null || statement.period !== null;
  const seen = scope.db.get('SELECT unstable FROM accounts WHERE id = ?', scope.accountRow)?.['unstable'] === 1;
  return identify(movements, {
    unstable: context.institution.quirks.unstableFitid ?? seen,
    window,
    renamesFrom: isComplete ? (context.wanted === null ? 2 : 1) : null,
    byFitid: (fitid) => candidatesOf(fitid, scope),
    inWindow: () => candidatesBetween(spanOf(movements, window), scope),
  });
}

/** Returns the days that a statement is about: as stated, as requested, or those of its transactions. */
function windowOf(statement: Statement, movements: readonly Transaction[], scope: Scope): Period {
  const { wanted, at } = scope.context;
  const covered = coveredPeriod(statement, scope);
  if (wanted === null || covered === null) return statement.period ?? spanOf(movements, null);
  return { from: later(covered.from, statement.period?.from ?? covered.from), to: wanted.to ?? localDate(at) };
}

function spanOf(movements: readonly Transaction[], window: Period | null): Period {
  let from = window?.from ?? movements[0]?.postedOn ?? ('9999-12-31' as IsoDate);
  let to = window?.to ?? movements[0]?.postedOn ?? from;
  for (const { postedOn } of movements) {
    if (postedOn < from) from = postedOn;
    if (postedOn > to) to = postedOn;
  }
  return { from, to };
}

function identityNotices({ renamed, reused }: IdentityResult): Notice[] {
  const notices: Notice[] = [];
  if (renamed > 0)
    notices.push({
      code: 'unstable-fitid',
      message: `${renamed} known transaction(s) arrived with a different FITID and were recognised by date, amount, name and memo. If the bank does so each time, set unstableFitid: true`,
    });
  if (reused > 0)
    notices.push({
      code: 'reused-fitid',
      message: `${reused} FITID(s) of earlier transactions were used again for others; both are kept`,
    });
  return notices;
}

function reconcileStatement(account: Account, statement: Statement, scope: Scope): Notice[] {
  const { kind, period, ledgerBalance, transactions } = statement;
  const { db, accountRow: row, context, changes } = scope;
  changes.touch(period?.from ?? null);
  if (ledgerBalance !== null) changes.touch(balanceDay(ledgerBalance, context));
  for (const { postedOn, pending } of transactions) if (!pending) changes.touch(postedOn);
  const notices = judgeSign(account, scope) ? [OWED] : [];
  const { institution, at } = context;
  return [...notices, ...reconcile(db, row, { institution, kind, touched: changes.earliestDay, at })];
}

const OWED: Notice = {
  code: 'owed-balance',
  message:
    'the bank states what you owe as a positive balance; it is stored as a debt, negative. If that is wrong, set ledgerBalance: posted',
};

/** Records the statement as the newest of its account; `false` when a newer one is stored. */
function markNewest({ db, accountRow: row, asOf, position }: Scope): boolean {
  const latest = textOf(db.get('SELECT latest_position FROM accounts WHERE id = ?', row)?.['latest_position']);
  if (latest !== null && position < latest) return false;
  if (latest !== position) db.update('accounts', row, { latest_as_of: asOf, latest_position: position });
  return true;
}

/** Returns `false` for a window in the past: it says nothing about current pending transactions and positions. */
function includesToday({ wanted, at }: SaveContext): boolean {
  return wanted === null || wanted.to === null || wanted.to >= localDate(at);
}

/** Saves the parts that only the newest statement decides: positions, cash, other balances. */
function saveDetail(
  statement: Statement,
  covered: Period | null,
  { db, accountRow: row, context, isCurrent }: Scope & { readonly isCurrent: boolean },
): void {
  const { runId, at } = context;
  const source = runId === null ? 1 : 0;
  const former = db.get(
    'SELECT id, run, from_date FROM statements WHERE account = ? AND (run IS NULL) = ?',
    row,
    source,
  );
  if (former !== null && !isCurrent) {
    db.update('statements', former['id'] ?? null, { run: runId, received_at: at.toISOString() });
    return;
  }
  const { currency, positions, securities, cash, balances, openOrders, closings } = statement;
  // When a window is requested in pieces, the last piece does not shorten it.
  const begun = former !== null && former['run'] === runId && runId !== null ? textOf(former['from_date']) : null;
  const from = covered?.from ?? null;
  db.run('DELETE FROM statements WHERE account = ? AND (run IS NULL) = ?', row, source);
  db.insert('statements', {
    account: row,
    run: runId,
    received_at: at.toISOString(),
    from_date: begun !== null && from !== null && begun < from ? begun : from,
    to_date: covered?.to ?? null,
    detail: JSON.stringify({ currency, positions, securities, cash, balances, openOrders, closings }),
  });
}
