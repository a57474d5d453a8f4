/**
 * Journals of plain-text accounting: turns transactions into entries, in the order of their dates, with declarations before
 * their first use and assertions of the institution's balances. A dialect writes the entries.
 */

import { type Account, accountKey } from '../../model/account.js';
import type { IsoDate } from '../../model/dates.js';
import { negate } from '../../model/money.js';
import type { Exporter, ExportInput, StoredTransaction } from '../../ports.js';
import { defaultName, journalAccounts, keyOf, OWN_ACCOUNTS } from '../account-names.js';
import { ownTransfers } from '../own-transfers.js';
import type { Movement, NamedByRules } from '../transfers.js';
import { Assertions } from './assertions.js';
import { cashEntry, metaOf, splitTransfer, transferEntry } from './cash.js';
import { contradictionsIn, type WrittenBalance } from './contradictions.js';
import type { JournalEntry, JournalPosting, JournalTransaction } from './entry.js';
import { movementsOf } from './movements.js';
import { openingLots, priceOf, type TradeContext, tradeEntry } from './trade.js';

export interface JournalDialect {
  readonly format: string;
  readonly title: string;
  readonly extension: string;
  /** The program compares a balance with the lines above it, not with the days before it. */
  readonly assertsInPlace: boolean;
  /** Returns the balance that a line states, or the line with the one before it. */
  readonly balanceIn: (line: string, before: string) => WrittenBalance | null;
  /** One transaction may move two accounts on different days. */
  readonly postingDates: boolean;
  /** First lines of a new journal. */
  readonly preamble: string;
  /** Returns the account, commodity or tag that a line declares, as the dialect writes it. */
  readonly declaredBy: (line: string) => string | null;
  readonly account: (name: string) => string;
  readonly commodity: (symbol: string) => string;
  readonly tag: (tag: string) => string;
  /** @param symbol the security that the account holds, or `null`. */
  readonly declareAccount: (written: string, symbol: string | null) => string;
  readonly declareCommodity: (written: string) => string;
  /** Returns the line that declares a tag, if the dialect has such lines. `declaredBy` returns the whole line, since a currency may have the name of the tag. */
  readonly tagLine?: (written: string) => string;
  readonly entry: (entry: JournalEntry) => string;
}

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
    ...(dialect.assertsInPlace ? {} : { contradictions: (input) => contradictionsOf(input, dialect) }),
    *render(input) {
      if (input.settings.header) yield dialect.preamble;
      const declared = new Set(input.settings.declared);
      for (const entry of entriesOf(input, dialect)) {
        const declarations = input.settings.declarations ? declarationsFor(entry, dialect, declared) : '';
        yield `${declarations}${dialect.entry(entry)}`;
      }
    },
  };
}

function contradictionsOf(input: ExportInput, { account, balanceIn }: JournalDialect) {
  const { cashAccount } = contextOf(input);
  return contradictionsIn(input, (transaction) => account(cashAccount(transaction)), balanceIn);
}

function* entriesOf(input: ExportInput, { postingDates, assertsInPlace }: JournalDialect): Iterable<JournalEntry> {
  const context = contextOf(input);
  const assertions = new Assertions(input, { context, isInPlace: assertsInPlace });
  const openings = new Map(input.openings.map((opening) => [keyOf(opening), opening]));
  // Second sides of transfers, which wait for their day.
  const later: { date: IsoDate; entry: JournalTransaction }[] = [];
  function* until(day: IsoDate | null): Iterable<JournalEntry> {
    while (later[0] !== undefined && (day === null || later[0].date < day)) {
      const next = later.shift();
      if (next === undefined) break;
      yield* assertions.dueBefore(next.date);
      yield next.entry;
    }
    yield* day === null ? assertions.rest() : assertions.dueBefore(day);
  }
  const wait = (entry: JournalTransaction) => {
    later.push({ date: entry.date, entry });
    later.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  };
  for (const { movement, earlier } of movementsOf(input, context.namedOwn)) {
    yield* until(earlier === null || movement[0].postedOn < earlier.postedOn ? movement[0].postedOn : earlier.postedOn);
    for (const transaction of movement) {
      const opening = openings.get(keyOf(transaction));
      openings.delete(keyOf(transaction));
      if (opening !== undefined) yield* openingEntries(opening, context);
      assertions.note(transaction);
    }
    if (movement.length === 2 && !fitsOneEntry(movement, { postingDates, assertions })) {
      const [first, second] = splitTransfer(movement, context);
      yield first;
      wait(second);
    } else if (earlier !== null) wait(cashEntry(movement[0], context, earlier));
    else yield* entryOf(movement, context);
  }
  yield* until(null);
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
  const base = (key: string) => names.get(key) ?? defaultName(...pairOf(key));
  return {
    classify,
    cashAccount: (of) => cashAccount(base(keyOf(of)), byKey.get(keyOf(of))),
    securityAccount: (key, symbol) => `${base(key)}:${symbol}`,
    metaOf: (of) => metaOf(of, { fid: fids.get(of.institution) ?? null, accountId: byKey.get(keyOf(of))?.id ?? null }),
    baseOf: (of) => bases.get(keyOf(of)) ?? of.currency,
    transferAccount,
    ...ownTransfers(input),
  };
}

function cashAccount(name: string, account: Account | undefined): string {
  return account?.kind === 'investment' ? `${name}:Cash` : name;
}

function pairOf(key: string): [string, string] {
  const at = key.indexOf('/');
  return [key.slice(0, at), key.slice(at + 1)];
}

/** Returns declarations of the names in the entry that are not declared yet. */
function declarationsFor(entry: JournalEntry, dialect: JournalDialect, declared: Set<string>): string {
  const lines: string[] = [];
  const declare = (written: string, line: (written: string) => string) => {
    if (written === '' || declared.has(written)) return;
    declared.add(written);
    lines.push(line(written));
  };
  const commodity = (symbol: string) => declare(dialect.commodity(symbol), dialect.declareCommodity);
  if (entry.kind === 'price') {
    commodity(entry.commodity);
    commodity(entry.price.currency);
  } else if (entry.kind === 'assertion') {
    declare(dialect.account(entry.account), (written) => dialect.declareAccount(written, null));
    commodity(entry.commodity);
  } else {
    const { tagLine } = dialect;
    const tags = entry.tags.map(dialect.tag).filter((tag) => tag !== '');
    if (tagLine !== undefined) for (const tag of tags) declare(tagLine(tag), (line) => `${line}\n`);
    for (const { account, commodity: symbol, totalPrice, lot } of entry.postings) {
      declare(dialect.account(account), (written) =>
        dialect.declareAccount(written, lot === undefined ? null : dialect.commodity(symbol)),
      );
      commodity(symbol);
      if (totalPrice !== undefined) commodity(totalPrice.currency);
      if (lot !== undefined) commodity(lot.total.currency);
    }
  }
  return lines.length === 0 ? '' : `\n${lines.join('')}`;
}
