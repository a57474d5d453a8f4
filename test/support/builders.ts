/** Model objects with everything filled in, to be changed where a test cares. */

import type { Account } from '../../src/model/account.js';
import { isoDate } from '../../src/model/dates.js';
import { decimal } from '../../src/model/decimal.js';
import type { Institution, Quirks } from '../../src/model/institution.js';
import { Secret } from '../../src/model/secret.js';
import {
  EMPTY_STATEMENT,
  type InvestmentDetail,
  type Position,
  type Statement,
  type Transaction,
} from '../../src/model/statement.js';
import type { Login } from '../../src/ports.js';

export function account(change: Partial<Account> = {}): Account {
  return {
    institution: 'river',
    name: 'checking',
    accountKind: 'checking',
    kind: 'bank',
    id: '000123456',
    routing: '121000248',
    branch: null,
    brokerId: null,
    accountType: 'CHECKING',
    ...change,
  };
}

export function card(change: Partial<Account> = {}): Account {
  return account({
    name: 'card',
    accountKind: 'creditcard',
    kind: 'creditcard',
    id: '4111111111111111',
    routing: null,
    accountType: null,
    ...change,
  });
}

export function institution(change: Partial<Institution> = {}, quirks: Quirks = {}): Institution {
  return {
    name: 'river',
    title: null,
    url: 'https://ofx.river.example/ofx',
    files: null,
    org: 'RIVER',
    fid: '1001',
    userId: { scheme: 'plain', value: 'alex' },
    password: { scheme: 'prompt' },
    clientUid: null,
    accounts: [account()],
    quirks,
    timeoutMs: null,
    perInstitution: null,
    ca: null,
    proxy: null,
    ...change,
  };
}

export function login(quirks: Quirks = {}, change: Partial<Login> = {}): Login {
  return {
    institution: institution({}, quirks),
    userId: new Secret('alex'),
    password: new Secret('p&s<w'),
    clientUid: null,
    ...change,
  };
}

export function transaction(
  change: Partial<Omit<Transaction, 'amount' | 'postedOn'>> & { amount?: string; postedOn?: string } = {},
): Transaction {
  const { amount = '-12.34', postedOn = '2026-11-18', ...rest } = change;
  return {
    fitid: 'F1',
    type: 'DEBIT',
    postedOn: isoDate(postedOn),
    postedAt: null,
    userOn: null,
    availableOn: null,
    amount: decimal(amount),
    currency: 'USD',
    exchange: null,
    name: 'GROCER',
    extendedName: null,
    payee: null,
    memo: null,
    checkNumber: null,
    refNumber: null,
    serverId: null,
    sic: null,
    counterAccount: null,
    corrects: null,
    pending: false,
    investment: null,
    extra: null,
    ...rest,
  };
}

export function statement(change: Partial<Statement> = {}): Statement {
  return {
    ...EMPTY_STATEMENT,
    kind: 'bank',
    status: { code: 0, severity: 'INFO', message: null },
    account: account(),
    currency: 'USD',
    period: { from: isoDate('2026-11-01'), to: isoDate('2026-11-20') },
    ...change,
  };
}

/** Makes what an investment transaction states beyond its amount: nothing but the action, unless it is named. */
export function investment(action: string, change: Partial<InvestmentDetail> = {}): InvestmentDetail {
  return {
    action,
    detail: null,
    security: null,
    units: null,
    unitPrice: null,
    commission: null,
    fees: null,
    taxes: null,
    load: null,
    withholding: null,
    accruedInterest: null,
    gain: null,
    subAccount: null,
    fundSubAccount: null,
    source401k: null,
    splitRatio: null,
    ...change,
  };
}

export function position(
  change: Partial<Omit<Position, 'units' | 'marketValue' | 'unitPrice'>> & {
    units?: string;
    marketValue?: string | null;
    unitPrice?: string | null;
  },
): Position {
  const { units = '10', marketValue = null, unitPrice = null, ...rest } = change;
  return {
    security: { uniqueId: '922908769', idType: 'CUSIP' },
    securityName: 'TOTAL MARKET',
    ticker: 'VTI',
    type: 'stock',
    units: decimal(units),
    unitPrice: unitPrice === null ? null : decimal(unitPrice),
    marketValue: marketValue === null ? null : decimal(marketValue),
    currency: 'USD',
    asOf: isoDate('2026-11-20'),
    side: 'LONG',
    heldIn: 'CASH',
    source401k: null,
    memo: null,
    ...rest,
  };
}
