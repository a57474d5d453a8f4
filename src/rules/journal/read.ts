/** Reads a journal with the files that it includes, in the dialect of each file. */

import { readBeancount } from './beancount.js';
import type { AccountType, Journal, JournalText, OpenIncludes, ReadEntry, ReadJournal } from './entry.js';
import { readLedger } from './ledger.js';

export type { JournalText, ReadEntry, ReadJournal } from './entry.js';

/** Files in other formats that hledger includes. */
const OTHER_FORMATS = /^(?:timedot|timeclock|csv|tsv|ssv|rules):|\.(?:csv|tsv|ssv|rules|timedot|timeclock)$/i;

/** @param year of dates without one, unless the journal sets another */
export function readJournal(root: JournalText, open: OpenIncludes, year: string | null = null): ReadJournal {
  const entries: ReadEntry[] = [];
  const types = new Map<string, AccountType>();
  const seen = new Set<string>();
  const read = (file: JournalText) => {
    // A file that includes itself is read once.
    if (seen.has(file.path)) return;
    seen.add(file.path);
    const journal: Journal = {
      entries,
      types,
      year,
      include: (pattern, from) => {
        if (OTHER_FORMATS.test(pattern)) return;
        for (const included of open(pattern.replace(/^(?:journal|hledger|ledger|beancount):/, ''), from))
          read(included);
      },
    };
    if (isBeancount(file)) readBeancount(file, journal);
    else readLedger(file, journal);
  };
  read(root);
  return { entries, types };
}

/** Judges by the name, else by the first dated line. */
function isBeancount({ path, text }: JournalText): boolean {
  if (/\.(?:beancount|bean)$/i.test(path)) return true;
  if (/\.(?:journal|j|hledger|ledger|ldg|dat)$/i.test(path)) return false;
  const line = /^\d{4}[-/.]\d\d?[-/.]\d\d?.*$/m.exec(text)?.[0] ?? '';
  return /^\S+\s+(?:(?:txn|[*!])\s*"|(?:open|close|commodity|balance|pad|price|option)\s)/.test(line);
}
