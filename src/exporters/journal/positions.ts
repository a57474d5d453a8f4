/** Positions as the institution states them: what balances one that the transactions do not explain, and its newest price. */

import type { IsoDate } from '../../model/dates.js';
import type { Decimal } from '../../model/decimal.js';
import { absolute, add, divide, isZero, multiply, negate, round, subtract, ZERO } from '../../model/money.js';
import type { Adjustment, ExportInput } from '../../ports.js';
import { keyOf, OWN_ACCOUNTS, securitySymbol } from '../account-names.js';
import { unitWorth } from '../stated-balance.js';
import type { JournalEntry, JournalPosting, JournalPrice, JournalTransaction, StatedPosition } from './entry.js';
import { booked, missingUnits, type Units } from './lots.js';

interface Balancing {
  /** `null` where the units of the journal are not known. */
  readonly units: Units | null;
  /** Returns an account as the dialect writes it. */
  readonly written: (account: string) => string;
  readonly onAdjustment: ((adjustment: Adjustment) => void) | undefined;
}

/** Books the lots of entries, and adjusts positions that the transactions do not explain before the entry that needs it. */
export function* balanced(entries: Iterable<JournalEntry>, balancing: Balancing): Iterable<JournalEntry> {
  const { units, written } = balancing;
  const heldOn = (date: IsoDate) =>
    units === null ? null : (posting: JournalPosting) => units.at(written(posting.account), date);
  for (const entry of entries) {
    if (entry.kind === 'assertion' && entry.position !== undefined && units !== null) {
      const account = written(entry.account);
      const { calmSince } = entry.position;
      const lacking = subtract(entry.amount, units.at(account, entry.date));
      if (calmSince === undefined || !units.hasMovedAfter(account, calmSince))
        yield* adjustments({ ...entry, units: lacking, position: entry.position }, balancing);
    }
    if (entry.kind === 'assertion' && entry.position?.calmSince !== undefined) continue;
    if (entry.kind !== 'transaction') {
      yield entry;
      continue;
    }
    const held = heldOn(entry.date);
    if (held !== null && entry.of !== undefined)
      for (const posting of entry.postings) {
        const price = priceIn(posting);
        const lacking = missingUnits(posting, held(posting));
        const position = { of: entry.of, price };
        yield* adjustments({ ...posting, date: entry.date, units: lacking, position }, balancing);
      }
    yield booked(entry, held);
    for (const { account, amount, lot } of entry.postings)
      if (lot !== undefined) units?.add(written(account), entry.date, amount);
  }
}

interface Lacking extends Pick<JournalPosting, 'account' | 'commodity'> {
  readonly date: IsoDate;
  readonly units: Decimal;
  readonly position: StatedPosition;
}

function* adjustments(lacking: Lacking, { units, written, onAdjustment }: Balancing): Iterable<JournalEntry> {
  if (units === null || isZero(lacking.units)) return;
  const account = written(lacking.account);
  const had = units.at(account, lacking.date);
  const { date, commodity, position } = lacking;
  onAdjustment?.({ of: position.of, commodity, date, units: lacking.units, had });
  yield booked(adjustingEntry(lacking, had), () => had);
  units.add(account, lacking.date, lacking.units);
}

/** Writes the units that no transaction explains, at a known price. */
function adjustingEntry(
  { account, commodity, date, units, position: { of, price } }: Lacking,
  had: Decimal,
): JournalTransaction {
  const worth = round(multiply(absolute(units), price.amount), 2);
  const counter = units.startsWith('-') ? worth : negate(worth);
  const postings: JournalPosting[] = [
    {
      account,
      amount: units,
      commodity,
      lot: { opens: true, total: { amount: worth, currency: price.currency }, unitPrice: null },
    },
    { account: OWN_ACCOUNTS.adjustments, amount: counter, commodity: price.currency, inferred: true },
  ];
  return {
    kind: 'transaction',
    date,
    code: null,
    payee: 'Adjustment of a position',
    memo: `the transactions make ${had} and the bank has ${add(had, units)}: perhaps an unreported split or transfer`,
    tags: [],
    meta: [{ key: 'adjustment', value: `${of} ${commodity}` }],
    postings,
  };
}

/** Returns the newest prices of the positions of accounts that the output has, in the order of their dates. */
export function positionPrices(
  { states, settings }: Pick<ExportInput, 'states' | 'settings'>,
  isWritten: (key: string) => boolean,
): readonly JournalPrice[] {
  const newest = new Map<string, JournalPrice>();
  for (const state of states) {
    const { holdings } = state;
    if (holdings == null || !isWritten(keyOf(state))) continue;
    for (const position of holdings.positions) {
      const amount = unitWorth(position);
      const date = position.asOf ?? holdings.asOf;
      if (amount === null || !isWithin(date, settings)) continue;
      const commodity = securitySymbol(position);
      const name = `${commodity} ${position.currency}`;
      if ((newest.get(name)?.date ?? '') >= date) continue;
      newest.set(name, { kind: 'price', date, commodity, price: { amount, currency: position.currency } });
    }
  }
  return [...newest.values()].toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

function isWithin(date: IsoDate, { since, until }: ExportInput['settings']): boolean {
  return (since === null || date >= since) && (until === null || date <= until);
}

/** Returns the price of a unit in a trade. */
function priceIn({ amount, lot, commodity }: JournalPosting): StatedPosition['price'] {
  const { total = { amount: ZERO, currency: commodity }, unitPrice = null } = lot ?? {};
  if (unitPrice !== null || isZero(amount)) return { ...total, amount: unitPrice ?? ZERO };
  return { ...total, amount: divide(total.amount, absolute(amount), 8) };
}
