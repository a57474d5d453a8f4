/** The balance of an account over time, from the balances that its institution stated and the transactions in between. */

import { addDays, daysBetween, type IsoDate, type Period } from '../model/dates.js';
import type { Decimal } from '../model/decimal.js';
import { fromUnits, placesOf, toUnits } from '../model/money.js';
import type { AccountHistory, DaySum, StatedBalance } from '../model/overview/history.js';

/** The balance at the end of a day. It holds until the next point. */
export interface SeriesPoint {
  readonly day: IsoDate;
  readonly amount: Decimal;
}

export interface BalanceSeries {
  readonly currency: string;
  /** A point for each day at which the balance changes, and one for the day before the first transaction; oldest first. */
  readonly points: readonly SeriesPoint[];
  /** Periods whose points are uncertain: of gaps, and days that no statement covers. Oldest first; they may overlap. */
  readonly uncertain: readonly Period[];
}

/**
 * Returns the curve of an account: of an investment its value, of others its ledger balance. It leads back from the newest
 * stated balance by the transactions, and begins anew at each older one that they do not explain. Returns `null` when no
 * balance is known. A second currency of the account is not part of it.
 */
export function balanceSeries(history: AccountHistory): BalanceSeries | null {
  const { balances, values, bookings } = history;
  const { currency } = values.at(-1) ?? balances.at(-1) ?? { currency: null };
  if (currency === null) return null;
  const own = <Item extends { readonly currency: string }>(items: readonly Item[]): Item[] =>
    items.filter((item) => item.currency === currency);
  const points =
    values.length > 0
      ? own(values).map(({ asOf, amount }) => ({ day: asOf, amount }))
      : balancePoints(own(balances), own(bookings));
  return { currency, points, uncertain: uncertainPeriods(history) };
}

/** Returns gaps, and days between two spans of coverage. */
function uncertainPeriods({ coverage, gaps }: AccountHistory): Period[] {
  const between = coverage.slice(1).map(({ from }, index) => ({
    from: addDays(coverage[index]?.to ?? from, 1),
    to: addDays(from, -1),
  }));
  return [...gaps.map(({ from, to }) => ({ from, to })), ...between].toSorted((a, b) => a.from.localeCompare(b.from));
}

/** The balance before all transactions according to a stated balance, in units of one size. */
interface Opening {
  readonly day: IsoDate;
  /** If the stated balance holds all transactions of its day, and if it holds none of them. */
  readonly late: bigint;
  readonly early: bigint;
}

/** Days up to this one begin with another opening than the days after it. */
interface Break {
  readonly day: IsoDate;
  readonly opening: bigint;
}

function balancePoints(balances: readonly StatedBalance[], bookings: readonly DaySum[]): SeriesPoint[] {
  const places = Math.max(0, ...balances.map(placesOfItem), ...bookings.map(placesOfItem));
  const booked = new Map<IsoDate, bigint>();
  for (const { day, amount } of bookings) booked.set(day, (booked.get(day) ?? 0n) + toUnits(amount, places));
  const days = [...booked.keys()].toSorted();
  const openings = openingsOf(balances, { booked, days, places });
  const breaks = breaksOf(openings);
  const [first] = days;
  const drawn = new Set([
    ...(first === undefined ? [] : [addDays(first, -1)]),
    ...days,
    ...breaks.slice(1).map(({ day }) => addDays(day, 1)),
    ...[openings[0], openings.at(-1)].flatMap((one) => one?.day ?? []),
  ]);
  let total = 0n;
  let era = breaks.length - 1;
  return [...drawn].toSorted().map((day) => {
    total += booked.get(day) ?? 0n;
    while (era > 0 && day > (breaks[era]?.day ?? day)) era -= 1;
    return { day, amount: fromUnits((breaks[era]?.opening ?? 0n) + total, places) };
  });
}

function placesOfItem({ amount }: { readonly amount: Decimal }): number {
  return placesOf(amount);
}

function openingsOf(
  balances: readonly StatedBalance[],
  { booked, days, places }: { booked: ReadonlyMap<IsoDate, bigint>; days: readonly IsoDate[]; places: number },
): Opening[] {
  let total = 0n;
  let next = 0;
  return balances.map(({ asOf, amount }) => {
    for (; next < days.length; next += 1) {
      const day = days[next];
      if (day === undefined || day > asOf) break;
      total += booked.get(day) ?? 0n;
    }
    const late = toUnits(amount, places) - total;
    return { day: asOf, late, early: late + (booked.get(asOf) ?? 0n) };
  });
}

/**
 * Returns the openings from the newest to the oldest. A stated balance that disagrees begins another one, unless an older
 * balance agrees again: then the bank booked late in between, and nothing is missing.
 */
function breaksOf(openings: readonly Opening[]): Break[] {
  const oldest = new Map<bigint, number>();
  for (const [index, { late, early }] of openings.entries())
    for (const opening of [late, early]) if (!oldest.has(opening)) oldest.set(opening, index);
  const oldestOf = (opening: bigint) => oldest.get(opening) ?? openings.length;
  const breaks: Break[] = [];
  for (const [index, { day, late, early }] of [...openings.entries()].toReversed()) {
    const current = breaks.at(-1)?.opening;
    if (current !== undefined && oldestOf(current) <= index) continue;
    breaks.push({ day, opening: oldestOf(early) < oldestOf(late) ? early : late });
  }
  return breaks;
}

/**
 * Returns the amounts at evenly spaced days, the last of which is `to`; `null` before the first point. For small drawings.
 * @param count at least 2
 */
export function sampledAmounts(
  { points }: Pick<BalanceSeries, 'points'>,
  { from, to }: Period,
  count: number,
): (Decimal | null)[] {
  const length = daysBetween(from, to);
  let next = 0;
  let amount: Decimal | null = null;
  return Array.from({ length: count }, (_, index) => {
    const day = addDays(from, Math.round((length * index) / (count - 1)));
    for (let point = points[next]; point !== undefined && point.day <= day; point = points[next]) {
      amount = point.amount;
      next += 1;
    }
    return amount;
  });
}
