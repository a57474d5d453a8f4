/** The line on standard error that says what an export of new transactions wrote, and where. */

import { existsSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import { OWN_ACCOUNTS } from '../../exporters/account-names.js';
import { type Account, accountKey } from '../../model/account.js';
import { type IsoDate, localDate } from '../../model/dates.js';
import { add } from '../../model/money.js';
import type { Adjustment, ConsumerMark, ExportInput, Store, StoredTransaction } from '../../ports.js';
import type { ExportRequest } from './options.js';

/** Returns the path as a person would name it: relative to the working folder when the file is in it. */
export function shownPath(file: string, cwd: string): string {
  const path = relative(cwd, file);
  return path === '' || path.startsWith('..') || isAbsolute(path) ? file : path;
}

/** Returns the marks that the consumer of an export has in these accounts. */
export function marksOf(
  { consumer, isNew }: ExportRequest,
  { store, accounts }: { store: Store | null; accounts: readonly Account[] },
): readonly ConsumerMark[] {
  if (consumer === null || !isNew || store === null) return [];
  const wanted = new Set(accounts.map(accountKey));
  return store.marks(consumer).filter(({ institution, account }) => wanted.has(`${institution}/${account}`));
}

/** Returns the day on which the consumer was served last; the earliest of its accounts. */
function servedOn(marks: readonly ConsumerMark[]): IsoDate | null {
  const [first] = marks.flatMap(({ servedAt }) => servedAt ?? []).toSorted();
  return first === undefined ? null : localDate(new Date(first));
}

/** Returns `42 new, 1 corrected since 2026-11-20 → bank.journal`, or that nothing was new. */
export function writtenLine(
  { added, corrected }: { readonly added: number; readonly corrected: number },
  { to, marks }: { to: string; marks: readonly ConsumerMark[] },
): string {
  const day = servedOn(marks);
  const corrections = corrected === 0 ? '' : `, ${corrected} corrected`;
  return `${added === 0 ? 'nothing' : added} new${corrections}${day === null ? '' : ` since ${day}`} → ${to}`;
}

/** Returns a line for each file that a journal or table was continued in, and that is no longer there. */
export function goneLines(
  marks: readonly ConsumerMark[],
  { request, cwd }: { request: ExportRequest; cwd: string },
): string[] {
  if (!request.append) return [];
  const files = new Set(marks.flatMap(({ file }) => (file === null || existsSync(file) ? [] : [file])));
  return [...files].map((file) => {
    const day = servedOn(marks.filter((mark) => mark.file === file));
    return `${shownPath(file, cwd)} is gone. The transactions exported to it${day === null ? '' : ` by ${day}`} are not exported again. To begin again: ofx-sync consumers reset ${request.consumer}`;
  });
}

/** Returns `adjusted 2026-11-18 harbor/ira ACME: the transactions make 100 and the bank has 10. …` */
export function adjustmentLine({ of, commodity, date, units, had }: Adjustment): string {
  return `adjusted ${date} ${of} ${commodity}: the transactions make ${had} and the bank has ${add(had, units)}. An entry with ${OWN_ACCOUNTS.adjustments} balances it; write what it was instead, if you know.`;
}

/** Counts the transactions of an input while an exporter reads them, which may be more than once. */
export function counted(input: ExportInput): { readonly input: ExportInput; readonly count: () => number } {
  let all = 0;
  const each = new Map<string, number>();
  function* counting(
    transactions: Iterable<StoredTransaction>,
    note: (count: number) => void,
  ): Iterable<StoredTransaction> {
    let count = 0;
    for (const transaction of transactions) {
      count += 1;
      note(count);
      yield transaction;
    }
  }
  return {
    input: {
      ...input,
      transactions: {
        [Symbol.iterator]: () =>
          counting(input.transactions, (count) => {
            all = Math.max(all, count);
          })[Symbol.iterator](),
      },
      transactionsOf: (account) => {
        const key = accountKey(account);
        return {
          [Symbol.iterator]: () =>
            counting(input.transactionsOf(account), (count) => {
              each.set(key, Math.max(each.get(key) ?? 0, count));
            })[Symbol.iterator](),
        };
      },
    },
    count: () =>
      Math.max(
        all,
        [...each.values()].reduce((sum, one) => sum + one, 0),
      ),
  };
}
