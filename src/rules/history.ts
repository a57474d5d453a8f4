/** Collects the knowledge of the past: where a journal booked each transaction, and the transfers between the person's own accounts. */

import { journalAccounts, keyOf, OWN_ACCOUNTS } from '../exporters/account-names.js';
import { withTransfers } from '../exporters/transfers.js';
import type { Account } from '../model/account.js';
import { isIsoDate, isoDate } from '../model/dates.js';
import { decimal } from '../model/decimal.js';
import { isZero } from '../model/money.js';
import { OFX_FIELDS_ABSENT } from '../model/statement.js';
import type { Classification, StoredTransaction } from '../ports.js';
import type { ReadJournal } from './journal/entry.js';
import { type Booking, journalMatcher } from './journal-match.js';
import { ownTest } from './own-accounts.js';
import type { Sample } from './sample.js';

export interface HistoryInput {
  /** Posted transactions in the order of their days. */
  readonly transactions: readonly StoredTransaction[];
  readonly accounts: readonly Account[];
  readonly accountMap: ReadonlyMap<string, string>;
  readonly transferAccount: string;
  readonly classify: (transaction: StoredTransaction) => Classification;
  readonly journal: ReadJournal | null;
}

export interface History {
  readonly samples: readonly Sample[];
  /** Transactions whose account nobody knows. */
  readonly unknown: readonly StoredTransaction[];
  /** Transactions that existing rules decide already. */
  readonly decided: number;
  readonly hasJournal: boolean;
  /** Entries of the journal with one account of the person and one other, and those of them that are in the store. */
  readonly entries: number;
  readonly matched: number;
  /** Entries that say nothing about one transaction: of several accounts, openings. */
  readonly unusable: number;
}

export function historyOf(input: HistoryInput): History {
  const { transactions, accounts, accountMap, classify, journal } = input;
  const names = journalAccounts(accounts, accountMap);
  const { bookings, unusable } = bookingsOf(input, names);
  const open = transactions.filter((one) => !isDecided(classify(one)));
  const match = journalMatcher(bookings, names);
  const booked = new Map<StoredTransaction, Booking>();
  for (const transaction of transactions) {
    const booking = match(transaction);
    if (booking !== null) booked.set(transaction, booking);
  }
  const transfers = transferLabels(transactions, accounts, names);
  const found = open.map((transaction) => ({ transaction, sample: sampleOf(transaction, booked, transfers) }));
  const used = new Set([...booked.values()].map(({ entry }) => entry));
  // Of a transfer, only the side that pays.
  const isEcho = ({ isTransfer, own }: Booking) => isTransfer && own.amount?.startsWith('-') !== true;
  const alone = bookings.filter((one) => !used.has(one.entry) && !isEcho(one));
  return {
    samples: [...found.flatMap(({ sample }) => sample ?? []), ...alone.flatMap((one) => sampleOfEntry(one) ?? [])],
    unknown: found.flatMap(({ transaction, sample }) => (sample === null ? [transaction] : [])),
    decided: transactions.length - open.length,
    hasJournal: journal !== null,
    entries: new Set(bookings.map(({ entry }) => entry)).size,
    matched: used.size,
    unusable,
  };
}

function isDecided({ category, ignore }: Classification): boolean {
  return category !== null || ignore === true;
}

function sampleOf(
  transaction: StoredTransaction,
  booked: ReadonlyMap<StoredTransaction, Booking>,
  transfers: ReadonlyMap<StoredTransaction, string>,
): Sample | null {
  const booking = booked.get(transaction);
  if (booking !== undefined) return { transaction, account: booking.counter, payee: ownPayee(booking, transaction) };
  const account = transfers.get(transaction);
  return account === undefined ? null : { transaction, account, payee: null };
}

/**
 * Returns the payee of the journal if a person wrote it: it is not the text of the bank. A transfer has one payee for two
 * transactions.
 */
function ownPayee({ entry: { payee }, isTransfer }: Booking, transaction: StoredTransaction): string | null {
  const { name, extendedName, memo, payee: sent } = transaction;
  // Journals have no semicolons and bars in payees.
  const plain = (text: string | null | undefined) => (text ?? '').replace(/[\s;,|/]+/g, ' ').trim();
  const own = plain(payee);
  return isTransfer || own === '' || [name, extendedName, memo, sent?.name].some((text) => plain(text) === own)
    ? null
    : payee;
}

/** Returns a booking for each side of an entry with two accounts, at least one of which is the person's. */
function bookingsOf(
  { journal, transferAccount }: HistoryInput,
  names: ReadonlyMap<string, string>,
): { readonly bookings: readonly Booking[]; readonly unusable: number } {
  if (journal === null) return { bookings: [], unusable: 0 };
  const isOwn = ownTest(journal, new Set(names.values()));
  const unknown: ReadonlySet<string> = new Set([OWN_ACCOUNTS.unknown, transferAccount]);
  let unusable = 0;
  const bookings = journal.entries.flatMap((entry): Booking[] => {
    const postings = entry.postings.filter(({ amount }) => amount === null || !isZero(amount));
    const [first, second] = postings;
    const own = postings.filter(({ account }) => isOwn(account));
    const isOpening = postings.some(({ account }) => /^equity(?::|$)/i.test(account));
    const isUnknown = postings.some(({ account }) => unknown.has(account));
    if (
      first === undefined ||
      second === undefined ||
      postings.length > 2 ||
      own.length === 0 ||
      isOpening ||
      isUnknown
    ) {
      unusable += 1;
      return [];
    }
    return own.map((posting) => ({
      entry,
      own: posting,
      counter: (posting === first ? second : first).account,
      isTransfer: own.length > 1,
    }));
  });
  return { bookings, unusable };
}

/** Returns the account on the other side of each transfer. */
function transferLabels(
  transactions: readonly StoredTransaction[],
  accounts: readonly Account[],
  names: ReadonlyMap<string, string>,
): ReadonlyMap<StoredTransaction, string> {
  const labels = new Map<StoredTransaction, string>();
  for (const [first, second] of withTransfers(transactions, accounts)) {
    if (second === undefined) continue;
    const [one, other] = [names.get(keyOf(first)), names.get(keyOf(second))];
    if (other !== undefined) labels.set(first, other);
    if (one !== undefined) labels.set(second, one);
  }
  return labels;
}

/** Returns the entry as a transaction whose text is that of the journal. */
function sampleOfEntry({ entry, own, counter }: Booking): Sample | null {
  const { date, payee, note } = entry;
  if (own.amount === null || !isIsoDate(date)) return null;
  const transaction: StoredTransaction = {
    ...BLANK,
    postedOn: isoDate(date),
    amount: own.amount,
    currency: own.commodity ?? '',
    name: payee === '' ? note : payee,
    memo: payee === '' || note === '' ? null : note,
  };
  return { transaction, account: counter, payee: null };
}

const BLANK: Omit<StoredTransaction, 'postedOn'> = {
  ...OFX_FIELDS_ABSENT,
  id: '',
  institution: '',
  account: '',
  fitid: null,
  type: '',
  userOn: null,
  amount: decimal('0'),
  currency: '',
  name: null,
  memo: null,
  pending: false,
  extra: null,
};
