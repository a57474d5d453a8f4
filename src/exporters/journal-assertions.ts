/** Where in a journal the institution's balances are stated: after the last movement of their day, once, for accounts that moved. */

import { type Account, accountKey } from '../model/account.js';
import type { IsoDate } from '../model/dates.js';
import type { ExportInput, StoredTransaction } from '../ports.js';
import { keyOf, securitySymbol } from './account-names.js';
import type { JournalAssertion } from './journal-entry.js';
import type { TradeContext } from './journal-trade.js';

interface Due {
  readonly key: string;
  readonly assertion: JournalAssertion;
}

export class Assertions {
  /** In the order of their dates. */
  readonly #due: Due[];
  readonly #moved = new Set<string>();

  constructor(input: ExportInput, context: TradeContext) {
    const unreliable = new Set(
      input.institutions.filter(({ quirks }) => quirks.ledgerBalance === 'unreliable').map(({ name }) => name),
    );
    const wanted = input.accounts.filter(({ institution }) => !unreliable.has(institution));
    this.#due = input.settings.assertions
      ? wanted.flatMap((account) => dueOf(account, input, context)).toSorted((a, b) => order(a.assertion, b.assertion))
      : [];
  }

  saw(transaction: StoredTransaction): void {
    this.#moved.add(keyOf(transaction));
  }

  /** Those that hold before the day begins. */
  *dueBefore(day: IsoDate): Iterable<JournalAssertion> {
    while (this.#due[0] !== undefined && this.#due[0].assertion.date < day) {
      const due = this.#due.shift();
      if (due !== undefined && this.#moved.has(due.key)) yield due.assertion;
    }
  }

  *rest(): Iterable<JournalAssertion> {
    for (const { key, assertion } of this.#due.splice(0)) if (this.#moved.has(key)) yield assertion;
  }

  /** Whether a balance of the transaction's account is stated for a day from `from` on and before the transaction. */
  fallsBetween(transaction: StoredTransaction, from: IsoDate): boolean {
    const key = keyOf(transaction);
    return this.#due.some(
      (due) => due.key === key && due.assertion.date >= from && due.assertion.date < transaction.postedOn,
    );
  }
}

/** The cash or ledger balance, and the units of the securities. */
function dueOf(account: Account, { states, settings }: ExportInput, context: TradeContext): Due[] {
  const key = accountKey(account);
  const state = states.find((one) => keyOf(one) === key);
  if (state === undefined) return [];
  const until = settings.until;
  const fits = (date: IsoDate | null): date is IsoDate => date !== null && (until === null || date <= until);
  const balance = account.kind === 'investment' ? (state.holdings?.cash ?? null) : state.ledgerBalance;
  const cash: Due[] =
    balance === null || !fits(balance.asOf)
      ? []
      : [
          {
            key,
            assertion: {
              kind: 'assertion',
              date: balance.asOf,
              account: context.cashAccount({ institution: account.institution, account: account.name }),
              amount: balance.amount,
              commodity: balance.currency,
            },
          },
        ];
  const units = (state.holdings?.positions ?? []).flatMap((position): Due[] => {
    if (!fits(position.asOf)) return [];
    const commodity = securitySymbol(position);
    const name = context.securityAccount(key, commodity);
    return [
      { key, assertion: { kind: 'assertion', date: position.asOf, account: name, amount: position.units, commodity } },
    ];
  });
  return [...cash, ...units];
}

function order(a: JournalAssertion, b: JournalAssertion): number {
  return a.date < b.date ? -1 : a.date > b.date ? 1 : 0;
}
