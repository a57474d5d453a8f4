/** The statement requests of the message sets: which account, which window (OFX 2.2 sections 11.4.2, 11.4.3, 13.9.1, 18.3). */

import { addDays, type IsoDate } from '../../model/dates.js';
import { type Quirks, versionOf } from '../../model/institution.js';
import type { StatementWindow } from '../../model/login.js';
import type { Element } from './elements.js';

export function bankRequest(wanted: StatementWindow, quirks: Quirks): Element {
  return ['STMTRQ', [bankAccount(wanted, quirks), includeTransactions(wanted, quirks), ...includePending(quirks)]];
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

/** The closing statements of a window (OFX 2.2 sections 11.5.1, 11.5.3). Only banks and cards have them. */
export function closingRequest(wanted: StatementWindow, quirks: Quirks): Element {
  const days: Element[] = [
    ['DTSTART', wanted.from.replaceAll('-', '')],
    ...(wanted.to === null ? [] : [['DTEND', wanted.to.replaceAll('-', '')] satisfies Element]),
  ];
  return wanted.account.kind === 'creditcard'
    ? ['CCSTMTENDRQ', [['CCACCTFROM', [['ACCTID', wanted.account.id]]], ...days]]
    : ['STMTENDRQ', [bankAccount(wanted, quirks), ...days]];
}

export function cardRequest(wanted: StatementWindow, quirks: Quirks): Element {
  return [
    'CCSTMTRQ',
    [['CCACCTFROM', [['ACCTID', wanted.account.id]]], includeTransactions(wanted, quirks), ...includePending(quirks)],
  ];
}

/** INCTRAN is always sent: older DTDs require it. */
export function investmentRequest(wanted: StatementWindow, quirks: Quirks): Element {
  const { account } = wanted;
  return [
    'INVSTMTRQ',
    [
      [
        'INVACCTFROM',
        [
          ['BROKERID', account.brokerId ?? ''],
          ['ACCTID', account.id],
        ],
      ],
      includeTransactions(wanted, quirks),
      ['INCOO', 'Y'],
      ['INCPOS', [['INCLUDE', 'Y']]],
      ['INCBAL', 'Y'],
      ...(quirks.include401k === true
        ? ([
            ['INC401K', 'Y'],
            ['INC401KBAL', 'Y'],
          ] satisfies Element[])
        : []),
    ],
  ];
}

export function loanRequest(wanted: StatementWindow, quirks: Quirks): Element {
  const { account } = wanted;
  const from: Element[] = [
    ['LOANACCTID', account.id],
    ['LOANACCTTYPE', account.accountType ?? 'AUTO'],
  ];
  return ['LOANSTMTRQ', [['LOANACCTFROM', from], includeTransactions(wanted, quirks)]];
}

/** DTEND goes out when asked for, or when the institution insists on a range: then it is tomorrow, so that today is in it. */
function includeTransactions(wanted: StatementWindow, quirks: Quirks): Element {
  const end = wanted.to ?? null;
  return [
    'INCTRAN',
    [
      ['DTSTART', windowStart(wanted.from, quirks)],
      ...(end === null ? [] : [['DTEND', windowEnd(end, quirks)] satisfies Element]),
      ['INCLUDE', 'Y'],
    ],
  ];
}

/** INCLUDEPENDING exists from 2.2.0 on. */
function includePending(quirks: Quirks): Element[] {
  return (quirks.includePending ?? versionOf(quirks) >= '220') ? [['INCLUDEPENDING', 'Y']] : [];
}

function windowStart(from: IsoDate, quirks: Quirks): string {
  const day = from.replaceAll('-', '');
  return quirks.shortDates === true ? day : `${day}000000`;
}

/** The last second of the day; as a short date the day after, since servers read a bare day as its first moment. */
function windowEnd(to: IsoDate, quirks: Quirks): string {
  return quirks.shortDates === true ? addDays(to, 1).replaceAll('-', '') : `${to.replaceAll('-', '')}235959`;
}

export function optional(name: string, value: string | null): Element[] {
  return value === null ? [] : [[name, value]];
}
