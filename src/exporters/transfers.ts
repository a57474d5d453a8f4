/**
 * Transfers between a person's own accounts: two movements of opposite amounts in two accounts, within a few days, of which
 * one at least is said to be a transfer or a payment. Each movement belongs to one pair at most; where it is not clear which
 * two belong together, they stay apart.
 */

import { type Account, accountKey } from '../model/account.js';
import { addDays, daysBetween, type IsoDate } from '../model/dates.js';
import { isZero } from '../model/money.js';
import type { StoredTransaction } from '../ports.js';
import { keyOf } from './account-names.js';

/** The second movement is the later one, or comes after the first on the same day. */
export type Movement = readonly [StoredTransaction] | readonly [StoredTransaction, StoredTransaction];

const LONGEST_DAYS = 5;
/** With more equal amounts than this in a few days nobody can say which belong together. */
const MOST_ALIKE = 200;
const WORDS =
  /(?<!\p{L})(?:transfer|xfer|payment|autopay|thank you|virement|überweisung|umbuchung|overschrijving|bonifico|transferencia)(?!\p{L})/iu;

interface Candidate {
  readonly transaction: StoredTransaction;
  /** Given out already; it still counts when others look for the one that they belong to. */
  released: boolean;
  paired: boolean;
}

/** The movements in the order of their (first) dates. A few days of them are held at a time. */
export function withTransfers(
  transactions: Iterable<StoredTransaction>,
  accounts: readonly Account[],
): Iterable<Movement> {
  return new Matching(accounts).pairsOf(transactions);
}

class Matching {
  readonly #ids: ReadonlyMap<string, string>;
  readonly #bySize = new Map<string, Set<Candidate>>();
  #queue: Candidate[] = [];
  /** Places in the queue: what was given out, and what has no partner any more. */
  #released = 0;
  #forgotten = 0;

  constructor(accounts: readonly Account[]) {
    this.#ids = new Map(accounts.map((account) => [accountKey(account), account.id]));
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
    const candidate = { transaction, released: false, paired: false };
    this.#queue.push(candidate);
    if (!canPair(transaction)) return;
    const size = sizeOf(transaction);
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

  /** Both are each other's nearest: what is nearer to another is left for that other. */
  #movementOf(candidate: Candidate): Movement {
    const partner = this.#nearestTo(candidate);
    if (partner === null || partner.released || this.#nearestTo(partner) !== candidate) return [candidate.transaction];
    candidate.paired = true;
    partner.paired = true;
    return [candidate.transaction, partner.transaction];
  }

  #nearestTo({ transaction }: Candidate): Candidate | null {
    const same = this.#bySize.get(sizeOf(transaction));
    if (same === undefined || same.size > MOST_ALIKE) return null;
    const distance = (other: Candidate) => Math.abs(daysBetween(transaction.postedOn, other.transaction.postedOn));
    const partners = [...same].filter(
      (other) => !other.paired && distance(other) <= LONGEST_DAYS && isPair(transaction, other.transaction, this.#ids),
    );
    const wanted = preferred(partners, (other) => names(transaction, other.transaction, this.#ids));
    const least = Math.min(...wanted.map(distance));
    const nearest = preferred(
      wanted.filter((other) => distance(other) === least),
      (other) => other.transaction.institution === transaction.institution,
    );
    // Equally near ones of one account are interchangeable; of two accounts they are a guess.
    const accounts = new Set(nearest.map((other) => keyOf(other.transaction)));
    return accounts.size === 1 ? (nearest[0] ?? null) : null;
  }

  #forget(before: IsoDate): void {
    for (; this.#forgotten < this.#released; this.#forgotten += 1) {
      const candidate = this.#queue[this.#forgotten];
      if (candidate === undefined || candidate.transaction.postedOn >= before) break;
      const size = sizeOf(candidate.transaction);
      const same = this.#bySize.get(size);
      same?.delete(candidate);
      if (same?.size === 0) this.#bySize.delete(size);
    }
    if (this.#forgotten < 1024) return;
    this.#queue = this.#queue.slice(this.#forgotten);
    this.#released -= this.#forgotten;
    this.#forgotten = 0;
  }
}

/** Those that fit, or all when none does. */
function preferred(all: readonly Candidate[], fits: (candidate: Candidate) => boolean): readonly Candidate[] {
  const some = all.filter(fits);
  return some.length > 0 ? some : all;
}

function isPair(a: StoredTransaction, b: StoredTransaction, ids: ReadonlyMap<string, string>): boolean {
  if (keyOf(a) === keyOf(b) || a.currency !== b.currency) return false;
  if (a.amount.startsWith('-') === b.amount.startsWith('-')) return false;
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const)
    if (one.counterAccount !== null && !names(one, other, ids)) return false;
  return looksLikeTransfer(a) || looksLikeTransfer(b) || a.counterAccount !== null || b.counterAccount !== null;
}

/** BANKACCTTO or CCACCTTO of the one is the account of the other. */
function names(one: StoredTransaction, other: StoredTransaction, ids: ReadonlyMap<string, string>): boolean {
  return one.counterAccount !== null && one.counterAccount.id === ids.get(keyOf(other));
}

function looksLikeTransfer({ type, name, memo }: StoredTransaction): boolean {
  return type === 'XFER' || type === 'PAYMENT' || WORDS.test(name ?? '') || WORDS.test(memo ?? '');
}

/** Cash in one currency; what was exchanged arrives as another amount. */
function canPair({ amount, investment, exchange }: StoredTransaction): boolean {
  return !isZero(amount) && exchange === null && (investment === null || investment.action === 'INVBANKTRAN');
}

/** Equal for opposite amounts, `5.0` and `5.00` alike. */
function sizeOf({ amount, currency }: StoredTransaction): string {
  const size = amount.replace(/^-/, '');
  return `${size.includes('.') ? size.replace(/\.?0+$/, '') : size} ${currency}`;
}
