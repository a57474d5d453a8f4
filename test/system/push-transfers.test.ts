/** Transfers between two of a person's own accounts, of which a push makes one transfer of the budget. */

import { afterAll, describe, expect, test } from 'vitest';
import { type FilesScene, filesScene } from '../support/push-files.js';
import type { YnabOptions } from '../support/ynab-server.js';

const PAID = { fitid: 'out', amount: '-300.00', on: '20261110', name: 'CARD AUTOPAY' };
const RECEIVED = { fitid: 'in', amount: '300.00', on: '20261112', name: 'PAYMENT THANK YOU' };
const SHOP = { fitid: 'shop', amount: '-20.00', on: '20261109', name: 'SHOP' };

const scenes: FilesScene[] = [];
afterAll(async () => {
  for (const { server } of scenes) await server.close();
});

async function scene(more = '', options: YnabOptions = {}): Promise<FilesScene> {
  const made = await filesScene(more, options);
  scenes.push(made);
  return made;
}

async function pushed(of: FilesScene, ...argv: string[]): Promise<string> {
  const { code, stdout, stderr } = await of.run('push', 'ynab', ...argv);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

function expectLinked(of: FilesScene): void {
  const [out, into] = [of.budget('checking').get('out'), of.budget('card').get('in')];
  const isOut = out?.transfer_transaction_id != null;
  const [side, other] = isOut ? [out, into] : [into, out];
  expect(side?.payee_name).toBe(`Transfer : ${isOut ? 'card' : 'checking'}`);
  expect(other?.matched_transaction_id).toBe(side?.transfer_transaction_id);
  expect([of.balance('checking'), of.balance('card')]).toEqual([-32_000, 30_000]);
}

describe('a transfer of which', () => {
  test('both sides are new', async () => {
    const of = await scene();
    await of.list('checking', [SHOP, PAID]);
    await of.list('card', [RECEIVED]);
    expect(await pushed(of, '--dry-run')).toContain('1 to add, 1 transfer to link');
    expect(of.server.transactions).toEqual([]);
    expect(await pushed(of)).toContain('1 transfer linked');
    expectLinked(of);
  });

  test.each(['checking', 'card'] as const)('the side of the %s arrives days earlier', async (first) => {
    const of = await scene();
    await of.list('checking', first === 'checking' ? [SHOP, PAID] : [SHOP]);
    if (first === 'card') await of.list('card', [RECEIVED]);
    expect(await pushed(of)).not.toContain('linked');
    if (first === 'card') await of.list('checking', [SHOP, PAID]);
    else await of.list('card', [RECEIVED]);
    expect(await pushed(of)).toContain('1 transfer linked');
    expectLinked(of);
    const [before, requests] = [JSON.stringify(of.server.transactions), of.server.requests.length];
    expect(await pushed(of)).toContain('0 new transactions');
    expect(of.server.requests.slice(requests).every((line) => line.startsWith('GET'))).toBe(true);
    expect(await pushed(of, '--all')).toContain('0 new transactions');
    expect(JSON.stringify(of.server.transactions)).toBe(before);
  });

  test('the accounts are pushed one after the other', async () => {
    const of = await scene();
    await of.list('checking', [SHOP, PAID]);
    await of.list('card', [RECEIVED]);
    await pushed(of, '--account', 'checking');
    expect(await pushed(of, '--account', 'card')).toContain('1 transfer linked');
    expectLinked(of);
  });

  test('a rule names the account, and no word says that it is a transfer', async () => {
    const rules =
      'accountMap: { river/card: "Liabilities:Card" }\nrules: [{ match: { payee: MONTHLY }, set: { category: "Liabilities:Card" } }]\n';
    const of = await scene(rules);
    await of.list('checking', [SHOP, { ...PAID, name: 'MONTHLY 17' }]);
    await of.list('card', [{ ...RECEIVED, name: 'CREDIT' }]);
    const said = await pushed(of);
    expect(said).toContain('1 transfer linked');
    expect(said).not.toContain('category');
    expectLinked(of);
  });

  test('the connection ends before or after the second side was added', async () => {
    for (const cut of ['cut', 'cut-after'] as const) {
      const of = await scene();
      await of.list('checking', [SHOP, PAID]);
      await pushed(of);
      await of.list('card', [RECEIVED]);
      of.server.instead.push(cut);
      await of.run('push', 'ynab');
      expectLinked(of);
    }
  });

  test('YNAB accepts no more requests in the middle', async () => {
    const of = await scene();
    await of.list('checking', [SHOP, PAID]);
    await pushed(of);
    await of.list('card', [RECEIVED]);
    const until = {
      status: 429,
      body: { error: { id: '429', name: 'too_many_requests', detail: 'Too many requests' } },
    };
    of.server.instead.push(until);
    expect((await of.run('push', 'ynab')).code).toBe(1);
    expect(await of.run('push', 'ynab')).toMatchObject({ code: 0, stderr: '' });
    expectLinked(of);
  });
});

describe('an entry of the person', () => {
  const EDITS: [string, Record<string, unknown>, string][] = [
    ['another payee', { payee_name: 'My card' }, 'one side has another payee'],
    ['another amount', { amount: -299_000 }, 'the amount of one side was changed'],
    ['a reconciled side', { cleared: 'reconciled' }, 'one side is reconciled'],
  ];
  test.each(EDITS)('%s stays as it is', async (_, edit, reason) => {
    const of = await scene();
    await of.list('checking', [PAID]);
    await pushed(of);
    const entry = of.budget('checking').get('out');
    if (entry === undefined) throw new Error('not pushed');
    of.server.budget.update(entry, edit);
    const before = { ...entry };
    await of.list('card', [RECEIVED]);
    expect(await pushed(of)).toContain(`transfer not linked: 2026-11-12 300.00 USD PAYMENT THANK YOU: ${reason}`);
    expect(of.budget('checking').get('out')).toEqual(before);
    expect(of.balance('card')).toBe(30_000);
    expect(of.server.transactions).toHaveLength(2);
  });

  test('an approved category stays', async () => {
    const of = await scene('', { categories: [{ group: 'Debts', name: 'Card' }] });
    await of.list('checking', [PAID]);
    await pushed(of);
    const entry = of.budget('checking').get('out');
    if (entry === undefined) throw new Error('not pushed');
    of.server.budget.update(entry, { category_id: of.server.categories.at(-1)?.id, approved: true });
    await of.list('card', [RECEIVED]);
    expect(await pushed(of)).toContain('one side has a category of its own');
  });

  test('a side that was deleted stays deleted', async () => {
    const of = await scene();
    await of.list('checking', [PAID]);
    await pushed(of);
    const entry = of.budget('checking').get('out');
    if (entry === undefined) throw new Error('not pushed');
    of.server.budget.remove(entry);
    await of.list('card', [RECEIVED]);
    expect(await pushed(of)).not.toContain('transfer');
    expect([of.balance('checking'), of.balance('card')]).toEqual([0, 30_000]);
  });

  test('a transfer that was entered by hand takes up both sides', async () => {
    const of = await scene();
    const [checking, card] = of.server.accounts;
    const entered = {
      account_id: checking?.id,
      date: '2026-11-10',
      amount: -300_000,
      payee_id: card?.transfer_payee_id,
    };
    of.server.budget.add(entered);
    await of.list('checking', [PAID]);
    await of.list('card', [RECEIVED]);
    await pushed(of);
    expect([of.balance('checking'), of.balance('card')]).toEqual([-30_000, 30_000]);
    expect(of.server.transactions).toHaveLength(4);
  });

  test('an entry for the second side is not taken for a counterpart', async () => {
    const of = await scene();
    await of.list('checking', [PAID]);
    await pushed(of);
    of.server.budget.add({
      account_id: of.server.accounts[1]?.id,
      date: '2026-11-11',
      amount: 300_000,
      payee_name: 'me',
    });
    await of.list('card', [RECEIVED]);
    expect(await pushed(of)).toContain('one side matches an entry of your own');
    expect([of.balance('checking'), of.balance('card')]).toEqual([-30_000, 30_000]);
  });
});

describe('nothing counts twice', () => {
  test('when YNAB does not match the sides', async () => {
    const of = await scene('', { matching: false });
    await of.list('checking', [PAID]);
    await of.list('card', [RECEIVED]);
    expect(await pushed(of)).toContain('YNAB did not match the two sides');
    expect([of.balance('checking'), of.balance('card')]).toEqual([-30_000, 30_000]);
    expect(of.budget('checking').get('out')?.payee_name).toBe('CARD AUTOPAY');
  });

  test('when YNAB refuses the second side', async () => {
    const of = await scene();
    await of.list('checking', [PAID]);
    await pushed(of);
    await of.list('card', [RECEIVED]);
    const refusal = { status: 400, body: { error: { id: '400', name: 'bad_request', detail: 'no (index: 0)' } } };
    of.server.instead.push(refusal);
    expect((await of.run('push', 'ynab')).code).toBe(1);
    expect([of.balance('checking'), of.balance('card')]).toEqual([-30_000, 0]);
    expect(await of.run('push', 'ynab')).toMatchObject({ code: 0, stderr: '' });
    expect([of.balance('checking'), of.balance('card')]).toEqual([-30_000, 30_000]);
  });
});
