/**
 * Finds transfers between a person's own accounts: two movements of opposite amounts in two accounts, within a few days, of
 * which at least one looks like a transfer or a payment. Each movement belongs to at most one pair; ambiguous movements stay
 * single.
 */

import { type Account, accountKey, idsOf } from '../model/account.js';
import { addDays, daysBetween, type IsoDate } from '../model/dates.js';
import { isZero } from '../model/money.js';
import type { ExportInput, StoredTransaction } from '../ports.js';
import { counterAccount, journalAccounts, keyOf, ownAccountKeys } from './account-names.js';

/** One transaction, or the two of a transfer in the order of the input. */
export type Movement = readonly [StoredTransaction] | readonly [StoredTransaction, StoredTransaction];

/** Days between the two sides of a transfer, at most. */
export const LONGEST_DAYS = 5;
/** With more equal amounts than this in a few days, pairs would be guesses. */
const MOST_ALIKE = 200;
const WORDS =
  /(?<!\p{L})(?:transfer|xfer|payment|autopay|thank you|virement|überweisung|umbuchung|overschrijving|bonifico|transferencia)(?!\p{L})/iu;

interface Candidate {
  readonly transaction: StoredTransaction;
  /** Equal for opposite amounts; `null` for what cannot be a side of a transfer. */
  readonly size: string | null;
  /** Returned already; it still counts in the search for the nearest movement. */
  released: boolean;
  paired: boolean;
}

/** Returns the keys (`institution/account`) of the accounts that the rules give as the other side of a transfer, or `null`. */
export type NamedByRules = (transaction: StoredTransaction) => ReadonlySet<string> | null;

/** Returns a function for the rules of accounts.yaml: a category may be one of the person's own accounts. */
export function namedByRules({
  accounts,
  accountMap,
  classify,
}: Pick<ExportInput, 'accounts' | 'accountMap' | 'classify'>): NamedByRules {
  const own = ownAccountKeys(journalAccounts(accounts, accountMap), accountMap);
  // A search for pairs comes back to the same transactions, and rules may be many.
  const known = new WeakMap<StoredTransaction, ReadonlySet<string> | null>();
  return (of) => {
    const before = known.get(of);
    if (before !== undefined) return before;
    const keys = own.get(counterAccount(classify(of).category)) ?? null;
    const others = keys?.has(keyOf(of)) === true ? null : keys;
    known.set(of, others);
    return others;
  };
}

/** The transactions that move money to another of the person's own accounts, according to the bank or the rules. */
export interface OwnTransfers {
  /** Returns the own accounts that a rule gives as the other side; `null` where no rule does. */
  readonly namedOwn: NamedByRules;
  /** Returns true when the bank or a rule names an own account as the other side. */
  readonly isTransfer: (transaction: StoredTransaction) => boolean;
}

export function ownTransfers(input: Pick<ExportInput, 'accounts' | 'accountMap' | 'classify'>): OwnTransfers {
  const namedOwn = namedByRules(input);
  const ids = new Set(input.accounts.flatMap(idsOf));
  return {
    namedOwn,
    isTransfer: (of) => namedOwn(of) !== null || (of.counterAccount !== null && ids.has(of.counterAccount.id)),
  };
}

/** Returns the movements in the order of their (first) dates. Keeps a few days of them in memory at a time. */
export function withTransfers(
  transactions: Iterable<StoredTransaction>,
  accounts: readonly Account[],
  named: NamedByRules = () => null,
): Iterable<Movement> {
  return new Matching(accounts, named).pairsOf(transactions);
}

class Matching {
  readonly #ids: ReadonlyMap<string, readonly string[]>;
  readonly #named: NamedByRules;
  readonly #bySize = new Map<string, Set<Candidate>>();
  #queue: Candidate[] = [];
  /** Lengths of the part of the queue that was returned, and of the part that is too old for a partner. */
  #released = 0;
  #forgotten = 0;

  constructor(accounts: readonly Account[], named: NamedByRules) {
    this.#named = named;
    this.#ids = new Map(accounts.map((account) => [accountKey(account), idsOf(account)]));
  }

  *pairsOf(transactions: Iterable<StoredTransaction>): Iterable<Movement> {
    let day: IsoDate | null = null;
    for (const transaction of transactions) {
      if (transaction.postedOn !== day) {
        day = transaction.postedOn;
        yield* this.#release(addDays(day, -LONGEST_DAYS));
        this.#forget(addDays(day, -2 * LONGEST_DAYS));
      }
      this.#hold(transaction);
    }
    yield* this.#release(null);
  }

  #hold(transaction: StoredTransaction): void {
    const size = canPair(transaction) ? sizeOf(transaction) : null;
    const candidate = { transaction, size, released: false, paired: false };
    this.#queue.push(candidate);
    if (size === null) return;
    const same = this.#bySize.get(size);
    if (same === undefined) this.#bySize.set(size, new Set([candidate]));
    else same.add(candidate);
  }

  *#release(before: IsoDate | null): Iterable<Movement> {
    for (; this.#released < this.#queue.length; this.#released += 1) {
      const candidate = this.#queue[this.#released];
      if (candidate === undefined || (before !== null && candidate.transaction.postedOn >= before)) return;
      if (!candidate.paired) yield this.#movementOf(candidate);
      candidate.released = true;
    }
  }

  /** Pairs two movements only if each is the nearest of the other. */
  #movementOf(candidate: Candidate): Movement {
    const partner = this.#nearestTo(candidate);
    if (partner === null || partner.released || this.#nearestTo(partner) !== candidate) return [candidate.transaction];
    candidate.paired = true;
    partner.paired = true;
    return [candidate.transaction, partner.transaction];
  }

  #nearestTo({ transaction, size }: Candidate): Candidate | null {
    const same = size === null ? undefined : this.#bySize.get(size);
    if (same === undefined || same.size > MOST_ALIKE) return null;
    const distance = (other: Candidate) => Math.abs(daysBetween(transaction.postedOn, other.transaction.postedOn));
    const opposite = [...same].filter((other) => !other.paired && hasOppositeSign(transaction, other.transaction));
    const partners = opposite.filter(
      (other) => distance(other) <= LONGEST_DAYS && this.#isPair(transaction, other.transaction),
    );
    const wanted = preferred(partners, (other) => this.#names(transaction, other.transaction) === true);
    const least = Math.min(...wanted.map(distance));
    const nearest = preferred(
      wanted.filter((other) => distance(other) === least),
      (other) => other.transaction.institution === transaction.institution,
    );
    // Equally near movements of one account are interchangeable; of two accounts they are a guess.
    const accounts = new Set(nearest.map((other) => keyOf(other.transaction)));
    return accounts.size === 1 ? (nearest[0] ?? null) : null;
  }

  #isPair(a: StoredTransaction, b: StoredTransaction): boolean {
    if (keyOf(a) === keyOf(b) || a.currency !== b.currency) return false;
    const named = [this.#names(a, b), this.#names(b, a)];
    if (named.includes(false)) return false;
    return named.includes(true) || looksLikeTransfer(a) || looksLikeTransfer(b);
  }

  /** Returns whether BANKACCTTO, CCACCTTO or the rules name the account of the other; `null` where they name none. */
  #names(one: StoredTransaction, other: StoredTransaction): boolean | null {
    if (one.counterAccount !== null) return this.#ids.get(keyOf(other))?.includes(one.counterAccount.id) === true;
    return this.#named(one)?.has(keyOf(other)) ?? null;
  }

  #forget(before: IsoDate): void {
    for (; this.#forgotten < this.#released; this.#forgotten += 1) {
      const candidate = this.#queue[this.#forgotten];
      if (candidate === undefined || candidate.transaction.postedOn >= before) break;
      if (candidate.size === null) continue;
      const same = this.#bySize.get(candidate.size);
      same?.delete(candidate);
      if (same?.size === 0) this.#bySize.delete(candidate.size);
    }
    if (this.#forgotten < 1024) return;
    this.#queue = this.#queue.slice(this.#forgotten);
    this.#released -= this.#forgotten;
    this.#forgotten = 0;
  }
}

function hasOppositeSign(a: StoredTransaction, b: StoredTransaction): boolean {
  return a.amount.startsWith('-') !== b.amount.startsWith('-');
}

/** Returns the candidates that fit, or all if none fits. */
function preferred(all: readonly Candidate[], fits: (candidate: Candidate) => boolean): readonly Candidate[] {
  const some = all.filter(fits);
  return some.length > 0 ? some : all;
}

function looksLikeTransfer({ type, name, memo }: StoredTransaction): boolean {
  return type === 'XFER' || type === 'PAYMENT' || WORDS.test(name ?? '') || WORDS.test(memo ?? '');
}

/** Accepts cash in one currency only, since an exchanged amount arrives as another amount. */
function canPair({ amount, investment, exchange }: StoredTransaction): boolean {
  return !isZero(amount) && exchange === null && (investment === null || investment.action === 'INVBANKTRAN');
}

/** Returns a key that is equal for opposite amounts, and for `5.0` and `5.00`. */
function sizeOf({ amount, currency }: StoredTransaction): string {
  const size = amount.replace(/^-/, '');
  return `${size.includes('.') ? size.replace(/\.?0+$/, '') : size} ${currency}`;
}
