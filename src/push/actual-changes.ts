/** Changes of entries that Actual has: sides of transfers that are linked, and adjusting entries that are replaced. */

import { addDays, isoDate } from '../model/dates.js';
import type { Decimal } from '../model/decimal.js';
import type { AccountValue, BudgetAccount, OtherSide, PushEntry, PushResult, Unlinked } from '../model/push-session.js';
import type { ActualApi, ActualEntry, ChangeTransactions } from './actual-api.js';
import { decimalOf, type EntryLimits, entryValues, VALUE_ID, valueUnits } from './entry.js';

/** Hundredths, whatever the currency. */
export const LIMITS: EntryLimits = { places: 2, payee: 200, memo: 1000 };
/** A person may have moved an entry by some days. */
const DAYS_AROUND = 40;
const FIRST_DAY = '1900-01-01';
const LAST_DAY = '2999-12-31';

interface Sides {
  readonly to: BudgetAccount;
  readonly entries: readonly PushEntry[];
}

/** Links the entries to their other sides. Both keep their dates, notes and amounts. */
export async function linkTransfers(
  api: ActualApi,
  change: ChangeTransactions,
  { to, entries }: Sides,
): Promise<Pick<PushResult, 'linked' | 'unlinked'>> {
  const pairs = entries.flatMap((entry) =>
    entry.other === null ? [] : [[{ ...entry, in: to }, entry.other] as const],
  );
  if (pairs.length === 0) return { linked: 0, unlinked: [] };
  const budget = await budgetAround(api, pairs.flat());
  const unlinked: Unlinked[] = [];
  const updated = pairs.flatMap((pair): object[] => {
    const [mine, theirs] = pair.map(budget.entryOf);
    // A person deleted one side, which stays deleted.
    if (mine === undefined || theirs === undefined || mine.transfer_id === theirs.id) return [];
    const reason = pair.map((side) => complaintOf(budget.entryOf(side), side, budget)).find((one) => one !== null);
    if (reason != null) {
      unlinked.push({ transaction: pair[0].transaction, reason });
      return [];
    }
    const isWithin = pair[0].in.onBudget === pair[1].in.onBudget;
    const link = (one: ActualEntry, other: ActualEntry, { in: { id } }: OtherSide) => ({
      id: one.id,
      payee: budget.transferPayees.get(id) ?? null,
      transfer_id: other.id,
      ...(isWithin ? { category: null } : {}),
    });
    return [link(mine, theirs, pair[1]), link(theirs, mine, pair[0])];
  });
  if (updated.length > 0) await change({ updated, runTransfers: false });
  return { linked: updated.length / 2, unlinked };
}

interface Around {
  readonly entryOf: (side: OtherSide) => ActualEntry | undefined;
  readonly payeeNames: ReadonlyMap<string, string>;
  /** By the account to which each transfers. */
  readonly transferPayees: ReadonlyMap<string, string>;
}

async function budgetAround(api: ActualApi, sides: readonly OtherSide[]): Promise<Around> {
  const days = sides.map(({ transaction }) => transaction.postedOn).toSorted();
  const [first, last] = [days[0], days.at(-1)].map((day) => isoDate(day ?? FIRST_DAY));
  const [from, until] = [
    addDays(first ?? isoDate(FIRST_DAY), -DAYS_AROUND),
    addDays(last ?? isoDate(LAST_DAY), DAYS_AROUND),
  ];
  const byAccount = new Map<string, ReadonlyMap<string, ActualEntry>>();
  for (const id of new Set(sides.map((side) => side.in.id))) {
    const entries = await api.getTransactions(id, from, until);
    byAccount.set(id, new Map(entries.map((one) => [one.imported_id ?? one.id, one])));
  }
  const payees = await api.getPayees();
  return {
    entryOf: (side) => byAccount.get(side.in.id)?.get(entryValues(side, LIMITS).importId),
    payeeNames: new Map(payees.map(({ id, name }) => [id, name])),
    transferPayees: new Map(payees.flatMap(({ id, transfer_acct: to }) => (to == null ? [] : [[to, id]]))),
  };
}

/** Returns the reason why an entry is no longer as it was pushed; `null` when it is. */
function complaintOf(entry: ActualEntry | undefined, side: OtherSide, { payeeNames }: Around): string | null {
  if (entry === undefined) return null;
  if (entry.transfer_id != null) return 'one side belongs to another transfer';
  if (entry.reconciled === true) return 'one side is reconciled';
  if (entry.is_parent === true || entry.is_child === true) return 'one side is split';
  const pushed = entryValues(side, LIMITS);
  if (entry.amount !== pushed.amount) return 'the amount of one side was changed';
  // Actual writes names with capital letters.
  const payee = entry.payee == null ? null : (payeeNames.get(entry.payee) ?? '');
  if (payee !== null && payee.toLowerCase() !== pushed.payee.toLowerCase()) return 'one side has another payee';
  const isOwn = entry.category == null || entry.category === side.category;
  return isOwn ? null : 'one side has a category of its own';
}

/** Makes the balance of an account its value. A person may change all of the adjusting entry but its amount and its day. */
export async function setValue(
  api: ActualApi,
  change: ChangeTransactions,
  { to, value: { amount, on } }: { readonly to: BudgetAccount; readonly value: AccountValue },
): Promise<Decimal> {
  const balance = await api.getAccountBalance(to.id, new Date(LAST_DAY));
  const entries = await api.getTransactions(to.id, FIRST_DAY, LAST_DAY);
  const own = entries.find(({ imported_id: id }) => id?.startsWith(VALUE_ID));
  const difference = valueUnits(amount, LIMITS.places) - balance;
  if (own !== undefined) {
    if (difference !== 0)
      await change({ updated: [{ id: own.id, amount: own.amount + difference, date: on }], runTransfers: false });
  } else if (difference !== 0) {
    const words = { payee_name: 'Change in value', notes: 'Keeps the balance at the value that the bank states' };
    const entry = {
      account: to.id,
      date: on,
      amount: difference,
      ...words,
      imported_id: `${VALUE_ID}:${on}`,
      cleared: true,
    };
    await api.addTransactions(to.id, [entry], { learnCategories: false, runTransfers: false });
  }
  return decimalOf(difference, LIMITS.places);
}
