/** The account set of a bridge in either version of the protocol, as the public bridge writes it. */

import { addDays, type IsoDate, isoDate } from '../../model/dates.js';
import { holdingOn, SECURITY } from '../broker.js';
import { decimalOf, thousandths } from '../elements.js';
import { bookingsOf, centsOn, isPending, isPosted } from './bookings.js';
import type { Booking, Bridge, BridgeAccount, BridgeConnection } from './bridges.js';
import type { BridgeFault, BridgeMisbehaviour } from './faults.js';
import { transactionId } from './ids.js';
import { type BridgeFailures, failuresOf, type Problem } from './problems.js';
import type { AccountsQuery } from './query.js';

export interface SetContext {
  readonly bridge: Bridge;
  readonly query: AccountsQuery;
  readonly misbehaviour: BridgeMisbehaviour;
  /** Address of the bridge, without credentials. */
  readonly root: string;
  readonly now: Date;
  /** Number of this answer, for ids that change with each. */
  readonly answer: number;
}

type Json = Readonly<Record<string, unknown>>;

/** Days by which the accounts of a connection are behind that needs attention. */
const STALE_DAYS = 5;

export function accountSet(context: SetContext): Json {
  const { bridge, query, misbehaviour } = context;
  const has = (fault: BridgeFault) => misbehaviour.faults.includes(fault);
  if (has('gen-auth')) return setOf([{ code: 'gen.auth', msg: 'Forbidden' }], [], context);
  if (has('gen-failed')) return setOf([{ code: 'gen.', msg: 'Something went wrong. Try again later.' }], [], context);
  const failures = failuresOf(bridge, misbehaviour);
  const asked = bridge.connections.flatMap((connection) =>
    connection.accounts
      .filter(({ id }) => query.accounts?.includes(id) !== false)
      .map((account) => ({ connection, account })),
  );
  const known = new Set(asked.flatMap(({ connection, account }) => [connection.id, account.id]));
  const unknown = (query.accounts ?? []).filter((id) => !known.has(id));
  const problems = [
    ...query.problems,
    ...failures.problems.filter(({ conn_id, account_id }) => known.has(conn_id ?? account_id ?? '')),
    ...unknown.map((id): Problem => ({ code: 'act.failed', msg: 'Account not found', account_id: id })),
  ];
  const shown = asked.filter(
    ({ connection, account }) => !failures.absent.has(connection.id) && !failures.absent.has(account.id),
  );
  return setOf(problems, has('no-accounts') ? [] : shown, context, failures);
}

interface Shown {
  readonly connection: BridgeConnection;
  readonly account: BridgeAccount;
}

function setOf(
  problems: readonly Problem[],
  shown: readonly Shown[],
  context: SetContext,
  failures: BridgeFailures | null = null,
): Json {
  const { misbehaviour, bridge, root } = context;
  const has = (fault: BridgeFault) => misbehaviour.faults.includes(fault);
  const accounts = [
    ...shown.map((one) => accountOf(one, context, failures)),
    ...(has('points') && shown.length > 0 ? [pointsAccount(bridge, context)] : []),
    ...(has('bad-entries') ? [{ name: 'An account without an id', currency: 'USD', balance: '1.00' }] : []),
  ];
  const mentioned = new Set([...shown.map(({ connection }) => connection.id), ...problems.map((one) => one.conn_id)]);
  const first = {
    errors: problems.map(({ msg, old }) => old ?? msg),
  };
  const second = {
    errlist: problems.map(({ old: _, ...problem }) => problem),
    connections: bridge.connections
      .filter(({ id }) => mentioned.has(id))
      .map(({ id, name, org }) => ({
        conn_id: id,
        name,
        org_id: org.id,
        org_name: org.name,
        org_url: `https://${org.domain}`,
        sfin_url: root,
      })),
  };
  return { ...inVersion(first, second, context), accounts };
}

/** Returns the members of the version that the answer has, or those of both. */
function inVersion(first: Json, second: Json, { query, misbehaviour: { faults } }: SetContext): Json {
  if (faults.includes('both-versions')) return { ...first, ...second };
  return query.version === 1 || faults.includes('version-1') ? first : second;
}

function organisation({ id, name, org }: BridgeConnection, context: SetContext): Json {
  const url = `https://${org.domain}`;
  const first = { org: { domain: org.domain, name: org.name, 'sfin-url': context.root, url, id: org.id } };
  return inVersion(first, { conn_id: id, conn_name: name }, context);
}

function accountOf(shown: Shown, context: SetContext, failures: BridgeFailures | null): Json {
  const { bridge, query, now, misbehaviour } = context;
  const { connection, account } = shown;
  const day = isoDate(now.toISOString().slice(0, 10));
  const today = failures?.stale.has(connection.id) === true ? addDays(day, -STALE_DAYS) : day;
  const bookings = bookingsOf(bridge, account, today);
  const at = query.isOver ? Math.min(query.before, secondsOf(today, 24)) : secondsOf(today, 0) + secondsInto(now);
  const asOf = query.isOver ? dayBefore(at) : today;
  const cents = centsOn(account, bookings, asOf, today);
  const pendingCents = bookings
    .filter((booking) => isPending(booking, today))
    .reduce((sum, booking) => sum + (booking.pendingCents ?? booking.cents), 0);
  const isOwed = account.statesOwed === true || misbehaviour.faults.includes('owed-positive');
  const isCard = account.kind === 'creditcard';
  const hasGap = failures?.gaps.has(account.id) === true;
  const transactions = query.balancesOnly
    ? []
    : listed(
        bookings.filter((booking) => !(hasGap && isMissing(booking, today))),
        { ...shown, context, today },
      );
  return {
    ...organisation(connection, context),
    id: account.id,
    name: account.name,
    currency: 'USD',
    balance: decimalOf(isCard && isOwed ? -cents : cents),
    'available-balance': isCard ? '0.00' : decimalOf(cents + pendingCents),
    'balance-date': at,
    transactions,
    ...(account.kind === 'investment' ? { holdings: query.balancesOnly ? [] : holdings(asOf) } : { holdings: [] }),
  };
}

function isMissing({ happenedOn }: Booking, today: IsoDate): boolean {
  return happenedOn >= addDays(today, -20) && happenedOn <= addDays(today, -12);
}

interface Listing extends Shown {
  readonly context: SetContext;
  readonly today: IsoDate;
}

/** Returns the transactions of the requested range, ordered by `posted`. A pending one counts by the day when it happened. */
function listed(bookings: readonly Booking[], listing: Listing): Json[] {
  const { context, connection, today } = listing;
  const { query } = context;
  const isWithin = (seconds: number) => seconds >= query.from && seconds < query.before;
  const pending = bookings.filter(
    (booking) => query.pending && isPending(booking, today) && isWithin(secondsOf(booking.happenedOn, 12)),
  );
  const posted = bookings.flatMap((booking) => {
    if (!isPosted(booking, today)) return [];
    const seconds = secondsOf(booking.postedOn, connection.postsAtHour);
    return isWithin(seconds) ? [{ booking, seconds }] : [];
  });
  const rows = [
    ...pending.map((booking) => transactionOf(booking, 0, listing)),
    ...posted
      .toSorted((one, other) => one.seconds - other.seconds)
      .map(({ booking, seconds }) => transactionOf(booking, seconds, listing)),
  ];
  return context.misbehaviour.faults.includes('bad-entries') ? [...rows, ...badEntries(secondsOf(today, 0))] : rows;
}

function transactionOf(booking: Booking, posted: number, { context, today }: Listing): Json {
  const { faults } = context.misbehaviour;
  const { cents, pendingCents = cents, description, payee, memo } = booking;
  const isHeld = posted === 0;
  const hasFlag = isHeld && !faults.includes('no-pending-flag');
  return {
    id: transactionId(booking, { isPending: isHeld, faults, today, answer: context.answer }),
    posted,
    amount: decimalOf(isHeld ? pendingCents : cents),
    description: faults.includes('strange-text') ? strange(description) : description,
    payee,
    memo,
    transacted_at: secondsOf(booking.happenedOn, 12),
    ...(hasFlag ? { pending: true } : {}),
  };
}

function strange(text: string): string {
  return `\u001b[31m${text}\u001b[0m\r\n\u0007\u202ereversed\u0000`;
}

function badEntries(posted: number): Json[] {
  const rest = { posted, payee: '', memo: '', transacted_at: posted };
  return [
    { id: 'TRN-without-amount', description: 'NO AMOUNT', ...rest },
    { id: 'TRN-not-an-amount', description: 'NOT AN AMOUNT', amount: 'N/A', ...rest },
  ];
}

function holdings(day: IsoDate): Json[] {
  const { units, price } = holdingOn(day);
  return [
    {
      id: 'HOL-5f0c2a1e',
      created: secondsOf(isoDate('2019-01-11'), 12),
      currency: 'USD',
      cost_basis: decimalOf(Math.round((units * price * 0.8) / 1000)),
      description: SECURITY.name,
      market_value: decimalOf(Math.round((units * price) / 1000)),
      purchase_price: '0.00',
      shares: thousandths(units),
      symbol: SECURITY.ticker,
    },
  ];
}

/** An account in a currency of its own (protocol, "Custom Currencies"). */
function pointsAccount({ connections }: Bridge, context: SetContext): Json {
  const [connection] = connections;
  return {
    ...(connection === undefined ? {} : organisation(connection, context)),
    id: 'ACT-9d2be1f7-points',
    name: 'Cedar Reward Points',
    currency: `${context.root}/points`,
    balance: '12840',
    'balance-date': Math.floor(context.now.getTime() / 1000),
    transactions: [],
  };
}

function secondsOf(day: IsoDate, hour: number): number {
  return Date.parse(`${day}T00:00:00Z`) / 1000 + hour * 3600;
}

function secondsInto(now: Date): number {
  return Math.floor(now.getTime() / 1000) % 86_400;
}

/** Returns the day that ends at an instant, or in which it lies. */
function dayBefore(seconds: number): IsoDate {
  return isoDate(new Date((seconds - 1) * 1000).toISOString().slice(0, 10));
}
