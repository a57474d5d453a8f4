/** Statements to accounts: TRNUID first, account id second, and nothing given to the wrong one. */

import { expect, test } from 'vitest';
import type { Account, AccountId } from '../../../src/model/account.js';
import type { Quirks } from '../../../src/model/institution.js';
import { matchAccounts } from '../../../src/sync/match-accounts.js';
import { account, card, statement, transaction } from '../../support/builders.js';

const checking = { account: account(), trnuid: 'T-1' };
const savings = { account: account({ name: 'savings', id: '000123457', accountType: 'SAVINGS' }), trnuid: 'T-2' };
const visa = { account: card(), trnuid: 'T-3' };
const ALL = [checking, savings, visa];

/** An institution with one account more than is requested. */
function at(quirks: Quirks = {}): { quirks: Quirks; accounts: readonly Account[] } {
  const more = account({ name: 'closed', id: '000999999' });
  return { quirks, accounts: [...ALL.map((one) => one.account), more] };
}

function ownerOf(trnuid: string | null, id: Partial<AccountId> | null, quirks = {}): string | null {
  const named = id === null ? null : { ...account(), ...id };
  const { matches } = matchAccounts(
    [statement({ trnuid, account: named, kind: named?.kind ?? 'bank' })],
    ALL,
    at(quirks),
  );
  return matches.find(({ statements }) => statements.length > 0)?.wanted.account.name ?? null;
}

test.each([
  ['by TRNUID', 'T-2', { id: '000123457' }, 'savings'],
  ['a refusal has no account: by TRNUID', 'T-2', null, 'savings'],
  ['without TRNUID: by account id', null, { id: '000123457' }, 'savings'],
  ['a TRNUID of their own: by account id', 'whatever', { id: '000123456' }, 'checking'],
  ['the TRNUID of one and the account of another: what it names counts', 'T-1', { id: '000123457' }, 'savings'],
  [
    'a masked card number in answer to our TRNUID',
    'T-3',
    { kind: 'creditcard' as const, id: 'XXXXXXXXXXXX1111', routing: null },
    'card',
  ],
  [
    'blanks and dashes are only layout',
    null,
    { kind: 'creditcard' as const, id: '4111-1111 1111-1111', routing: null },
    'card',
  ],
  [
    'another routing number, but the only account of that id',
    null,
    { id: '000123456', routing: '999999999' },
    'checking',
  ],
  ['an unknown account', null, { id: '42' }, null],
  ['our TRNUID, and an unknown number', 'T-1', { id: '9000042' }, 'checking'],
  ['our TRNUID, and an unknown number of another kind', 'T-3', { id: '9000042' }, null],
  ['our TRNUID, and an account that was not requested', 'T-1', { id: '000999999' }, null],
])('%s', (_, trnuid, id, owner) => {
  expect(ownerOf(trnuid, id)).toBe(owner);
});

test('an id that two accounts have, and a bank that neither has: nothing is attached by guess', () => {
  const one = { account: account({ name: 'one', routing: '111000111' }), trnuid: 'T-8' };
  const other = { account: account({ name: 'other', routing: '222000222' }), trnuid: 'T-9' };
  const named = (routing: string | null) => [statement({ account: account({ routing }) })];
  const attached = (routing: string | null) => matchAccounts(named(routing), [one, other], at());
  expect(attached('999999999').matches.flatMap(({ statements }) => statements)).toEqual([]);
  expect(attached('999999999').notices.map(({ code }) => code)).toEqual(['unclaimed-statement']);
  const owner = attached('222000222').matches.find(({ statements }) => statements.length > 0);
  expect(owner?.wanted.account.name).toBe('other');
});

test('fitidLength shortens a FITID, and that of a transaction which another corrects', () => {
  const corrects = { fitid: 'ABCDEF-2', action: 'REPLACE' } as const;
  const changed = statement({ transactions: [transaction({ fitid: 'ABCDEF-1', corrects })] });
  const { matches } = matchAccounts([changed], ALL, at({ fitidLength: 6 }));
  const [attached] = matches[0]?.statements[0]?.transactions ?? [];
  expect([attached?.fitid, attached?.corrects]).toEqual(['ABCDEF', { fitid: 'ABCDEF', action: 'REPLACE' }]);
});

test('acctIdMatch decides how ids are compared', () => {
  expect(ownerOf(null, { id: '123456' })).toBeNull();
  expect(ownerOf(null, { id: '123456' }, { acctIdMatch: 'ignore-leading-zeros' })).toBe('checking');
  expect(ownerOf(null, { id: 'XXXXX3456' }, { acctIdMatch: 'last-four' })).toBe('checking');
});

test('an unclaimed statement is a notice that names it masked', () => {
  const { notices } = matchAccounts([statement({ account: account({ id: '987654321' }) })], ALL, at());
  expect(notices).toEqual([
    {
      code: 'unclaimed-statement',
      message: 'skipped a bank statement for account ••••4321: this account is not in accounts.yaml',
    },
  ]);
});

test('every statement is matched once or is a notice', () => {
  const statements = [
    statement({ trnuid: 'T-1' }),
    statement({ trnuid: 'T-1' }),
    statement({ account: account({ id: '000123457' }) }),
    statement({ account: null, trnuid: 'x' }),
  ];
  const { matches, notices } = matchAccounts(statements, ALL, at());
  expect(matches.flatMap((one) => one.statements).length + notices.length).toBe(statements.length);
});

test('an unknown number is a notice of the account that requested it, unless its TRNUID occurs twice', () => {
  const changed = statement({ trnuid: 'T-1', account: account({ id: '9000042' }) });
  const { matches, notices } = matchAccounts([changed], ALL, at());
  expect(matches[0]?.statements[0]?.notices.map(({ code }) => code)).toEqual(['account-id-differs']);
  expect(notices).toEqual([]);
  const twice = matchAccounts([statement({ trnuid: 'T-1' }), changed], ALL, at());
  expect(twice.matches[0]?.statements).toHaveLength(1);
  expect(twice.notices.map(({ code }) => code)).toEqual(['unclaimed-statement']);
});
