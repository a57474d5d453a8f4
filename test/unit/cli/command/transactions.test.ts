/** The list of transactions: header and totals on a terminal, nothing but rows elsewhere, and the balance after each. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decimal } from '../../../../src/model/decimal.js';
import { add, compare } from '../../../../src/model/money.js';
import { runCli } from '../../../support/run-cli.js';
import { scratchDir } from '../../../support/scratch.js';

const cwd = scratchDir();
const now = () => new Date(2026, 10, 20, 6, 30);
writeFileSync(
  join(cwd, 'accounts.yaml'),
  `institutions:
  - { name: river, url: "sandbox://river", userId: demo, password: { literal: demo }, accounts: [
      { name: checking, kind: checking, id: "000123456", routing: "121000248" },
      { name: savings, kind: savings, id: "000123457", routing: "121000248" } ] }
  - { name: harbor, url: "sandbox://harbor", ofxVersion: "103", org: HARBOR, fid: "6006", userId: demo, password: { literal: demo }, accounts: [
      { name: broker, kind: investment, id: "77-1234", brokerId: "harbor.example" } ] }
`,
);
const run = (argv: readonly string[], columns?: number) =>
  runCli(['transactions', ...argv], { cwd, now, ...(columns === undefined ? {} : { columns }) });

test('before the first sync a terminal reads what to do, a program reads nothing', async () => {
  expect(await run([], 80)).toMatchObject({
    code: 0,
    stdout: '',
    stderr: 'Nothing is stored yet. To download: ofx-sync\n',
  });
  expect(await run([])).toMatchObject({ code: 0, stdout: '', stderr: '' });
});

test('a terminal shows a header and totals, anything else the rows alone', async () => {
  await runCli(['sync', 'river'], { cwd, now });
  const plain = (await run(['--since', '6d'])).stdout.trimEnd().split('\n');
  const framed = (await run(['--since', '6d'], 200)).stdout.trimEnd().split('\n');
  expect(framed[0]).toMatch(/^POSTED {6}ACCOUNT {2,}AMOUNT {2}TEXT$/);
  expect(framed.slice(1, plain.length + 1)).toEqual(plain);
  expect(framed.slice(plain.length + 1)).toEqual([
    '',
    expect.stringMatching(/^COUNT +IN +OUT +NET$/),
    expect.anything(),
  ]);
  const { transactions } = JSON.parse((await run(['--since', '6d', '--json'])).stdout) as {
    transactions: { amount: string }[];
  };
  const net = transactions.reduce((sum, { amount }) => add(sum, decimal(amount)), decimal('0'));
  const [count, ...sums] = (framed.at(-1) ?? '').split(/ {2,}/);
  expect(count).toBe(String(transactions.length));
  const [income, spending, total] = sums.map((text) => decimal(text.replace(/,| USD$/g, '')));
  expect(compare(total ?? decimal('0'), net)).toBe(0);
  expect(compare(add(income ?? decimal('0'), spending ?? decimal('0')), net)).toBe(0);
  expect((await run(['--since', '6d', '--quiet'], 200)).stdout.trimEnd().split('\n')).toEqual(plain);
  expect((await run(['--search', 'no such text'], 80)).stderr).toBe('No stored transaction matches.\n');
});

test('one account that was named is not named in each line of a terminal', async () => {
  const one = (await run(['checking', '--since', '6d', '--balance'], 80)).stdout;
  expect(one).toMatch(/^POSTED {6,}AMOUNT {2,}BALANCE {2}TEXT\n/);
  expect(one).not.toContain('river/checking');
  expect((await run(['checking', '--since', '6d'])).stdout).toContain('river/checking');
  expect((await run(['river', '--since', '6d'], 80)).stdout).toContain('river/checking');
});

interface Listed {
  readonly account: string;
  readonly amount: string;
  readonly balance: { readonly amount: string; readonly currency: string } | null;
}

test('the balance after each transaction follows from the one before, and ends at the bank’s', async () => {
  const { transactions } = JSON.parse((await run(['--balance', '--json'])).stdout) as { transactions: Listed[] };
  const accounts = JSON.parse((await runCli(['accounts', '--json'], { cwd, now })).stdout) as {
    accounts: { account: string; ledgerBalance: { amount: string } | null }[];
  };
  for (const account of ['checking', 'savings']) {
    const own = transactions.filter((one) => one.account === account);
    for (const [index, { amount, balance }] of own.entries()) {
      const before = own[index - 1]?.balance?.amount;
      if (before !== undefined)
        expect(compare(decimal(balance?.amount ?? ''), add(decimal(before), decimal(amount)))).toBe(0);
    }
    const stated = accounts.accounts.find((one) => one.account === account)?.ledgerBalance?.amount ?? '';
    expect(compare(decimal(own.at(-1)?.balance?.amount ?? ''), decimal(stated))).toBe(0);
  }
});

test('a filter does not change the balances; CSV has them in a column of their own', async () => {
  const balances = async (...more: string[]) => {
    const { stdout } = await run(['checking', '--balance', '--csv', ...more]);
    const [head = '', ...rows] = stdout.trimEnd().split('\r\n');
    expect(head).toMatch(/,id,balance$/);
    return new Map(rows.map((row) => [row.split(',').at(-2), row.split(',').at(-1)]));
  };
  const [all, some] = [await balances(), await balances('--since', 'last month', '--max', '-100', '--reverse')];
  expect(some.size).toBeGreaterThan(1);
  for (const [id, balance] of some) expect(balance).toBe(all.get(id));
});

test('an account without a balance to count from is named', async () => {
  await runCli(['sync', 'harbor'], { cwd, now });
  const { stdout, stderr } = await run(['harbor', '--balance']);
  expect(stdout).toContain('harbor/broker');
  expect(stderr).toBe('notice: harbor/broker has no balance to count from\n');
});

test('totals of several currencies stay apart', async () => {
  const files = scratchDir();
  const bank = (id: string, currency: string, amount: string) =>
    `OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>${currency}<BANKACCTFROM><BANKID>1<ACCTID>${id}<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>20261101<DTEND>20261120<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261118<TRNAMT>${amount}<FITID>1<NAME>SHOP</STMTTRN></BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`;
  writeFileSync(join(files, 'a.ofx'), bank('1111111', 'USD', '-12.5'));
  writeFileSync(join(files, 'b.ofx'), bank('2222222', 'JPY', '-1250'));
  writeFileSync(
    join(files, 'accounts.yaml'),
    `institutions:
  - { name: cash, files: "*.ofx", accounts: [ { name: dollars, kind: checking, id: "1111111", routing: "1" }, { name: yen, kind: checking, id: "2222222", routing: "1" } ] }
`,
  );
  await runCli(['sync'], { cwd: files, now });
  const { stdout } = await runCli(['transactions'], { cwd: files, now, columns: 80 });
  expect(stdout.trimEnd().split('\n').slice(-3)).toEqual([
    'COUNT        IN         OUT         NET',
    '1         0 JPY  -1,250 JPY  -1,250 JPY',
    '1      0.00 USD  -12.50 USD  -12.50 USD',
  ]);
});
