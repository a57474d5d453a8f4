/**
 * A person changes what an account in accounts.yaml is: another bank, another number, another name. History goes on where it is
 * the same account, and nothing of another account gets into it; what is stored can be removed.
 */

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { configText } from '../support/institutions.js';
import { type Run, type RunOptions, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const CARD = '4111111111111111';
const TERMINAL = { TERM: 'dumb' };

/** A statement of a card: each transaction as FITID, day and amount. */
function cardFile(
  id: string,
  transactions: readonly (readonly [fitid: string, day: string, amount: string])[],
): string {
  const list = transactions.map(
    ([fitid, day, amount]) =>
      `<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>${day}<TRNAMT>${amount}<FITID>${fitid}<NAME>SHOP ${fitid}</STMTTRN>`,
  );
  return `OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n<OFX><CREDITCARDMSGSRSV1><CCSTMTTRNRS><TRNUID>0
<STATUS><CODE>0<SEVERITY>INFO</STATUS><CCSTMTRS><CURDEF>USD<CCACCTFROM><ACCTID>${id}</CCACCTFROM>
<BANKTRANLIST><DTSTART>20260801<DTEND>20260930${list.join('\n')}</BANKTRANLIST></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>\n`;
}

interface Home {
  readonly cwd: string;
  readonly run: (line: string, how?: Partial<RunOptions>) => Promise<Run>;
  readonly config: (text: string) => void;
  readonly put: (name: string, text: string) => void;
  /** Id, account and name of everything that is stored. */
  readonly stored: () => Promise<string[]>;
}

function newHome(): Home {
  const cwd = scratchDir();
  mkdirSync(join(cwd, 'downloads'));
  const run: Home['run'] = (line, how = {}) => runCli(line.split(' '), { cwd, ...how });
  return {
    cwd,
    run,
    config: (text) => writeFileSync(join(cwd, 'accounts.yaml'), text),
    put: (name, text) => writeFileSync(join(cwd, 'downloads', name), text),
    stored: async () => {
      const store = await openStore(join(cwd, 'data'), { readOnly: true });
      const rows = [...store.transactions({})].map((one) => `${one.id} ${one.institution}/${one.account} ${one.name}`);
      store.close();
      return rows;
    },
  };
}

const files = (name: string, accounts: string) =>
  `institutions:\n  - name: ${name}\n    files: downloads/*.ofx\n    accounts: ${accounts}\n`;
const card = (id: string, name = 'card') => `[{ name: ${name}, kind: creditcard, id: "${id}" }]`;

const OLD = [['A', '20260810', '-10.00']] as const;
const OTHER = [['Z', '20260901', '-5.00']] as const;

describe('made-up history', () => {
  test('is not continued by a file of the real bank, and is removed on request', async () => {
    const home = newHome();
    home.config(configText([{ name: 'summit', url: 'sandbox://summit' }]));
    expect((await home.run('-q')).code).toBe(0);
    const before = await home.stored();
    home.config(configText([{ name: 'summit', url: 'https://ofx.summit.example/', password: 'env:SUMMIT' }]));
    home.put('card.ofx', cardFile(CARD, OTHER));
    const refused = await home.run('import downloads/card.ofx');
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toMatch(
      /history is from .*sandbox:\/\/summit; it does not continue at ofx\.summit\.example/,
    );
    expect(refused.stderr).toContain('accounts forget summit/card');
    expect(await home.stored()).toEqual(before);
    expect((await home.run('accounts relink summit/card')).stderr).toContain('does not continue');
    // Neither do the kept replies of the sandbox get into the account of the real bank.
    expect((await home.run('import --replay')).stdout).toContain('1 kept reply read again, 1 of them without');
    expect(await home.stored()).toEqual(before);
    expect((await home.run('accounts forget summit/card --yes')).code).toBe(0);
    expect((await home.run('import downloads/card.ofx')).code).toBe(0);
    await home.run('import --replay');
    expect((await home.stored()).map((row) => row.split(' ').slice(2).join(' '))).toEqual(['SHOP Z']);
  });
});

describe('another number under the same name', () => {
  async function changed(): Promise<Home> {
    const home = newHome();
    home.config(files('summit', card('1111222233334444')));
    home.put('1.ofx', cardFile('1111222233334444', OLD));
    expect((await home.run('-q')).code).toBe(0);
    home.config(
      files('summit', `${card('5555666677778888').slice(0, -1)}, { name: other, kind: creditcard, id: "999" }]`),
    );
    home.put('2.ofx', cardFile('5555666677778888', OTHER));
    home.put('3.ofx', cardFile('999', [['O', '20260902', '-7.00']]));
    return home;
  }

  test('fails alone when nothing agrees, and again in the next run', async () => {
    const home = await changed();
    const before = await home.stored();
    for (let run = 0; run < 2; run += 1) {
      const { code, stdout } = await home.run('--json');
      const { accounts } = JSON.parse(stdout) as {
        accounts: { account: string; error: { code: string; hint: string } }[];
      };
      expect(code).toBe(1);
      expect(accounts.map(({ account, error }) => `${account} ${error?.code ?? 'ok'}`)).toEqual([
        'card ACCOUNT_CHANGED',
        'other ok',
      ]);
      expect(accounts[0]?.error.hint).toContain('ofx-sync accounts relink summit/card');
    }
    expect((await home.stored()).filter((row) => row.includes('summit/card'))).toEqual(before);
  });

  test('accounts relink continues the history, and no id changes', async () => {
    const home = await changed();
    const before = await home.stored();
    expect((await home.run('-q')).code).toBe(1);
    expect(await home.run('accounts relink summit/card')).toMatchObject({ code: 0 });
    expect((await home.run('-q')).code).toBe(0);
    const after = (await home.stored()).filter((row) => row.includes('summit/card'));
    expect(after).toHaveLength(2);
    expect(after).toContain(before[0]);
  });

  test.each([
    ['1', 0, ['SHOP A', 'SHOP Z']],
    ['2', 1, ['SHOP A']],
    ['', 1, ['SHOP A']],
  ] as const)('a terminal asks: answer %j', async (answer, code, names) => {
    const home = await changed();
    const asked: string[] = [];
    const answers = (question: string) => {
      asked.push(question);
      return answer;
    };
    expect((await home.run('sync', { env: TERMINAL, answers })).code).toBe(code);
    expect(asked).toHaveLength(1);
    const rows = (await home.stored()).filter((row) => row.includes('summit/card'));
    expect(rows.map((row) => row.split(' ').slice(2).join(' '))).toEqual(names);
  });

  test('a timer asks nothing', async () => {
    const home = await changed();
    const answers = () => expect.unreachable('asked');
    const { code } = await home.run('sync --unattended --spread 0s', { env: TERMINAL, answers });
    expect(code).toBe(1);
  });
});

test('an account and a bank that are renamed continue without a word, and no id changes', async () => {
  const home = newHome();
  home.config(configText([{ name: 'summit', url: 'sandbox://summit' }]));
  expect((await home.run('-q')).code).toBe(0);
  const before = await home.stored();
  home.config(configText([{ name: 'alpine', url: 'sandbox://summit', accounts: card(CARD, 'visa') }]));
  const { code, stdout } = await home.run('--json');
  const [account] = (JSON.parse(stdout) as { accounts: { transactions: { new: number }; notices: unknown[] }[] })
    .accounts;
  expect({ code, new: account?.transactions.new, notices: account?.notices }).toEqual({ code: 0, new: 0, notices: [] });
  const renamed = before.map((row) => row.replace('summit/card', 'alpine/visa'));
  expect(await home.stored()).toEqual(renamed);
  // Whoever relinks it all the same is not told that something is missing.
  expect((await home.run('accounts relink summit/card alpine/visa')).code).toBe(0);
  expect((await home.run('accounts relink sumit/card alpine/visa')).code).toBe(2);
  expect(await home.stored()).toEqual(renamed);
});

test('a second name for an account that is still configured begins anew', async () => {
  const home = newHome();
  const one = { name: 'summit', url: 'sandbox://summit' };
  home.config(configText([one]));
  expect((await home.run('-q')).code).toBe(0);
  const before = await home.stored();
  home.config(configText([one, { ...one, name: 'again' }]));
  expect((await home.run('-q')).code).toBe(0);
  const after = await home.stored();
  expect(after.filter((row) => row.includes('summit/card'))).toEqual(before);
  expect(after).toHaveLength(before.length * 2);
});

describe('accounts forget', () => {
  async function two(): Promise<Home> {
    const home = newHome();
    home.config(
      configText([
        { name: 'summit', url: 'sandbox://summit' },
        { name: 'alpine', url: 'sandbox://summit' },
      ]),
    );
    expect((await home.run('-q')).code).toBe(0);
    expect((await home.run('export --format csv --new --output all.csv')).code).toBe(0);
    return home;
  }

  test('removes an account with all traces, and leaves a backup and the others', async () => {
    const home = await two();
    const before = await home.stored();
    const { code, stdout } = await home.run('accounts forget summit --yes --json');
    const { backup, forgotten } = JSON.parse(stdout) as { backup: string; forgotten: object[] };
    expect(code).toBe(0);
    expect(forgotten).toEqual([{ institution: 'summit', account: 'card', transactions: before.length / 2 }]);
    expect(existsSync(backup)).toBe(true);
    expect(await home.stored()).toEqual(before.filter((row) => row.includes('alpine/card')));
    const store = await openStore(join(home.cwd, 'data'));
    expect([...store.replies(new Date(0))].map(({ institution }) => institution)).toEqual(['alpine']);
    expect(store.status([{ institution: 'summit', name: 'card' }])[0]).toMatchObject({
      lastSuccessAt: null,
      failures: 0,
    });
    expect(store.loginState('summit').lastSignon).toBe('unknown');
    store.close();
    expect((await home.run('store check')).code).toBe(0);
    // The next sync begins anew, and so do the marks of consumers.
    expect((await home.run('-q')).code).toBe(0);
    expect(await home.stored()).toHaveLength(before.length);
    const { stdout: csv } = await home.run('export --format csv --new');
    expect(csv.trim().split('\n')).toHaveLength(before.length / 2 + 1);
  });

  test('asks on a terminal, and the default is no', async () => {
    const home = await two();
    const before = await home.stored();
    expect((await home.run('accounts forget summit/card', { env: TERMINAL, answers: () => '' })).code).toBe(1);
    expect(await home.stored()).toEqual(before);
    const { code, stdout } = await home.run('accounts forget summit/card', { env: TERMINAL, answers: () => '1' });
    expect(code).toBe(0);
    expect(stdout).toContain('secret delete summit');
    expect(await home.stored()).toHaveLength(before.length / 2);
  });

  test('without a terminal it wants --yes; a name that is not stored is an error; nothing is removed', async () => {
    const home = await two();
    const before = await home.stored();
    expect(await home.run('accounts forget summit')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--yes'),
    });
    expect(await home.run('accounts forget sumit --yes')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('summit'),
    });
    expect((await home.run('accounts forget --yes')).code).toBe(2);
    expect(await home.stored()).toEqual(before);
    expect(existsSync(join(home.cwd, 'data/backups'))).toBe(false);
  });

  test('a refused sign-on stays on record', async () => {
    const home = await two();
    home.config(configText([{ name: 'summit', url: 'sandbox://summit?fault=signon-15500' }]));
    await home.run('-q');
    expect((await home.run('accounts forget summit --yes')).code).toBe(0);
    expect((await home.run('-q')).stderr).toContain('skipped, since the bank refused the sign-on');
  });
});
