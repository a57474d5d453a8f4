/**
 * Journals of plain-text accounting: turns transactions into entries, in the order of their dates, with declarations before
 * their first use and assertions of the institution's balances. A dialect writes the entries.
 */

import { type Account, accountKey } from '../../model/account.js';
import type { IsoDate } from '../../model/dates.js';
import { negate } from '../../model/money.js';
import type { Classification, Exporter, ExportInput, StoredTransaction } from '../../ports.js';
import { counterAccount, defaultName, journalAccounts, keyOf, OWN_ACCOUNTS, ownAccountKeys } from '../account-names.js';
import { beginningsFirst } from '../trade-effects.js';
import { type Movement, type NamedByRules, ownTransfers } from '../transfers.js';
import { Assertions } from './assertions.js';
import { cashEntry, metaOf, splitTransfer, transferEntry } from './cash.js';
import { contradictionsIn, openedTooLate } from './contradictions.js';
import { correctingEntry } from './correcting-entry.js';
import { declarationsFor, firstDay } from './declarations.js';
import type { JournalDialect } from './dialect.js';
import type { JournalEntry, JournalPosting, JournalPrice, JournalTransaction, Meta } from './entry.js';
import { Units } from './lots.js';
import { movementsOf } from './movements.js';
import { balanced, positionPrices } from './positions.js';
import { openingLots, priceOf, type TradeContext, tradeEntry } from './trade.js';

export function journalExporter(dialect: JournalDialect): Exporter {
  const { format, title, extension, declaredBy } = dialect;
  return {
    format,
    title,
    extension,
    appendable: true,
    wantsOpenings: true,
    assertsInPlace: dialect.assertsInPlace,
    declaredBy,
    heldIn: dialect.heldIn,
    ...(dialect.assertsInPlace ? {} : { contradictions: (input) => contradictionsOf(input, dialect) }),
    *render(input) {
      const declared = new Set(input.settings.declared);
      if (input.settings.header) {
        yield dialect.preamble;
        for (const line of dialect.preamble.split('\n')) declared.add(declaredBy(line) ?? '');
      }
      const since = firstDay(input);
      for (const entry of balancedEntries(input, dialect)) {
        if (entry.kind === 'price' && declared.has(priceLine(entry, dialect))) continue;
        const declarations = input.settings.declarations ? declarationsFor(entry, { dialect, declared, since }) : '';
        yield `${declarations}${dialect.entry(entry)}`;
      }
    },
  };
}

/** Returns the line of a price, which is not written twice. */
function priceLine(entry: JournalPrice, { entry: text }: JournalDialect): string {
  return text(entry).trimEnd();
}

function* balancedEntries(input: ExportInput, dialect: JournalDialect): Iterable<JournalEntry> {
  const { held, assertions } = input.settings;
  const units = held === null ? null : new Units(held, { isInPlace: dialect.assertsInPlace });
  const around = { units, written: dialect.account, onAdjustment: input.onAdjustment };
  for (const entry of balanced(entriesOf(input, dialect), around))
    if (assertions || entry.kind !== 'assertion') yield entry;
}

function contradictionsOf(input: ExportInput, dialect: JournalDialect) {
  const { cashAccount } = contextOf(input);
  const balances = contradictionsIn(
    input,
    (transaction) => dialect.account(cashAccount(transaction)),
    dialect.balanceIn,
  );
  const { openedIn } = dialect;
  if (openedIn === undefined) return balances;
  const openings = openedTooLate(entriesOf(input, dialect), dialect.account, openedIn);
  return (line: string) => balances(line) ?? openings(line);
}

function* entriesOf(input: ExportInput, { postingDates, assertsInPlace }: JournalDialect): Iterable<JournalEntry> {
  const context = contextOf(input);
  const assertions = new Assertions(input, { context, isInPlace: assertsInPlace });
  const openings = new Map(input.openings.map((opening) => [keyOf(opening), opening]));
  const waiting = new WaitingEntries();
  function* until(day: IsoDate | null): Iterable<JournalEntry> {
    for (const { entry, of } of waiting.before(day)) {
      yield* assertions.dueBefore(entry.date);
      yield* begin(of);
      yield entry;
    }
    yield* day === null ? assertions.rest() : assertions.dueBefore(day);
  }
  function* begin(of: StoredTransaction): Iterable<JournalEntry> {
    const opening = openings.get(keyOf(of));
    openings.delete(keyOf(of));
    if (opening !== undefined) yield* openingEntries(opening, context);
    assertions.note(of);
  }
  for (const correction of input.corrections) {
    const entry = correctingEntry(correction, context);
    if (entry !== null) waiting.add(entry, correction.of);
  }
  const ordered = { ...input, transactions: beginningsFirst(input.transactions) };
  for (const { movement, earlier } of movementsOf(ordered, context.namedOwn)) {
    yield* until(earlier === null || movement[0].postedOn < earlier.postedOn ? movement[0].postedOn : earlier.postedOn);
    for (const transaction of movement) yield* begin(transaction);
    if (movement.length === 2 && !fitsOneEntry(movement, { postingDates, assertions })) {
      const [first, second] = splitTransfer(movement, context);
      yield first;
      waiting.add(second, movement[1]);
    } else if (earlier !== null) waiting.add(cashEntry(movement[0], context, earlier), movement[0]);
    else yield* entryOf(movement, context);
  }
  for (const opening of openings.values()) {
    yield* until(opening.date);
    yield* openingEntries(opening, context);
    assertions.note(opening);
  }
  yield* until(null);
  yield* assertions.unsettled(input, context);
  yield* positionPrices(input, (key) => assertions.hasMoved(key));
}

/** Entries that are written on their day, after those of earlier ones: second sides of transfers, and corrections. */
class WaitingEntries {
  readonly #entries: { readonly entry: JournalTransaction; readonly of: StoredTransaction }[] = [];

  add(entry: JournalTransaction, of: StoredTransaction): void {
    this.#entries.push({ entry, of });
    this.#entries.sort((a, b) => (a.entry.date < b.entry.date ? -1 : a.entry.date > b.entry.date ? 1 : 0));
  }

  /** Takes the entries of earlier days than this; all of them for `null`. */
  *before(day: IsoDate | null) {
    for (let next = this.#entries[0]; next !== undefined && (day === null || next.entry.date < day); ) {
      this.#entries.shift();
      yield next;
      next = this.#entries[0];
    }
  }
}

function fitsOneEntry(
  [first, second]: readonly [StoredTransaction, StoredTransaction],
  { postingDates, assertions }: { postingDates: boolean; assertions: Assertions },
): boolean {
  if (first.postedOn === second.postedOn) return true;
  return postingDates && !assertions.fallsBetween(second, first.postedOn);
}

function* entryOf(movement: Movement, context: TradeContext): Iterable<JournalEntry> {
  if (movement.length === 2) {
    yield transferEntry(movement, context);
    return;
  }
  const [transaction] = movement;
  yield (transaction.investment === null ? null : tradeEntry(transaction, context)) ?? cashEntry(transaction, context);
  const price = priceOf(transaction);
  if (price !== null) yield price;
}

/** Writes the opening of an account, marked so that later exports recognise it. */
function* openingEntries(opening: ExportInput['openings'][number], context: TradeContext): Iterable<JournalEntry> {
  const { balance, date } = opening;
  const head = { kind: 'transaction', date, code: null, payee: 'Opening balance', memo: '', tags: [] } as const;
  const lots = openingLots(opening, context);
  if (lots.length > 0)
    yield { ...head, meta: [{ key: 'opening', value: `${keyOf(opening)} securities` }], postings: lots };
  if (balance === null) return;
  const { amount, currency: commodity } = balance;
  const postings: JournalPosting[] = [
    { account: context.cashAccount(opening), amount, commodity },
    { account: OWN_ACCOUNTS.opening, amount: negate(amount), commodity },
  ];
  yield { ...head, meta: [{ key: 'opening', value: keyOf(opening) }], postings };
}

interface Context extends TradeContext {
  readonly namedOwn: NamedByRules;
}

function contextOf(input: ExportInput): Context {
  const { accounts, accountMap, classify, institutions, states, transferAccount } = input;
  const names = journalAccounts(accounts, accountMap);
  const byKey = new Map(accounts.map((account) => [accountKey(account), account]));
  const fids = new Map(institutions.map(({ name, fid }) => [name, fid]));
  const bases = new Map(states.map((state) => [keyOf(state), state.ledgerBalance?.currency ?? null]));
  const own = ownAccountKeys(names, accountMap);
  const base = (key: string) => names.get(key) ?? defaultName(...pairOf(key));
  return {
    classify,
    cashAccount: (of) => cashAccount(base(keyOf(of)), byKey.get(keyOf(of))),
    securityAccount: (key, symbol) => `${base(key)}:${symbol}`,
    metaOf: (of) => [
      ...metaOf(of, { fid: fids.get(of.institution) ?? null, accountId: byKey.get(keyOf(of))?.id ?? null }),
      ...noteOf(classify(of)),
    ],
    baseOf: (of) => bases.get(keyOf(of)) ?? of.currency,
    transferAccount,
    partAccount: (category, of) => {
      const name = counterAccount(category);
      const keys = own.get(name);
      return keys === undefined || keys.has(keyOf(of)) ? name : transferAccount;
    },
    ...ownTransfers(input),
  };
}

function noteOf({ note }: Classification): readonly Meta[] {
  return note === undefined ? [] : [{ key: 'note', value: note }];
}

function cashAccount(name: string, account: Account | undefined): string {
  return account?.kind === 'investment' ? `${name}:Cash` : name;
}

function pairOf(key: string): [string, string] {
  const at = key.indexOf('/');
  return [key.slice(0, at), key.slice(at + 1)];
}
