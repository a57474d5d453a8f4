/** A household with everything that a report shows: debts, gaps, refusals, several currencies, investments, strange names. */

import type { Account } from '../../src/model/account.js';
import { addDays, daysBetween, type IsoDate, isoDate } from '../../src/model/dates.js';
import { type Decimal, decimal } from '../../src/model/decimal.js';
import { add } from '../../src/model/money.js';
import type { AccountHistory, RunDetail } from '../../src/model/overview/history.js';
import { holdingsValue } from '../../src/model/overview/worth.js';
import type { AccountState, Gap } from '../../src/ports.js';
import type { AccountCondition } from '../../src/report/attention.js';
import { type ReportData, type ReportInput, reportData } from '../../src/report/data.js';
import type { FlowInput } from '../../src/report/flows.js';
import { account, card, position } from './builders.js';
import { state, stored } from './export-input.js';

export const NOW = new Date('2026-11-20T06:30:00Z');
const TODAY = isoDate('2026-11-20');
const FROM = isoDate('2025-12-01');

interface Member {
  readonly account: Account;
  readonly history?: AccountHistory;
  readonly state?: AccountState;
  readonly condition?: Partial<AccountCondition>;
}

const span = (from: string, to: string) => ({ from: isoDate(from), to: isoDate(to) });

/** Returns an account whose balance changes every few days, and whose statements cover some spans. */
function member(
  of: Account,
  how: {
    start: string;
    moves: readonly string[];
    covered: readonly (readonly [string, string])[];
    gaps?: readonly Gap[];
  },
): Member & { readonly history: AccountHistory; readonly state: AccountState } {
  const currency = 'USD';
  const coverage = how.covered.map(([from, to]) => ({ ...span(from, to), downloaded: true }));
  const [first, last] = [coverage[0]?.from ?? TODAY, coverage.at(-1)?.to ?? TODAY];
  const step = Math.max(1, Math.floor(daysBetween(first, last) / how.moves.length));
  const bookings = how.moves.map((amount, index) => ({
    day: addDays(first, index * step),
    amount: decimal(amount),
    currency,
  }));
  const end = bookings.reduce((sum, { amount }) => add(sum, amount), decimal(how.start));
  const balance = { amount: end, currency, asOf: last };
  const names = { institution: of.institution, account: of.name };
  return {
    account: of,
    history: { ...names, coverage, gaps: how.gaps ?? [], balances: [balance], bookings, values: [] },
    state: state(of, { ledgerBalance: balance, coverage }),
  };
}

const repeated = (moves: readonly string[], times: number) => Array.from({ length: times }, () => moves).flat();

const CHECKING = member(account(), {
  start: '1200.00',
  moves: repeated(['2450.00', '-820.00', '-64.20', '-310.45', '-1180.00', '-59.99'], 12),
  covered: [['2025-11-20', '2026-11-20']],
});

const CARD_GAP: Gap = {
  institution: 'summit',
  account: 'card',
  ...span('2026-06-30', '2026-07-09'),
  missing: { amount: decimal('-120.50'), currency: 'USD' },
};
const CARD: Member = {
  ...member(card({ institution: 'summit' }), {
    start: '0',
    moves: repeated(['-120.10', '-64.20', '-310.45', '450.00'], 12),
    covered: [['2026-01-10', '2026-10-02']],
    gaps: [CARD_GAP],
  }),
  condition: {
    stale: true,
    failing: true,
    failures: 6,
    failingSince: '2026-10-03T06:30:00Z',
    blocked: { code: 'SIGNON_REJECTED', message: 'signon refused (15500)', at: '2026-10-03T06:30:00Z' },
    lastFailure: {
      at: '2026-11-20T06:30:00Z',
      status: 'skipped',
      code: 'SIGNON_BLOCKED',
      message: 'skipped: the bank refused your sign-on on 2026-10-03 (signon refused (15500))',
      hint: 'Check the password, then: ofx-sync secret set summit. To sign on once more with the same: ofx-sync sync summit --force',
    },
    gaps: [CARD_GAP],
  },
};

const LOAN_GAP: Gap = { institution: 'cobalt', account: 'loan', ...span('2026-02-01', '2026-03-14'), missing: null };
const LOAN: Member = {
  ...member(account({ institution: 'cobalt', name: 'loan', accountKind: 'loan', kind: 'loan', id: '77001' }), {
    start: '-184425.00',
    moves: repeated(['515.25'], 11),
    covered: [
      ['2026-01-05', '2026-04-30'],
      ['2026-05-11', '2026-09-30'],
    ],
    gaps: [LOAN_GAP],
  }),
  condition: { stale: true, lastSuccessAt: '2026-09-30T06:30:00Z', ageMs: 51 * 86_400_000, gaps: [LOAN_GAP] },
};

const BROKER_ACCOUNT = account({
  institution: 'harbor',
  name: 'retirement',
  accountKind: 'investment',
  kind: 'investment',
});

function broker(): Member {
  const holdings = {
    asOf: TODAY,
    positions: [
      position({ units: '120.5', unitPrice: '251.234', marketValue: '30273.70' }),
      position({
        securityName: 'BOND 4.25% 2031',
        ticker: null,
        type: 'debt',
        units: '10000',
        unitPrice: '101.2',
        marketValue: '10120.00',
      }),
      position({ securityName: 'WORLD EX US', ticker: 'WXU', units: '40', marketValue: '4000.00', currency: 'EUR' }),
      position({ securityName: 'UNLISTED', ticker: null, type: 'opt', units: '2' }),
    ],
    cash: { amount: decimal('1500.30'), currency: 'USD', asOf: TODAY },
    margin: null,
    short: null,
  };
  const values = Array.from({ length: 10 }, (_, month) => ({
    asOf: addDays(isoDate('2026-01-31'), month * 30),
    amount: decimal(String(36_000 + ((month * 37) % 11) * 700)),
    currency: 'USD',
  }));
  const coverage = [{ ...span('2026-01-31', '2026-11-20'), downloaded: true }];
  return {
    account: BROKER_ACCOUNT,
    history: {
      institution: 'harbor',
      account: 'retirement',
      coverage,
      gaps: [],
      balances: [],
      bookings: [],
      values: [...values, ...holdingsValue(holdings)],
    },
    state: state(BROKER_ACCOUNT, { holdings, coverage }),
  };
}

const HOSTILE_ACCOUNT = account({ institution: 'بنك القاهرة', name: '"><img src=x onerror=alert(1)>', id: '11' });
const HOSTILE: Member = {
  account: HOSTILE_ACCOUNT,
  condition: {
    stale: true,
    unread: [
      {
        code: 'bad-transaction',
        message: 'STMTTRN was skipped: <script>alert("\u202eno amount")</script>',
        count: 1,
        on: null,
        foundAt: '2026-11-19T06:30:00Z',
      },
    ],
  },
};

const SCENE: readonly Member[] = [CHECKING, CARD, LOAN, broker(), HOSTILE];

const PAYEES: readonly (readonly [payee: string | null, category: string | null, amount: string])[] = [
  ['EMPLOYER INC', 'Income:Salary', '2450.00'],
  ['RENT', 'Housing', '-1180.00'],
  ['GREEN GROCER', 'Groceries', '-310.45'],
  ['Café “Ünlü” & <b>Söhne</b>', null, '-64.20'],
  ['\u202eREVERSED', null, '-59.99'],
  [null, null, '-5.00'],
  ['GREEN GROCER', 'Groceries', '12.00'],
];

export function sceneMovements(): FlowInput[] {
  return Array.from({ length: 12 }, (_, month) =>
    PAYEES.map(([payee, category, amount], index): FlowInput => {
      const postedOn = addDays(FROM, month * 30 + index);
      return { transaction: stored({ id: `${month}-${index}`, postedOn, amount }), isTransfer: false, payee, category };
    }),
  )
    .flat()
    .concat([
      flow('-450.00', 'PAYMENT TO CARD', { isTransfer: true }),
      flow('-12.34', 'BOULANGERIE', { currency: 'EUR' }),
    ]);
}

function flow(amount: string, payee: string, { isTransfer = false, currency = 'USD' }): FlowInput {
  const transaction = stored({ amount, currency, postedOn: '2026-11-02' });
  return { transaction, isTransfer, payee, category: null };
}

const RUNS: readonly RunDetail[] = [
  {
    startedAt: '2026-11-20T06:29:00.000Z',
    durationMs: 3400,
    ok: 2,
    failed: 1,
    skipped: 1,
    unattended: true,
    outcomes: [
      { institution: 'river', account: 'checking', status: 'ok', code: null, durationMs: 1200, endMs: 1250 },
      { institution: 'harbor', account: 'retirement', status: 'ok', code: null, durationMs: 2900, endMs: 3000 },
      { institution: 'cobalt', account: 'loan', status: 'failed', code: 'TIMED_OUT', durationMs: 3300, endMs: 3390 },
      { institution: 'summit', account: 'card', status: 'skipped', code: 'SIGNON_BLOCKED', durationMs: 0, endMs: 12 },
    ],
  },
  {
    startedAt: '2026-11-19T06:30:00.000Z',
    durationMs: 1900,
    ok: 1,
    failed: 0,
    skipped: 0,
    unattended: false,
    outcomes: [{ institution: 'river', account: 'checking', status: 'ok', code: null, durationMs: 1800, endMs: null }],
  },
];

export function conditionOf({ account: of, condition = {} }: Member): AccountCondition {
  return {
    account: of,
    lastSuccessAt: null,
    lastFailure: null,
    failures: 0,
    failingSince: null,
    unread: [],
    ageMs: null,
    stale: false,
    failing: false,
    blocked: null,
    gaps: [],
    ...condition,
  };
}

/** Returns the data of the whole scene. */
export function reportScene(change: Partial<ReportInput> = {}): ReportData {
  const of = ({ institution, name }: Pick<Account, 'institution' | 'name'>) =>
    SCENE.find(({ account: one }) => one.institution === institution && one.name === name);
  return reportData(
    {
      accountState: (one) => of(one)?.state ?? null,
      history: (one) => of(one)?.history ?? null,
      runDetails: () => RUNS,
    },
    {
      accounts: SCENE.map(({ account: one }) => one),
      conditions: SCENE.map(conditionOf),
      program: {
        undelivered: 2,
        failedRun: {
          message: 'accounts.yaml:3:5: unknown key “intitutions”',
          hint: 'To check the file: ofx-sync check --offline',
        },
      },
      movements: sceneMovements(),
      from: FROM,
      now: NOW,
      nextRun: new Date('2026-11-21T06:30:00Z'),
      ...change,
    },
  );
}

/** Returns many accounts of many years, each with a booking every day: the largest household that the page is measured with. */
export function largeScene(accounts: number, years: number): ReportData {
  const from: IsoDate = isoDate(`${2026 - years}-11-21`);
  const days = daysBetween(from, TODAY);
  const members = Array.from({ length: accounts }, (_, index) =>
    member(account({ institution: `bank${index % 12}`, name: `account${index}` }), {
      start: '5000.00',
      moves: Array.from({ length: days }, (_unused, day) => String(amountOf(index, day))),
      covered: [[from, TODAY]],
    }),
  );
  return reportData(
    {
      accountState: ({ name }) => members.find((one) => one.account.name === name)?.state ?? null,
      history: ({ name }) => members.find((one) => one.account.name === name)?.history ?? null,
      runDetails: () => [],
    },
    {
      accounts: members.map((one) => one.account),
      conditions: members.map(conditionOf),
      program: { undelivered: 0, failedRun: null },
      movements: [],
      from,
      now: NOW,
      nextRun: null,
    },
  );
}

function amountOf(account: number, day: number): Decimal {
  const cents = ((account * 7919 + day * 104_729) % 20_001) - 10_000;
  return decimal((cents / 100).toFixed(2));
}
