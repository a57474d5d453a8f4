/** Statement requests: STMTRQ, CCSTMTRQ, INVSTMTRQ, LOANSTMTRQ (OFX 2.2 sections 11.4.2, 11.4.3, 13.9.1, 18.3). */

import { addDays, type IsoDate } from '../../model/dates.js';
import { type Quirks, versionOf } from '../../model/institution.js';
import type { StatementWindow } from '../../model/login.js';
import type { Element } from './elements.js';

/** Returns the request for one account and window. INCTRAN is always sent: older DTDs require it. */
export function statementRequest(window: StatementWindow, quirks: Quirks): Element {
  const transactions = includeTransactions(window, quirks);
  switch (window.account.kind) {
    case 'bank':
      return ['STMTRQ', [bankAccount(window, quirks), transactions, ...includePending(quirks)]];
    case 'creditcard':
      return ['CCSTMTRQ', [cardAccount(window), transactions, ...includePending(quirks)]];
    case 'investment':
      return ['INVSTMTRQ', [investmentAccount(window), transactions, ...includeInvestments(quirks)]];
    case 'loan':
      return ['LOANSTMTRQ', [loanAccount(window), transactions]];
  }
}

/** Returns the request for the closing statements of a bank or card account (OFX 2.2 sections 11.5.1, 11.5.3). */
export function closingRequest(window: StatementWindow, quirks: Quirks): Element {
  const days = [...optional('DTSTART', compact(window.from)), ...optional('DTEND', window.to && compact(window.to))];
  return window.account.kind === 'creditcard'
    ? ['CCSTMTENDRQ', [cardAccount(window), ...days]]
    : ['STMTENDRQ', [bankAccount(window, quirks), ...days]];
}

function bankAccount({ account }: StatementWindow, quirks: Quirks): Element {
  const from: Element[] = [
    ['BANKID', quirks.bankId === 'empty' ? '' : (account.routing ?? '')],
    ...optional('BRANCHID', account.branch),
    ['ACCTID', account.id],
    ['ACCTTYPE', account.accountType ?? 'CHECKING'],
  ];
  return ['BANKACCTFROM', from];
}

function cardAccount({ account }: StatementWindow): Element {
  return ['CCACCTFROM', [['ACCTID', account.id]]];
}

function investmentAccount({ account }: StatementWindow): Element {
  const from: Element[] = [
    ['BROKERID', account.brokerId ?? ''],
    ['ACCTID', account.id],
  ];
  return ['INVACCTFROM', from];
}

function loanAccount({ account }: StatementWindow): Element {
  const from: Element[] = [
    ['LOANACCTID', account.id],
    ['LOANACCTTYPE', account.accountType ?? 'AUTO'],
  ];
  return ['LOANACCTFROM', from];
}

function includeTransactions({ from, to }: StatementWindow, quirks: Quirks): Element {
  const start = quirks.shortDates === true ? compact(from) : `${compact(from)}000000`;
  return ['INCTRAN', [['DTSTART', start], ...optional('DTEND', to && windowEnd(to, quirks)), ['INCLUDE', 'Y']]];
}

/** INCLUDEPENDING exists from 2.2.0 on. */
function includePending(quirks: Quirks): Element[] {
  return (quirks.includePending ?? versionOf(quirks) >= '220') ? [['INCLUDEPENDING', 'Y']] : [];
}

function includeInvestments(quirks: Quirks): Element[] {
  const include401k: Element[] = [
    ['INC401K', 'Y'],
    ['INC401KBAL', 'Y'],
  ];
  return [
    ['INCOO', 'Y'],
    ['INCPOS', [['INCLUDE', 'Y']]],
    ['INCBAL', 'Y'],
    ...(quirks.include401k === true ? include401k : []),
  ];
}

/** Returns the last second of the day; as a short date the day after, since servers read a bare day as its first moment. */
function windowEnd(to: IsoDate, quirks: Quirks): string {
  return quirks.shortDates === true ? compact(addDays(to, 1)) : `${compact(to)}235959`;
}

function compact(date: IsoDate): string {
  return date.replaceAll('-', '');
}

/** Returns an element with a value, or nothing for `null`. */
export function optional(name: string, value: string | null): Element[] {
  return value === null ? [] : [[name, value]];
}
