/** Of debts the sign is negative, whatever the bank writes: found by the transactions between two balances, or by a quirk. */

import { expect, test } from 'vitest';
import type { Quirks } from '../../../src/model/institution.js';
import type { SaveResult, Store } from '../../../src/ports.js';
import { openStore } from '../../../src/store/open.js';
import { account, institution, statement } from '../../support/builders.js';
import { balanceOf, moved } from '../../support/saving.js';
import { scratchDir } from '../../support/scratch.js';

type Kind = 'creditcard' | 'loan' | 'checking' | 'creditline';

interface Day {
  readonly on: string;
  readonly states: string;
  /** Amounts of that day. */
  readonly moves?: readonly string[];
  readonly quirks?: Quirks;
}

const ofKind = (kind: Kind) =>
  account({ accountKind: kind, kind: kind === 'creditcard' || kind === 'loan' ? kind : 'bank' });

function save(store: Store, kind: Kind, { on, states, moves = [], quirks = {} }: Day): SaveResult {
  const mine = ofKind(kind);
  const transactions = moves.map((amount, index) => moved(`${on}-${index}`, on, amount));
  const content = statement({
    kind: mine.kind,
    ledgerBalance: balanceOf(states, on),
    availableBalance: balanceOf('5000.00', on),
    transactions,
  });
  const at = new Date(`${on}T20:00:00Z`);
  const wanted = { account: mine, from: transactions[0]?.postedOn ?? balanceOf('0', on).asOf ?? never(), to: null };
  return store.save(mine, content, { runId: null, at, wanted, institution: institution({}, quirks) });
}

function never(): never {
  throw new Error('no day');
}

async function after(kind: Kind, days: readonly Day[]) {
  const store = await openStore(scratchDir());
  const saves = days.map((day) => save(store, kind, day));
  const state = store.accountState(ofKind(kind));
  return {
    shown: saves.map(({ ledgerBalance }) => ledgerBalance?.amount),
    now: state?.ledgerBalance?.amount,
    available: state?.availableBalance?.amount,
    gaps: store.gaps().map(({ from, to, missing }) => `${from} ${to} ${missing?.amount}`),
    notices: saves.flatMap(({ notices }) => notices.map(({ code }) => code)),
  };
}

/** A card on which 400.00 are owed, and 150.00 more two days later. */
const spent = (before: string, later: string, quirks: Quirks = {}): Day[] => [
  { on: '2026-11-10', states: before, quirks },
  { on: '2026-11-12', states: later, moves: ['-100.00', '-50.00'], quirks },
];

test('a card that states debts as negative stays as it is', async () => {
  expect(await after('creditcard', spent('-400.00', '-550.00'))).toEqual({
    shown: ['-400.00', '-550.00'],
    now: '-550.00',
    available: '5000.00',
    gaps: [],
    notices: [],
  });
});

test('a card that states what is owed as positive is found by two balances and what was spent in between', async () => {
  expect(await after('creditcard', spent('400.00', '550.00'))).toEqual({
    // After one statement nothing shows it.
    shown: ['400.00', '-550.00'],
    now: '-550.00',
    available: '5000.00',
    gaps: [],
    notices: ['owed-balance'],
  });
});

test('a line of credit likewise, but never an account of the person’s own money', async () => {
  expect((await after('creditline', spent('400.00', '550.00'))).now).toBe('-550.00');
  const checking = await after('checking', spent('400.00', '550.00'));
  expect(checking.now).toBe('550.00');
  expect(checking.gaps).toEqual(['2026-11-10 2026-11-12 300']);
});

test('balances that were stored before the finding are turned with it', async () => {
  const { now, gaps, notices } = await after('creditcard', [
    { on: '2026-11-01', states: '300.00' },
    { on: '2026-11-03', states: '300.00' },
    { on: '2026-11-05', states: '320.00', moves: ['-20.00'] },
    // An overpaid card: the bank writes less than nothing.
    { on: '2026-11-08', states: '-30.00', moves: ['350.00'] },
  ]);
  expect({ now, gaps, notices }).toEqual({ now: '30.00', gaps: [], notices: ['owed-balance'] });
});

test('a balance without a movement, and one that a missing transaction explains, prove nothing', async () => {
  expect((await after('creditcard', spent('400.00', '430.00'))).now).toBe('430.00');
  const still = [
    { on: '2026-11-10', states: '400.00' },
    { on: '2026-11-12', states: '400.00' },
  ];
  expect((await after('creditcard', still)).now).toBe('400.00');
});

test('one coincidence does not turn an account that was understood, and later evidence turns it back', async () => {
  const usual: Day[] = [
    { on: '2026-11-01', states: '-100.00' },
    { on: '2026-11-03', states: '-120.00', moves: ['-20.00'] },
    { on: '2026-11-05', states: '-150.00', moves: ['-30.00'] },
  ];
  const coincidence = { on: '2026-11-07', states: '-140.00', moves: ['-10.00'] };
  expect((await after('creditcard', [...usual, coincidence])).now).toBe('-140.00');
  const wrong: Day[] = [
    { on: '2026-10-01', states: '-100.00' },
    { on: '2026-10-03', states: '-90.00', moves: ['-10.00'] },
  ];
  expect((await after('creditcard', wrong)).now).toBe('90.00');
  const gap = { on: '2026-10-20', states: '-100.00' };
  const back = await after('creditcard', [...wrong, gap, ...usual]);
  expect(back.now).toBe('-150.00');
  expect(back.gaps).not.toContain('2026-11-01 2026-11-03 -40');
});

test('what cannot be found is a quirk, which turns what is stored, too', async () => {
  expect(
    (await after('creditcard', [{ on: '2026-11-10', states: '400.00', quirks: { ledgerBalance: 'owed' } }])).shown,
  ).toEqual(['-400.00']);
  const later = await after('creditcard', [
    { on: '2026-11-10', states: '400.00' },
    { on: '2026-11-12', states: '400.00', quirks: { ledgerBalance: 'owed' } },
  ]);
  expect([later.now, later.gaps]).toEqual(['-400.00', []]);
  expect((await after('creditcard', spent('400.00', '550.00', { ledgerBalance: 'posted' }))).now).toBe('550.00');
  expect(
    (await after('checking', [{ on: '2026-11-10', states: '400.00', quirks: { ledgerBalance: 'owed' } }])).now,
  ).toBe('400.00');
});

test('a loan is owed from its first statement, whichever sign the bank writes', async () => {
  const paid = { moves: ['1200.00'] };
  const positive = await after('loan', [
    { on: '2026-11-10', states: '150000.00' },
    { on: '2026-11-12', states: '149100.00', ...paid },
  ]);
  expect(positive).toMatchObject({ shown: ['-150000.00', '-149100.00'], now: '-149100.00', gaps: [], notices: [] });
  const negative = await after('loan', [
    { on: '2026-11-10', states: '-150000.00' },
    { on: '2026-11-12', states: '-149100.00', ...paid },
    // Paid back, and a little more.
    { on: '2026-11-14', states: '12.00', moves: ['149112.00'] },
  ]);
  expect(negative.shown).toEqual(['-150000.00', '-149100.00', '12.00']);
});
