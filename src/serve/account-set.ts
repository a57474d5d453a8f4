/**
 * The answer to `GET /accounts`: the account set of SimpleFIN, written piece by piece from one snapshot. It is the union of both
 * versions of the protocol, with every member that some reader needs: Firefly III's importer wants domain and name of an
 * organisation, Home Assistant wants available balance, payee, memo and `transacted_at`, and Actual Budget dates pending
 * transactions by the latter.
 */

import { createHash } from 'node:crypto';
import { effectOf } from '../exporters/currency.js';
import { withQuirkPayees } from '../exporters/quirk-payees.js';
import { type AccountRef, accountKey } from '../model/account.js';
import { hostOf, isTrial } from '../model/account-identity.js';
import type { Config } from '../model/institution.js';
import { memoOf, payeeOf, type TextTarget } from '../model/payee.js';
import type { Position } from '../model/statement.js';
import type { AccountState, Classification, StoredTransaction } from '../ports.js';
import { cashOf, oneLine } from '../push/entry.js';
import type { Snapshot, StoredAccount } from '../store/serving/snapshot.js';
import type { Scope } from '../store/serving/tokens.js';
import { attentionOf, type Problem } from './attention.js';
import { balanceOf, exactly, hundredths, worthOfPosition } from './money.js';
import { type AccountsQuery, noonOf } from './query.js';
import { rangeOf, seesAccount } from './scope.js';

export interface AnswerContext {
  readonly config: Config;
  readonly classify: (transaction: StoredTransaction) => Classification;
  readonly scope: Scope;
  /** Root of this server, by which readers reach it. */
  readonly root: string;
  readonly now: Date;
}

/** Yields the JSON of an account set in pieces of some hundred transactions at most. */
export function* accountSet(snapshot: Snapshot, query: AccountsQuery, context: AnswerContext): Generator<string> {
  const { config, scope, root, now } = context;
  const stored = snapshot.accounts();
  const ids = new Map(stored.map((account) => [accountKey(account), account.publicId]));
  const visible = stored.filter((account) => seesAccount(scope, account));
  const shown = visible.filter(({ publicId }) => query.accounts?.has(publicId) !== false);
  const names = new Set(shown.map(accountKey));
  const accountId = (account: AccountRef) => ids.get(accountKey(account)) ?? null;
  // A bank that was renamed keeps its connection: the id is made of that of its first account.
  const connectionId = (institution: string) =>
    `CON-${idOf(
      stored
        .filter((one) => one.institution === institution)
        .map(({ publicId }) => publicId)
        .toSorted()[0] ?? institution,
    )}`;
  const { errors, errlist } = attentionOf({
    config,
    records: snapshot.records,
    now,
    // An account that was never downloaded has no id, and cannot be asked for.
    isShown: (account) =>
      seesAccount(scope, account) &&
      (names.has(accountKey(account)) || (query.accounts === null && accountId(account) === null)),
    accountId,
    connectionId,
  });
  const unknown = query.accounts === null ? 0 : query.accounts.size - shown.length;
  const institutions = [
    ...new Set([...shown.map(({ institution }) => institution), ...mentioned(errlist, config, connectionId)]),
  ];
  const connections = institutions.map((name) => ({
    conn_id: connectionId(name),
    name,
    org_id: `ORG-${idOf(domainOf(name, config))}`,
    org_name: name,
    sfin_url: root,
  }));
  const problems = [...errlist, ...(unknown > 0 ? [notShown(unknown)] : [])];
  yield `{"errors":${json(errors)},"errlist":${json(problems)},"connections":${json(connections)},"accounts":[`;
  for (const [index, account] of shown.entries()) {
    if (index > 0) yield ',';
    yield* accountText(account, { snapshot, query, context, connectionId });
  }
  yield ']}';
}

function mentioned(errlist: readonly Problem[], config: Config, connectionId: (name: string) => string): string[] {
  const ids = new Set(errlist.map(({ conn_id }) => conn_id));
  return config.institutions.map(({ name }) => name).filter((name) => ids.has(connectionId(name)));
}

function notShown(count: number): Problem {
  return { code: 'gen.api', msg: `${count} of the accounts that were asked for cannot be read with this token` };
}

interface Writing {
  readonly snapshot: Snapshot;
  readonly query: AccountsQuery;
  readonly context: AnswerContext;
  readonly connectionId: (institution: string) => string;
}

function* accountText(account: StoredAccount, writing: Writing): Generator<string> {
  const { snapshot, query, context } = writing;
  const state = snapshot.stateOf(account);
  if (state === null) throw new TypeError(`${accountKey(account)} is in the list of accounts only`);
  const stated = balanceOf(state, account.kind);
  const balance = stated ?? snapshot.sumOf(account);
  const currency = balance?.currency ?? 'XXX';
  const head = json({
    org: {
      domain: domainOf(account.institution, context.config),
      name: account.institution,
      'sfin-url': context.root,
    },
    id: account.publicId,
    conn_id: writing.connectionId(account.institution),
    conn_name: account.institution,
    name: accountKey(account),
    currency,
    balance: balance === null ? '0.00' : hundredths(balance.amount),
    'available-balance': availableOf(state, balance),
    'balance-date': balance?.asOf == null ? 0 : noonOf(balance.asOf),
    ...holdingsOf(account, state),
    extra: {
      kind: account.kind,
      ...(stated === null ? { 'balance-source': 'sum of the known transactions' } : {}),
      ...(balance === null ? {} : exactly(balance.amount)),
    },
  });
  yield `${head.slice(0, -1)},"transactions":[`;
  if (!query.balancesOnly) yield* transactionsText(account, currency, writing);
  yield ']}';
}

/** Every account has an available balance, since Home Assistant cannot read one without it. */
function availableOf({ availableBalance }: AccountState, balance: ReturnType<typeof balanceOf>): string {
  const available = availableBalance?.currency === balance?.currency ? availableBalance : balance;
  return available == null ? '0.00' : hundredths(available.amount);
}

/** Pending transactions come first, since their date of posting is 0. */
function* transactionsText(
  account: StoredAccount,
  currency: string,
  { snapshot, query, context }: Writing,
): Generator<string> {
  const range = rangeOf(context.scope, query);
  const all = function* (): Generator<StoredTransaction> {
    if (query.pending) yield* snapshot.pending(account, range);
    yield* snapshot.posted(account, range);
  };
  let piece: string[] = [];
  let separator = '';
  for (const transaction of withQuirkPayees({ [Symbol.iterator]: all }, context.config.institutions)) {
    const text = transactionText(transaction, currency, context);
    if (text !== null) piece.push(text);
    if (piece.length < PIECE) continue;
    yield separator + piece.join(',');
    separator = ',';
    piece = [];
  }
  if (piece.length > 0) yield separator + piece.join(',');
}

/** Transactions written without a pause: some milliseconds. */
const PIECE = 200;

/** Most texts have nothing to replace, and finding that takes less time than replacing it. */
const PLAIN = /^[ -~]*$/;
const plain = (text: string) => (PLAIN.test(text) ? text.trim() : oneLine(text));
const TEXT: TextTarget = { plain, longest: 500, securityIds: false, checkNumbers: true };
const NO_RULE = { payee: null };

function transactionText(transaction: StoredTransaction, base: string, { classify }: AnswerContext): string | null {
  // Securities that move without money change nothing of the account's cash.
  const cash = cashOf(transaction);
  if (cash === null) return null;
  const { amount, currency } = effectOf({ ...transaction, amount: cash }, base);
  const { payee, category, tags, ignore } = classify(transaction);
  if (ignore === true) return null;
  const { id, postedOn, userOn, pending } = transaction;
  const description = payeeOf(transaction, NO_RULE, TEXT);
  const extra = {
    ...exactly(amount),
    ...(currency === base ? {} : { currency }),
    ...(category === null ? {} : { category }),
    ...(tags.length === 0 ? {} : { tags }),
  };
  return json({
    id,
    posted: pending ? 0 : noonOf(postedOn),
    transacted_at: noonOf(userOn ?? postedOn),
    amount: hundredths(amount),
    description,
    payee: payee === null ? description : payeeOf(transaction, { payee }, TEXT),
    memo: memoOf(transaction, { payee }, TEXT),
    ...(pending ? { pending } : {}),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  });
}

function holdingsOf({ publicId, kind }: StoredAccount, { holdings }: AccountState): object {
  if (kind !== 'investment' || holdings == null) return {};
  const seen = new Map<string, number>();
  return {
    holdings: holdings.positions.map((position) => {
      const key = json([position.security, position.heldIn, position.side, position.source401k]);
      const count = (seen.get(key) ?? 0) + 1;
      seen.set(key, count);
      return holdingOf(position, { id: `HOL-${idOf(`${publicId}\n${key}\n${count}`)}`, asOf: holdings.asOf });
    }),
  };
}

/** A statement does not say what was paid; the members stay, since Home Assistant cannot read a holding without them. */
function holdingOf(position: Position, { id, asOf }: { id: string; asOf: AccountHoldings['asOf'] }): object {
  const value = worthOfPosition(position);
  return {
    id,
    symbol: oneLine(position.ticker ?? ''),
    description: oneLine(position.securityName ?? position.ticker ?? position.security.uniqueId),
    shares: position.units,
    currency: position.currency,
    market_value: value === null ? null : hundredths(value),
    cost_basis: null,
    purchase_price: null,
    created: noonOf(position.asOf ?? asOf),
  };
}

type AccountHoldings = NonNullable<AccountState['holdings']>;

/** Returns the host of the bank, else the name that the person gave it. */
function domainOf(institution: string, { institutions }: Config): string {
  const host = hostOf(institutions.find(({ name }) => name === institution)?.url ?? null);
  return host === null || isTrial({ host }) ? institution : host;
}

function idOf(text: string): string {
  return createHash('sha256').update(`ofx-sync\n${text}`).digest('hex').slice(0, 24);
}

function json(value: unknown): string {
  return JSON.stringify(value);
}
