/** The movements of all of a person's accounts: transfers between them paired, the others with what the rules say of them. */

import type { Account } from '../model/account.js';
import { addDays, type IsoDate } from '../model/dates.js';
import type { Config } from '../model/institution.js';
import type { Classification, ExportInput, Store, StoredTransaction } from '../ports.js';
import { classifierFor } from './input.js';
import { withQuirkPayees } from './quirk-payees.js';
import { partsOf } from './rule-splits.js';
import { LONGEST_DAYS, ownTransfers, withTransfers } from './transfers.js';

export interface HouseholdMovement {
  readonly transaction: StoredTransaction;
  /** Money that another of the person's own accounts has or had. */
  readonly isTransfer: boolean;
  /** The payee of the rules, else that of the institution. */
  readonly payee: string | null;
  readonly category: string | null;
}

/**
 * Returns the posted transactions of all configured accounts since a day that no rule ignores, each side of a transfer for itself, in the order of
 * their days but for the second sides of transfers.
 */
export async function householdMovements(
  config: Config,
  store: Pick<Store, 'transactions'> | null,
  since: IsoDate,
): Promise<Iterable<HouseholdMovement>> {
  const classify = await classifierFor(config);
  const accounts = config.institutions.flatMap((institution) => institution.accounts);
  // The other side of a transfer may be a few days older.
  const query = { accounts, since: addDays(since, -LONGEST_DAYS) };
  const transactions = withQuirkPayees(posted(store, query), config.institutions);
  return movementsSince(since, {
    transactions,
    accounts,
    classify,
    accountMap: config.exportConfig?.accountMap ?? NONE,
  });
}

const NONE: ReadonlyMap<string, string> = new Map();

function* posted(
  store: Pick<Store, 'transactions'> | null,
  query: { readonly accounts: readonly Account[]; readonly since: IsoDate },
): Iterable<StoredTransaction> {
  for (const transaction of store?.transactions(query) ?? []) if (!transaction.pending) yield transaction;
}

function* movementsSince(
  since: IsoDate,
  input: Pick<ExportInput, 'transactions' | 'accounts' | 'classify' | 'accountMap'>,
): Iterable<HouseholdMovement> {
  const { namedOwn, isTransfer } = ownTransfers(input);
  for (const movement of withTransfers(input.transactions, input.accounts, namedOwn))
    for (const transaction of movement) {
      const classification = input.classify(transaction);
      if (transaction.postedOn < since || classification.ignore === true) continue;
      yield* partsIn(transaction, classification, movement.length === 2 || isTransfer(transaction));
    }
}

/** Returns the transaction, or one movement for each part into which the rules divide it. */
function* partsIn(
  transaction: StoredTransaction,
  { payee, category, splits = [] }: Classification,
  isTransfer: boolean,
): Iterable<HouseholdMovement> {
  const { name, extendedName } = transaction;
  const named = { isTransfer, payee: payee ?? name ?? transaction.payee?.name ?? extendedName };
  if (isTransfer || splits.length === 0) yield { ...named, transaction, category };
  else
    for (const part of partsOf(splits, transaction))
      yield { ...named, transaction: { ...transaction, amount: part.amount }, category: part.category };
}
