/** Investment transactions as journal transactions: lots with their cost, cash, costs and income. */

import type { Decimal } from '../../model/decimal.js';
import { absolute, compare, isZero, multiply, negate, ZERO } from '../../model/money.js';
import type { Opening, StoredTransaction } from '../../ports.js';
import { counterAccount, keyOf, OWN_ACCOUNTS, securitySymbol } from '../account-names.js';
import { type Trade, tradeOf } from '../trade-effects.js';
import { headOf, type JournalContext } from './cash.js';
import type { JournalPosting, JournalPrice, JournalTransaction, Lot, Meta } from './entry.js';

export interface TradeContext extends JournalContext {
  /** Returns the journal account for a security. */
  readonly securityAccount: (key: string, symbol: string) => string;
}

/** Returns `null` for a movement of cash, which has the same entry as in any account. */
export function tradeEntry(transaction: StoredTransaction, context: TradeContext): JournalTransaction | null {
  const trade = tradeOf(transaction);
  if (trade.kind === 'cash') return null;
  const classification = context.classify(transaction);
  const head = headOf(transaction, classification);
  return {
    ...head,
    memo: [transaction.investment?.action ?? '', head.memo].filter((text) => text !== '').join(' · '),
    meta: [...tickerMeta(transaction), ...context.metaOf(transaction)],
    postings: postingsOf(transaction, trade, { context, category: classification.category }),
    of: keyOf(transaction),
  };
}

/** Returns the security of a dividend, which no posting names, as the journal's commodity. */
function tickerMeta({ investment }: StoredTransaction): readonly Meta[] {
  if (investment?.security == null || !/^(?:INCOME|REINVEST|RETOFCAP|INVEXPENSE)$/.test(investment.action)) return [];
  return [{ key: 'ticker', value: securitySymbol(investment) }];
}

/** Returns the prices of shares and funds; the price of an option or a bond is not that of one unit. */
export function priceOf({ investment, postedOn, currency }: StoredTransaction): JournalPrice | null {
  if (investment?.unitPrice == null || investment.security === null || isZero(investment.unitPrice)) return null;
  if (!/^(?:BUYSTOCK|BUYMF|SELLSTOCK|SELLMF|REINVEST)$/.test(investment.action)) return null;
  return {
    kind: 'price',
    date: postedOn,
    commodity: securitySymbol(investment),
    price: { amount: absolute(investment.unitPrice), currency },
  };
}

/** Returns the securities that the account held before the first transaction, at the first known price. */
export function openingLots(opening: Opening, context: TradeContext): JournalPosting[] {
  return opening.securities.flatMap(({ units, price, of }) => {
    const symbol = securitySymbol(of);
    const worth = price === null ? ZERO : multiply(units, price);
    return [
      {
        account: context.securityAccount(keyOf(opening), symbol),
        amount: units,
        commodity: symbol,
        lot: { opens: true, total: { amount: absolute(worth), currency: of.currency }, unitPrice: price ?? ZERO },
      },
      { account: OWN_ACCOUNTS.opening, amount: negate(worth), commodity: of.currency },
    ];
  });
}

function postingsOf(
  transaction: StoredTransaction,
  trade: Trade,
  { context, category }: { context: TradeContext; category: string | null },
): readonly JournalPosting[] {
  const { currency } = transaction;
  const cash: JournalPosting = { account: context.cashAccount(transaction), amount: trade.cash, commodity: currency };
  const counter = (account: string, amount: Decimal): JournalPosting => ({ account, amount, commodity: currency });
  const costs = trade.costs.map(({ account, amount }) => counter(account, amount));
  switch (trade.kind) {
    case 'buy':
    case 'sell':
      return [unitsOf(transaction, trade, context), ...costs, cash, gain(currency)];
    case 'reinvest':
      return [
        unitsOf(transaction, trade, context),
        counter(reasonOf(transaction, category), negate(trade.gross)),
        gain(currency),
      ];
    case 'move':
    case 'split': {
      const account = trade.kind === 'move' ? OWN_ACCOUNTS.transfers : OWN_ACCOUNTS.splits;
      const worth = trade.units.startsWith('-') ? trade.gross : negate(trade.gross);
      return [unitsOf(transaction, trade, context), { ...counter(account, worth), inferred: true }];
    }
    case 'income':
    case 'expense':
      return [cash, counter(reasonOf(transaction, category), negate(trade.cash))];
    default:
      return [{ ...cash, amount: ZERO }];
  }
}

/** Returns the posting of the gain, which only a dialect with lots can compute. Entries without a gain lose it when they are booked. */
function gain(currency: string): JournalPosting {
  return { account: OWN_ACCOUNTS.gains, amount: ZERO, commodity: currency, inferred: true };
}

function unitsOf(transaction: StoredTransaction, trade: Trade, context: TradeContext): JournalPosting {
  const detail = transaction.investment;
  const symbol = detail === null ? transaction.currency : securitySymbol(detail);
  const unitPrice = detail?.unitPrice ?? null;
  const isExact = unitPrice !== null && compare(absolute(multiply(trade.units, unitPrice)), trade.gross) === 0;
  const lot: Lot = {
    opens: trade.opens,
    total: { amount: trade.gross, currency: transaction.currency },
    unitPrice: isExact ? absolute(unitPrice) : null,
  };
  return { account: context.securityAccount(keyOf(transaction), symbol), amount: trade.units, commodity: symbol, lot };
}

/** Returns the account of the rules, else of the kind of transaction. */
function reasonOf(transaction: StoredTransaction, category: string | null): string {
  return category === null ? incomeAccount(transaction) : counterAccount(category);
}

function incomeAccount({ investment }: StoredTransaction): string {
  switch (investment?.action) {
    case 'INVEXPENSE':
      return OWN_ACCOUNTS.fees;
    case 'MARGININTEREST':
      return OWN_ACCOUNTS.marginInterest;
    case 'RETOFCAP':
      return OWN_ACCOUNTS.capital;
    default:
      return INCOMES[investment?.detail ?? ''] ?? OWN_ACCOUNTS.income;
  }
}

/** Accounts by INCOMETYPE. */
const INCOMES: Readonly<Record<string, string>> = {
  DIV: OWN_ACCOUNTS.dividends,
  INTEREST: OWN_ACCOUNTS.interest,
  CGLONG: OWN_ACCOUNTS.gains,
  CGSHORT: OWN_ACCOUNTS.gains,
};
