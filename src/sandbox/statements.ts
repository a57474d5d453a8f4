/** Statements of the sandbox: the requested window of an account's whole history. */

import { daysBetween, type IsoDate, isIsoDate, isoDate } from '../model/dates.js';
import { brokerReply } from './broker.js';
import type { ReplyFaults, SandboxContext } from './context.js';
import { compact, decimalOf, leaves, noonOf, stamp, type Tree } from './elements.js';
import { historyOf, type Movement, openingCents } from './history.js';
import type { SandboxAccount } from './institutions.js';
import { planStatement } from './plan.js';
import { child, type Node, value } from './request.js';

interface Window {
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
  /** INCLUDE N: balances only. */
  readonly include: boolean;
}

export function bankStatement(content: Node, context: SandboxContext): Tree | number {
  const from = content.children.find(({ name }) => name.endsWith('ACCTFROM'));
  const { institution, today } = context;
  const anyBank = context.wants.includes('no-bank-id');
  const account = institution.accounts.find((one) => matches(one, from, anyBank));
  if (account === undefined) return 2003;
  const window = windowOf(child(content, 'INCTRAN'));
  if (typeof window === 'number') return window;
  if (
    institution.longestWindow !== null &&
    window.include &&
    daysBetween(window.from ?? isoDate('2019-01-01'), window.to ?? today) > institution.longestWindow
  )
    return 2027;
  const pending = value(content, 'INCLUDEPENDING') === 'Y';
  return statement({ account, window, pending, all: historyOf(institution, account, today) }, context);
}

interface StatementInput {
  readonly account: SandboxAccount;
  readonly window: Window;
  readonly pending: boolean;
  /** The whole history. */
  readonly all: readonly Movement[];
}

function statement(input: StatementInput, context: SandboxContext): Tree {
  const { account, window, all } = input;
  const { institution, faults, now } = context;
  const card = account.kind === 'creditcard';
  const loan = account.kind === 'loan';
  const cents = all.reduce((sum, movement) => sum + movement.cents, openingCents(account));
  const stated = account.statesOwed === true ? -cents : cents;
  const balance = (name: string, amount: number): Tree => [
    name,
    leaves({ BALAMT: decimalOf(amount), DTASOF: stamp(now) }),
  ];
  return [
    card ? 'CCSTMTRS' : loan ? 'LOANSTMTRS' : 'STMTRS',
    [
      ['CURDEF', institution.currency],
      accountFrom(account, faults),
      ...(window.include ? [transactionList(input, context)] : []),
      ...(faults.pending && input.pending ? [pendingList(now)] : []),
      balance(
        loan ? 'PRINBAL' : 'LEDGERBAL',
        faults.oddBalance ? stated + Math.trunc(performance.now() * 100) : stated,
      ),
      ...(loan ? [] : [balance('AVAILBAL', card ? 1_000_000 + cents : cents)]),
    ],
  ];
}

function transactionList({ account, window, all }: StatementInput, { faults, today }: SandboxContext): Tree {
  const loan = account.kind === 'loan';
  const inside = all.filter(
    ({ date, fitid }) =>
      (window.from === null || date >= window.from) &&
      (window.to === null || date <= window.to) &&
      !faults.without.has(fitid) &&
      !(faults.late && isLate(date, today)),
  );
  const start = window.from ?? all[0]?.date ?? today;
  return [
    loan ? 'LOANTRANLIST' : 'BANKTRANLIST',
    [
      ...leaves({ DTSTART: `${compact(start)}000000`, DTEND: `${compact(window.to ?? today)}235959` }),
      ...inside.flatMap((movement) => rowsOf(movement, faults)).map((row) => (loan ? ofLoan(row) : row)),
    ],
  ];
}

function isLate(date: IsoDate, today: IsoDate): boolean {
  const age = daysBetween(date, today);
  return age >= 12 && age <= 20;
}

function fitidOf({ fitid }: Movement, { newFitids, longFitids }: ReplyFaults): string {
  const changing = String(Math.trunc(performance.now() * 1000));
  if (newFitids) return `${fitid}-${changing}`;
  return longFitids ? `${fitid.padEnd(24, '0')}${changing}` : fitid;
}

function rowsOf(movement: Movement, faults: ReplyFaults): Tree[] {
  const { name, type } = movement;
  const row = transaction(faults.payeeInMemo ? { ...movement, name: type, memo: name } : movement, faults);
  if (!faults.commentRows) return [row];
  const words = { ...movement, fitid: `${movement.fitid}-more`, type: 'OTHER', cents: 0, checkNumber: null };
  return [row, transaction({ ...words, name: `REFERENCE OF ${name}`, memo: null }, faults)];
}

/** Returns the same movement under its names in loans (OFX 2.2 section 18.3). */
function ofLoan([, content]: Tree): Tree {
  if (typeof content === 'string') return ['LOANSTMTTRN', content];
  return ['LOANSTMTTRN', content.map(([name, inside]): Tree => [name === 'TRNTYPE' ? 'LOANTRNTYPE' : name, inside])];
}

function transaction(movement: Movement, faults: ReplyFaults): Tree {
  const values = {
    TRNTYPE: movement.type,
    DTPOSTED: noonOf(movement.date),
    TRNAMT: decimalOf(movement.cents),
    FITID: fitidOf(movement, faults),
    CHECKNUM: movement.checkNumber,
    NAME: movement.name,
    MEMO: movement.memo,
  };
  return ['STMTTRN', leaves(values)];
}

export function strayStatement({ institution, now }: SandboxContext): Tree {
  return [
    'STMTRS',
    [
      ['CURDEF', institution.currency],
      ['BANKACCTFROM', leaves({ BANKID: '000000000', ACCTID: '99999999', ACCTTYPE: 'CHECKING' })],
      ['LEDGERBAL', leaves({ BALAMT: '1.00', DTASOF: stamp(now) })],
    ],
  ];
}

export function investmentStatement(content: Node, context: SandboxContext): Tree | number {
  const id = value(child(content, 'INVACCTFROM'), 'ACCTID');
  const account = context.institution.accounts.find((one) => one.kind === 'investment' && one.id === id);
  if (account === undefined) return 2003;
  const window = windowOf(child(content, 'INCTRAN'));
  if (typeof window === 'number') return window;
  const { institution, today, now } = context;
  const reply = account.everything === true ? planStatement : brokerReply;
  const { brokerId = '', currency } = institution;
  return reply({ brokerId, id, currency, today, asOf: stamp(now), ...window });
}

/** @param from BANKACCTFROM, CCACCTFROM or LOANACCTFROM. @param anyBank ignores the BANKID. */
export function matches(account: SandboxAccount, from: Node | undefined, anyBank = false): boolean {
  if (from?.name === 'LOANACCTFROM') return account.kind === 'loan' && account.id === value(from, 'LOANACCTID');
  if (account.id !== value(from, 'ACCTID')) return false;
  if (from?.name === 'CCACCTFROM') return account.kind === 'creditcard';
  const isBank = anyBank || account.routing === value(from, 'BANKID');
  return isBank && account.kind.toUpperCase() === value(from, 'ACCTTYPE');
}

/** Returns CCACCTFROM, LOANACCTFROM or BANKACCTFROM of a reply. */
export function accountFrom({ kind, id, routing }: SandboxAccount, { strippedIds }: ReplyFaults): Tree {
  const number = strippedIds ? id.replace(/^0+/, '') : id;
  if (kind === 'creditcard') return ['CCACCTFROM', [['ACCTID', number]]];
  if (kind === 'loan') return ['LOANACCTFROM', leaves({ LOANACCTID: number, LOANACCTTYPE: 'MORTGAGE' })];
  return ['BANKACCTFROM', leaves({ BANKID: routing ?? '', ACCTID: number, ACCTTYPE: kind.toUpperCase() })];
}

function pendingList(now: Date): Tree {
  const day = stamp(now).slice(0, 14);
  const pending = leaves({ TRNTYPE: 'POS', DTTRAN: day, TRNAMT: '-4.20', NAME: 'PENDING COFFEE' });
  return [
    'BANKTRANLISTP',
    [
      ['DTASOF', stamp(now)],
      ['STMTTRNP', pending],
    ],
  ];
}

function windowOf(include: Node | undefined): Window | number {
  if (include === undefined) return { from: null, to: null, include: false };
  const day = (name: string) => {
    const text = value(include, name);
    return text === '' ? null : `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
  };
  const [from, to] = [day('DTSTART'), day('DTEND')];
  if ((from !== null && !isIsoDate(from)) || (to !== null && !isIsoDate(to))) return 2020;
  if (from !== null && to !== null && from > to) return 2027;
  return { from, to, include: value(include, 'INCLUDE') !== 'N' };
}
