/**
 * Keeps what the rules make of the transactions, for readers of the store: computed anew when the rules have changed, else for
 * the days on which something has.
 */

import { createHash } from 'node:crypto';
import { idsOf } from '../model/account.js';
import { addDays, type Period } from '../model/dates.js';
import type { Config } from '../model/institution.js';
import { payeeOf } from '../model/payee.js';
import type { Classification, Classified, ExportInput, Store, StoredTransaction } from '../ports.js';
import { withQuirkPayees } from './quirk-payees.js';
import { LONGEST_DAYS, namedByRules, withTransfers } from './transfers.js';

/** Increases when the same rules would give something else. */
const VERSION = 1;
/** A change may part or join two sides of a transfer, which their neighbours decide. */
const AFFECTED_DAYS = 2 * LONGEST_DAYS;
const NEIGHBOUR_DAYS = 4 * LONGEST_DAYS;

/** Brings the stored classifications up to date. Does nothing when neither rules nor transactions have changed. */
export async function refreshClassified(store: Store, config: Config): Promise<void> {
  const before = store.classifiedUpTo();
  const upTo = { rules: rulesOf(config), change: store.latestChange() };
  if (before !== null && before.rules === upTo.rules && before.change === upTo.change) return;
  const isSame = before?.rules === upTo.rules;
  const changed = isSame ? store.daysChangedSince(before.change) : null;
  if (isSame && changed === null) return;
  // With all exporters, of which a sync without changes needs none.
  const { classifierFor } = await import('./input.js');
  const days = changed === null ? null : around(changed, AFFECTED_DAYS);
  const read = changed === null ? {} : periodQuery(around(changed, NEIGHBOUR_DAYS));
  const accounts = config.institutions.flatMap((institution) => institution.accounts);
  const posted = [...store.transactions({ ...read, accounts: accountRefs(config) })].filter(({ pending }) => !pending);
  const transactions = withQuirkPayees(posted, config.institutions);
  const classify = remembering(await classifierFor(config));
  const rows = classified(transactions, {
    accounts,
    accountMap: config.exportConfig?.accountMap ?? new Map(),
    classify,
  });
  store.classify(
    rows.filter(({ postedOn }) => days === null || (postedOn >= days.from && postedOn <= days.to)),
    { ...upTo, days },
  );
}

/** Returns the same function, which a search for transfers calls again for the same transactions. */
function remembering(classify: ExportInput['classify']): ExportInput['classify'] {
  const known = new WeakMap<StoredTransaction, Classification>();
  return (transaction) => {
    const made = known.get(transaction) ?? classify(transaction);
    known.set(transaction, made);
    return made;
  };
}

type Row = Classified & Pick<StoredTransaction, 'postedOn'>;

function classified(
  transactions: Iterable<StoredTransaction>,
  rules: Pick<ExportInput, 'accounts' | 'accountMap' | 'classify'>,
): Row[] {
  const { accounts, classify } = rules;
  const rows: Row[] = [];
  for (const movement of withTransfers(transactions, accounts, namedByRules(rules))) {
    const [first, second] = movement;
    rows.push(rowOf(first, second ?? null, classify(first)));
    if (second !== undefined) rows.push(rowOf(second, first, classify(second)));
  }
  return rows;
}

function rowOf(transaction: StoredTransaction, other: StoredTransaction | null, made: Classification): Row {
  const { id, postedOn } = transaction;
  const { category, tags } = made;
  return { id, postedOn, payee: payeeOf(transaction, made), category, tags, transfer: other?.id ?? null };
}

function around({ from, to }: Period, days: number): Period {
  return { from: addDays(from, -days), to: addDays(to, days) };
}

function periodQuery({ from, to }: Period) {
  return { since: from, until: to };
}

function accountRefs({ institutions }: Config) {
  return institutions.flatMap(({ accounts }) => accounts.map(({ institution, name }) => ({ institution, name })));
}

/** Returns a text that is another one when the result may be. */
function rulesOf({ exportConfig, institutions }: Config): string {
  const names = institutions.map(({ name, quirks, accounts }) => [
    name,
    quirks.payee,
    quirks.commentRows,
    accounts.map((account) => [account.name, ...idsOf(account), account.accountKind]),
  ]);
  const facts = [VERSION, exportConfig?.rules ?? [], [...(exportConfig?.accountMap ?? [])], names];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}
