/**
 * Identity of transactions: finds the stored transaction that a received one is. The rule is (account, FITID). Where the FITID
 * is missing, changes, or is shared by different transactions, content decides, then what a complete statement lists no
 * longer, and then how most of an overlap is spelled. Pure: the caller passes the stored rows.
 */

import { addDays, type IsoDate, later } from '../../model/dates.js';
import type { Transaction } from '../../model/statement.js';
import {
  addTo,
  type Candidate,
  type Content,
  ContentIndex,
  contentKey,
  type KeyedTransaction,
  storedContent,
} from './content-index.js';
import { type FitidGroups, groupsByFitid, isOther, NOBODY } from './fitid-groups.js';
import { type IdentityInput, type IdentityResult, type Policy, UNSTABLE_FROM } from './identity.js';
import { KeyMaker } from './key-maker.js';
import {
  bulkPairs,
  daysOf,
  likelyPairs,
  NEAR_DAYS,
  otherPairs,
  type Pairs,
  repeatedPairs,
  settledPairs,
  shiftedPairs,
} from './pairing.js';
import { isTrusted, listedDays } from './unlisted.js';

/** Gives each transaction of a statement its key. @param transactions in the order of the statement. */
export function identify(transactions: readonly Transaction[], input: IdentityInput): IdentityResult {
  // Each is known by its object: one that a caller passes twice is two.
  const isShared = new Set(transactions).size < transactions.length;
  return new Identification(isShared ? transactions.map((one) => ({ ...one })) : transactions, input).run();
}

class Identification {
  readonly #input: IdentityInput;
  readonly #transactions: readonly Transaction[];
  readonly #groups: FitidGroups;
  readonly #known = new Map<Transaction, Candidate>();
  readonly #spelled = new Set<Transaction>();
  readonly #settled: { row: Candidate; transaction: Transaction }[] = [];
  #open: readonly Transaction[];
  #index: ContentIndex;
  #renamed = 0;
  #alternatives: Policy[] = [];

  constructor(transactions: readonly Transaction[], input: IdentityInput) {
    this.#input = input;
    this.#groups = groupsByFitid(transactions, input);
    this.#transactions = transactions;
    for (const [transaction, row] of this.#groups.same) this.#known.set(transaction, row);
    this.#open = this.#transactions.filter((one) => !this.#known.has(one));
    this.#index = new ContentIndex([]);
  }

  run(): IdentityResult {
    const confirmed = this.#known.size;
    if (!this.#isDone()) this.#match();
    const repeated = [...this.#groups.repeated].filter((one) => !this.#known.has(one));
    const isKept = this.#input.policy.repeated === 'kept';
    if (repeated.length > 0) this.#offer({ repeated: isKept ? 'dropped' : 'kept' });
    return {
      keyed: this.#keyed(),
      renamed: this.#renamed,
      reused: this.#open.filter(
        (one) => !this.#groups.repeated.has(one) && (this.#groups.namesakes.get(one)?.rows.length ?? 0) > 0,
      ).length,
      confirmed: this.#input.unstable ? this.#sameFitids() : confirmed,
      settled: this.#settled,
      unlisted: this.#unlisted(),
      isRecognized: this.#isRecognized(),
      repeated,
      alternatives: this.#alternatives,
    };
  }

  /** By far the most frequent case: what is known is listed with its FITID, and nothing that is stored is left for the rest. */
  #isDone(): boolean {
    const { listing, window, unstable, countBetween } = this.#input;
    if (this.#open.length === 0 && listing !== 'download') return true;
    const isNew = (one: Transaction) => one.fitid !== null && this.#groups.namesakes.get(one) === NOBODY;
    if (unstable || !this.#open.every(isNew)) return false;
    const days = daysOf([...this.#open, { postedOn: window.from }, { postedOn: window.to }]) ?? window;
    let known = 0;
    for (const { postedOn } of this.#known.values()) if (postedOn >= days.from && postedOn <= days.to) known += 1;
    return countBetween(days) <= known;
  }

  #match(): void {
    const { window, unstable } = this.#input;
    const days = daysOf([...this.#open, { postedOn: window.from }, { postedOn: window.to }]) ?? window;
    const claimed = [...this.#known.values()].map(({ key }) => key);
    const near = { from: addDays(days.from, -NEAR_DAYS), to: addDays(days.to, NEAR_DAYS) };
    this.#index = new ContentIndex(this.#input.between(near), claimed);
    this.#acceptShifted();
    this.#claimByContent();
    this.#claimByFormerContent();
    this.#acceptRenamed();
    this.#claimChanged();
    if (this.#input.policy.pairs === 'none') return;
    const before = this.#settled.length + this.#spelled.size;
    this.#acceptSettled();
    const isMoved = this.#renamed + this.#settled.length >= UNSTABLE_FROM;
    if (unstable || isMoved || this.#open.some(({ fitid }) => fitid === null)) this.#acceptAtEdge();
    this.#acceptBulk();
    if (this.#settled.length + this.#spelled.size > before) this.#offer({ pairs: 'none' });
    this.#acceptLikely();
  }

  /** Accepts a list whose days are all moved alike: equal movements of neighbouring days would otherwise be confused. */
  #acceptShifted(): void {
    const { policy, listing, position } = this.#input;
    if (policy.pairs === 'none') return;
    const rows = this.#index
      .free()
      .filter(({ removed, since }) => !removed && (listing === 'file' || since < position));
    this.#accept(shiftedPairs(this.#open, rows, UNSTABLE_FROM));
  }

  /** Claims rows of the same content: for FITIDs that are missing or change any, else such as nothing else can be. */
  #claimByContent(): void {
    const { unstable } = this.#input;
    const named = unstable ? new Set<string>() : this.#groups.fitids;
    const stillOpen = new Set(this.#open.map(({ fitid }) => fitid));
    for (const transaction of unstable ? this.#open : []) {
      const isNamesake = ({ fitid }: Candidate) => fitid === transaction.fitid;
      this.#claim(transaction, this.#index.find(transaction, isNamesake));
    }
    for (const transaction of this.#open) {
      const hasNone = unstable || transaction.fitid === null;
      const isUnnamed = ({ fitid }: Candidate) => fitid === null || !named.has(fitid);
      // The row's own FITID came with another day or amount: FITIDs that count have moved on.
      const isMoved = ({ fitid }: Candidate) => fitid === null || stillOpen.has(fitid);
      this.#claim(transaction, this.#index.find(transaction, hasNone ? isUnnamed : isMoved));
    }
    this.#refresh();
  }

  /** Claims rows that had this content before, or came with it from elsewhere. */
  #claimByFormerContent(): void {
    const former = new Map<string, Candidate[]>();
    for (const row of this.#open.length === 0 ? [] : this.#index.free())
      for (const content of row.former()) addTo(former, this.#formerKey(content), row);
    for (const transaction of former.size === 0 ? [] : this.#open) {
      const rows = former.get(this.#formerKey(transaction));
      this.#claim(transaction, rows?.find((row) => this.#index.isFree(row)) ?? null);
    }
    this.#refresh();
  }

  #formerKey(content: Content): string {
    return `${this.#input.unstable ? '' : (content.fitid ?? '')}\n${contentKey(content)}`;
  }

  /** Accepts known transactions that came with other FITIDs, when the statement lists most of what is known by either. */
  #acceptRenamed(): void {
    const { listing, unstable, window } = this.#input;
    if (unstable || listing === 'selection') return;
    // A transaction missing on the first day may have posted before the hour at which the statement begins.
    const rows = this.#notListed(window.from).filter(({ fitid }) => fitid !== null);
    const pairs = this.#sameContent(this.#open, rows);
    const isInside = ({ postedOn }: { readonly postedOn: IsoDate }) => postedOn > window.from;
    const inside = [...pairs].filter(([, row]) => isInside(row));
    const missed = rows.filter(isInside);
    const isProof =
      listing === 'download'
        ? inside.length > 0 && this.#isTrusted(missed.length, inside.length)
        : inside.length >= 2 && inside.length * 2 > missed.length;
    const older = this.#olderPairs();
    if (!isProof && !older.isProof) return;
    for (const [transaction, row] of [...pairs, ...older.pairs]) {
      if (this.#known.has(transaction) || !this.#index.isFree(row)) continue;
      this.#renamed += 1;
      this.#claim(transaction, row);
      if (listing === 'file') this.#spelled.add(transaction);
    }
    this.#refresh();
  }

  /** Institutions that ignore DTSTART repeat older transactions: three that are all known prove it. */
  #olderPairs(): { readonly pairs: Pairs; readonly isProof: boolean } {
    const { window } = this.#input;
    const older = this.#open.filter(({ postedOn }) => postedOn <= window.from);
    const rows = this.#index
      .free()
      .filter(({ removed, postedOn, fitid }) => !removed && postedOn <= window.from && fitid !== null);
    const pairs = this.#sameContent(older, rows);
    return { pairs, isProof: pairs.size >= UNSTABLE_FROM && pairs.size === older.length };
  }

  #sameContent(open: readonly Transaction[], rows: readonly Candidate[]): Pairs {
    const free = new Set(rows);
    const pairs = new Map<Transaction, Candidate>();
    for (const transaction of open) {
      const row = this.#index.find(transaction, (one) => free.has(one));
      if (row === null) continue;
      free.delete(row);
      pairs.set(transaction, row);
    }
    return pairs;
  }

  /** Claims rows whose FITID came with another day or amount. */
  #claimChanged(): void {
    const { unstable, window } = this.#input;
    const free = new Map<string, Candidate[]>();
    for (const row of unstable ? this.#index.free() : []) if (row.fitid !== null) addTo(free, row.fitid, row);
    for (const transaction of this.#open) {
      const rows = unstable ? free.get(transaction.fitid ?? '') : this.#groups.namesakes.get(transaction)?.rows;
      const isChanged = (row: Candidate) =>
        unstable
          ? row.postedOn === transaction.postedOn || row.amount === transaction.amount
          : !isOther(row, transaction, window);
      this.#claim(transaction, rows?.find((row) => this.#index.isFree(row) && isChanged(row)) ?? null);
    }
    this.#refresh();
  }

  /** Pairs what a complete statement no longer lists with what is new in it. */
  #acceptSettled(): void {
    if (this.#input.listing !== 'download') return;
    const rows = this.#notListed();
    const pairs = settledPairs(this.#open, rows);
    if (!this.#isTrusted(rows.length, pairs.size)) return;
    this.#settle(pairs);
    // Pairs that are less alike prove nothing by themselves.
    const rest = this.#notListed();
    if (this.#isTrusted(rest.length, 0)) this.#settle(otherPairs(this.#open, rest));
  }

  /** Without FITIDs, a booking that moves over the first day of the window is recognised by its amount and text. */
  #acceptAtEdge(): void {
    const { window, listing, isCovered } = this.#input;
    if (listing !== 'download') return;
    const days = { from: addDays(window.from, -NEAR_DAYS), to: window.from };
    const rows = this.#index
      .free()
      .filter(
        ({ removed, since, postedOn }) =>
          !removed && since < this.#input.position && postedOn >= days.from && postedOn <= days.to,
      );
    const last = addDays(window.from, NEAR_DAYS);
    const open = this.#open.filter(({ postedOn }) => postedOn <= last && isCovered(postedOn));
    this.#settle(likelyPairs(open, rows));
  }

  /** Accepts another spelling of names or days, when most of an overlap pairs. */
  #acceptBulk(): void {
    const stored = daysOf(this.#index.rows);
    const sent = daysOf(this.#transactions);
    if (stored === null || sent === null) return;
    const days = { from: later(stored.from, sent.from), to: stored.to < sent.to ? stored.to : sent.to };
    const isCommon = ({ postedOn }: { readonly postedOn: IsoDate }) => postedOn >= days.from && postedOn <= days.to;
    const rows = this.#index.free().filter(({ removed }) => !removed);
    const pairs = bulkPairs(this.#open, rows, this.#input.listing === 'file' ? 2 : UNSTABLE_FROM);
    const common = [...pairs.keys()].filter(isCommon).length;
    if (pairs.size === 0 || common * 2 <= this.#open.filter(isCommon).length) return;
    if (common * 2 <= rows.filter(isCommon).length) return;
    this.#accept(pairs);
  }

  /** Takes over the content of a download, and notes that of a file as another spelling. */
  #accept(pairs: Pairs): void {
    if (this.#input.listing === 'download') {
      this.#settle(pairs);
      return;
    }
    for (const [transaction, row] of pairs) {
      this.#claim(transaction, row);
      this.#spelled.add(transaction);
    }
    this.#refresh();
  }

  #acceptLikely(): void {
    const { listing, position, newSourceSince = null, isCovered } = this.#input;
    const isBefore = ({ since }: Candidate) =>
      newSourceSince === null ? listing !== 'download' || since <= position : since < newSourceSince;
    const rows = this.#index.free().filter((row) => !row.removed && isBefore(row));
    const isNewSource = newSourceSince !== null;
    const pairs = isNewSource ? repeatedPairs(this.#open, rows, isCovered) : likelyPairs(this.#open, rows);
    if (pairs.size === 0) return;
    if (this.#input.policy.pairs === 'likely') this.#offer({ pairs: 'proven' });
    else {
      this.#offer({ pairs: 'likely' });
      return;
    }
    for (const [transaction, row] of pairs) {
      this.#claim(transaction, row);
      if (this.#input.listing !== 'download') this.#spelled.add(transaction);
    }
    this.#refresh();
  }

  /** Returns the free rows that the statement should have listed. @param from first day, if not that of the list. */
  #notListed(from?: IsoDate): readonly Candidate[] {
    const { listing, position, unstable } = this.#input;
    const days = listedDays(this.#transactions, this.#index.rows, this.#input);
    const first = from !== undefined && addDays(from, 1) === days.from ? from : days.from;
    // Its own FITID came with other content, and is looked at by itself.
    const listed = new Set(unstable ? [] : this.#open.map(({ fitid }) => fitid));
    const isListed = ({ fitid }: Candidate) => fitid !== null && listed.has(fitid);
    return this.#index
      .free()
      .filter(
        (row) =>
          !row.removed &&
          !isListed(row) &&
          (listing !== 'download' || row.since < position) &&
          row.postedOn >= first &&
          row.postedOn <= days.to,
      );
  }

  /** Returns `true` for a list that has most of what is known of its days. */
  #isTrusted(missed: number, paired: number): boolean {
    const { from, to } = this.#input.window;
    const listed = [...this.#known.values()].filter(({ postedOn }) => postedOn >= from && postedOn <= to).length;
    return isTrusted({ listed: listed + paired, lacking: missed - paired });
  }

  #unlisted(): readonly Candidate[] {
    if (this.#input.listing !== 'download' || this.#index.rows.length === 0) return [];
    const rows = this.#notListed();
    const days = daysOf(this.#transactions);
    if (days === null || !this.#isTrusted(rows.length, 0)) return [];
    return rows.filter(({ postedOn }) => postedOn > days.from && postedOn < days.to);
  }

  #isRecognized(): boolean {
    const stored = daysOf([...this.#index.rows, ...this.#known.values()]);
    if (stored === null) return false;
    const listed = this.#transactions.filter(({ postedOn }) => postedOn >= stored.from && postedOn <= stored.to);
    const isProof = this.#known.size >= UNSTABLE_FROM || this.#groups.same.size > 0;
    return isProof && this.#known.size * 2 > listed.length;
  }

  #sameFitids(): number {
    return [...this.#known].filter(([{ fitid }, row]) => fitid !== null && row.fitid === fitid && !this.#isPaired(row))
      .length;
  }

  #isPaired(row: Candidate): boolean {
    return this.#settled.some((one) => one.row === row);
  }

  #settle(pairs: Pairs): void {
    for (const [transaction, row] of pairs) {
      this.#claim(transaction, row);
      if (contentKey(row.content()) === contentKey(transaction)) this.#renamed += 1;
      else this.#settled.push({ row, transaction });
    }
    this.#refresh();
  }

  #claim(transaction: Transaction, row: Candidate | null): void {
    if (row === null || this.#known.has(transaction)) return;
    this.#index.claim(row);
    this.#known.set(transaction, row);
  }

  #refresh(): void {
    this.#open = this.#open.filter((one) => !this.#known.has(one));
  }

  #offer(change: Partial<Policy>): void {
    this.#alternatives.push({ ...this.#input.policy, ...change });
  }

  #keyed(): readonly KeyedTransaction[] {
    const keys = new KeyMaker(this.#input, this.#groups.namesakes);
    const { repeated } = this.#groups;
    const isDropped = this.#input.policy.repeated === 'dropped';
    const isStored = this.#input.isReread ? storedContent(this.#index.rows, this.#transactions) : () => false;
    const kept = this.#transactions.filter(
      (one) => this.#known.has(one) || (!(isDropped && repeated.has(one)) && !isStored(one)),
    );
    return kept.map((transaction) => {
      const row = this.#known.get(transaction);
      const key = row?.key ?? keys.keyFor(transaction);
      const isOtherSpelling =
        this.#spelled.has(transaction) || (row !== undefined && this.#isForeign(row, transaction));
      return { key, derived: key !== transaction.fitid, transaction, ...(isOtherSpelling ? { isOtherSpelling } : {}) };
    });
  }

  /** A file says more about a transaction only under its FITID: otherwise it is a spelling, and will be so again. */
  #isForeign(row: Candidate, { fitid }: Transaction): boolean {
    return this.#input.listing !== 'download' && (fitid === null || row.fitid !== fitid);
  }
}
