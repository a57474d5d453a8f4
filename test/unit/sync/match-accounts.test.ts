/** Statements to accounts: TRNUID first, account id second, and nothing given to the wrong one. */

import { expect, test } from 'vitest';
import type { Account, AccountId } from '../../../src/model/account.js';
import type { Quirks } from '../../../src/model/institution.js';
import { configuredOwner, matchAccounts } from '../../../src/sync/match-accounts.js';
import { account, card, institution, statement, transaction } from '../../support/builders.js';
import { fc } from '../../support/properties.js';

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

/** Accounts of a bridge, whose files name them by number. */
const BRIDGED = [
  account({ name: 'giro', id: 'ACT-1111', number: '00 5555-1234', routing: null }),
  account({ name: 'saver', id: 'ACT-2222', number: '005555 9999', accountType: 'SAVINGS', routing: null }),
  card({ name: 'visa', id: 'ACT-3333', number: '4111111111111111' }),
  account({ name: 'unnumbered', id: 'ACT-4444', routing: null }),
];

function fileOwner(id: Partial<AccountId>, quirks: Quirks = {}, accounts: readonly Account[] = BRIDGED): string | null {
  const named = { ...account({ routing: null }), ...id };
  const owner = configuredOwner(statement({ account: named, kind: named.kind }), [institution({ accounts }, quirks)]);
  return owner?.account.name ?? null;
}

test.each([
  ['its number', { id: '0055551234' }, {}, 'giro'],
  ['blanks and dashes are only layout', { id: '0055-5512 34' }, {}, 'giro'],
  ['any routing number, where the account has none', { id: '0055551234', routing: '011000015' }, {}, 'giro'],
  ['the id of the bridge', { id: 'ACT-2222' }, {}, 'saver'],
  ['a number of another kind', { id: '0055551234', kind: 'creditcard' as const }, {}, null],
  ['a card', { id: '4111 1111 1111 1111', kind: 'creditcard' as const }, {}, 'visa'],
  ['the end of a number', { id: '1234' }, {}, null],
  ['the end of a number, where that is enough', { id: 'XXXXXX1234' }, { acctIdMatch: 'last-four' as const }, 'giro'],
  ['without its zeros', { id: '55551234' }, { acctIdMatch: 'ignore-leading-zeros' as const }, 'giro'],
  [
    'a number that a bridge uses as id: bridges know their ids only',
    { id: '0055551234', anyKind: true as const },
    {},
    null,
  ],
])('a file that names an account by %s', (_, id, quirks, owner) => {
  expect(fileOwner(id, quirks)).toBe(owner);
});

test('a number that two banks have belongs to the one of the routing number, else to nobody', () => {
  const [one, other] = ['111000111', '222000222'].map((routing) =>
    account({ name: routing, id: 'ACT', number: '7', routing }),
  );
  const accounts = [one, other].flatMap((each) => each ?? []);
  expect(fileOwner({ id: '7', routing: '222000222' }, {}, accounts)).toBe('222000222');
  expect(fileOwner({ id: '7' }, {}, accounts)).toBeNull();
});

test('a reply of a bank may name an account by its number', () => {
  const wanted = BRIDGED.map((one, index) => ({ account: one, trnuid: `T-${index}` }));
  const named = statement({ trnuid: 'T-0', account: account({ id: '0055551234', routing: null }) });
  const { matches, notices } = matchAccounts([named], wanted, { quirks: {}, accounts: BRIDGED });
  expect(matches[0]?.statements).toEqual([named]);
  expect(notices).toEqual([]);
});

test('whatever the numbers, a file belongs to the account that has its number, and to no other', () => {
  const digits = fc.stringMatching(/^[0-9]{5,12}$/);
  fc.assert(
    fc.property(fc.uniqueArray(digits, { minLength: 3, maxLength: 12 }), fc.nat(), fc.nat(), (numbers, at, gap) => {
      const [unknown = '', ...known] = numbers;
      const accounts = known.map((number, index) =>
        account({
          name: number,
          id: `ACT-${index}`,
          routing: null,
          ...(index % 3 === 2 ? { id: number } : { number }),
        }),
      );
      const number = known[at % known.length] ?? '';
      const cut = gap % number.length;
      const spelled = `${number.slice(0, cut)} ${number.slice(cut)}`;
      expect(fileOwner({ id: spelled }, {}, accounts)).toBe(number);
      expect(fileOwner({ id: spelled, kind: 'loan' }, {}, accounts)).toBeNull();
      expect(fileOwner({ id: unknown }, {}, accounts)).toBeNull();
    }),
  );
});
