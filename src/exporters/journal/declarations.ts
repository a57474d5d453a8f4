/** Declarations of accounts, commodities and tags before their first use, dated by the first day of the journal. */

import { type IsoDate, localDate } from '../../model/dates.js';
import type { ExportInput } from '../../ports.js';
import type { JournalDialect } from './dialect.js';
import type { JournalEntry } from './entry.js';

interface Declaring {
  readonly dialect: JournalDialect;
  /** Grows by what is declared. */
  readonly declared: Set<string>;
  readonly since: IsoDate;
}

/**
 * Returns the first day of the journal. In one that goes on, or is to go on, a late entry may be as old as the first day that a
 * statement covers.
 */
export function firstDay({ transactions, openings, states, earlier, settings }: ExportInput): IsoDate {
  const days = openings.map(({ date }) => date);
  for (const { postedOn } of transactions) {
    days.push(postedOn);
    break;
  }
  if (earlier !== null || settings.declared.size > 0)
    days.push(...states.flatMap(({ coverage }) => coverage[0]?.from ?? []));
  return days.toSorted()[0] ?? localDate(settings.writtenAt);
}

/** Returns declarations of the names in the entry that are not declared yet. */
export function declarationsFor(entry: JournalEntry, { dialect, declared, since }: Declaring): string {
  const lines: string[] = [];
  const declare = (written: string, line: (written: string) => string) => {
    if (written === '' || declared.has(written)) return;
    declared.add(written);
    lines.push(line(written));
  };
  const account = (name: string, symbol: string | null) =>
    declare(dialect.account(name), (written) => dialect.declareAccount(written, { symbol, since }));
  const commodity = (symbol: string) =>
    declare(dialect.commodity(symbol), (written) => dialect.declareCommodity(written, since));
  if (entry.kind === 'price') {
    commodity(entry.commodity);
    commodity(entry.price.currency);
  } else if (entry.kind === 'assertion') {
    account(entry.account, null);
    commodity(entry.commodity);
  } else {
    const { tagLine } = dialect;
    const tags = entry.tags.map(dialect.tag).filter((tag) => tag !== '');
    // A journal that was begun by an earlier version lacks some of our own; one that somebody else began may declare none.
    const metas = [...entry.meta, ...entry.postings.flatMap(({ meta = [] }) => meta)];
    const own = tagLine !== undefined && declared.has(tagLine('fitid')) ? metas.map(({ key }) => key) : [];
    if (tagLine !== undefined) for (const tag of [...own, ...tags]) declare(tagLine(tag), (line) => `${line}\n`);
    for (const { account: name, commodity: symbol, totalPrice, lot } of entry.postings) {
      account(name, lot === undefined ? null : dialect.commodity(symbol));
      commodity(symbol);
      if (totalPrice !== undefined) commodity(totalPrice.currency);
      if (lot !== undefined) commodity(lot.total.currency);
    }
  }
  return lines.length === 0 ? '' : `\n${lines.join('')}`;
}
