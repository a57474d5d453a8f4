/**
 * QIF: one field per line, a caret between transactions. Dates begin with the year, the only form that readers do not
 * misread. A file of one account begins with its type, since some readers do not support account headers.
 */

import type { Account } from '../model/account.js';
import { absolute, isZero } from '../model/money.js';
import { memoOf, payeeOf } from '../model/payee.js';
import type { Classification, Exporter, ExportInput, StoredTransaction } from '../ports.js';
import { securitySymbol } from './account-names.js';
import { oneLine } from './csv-text.js';
import { withMinorDigits } from './currency.js';
import { partsOf } from './rule-splits.js';
import { type Trade, tradeOf } from './trade-effects.js';

export const qif: Exporter = {
  format: 'qif',
  title: 'QIF with unambiguous dates',
  extension: 'qif',
  *render(input) {
    const { accounts } = input;
    for (const account of accounts) {
      const type = typeOf(account);
      if (accounts.length > 1) yield `!Account\nN${fieldText(`${account.institution} ${account.name}`)}\nT${type}\n^\n`;
      yield `!Type:${type}\n`;
      for (const transaction of input.transactionsOf(account))
        yield type === 'Invst' ? tradeText(transaction, input) : cashText(transaction, input);
    }
  },
};

function typeOf({ accountKind }: Account): 'Bank' | 'CCard' | 'Invst' | 'Oth L' {
  switch (accountKind) {
    case 'creditcard':
      return 'CCard';
    case 'investment':
      return 'Invst';
    case 'loan':
    case 'creditline':
      return 'Oth L';
    default:
      return 'Bank';
  }
}

function cashText(transaction: StoredTransaction, { classify }: ExportInput): string {
  const classification = classify(transaction);
  const { postedOn, amount, checkNumber, currency } = transaction;
  const parts = partsOf(classification.splits ?? [], transaction);
  return lines([
    ['D', postedOn],
    ['T', withMinorDigits(amount, currency)],
    ['N', checkNumber],
    ['P', payeeOf(transaction, classification)],
    ['M', noted(memoOf(transaction, classification), classification)],
    ['L', categoryText(parts[0]?.category ?? classification.category)],
    ...parts.flatMap(({ category, amount: part }): [string, string | null][] => [
      ['S', categoryText(category)],
      ['$', withMinorDigits(part, currency)],
    ]),
  ]);
}

function noted(memo: string, { note }: Classification): string {
  return [note ?? '', memo].filter((text) => text !== '').join(' · ');
}

function tradeText(transaction: StoredTransaction, input: ExportInput): string {
  const trade = tradeOf(transaction);
  const { investment: detail, postedOn, currency } = transaction;
  const classification = input.classify(transaction);
  const action = actionOf(transaction, trade);
  const hasUnits = !isZero(trade.units);
  const costs = detail?.commission ?? null;
  return lines([
    ['D', postedOn],
    ['N', action],
    ['Y', detail?.security == null ? null : (detail.securityName ?? securitySymbol(detail))],
    ['I', hasUnits ? (detail?.unitPrice ?? null) : null],
    ['Q', hasUnits ? absolute(trade.units) : null],
    ['T', withMinorDigits(action === 'Cash' ? trade.cash : absolute(transaction.amount), currency)],
    ['O', costs === null || isZero(costs) ? null : costs],
    ['P', payeeOf(transaction, classification)],
    [
      'M',
      [detail?.action ?? '', noted(memoOf(transaction, classification), classification)]
        .filter((text) => text !== '')
        .join(' '),
    ],
    ['L', categoryText(classification.category)],
  ]);
}

function actionOf({ investment, amount }: StoredTransaction, { kind, opens }: Trade): string {
  switch (kind) {
    case 'buy':
      return opens ? 'Buy' : 'CvrShrt';
    case 'sell':
      return opens ? 'ShtSell' : 'Sell';
    case 'reinvest':
      return investment?.detail === 'INTEREST' ? 'ReinvInt' : 'ReinvDiv';
    case 'income':
      return INCOMES[investment?.detail ?? ''] ?? 'MiscInc';
    case 'expense':
      return amount.startsWith('-') ? 'MiscExp' : 'RtrnCap';
    case 'split':
      return 'StkSplit';
    case 'move':
      return opens ? 'ShrsIn' : 'ShrsOut';
    default:
      return 'Cash';
  }
}

const INCOMES: Readonly<Record<string, string>> = {
  DIV: 'Div',
  INTEREST: 'IntInc',
  CGLONG: 'CGLong',
  CGSHORT: 'CGShort',
};

function lines(fields: readonly (readonly [code: string, value: string | null])[]): string {
  const filled = fields
    .map(([code, value]) => [code, fieldText(value ?? '')] as const)
    .filter(([, value]) => value !== '');
  return `${filled.map(([code, value]) => `${code}${value}\n`).join('')}^\n`;
}

/** Returns a text on one line, without control characters and lone surrogates. */
function fieldText(text: string): string {
  return oneLine(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}

/** Replaces brackets, which would turn a category into an account. */
function categoryText(category: string | null): string | null {
  return category === null ? null : category.replaceAll('[', '(').replaceAll(']', ')');
}
