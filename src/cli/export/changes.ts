/** Later changes to transactions that a consumer has received: as objects, as comments of a journal, or as lines for a person. */

import { type Account, accountKey } from '../../model/account.js';
import type { IsoDate } from '../../model/dates.js';
import type { Transaction } from '../../model/statement.js';
import type { ExportInput, Store, TransactionChange } from '../../ports.js';
import type { ExportRequest } from './options.js';

interface ExportChanges {
  /** Adds the changes to the output, if they were requested. */
  readonly addTo: (chunks: Iterable<string>) => Iterable<string>;
  /** Lines for standard error: changes that the new mark passes, and that were not requested or got a correcting entry. */
  readonly linesToReport: () => readonly string[];
  readonly any: () => boolean;
}

interface Selection {
  readonly accounts: readonly Account[];
  readonly store: Store | null;
  readonly upTo: number | null;
  readonly classify: ExportInput['classify'];
  readonly corrections: ExportInput['corrections'];
}

export function changesOf(
  request: ExportRequest,
  { store, accounts, upTo, classify, corrections }: Selection,
): ExportChanges {
  const { consumer, exporter } = request;
  const corrected = new Map(request.isNew ? corrections.map(({ of, on }) => [of.id, on] as const) : []);
  const wanted = new Set(accounts.map(accountKey));
  // These are read before the mark moves.
  const changes =
    consumer === null || store === null
      ? []
      : [...store.changesFor(consumer, upTo === null ? {} : { upTo })].filter(
          ({ transaction }) =>
            wanted.has(`${transaction.institution}/${transaction.account}`) &&
            (classify(transaction).ignore !== true || corrected.has(transaction.id)),
        );
  // A correcting entry says itself what it corrects.
  const others = changes.filter(({ transaction }) => !corrected.has(transaction.id));
  const reportLine = (change: TransactionChange) => lineWith(change, corrected.get(change.transaction.id));
  return {
    any: () => corrected.size > 0 || (request.changes && others.length > 0),
    linesToReport: () => changes.filter((change) => !request.changes || !others.includes(change)).map(reportLine),
    *addTo(chunks) {
      yield* chunks;
      if (!request.changes) return;
      if (exporter.format === 'json') yield `${JSON.stringify({ version: 1, changes: others.map(changeObject) })}\n`;
      else if (exporter.format === 'ndjson')
        for (const change of others) yield `${JSON.stringify(changeObject(change))}\n`;
      else {
        const comment = exporter.wantsOpenings === true ? '; ' : '';
        for (const change of others) yield `${comment}${oneLine(changeLine(change))}\n`;
      }
    },
  };
}

function changeObject({ transaction, former, removed }: TransactionChange): object {
  return { change: removed ? 'removed' : 'changed', transaction, former };
}

function lineWith(change: TransactionChange, correctedOn: IsoDate | undefined): string {
  return correctedOn === undefined
    ? changeLine(change)
    : `${changeLine(change)}; corrected by an entry of ${correctedOn}`;
}

/** `changed 2026-11-02 river/checking F1: amount -12.34 → -12.43` */
function changeLine({ transaction, former, removed, wasRemoved }: TransactionChange): string {
  const { institution, account, fitid, id, name, amount, currency } = transaction;
  const where = `${(former ?? transaction).postedOn} ${institution}/${account} ${fitid ?? id}`;
  const change = removed ? 'removed' : wasRemoved ? 'restored' : 'changed';
  const what = change === 'changed' ? differences(former, transaction) : `${amount} ${currency} ${name ?? ''}`.trim();
  return `${change} ${where}: ${what}`;
}

const SHOWN = ['postedOn', 'amount', 'currency', 'name', 'memo', 'type', 'checkNumber'] as const;

function differences(former: Transaction | null, now: Transaction): string {
  if (former === null) return 'other details';
  const parts = SHOWN.filter((key) => former[key] !== now[key]).map(
    (key) => `${key} ${former[key] ?? 'nothing'} → ${now[key] ?? 'nothing'}`,
  );
  return parts.length === 0 ? 'other details' : parts.join(', ');
}

function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ');
}
