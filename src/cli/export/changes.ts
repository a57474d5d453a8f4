/** Later changes to transactions that a consumer has received: as objects, as comments of a journal, or as lines for a person. */

import { type Account, accountKey } from '../../model/account.js';
import type { Transaction } from '../../model/statement.js';
import type { ExportInput, Store, TransactionChange } from '../../ports.js';
import type { ExportRequest } from './options.js';

interface ExportChanges {
  /** Adds the changes to the output, if they were requested. */
  readonly addTo: (chunks: Iterable<string>) => Iterable<string>;
  /** Lines for standard error: changes that were not requested and that the new mark passes. */
  readonly unrequestedLines: () => readonly string[];
  readonly any: () => boolean;
}

interface Selection {
  readonly accounts: readonly Account[];
  readonly store: Store | null;
  readonly upTo: number | null;
  readonly classify: ExportInput['classify'];
}

export function changesOf(request: ExportRequest, { store, accounts, upTo, classify }: Selection): ExportChanges {
  const { consumer, exporter } = request;
  const wanted = new Set(accounts.map(accountKey));
  // These are read before the mark moves.
  const changes =
    consumer === null || store === null
      ? []
      : [...store.changesFor(consumer, upTo === null ? {} : { upTo })].filter(
          ({ transaction }) =>
            wanted.has(`${transaction.institution}/${transaction.account}`) && classify(transaction).ignore !== true,
        );
  return {
    any: () => request.changes && changes.length > 0,
    unrequestedLines: () => (request.changes ? [] : changes.map(changeLine)),
    *addTo(chunks) {
      yield* chunks;
      if (!request.changes) return;
      if (exporter.format === 'json') yield `${JSON.stringify({ version: 1, changes: changes.map(changeObject) })}\n`;
      else if (exporter.format === 'ndjson')
        for (const change of changes) yield `${JSON.stringify(changeObject(change))}\n`;
      else {
        const comment = exporter.wantsOpenings === true ? '; ' : '';
        for (const change of changes) yield `${comment}${oneLine(changeLine(change))}\n`;
      }
    },
  };
}

function changeObject({ transaction, former, removed }: TransactionChange): object {
  return { change: removed ? 'removed' : 'changed', transaction, former };
}

/** `changed 2026-11-02 river/checking F1: amount -12.34 → -12.43` */
function changeLine({ transaction, former, removed }: TransactionChange): string {
  const { institution, account, fitid, id, name, amount, currency } = transaction;
  const where = `${(former ?? transaction).postedOn} ${institution}/${account} ${fitid ?? id}`;
  const what = removed ? `${amount} ${currency} ${name ?? ''}`.trim() : differences(former, transaction);
  return `${removed ? 'removed' : 'changed'} ${where}: ${what}`;
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
