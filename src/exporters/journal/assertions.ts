/** The institution's balances in a journal: each after the last movement of its day, once, and only for accounts that moved. */

import { type Account, accountKey } from '../../model/account.js';
import { addDays, type IsoDate } from '../../model/dates.js';
import { ZERO } from '../../model/money.js';
import type { ClosingState, ExportInput, StoredTransaction } from '../../ports.js';
import { keyOf, securitySymbol } from '../account-names.js';
import { heldUnits, isCovered, statedBalance, unitWorth } from '../stated-balance.js';
import type { JournalAssertion, StatedPosition } from './entry.js';
import type { TradeContext } from './trade.js';

/** Days without a movement after which the bank lists what it has booked. */
const CALM_DAYS = 10;

interface Due {
  readonly key: string;
  readonly assertion: JournalAssertion;
}

export class Assertions {
  /** In the order of their dates. */
  readonly #due: Due[];
  readonly #moved = new Set<string>();
  /** Balances of days before the first new entry of their account; `null` where they are not to be asserted. */
  readonly #passed: Due[] | null;

  /** @param isInPlace the program compares a balance with the lines above it. */
  constructor(
    input: ExportInput,
    { context, isInPlace }: { readonly context: TradeContext; readonly isInPlace: boolean },
  ) {
    this.#passed = isInPlace || input.earlier === null ? null : [];
    this.#due = input.accounts
      .flatMap((account) => dueOf(account, input, context))
      .toSorted((a, b) => order(a.assertion, b.assertion));
  }

  note(account: Pick<StoredTransaction, 'institution' | 'account'>): void {
    this.#moved.add(keyOf(account));
  }

  hasMoved(key: string): boolean {
    return this.#moved.has(key);
  }

  /** Returns the balances of days before this day. */
  *dueBefore(day: IsoDate): Iterable<JournalAssertion> {
    while (this.#due[0] !== undefined && this.#due[0].assertion.date < day) {
      const due = this.#due.shift();
      if (due === undefined) continue;
      if (this.#moved.has(due.key)) yield due.assertion;
      else this.#passed?.push(due);
    }
  }

  *rest(): Iterable<JournalAssertion> {
    const left = [...(this.#passed ?? []).splice(0), ...this.#due.splice(0)];
    for (const { key, assertion } of left) if (this.#moved.has(key)) yield assertion;
  }

  /** Returns the newest positions of accounts that moved, in a journal that asserts those of settled days only. */
  *unsettled(input: ExportInput, context: TradeContext): Iterable<JournalAssertion> {
    const { until } = input.settings;
    for (const state of input.earlier === null || this.#passed === null ? [] : input.states) {
      const { holdings } = state;
      if (holdings == null || !this.#moved.has(keyOf(state)) || !isCovered(holdings.asOf, state)) continue;
      if (until !== null && holdings.asOf > until) continue;
      const calmSince = addDays(holdings.asOf, -CALM_DAYS);
      for (const { position, ...parts } of positionsOf(state, context))
        yield { kind: 'assertion', date: holdings.asOf, ...parts, position: { ...position, calmSince } };
    }
  }

  /** Returns whether the journal will state a balance of the account between `from` (inclusive) and the transaction. */
  fallsBetween(transaction: StoredTransaction, from: IsoDate): boolean {
    const key = keyOf(transaction);
    return this.#due.some(
      (due) => due.key === key && due.assertion.date >= from && due.assertion.date < transaction.postedOn,
    );
  }
}

/** Returns the balance and the units of the securities of an account whose opening is in the journal. */
function dueOf(account: Account, input: ExportInput, context: TradeContext): Due[] {
  const key = accountKey(account);
  const state = input.asserted.find((one) => keyOf(one) === key);
  if (state === undefined) return [];
  const opening = input.openings.find((one) => keyOf(one) === key);
  const { until } = input.settings;
  // A journal holds nothing of the account before its opening.
  const due = (date: IsoDate, parts: Omit<JournalAssertion, 'kind' | 'date'>): Due[] =>
    (until === null || date <= until) && (opening === undefined || date >= opening.date)
      ? [{ key, assertion: { kind: 'assertion', date, ...parts } }]
      : [];
  const isInvestment = account.kind === 'investment';
  const balance = statedBalance(state, { isInvestment, institutions: input.institutions });
  const isOpened = input.opened.has(key) || (opening !== undefined && opening.balance !== null);
  const cash =
    balance === null || !isOpened
      ? []
      : due(balance.asOf, {
          account: context.cashAccount({ institution: account.institution, account: account.name }),
          amount: balance.amount,
          commodity: balance.currency,
        });
  if (!input.opened.has(`${key} securities`) && opening === undefined) return cash;
  const { holdings } = state;
  if (holdings == null || !isCovered(holdings.asOf, state)) return cash;
  const units = positionsOf(state, context).flatMap((stated) => due(holdings.asOf, stated));
  return [...cash, ...units];
}

type StatedUnits = Omit<JournalAssertion, 'kind' | 'date' | 'position'> & { readonly position: StatedPosition };

function positionsOf(state: ClosingState, context: TradeContext): readonly StatedUnits[] {
  const of = keyOf(state);
  return [...heldUnits(state).values()].map(({ position, units: amount }) => {
    const commodity = securitySymbol(position);
    const price = { amount: unitWorth(position) ?? ZERO, currency: position.currency };
    return { account: context.securityAccount(of, commodity), amount, commodity, position: { of, price } };
  });
}

function order(a: JournalAssertion, b: JournalAssertion): number {
  return a.date < b.date ? -1 : a.date > b.date ? 1 : 0;
}
