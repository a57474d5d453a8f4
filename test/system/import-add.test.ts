/** `import` of an account that accounts.yaml does not have: asked for on a terminal, printed elsewhere, added with `--add`. */

import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { bankFile, FILES_CONFIG } from '../support/statement-file.js';

const BEFORE = `# mine
institutions:
  - name: river   # the bank
    url: 'https://ofx.river.example/'
    org: RIVER
    fid: "1001"
    userId: env:RIVER_USER
    accounts: [{ name: main, kind: checking, id: "000123456", routing: "121000248" }] # one
# the end
`;

const one = (account: string) => bankFile([{ fitid: `F${account}`, amount: '-1.00', on: '20261110' }], { account });
const ofRiver = (account: string) => one(account).replace('<LANGUAGE>ENG', '<LANGUAGE>ENG<FI><ORG>RIVER<FID>1001</FI>');

function scene(files: Readonly<Record<string, string>>, config: string | null = BEFORE): string {
  const cwd = scratchDir();
  if (config !== null) writeFileSync(join(cwd, 'accounts.yaml'), config);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  return cwd;
}

const configOf = (cwd: string) => readFileSync(join(cwd, 'accounts.yaml'), 'utf8');
async function stored(cwd: string): Promise<number> {
  const { stdout } = await runCli(['transactions', '--json'], { cwd });
  return (JSON.parse(stdout) as { transactions: unknown[] }).transactions.length;
}

describe('without a terminal', () => {
  test('the lines to paste are printed, whole, and nothing is changed', async () => {
    const cwd = scene({ 'Corner_20261120.qfx': one('987654321') });
    const { code, stdout, stderr } = await runCli(['import', 'Corner_20261120.qfx'], { cwd });
    expect(code).toBe(3);
    expect(stdout).toContain('nothing was stored');
    expect(stderr).toBe(`To add what accounts.yaml does not have: ofx-sync import Corner_20261120.qfx --add
or paste:
# under institutions:
  - name: corner
    files: ~/Corner_*.qfx
    accounts:
      - { name: checking, kind: checking, id: "987654321", routing: "011000015" }
`);
    expect(configOf(cwd)).toBe(BEFORE);
    // The lines are what they say: pasted, the file has its place.
    const pasted = stderr.split('\n').slice(3).join('\n');
    writeFileSync(join(cwd, 'accounts.yaml'), BEFORE.replace('# the end\n', pasted));
    expect((await runCli(['import', 'Corner_20261120.qfx'], { cwd })).code).toBe(0);
    expect(await stored(cwd)).toBe(1);
  });

  test('for a bank that is configured, the lines are those of the account', async () => {
    const cwd = scene({ 'a.qfx': ofRiver('987654321') });
    const { code, stderr } = await runCli(['import', 'a.qfx'], { cwd });
    expect(code).toBe(3);
    expect(stderr).toContain(
      `# under accounts: of river\n      - { name: checking, kind: checking, id: "987654321", routing: "011000015" }\n`,
    );
  });

  test('the JSON document has them, and nothing is asked', async () => {
    const cwd = scene({ 'a.qfx': ofRiver('987654321'), 'b.qfx': one('5') });
    const { code, stdout } = await runCli(['import', 'a.qfx', 'b.qfx', '--json'], { cwd });
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      notConfigured: [
        { institution: 'river', isNew: false, files: null, accounts: [{ id: '987654321' }], added: false },
        { institution: 'b', isNew: true, files: '~/b*.qfx', accounts: [{ id: '5' }], added: false },
      ],
      files: [{ unclaimed: 1 }, { unclaimed: 1 }],
    });
  });
});

describe('--add', () => {
  test('adds the account to its bank, keeps every byte, and stores the statement in the same run', async () => {
    const cwd = scene({ 'a.qfx': ofRiver('987654321') });
    chmodSync(join(cwd, 'accounts.yaml'), 0o640);
    const { code, stdout, stderr } = await runCli(['import', 'a.qfx', '--add'], { cwd });
    expect([code, stdout]).toEqual([0, 'a.qfx: river › checking ••••4321: 1 new, 0 changed, 0 removed\n']);
    expect(stderr).toContain('1 account added to river\n  checking: checking ••••4321\n');
    expect(configOf(cwd)).toBe(
      BEFORE.replace(
        ' }] # one',
        ' }, { name: checking, kind: checking, id: "987654321", routing: "011000015" }] # one',
      ),
    );
    expect(statSync(join(cwd, 'accounts.yaml')).mode & 0o777).toBe(0o640);
    expect(await stored(cwd)).toBe(1);
    const again = await runCli(['import', 'a.qfx', '--add'], { cwd });
    expect([again.code, again.stdout]).toEqual([0, 'a.qfx: river › checking ••••4321: 0 new, 0 changed, 0 removed\n']);
  });

  test('adds one new bank for files of one bank, beside what they have of known accounts', async () => {
    const both = one('000123456').replace('</OFX>\n', one('77').replace(/^[\s\S]*?(?=<BANKMSGSRSV1>)/, ''));
    const cwd = scene({
      'Corner1_20261120.qfx': both.replaceAll('<BANKID>011000015<ACCTID>0', '<BANKID>121000248<ACCTID>0'),
      'Corner1_20261020.qfx': one('77').replaceAll('F77', 'G77'),
    });
    const { code, stdout } = await runCli(['import', 'Corner1_20261120.qfx', 'Corner1_20261020.qfx', '--add'], { cwd });
    expect(stdout).toContain('river › main ••••3456: 1 new');
    expect(code).toBe(0);
    expect(configOf(cwd)).toContain('  - name: corner\n    files: ~/Corner1_*.qfx\n    accounts:\n');
    expect(configOf(cwd).match(/id: "77"/g)).toHaveLength(1);
    expect(await stored(cwd)).toBe(3);
    // The next download is found by the sync.
    writeFileSync(join(cwd, 'corner1_20261220.QFX'), one('77').replaceAll('F77', 'H77'));
    expect((await runCli(['corner', '-q'], { cwd })).code).toBe(0);
    expect(await stored(cwd)).toBe(4);
  });

  test('makes the configuration where there is none', async () => {
    const cwd = scene({ 'Corner_20261120.qfx': one('987654321') }, null);
    const plain = await runCli(['import', 'Corner_20261120.qfx'], { cwd, found: true });
    expect([plain.code, plain.stderr]).toEqual([2, expect.stringContaining('accounts.yaml not found')]);
    const { code } = await runCli(['import', 'Corner_20261120.qfx', '--add'], { cwd, found: true });
    expect(code).toBe(0);
    const file = join(cwd, '.config', 'ofx-sync', 'accounts.yaml');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain('name: corner');
    expect(existsSync(join(cwd, 'accounts.yaml'))).toBe(false);
  });

  test('what cannot be added is said, and the rest is', async () => {
    const cwd = scene({ 'a.qfx': ofRiver('987654321').replaceAll('<BANKID>011000015', '') });
    const before = configOf(cwd);
    const { code, stderr } = await runCli(['import', 'a.qfx', '--add'], { cwd });
    expect(code).toBe(3);
    expect(stderr).toContain('without a routing number');
    expect(configOf(cwd)).toBe(before);
  });

  test('a configuration with a mistake, or one that cannot be written, stays as it is', async () => {
    const cwd = scene({ 'a.qfx': one('987654321') }, `${BEFORE}nonsense: 1\n`);
    const { code } = await runCli(['import', 'a.qfx', '--add'], { cwd });
    expect(code).toBe(2);
    expect(configOf(cwd)).toBe(`${BEFORE}nonsense: 1\n`);
  });

  test('goes with files only', async () => {
    const cwd = scene({});
    const { code, stderr } = await runCli(['import', '--replay', '--add'], { cwd });
    expect([code, stderr]).toEqual([2, expect.stringContaining('--add goes with files')]);
  });

  test('a hostile name of a bank becomes a harmless one', async () => {
    const cwd = scene({
      'a.qfx': one('77').replace('<LANGUAGE>ENG', '<LANGUAGE>ENG<FI><ORG>x: {y}\u001b[2J #"\'\u202e<FID>1</FI>'),
    });
    const { code, stderr } = await runCli(['import', 'a.qfx', '--add'], { cwd });
    expect(code).toBe(0);
    expect(stderr).not.toContain('\u001b[2J');
    expect(configOf(cwd)).toContain('- name: x-y-2j\n');
  });
});

describe('on a terminal', () => {
  const person = (answers: readonly string[]) => {
    const left = [...answers];
    return { env: { ACCESSIBLE: '1' }, answers: () => left.shift() ?? '' };
  };

  test('a yes adds the account and stores its statement', async () => {
    const cwd = scene({ 'Corner_20261120.qfx': one('987654321') });
    const run = await runCli(['import', 'Corner_20261120.qfx'], { cwd, ...person(['1']) });
    expect(run.stderr).toContain('1 account of these files is not in accounts.yaml:\n  checking: checking ••••4321\n');
    expect(run.stderr).toContain('1. Add as a new bank, corner (each sync reads new files: ~/Corner_*.qfx)');
    expect(run.stderr).not.toContain('987654321');
    expect(run.code).toBe(0);
    expect(configOf(cwd)).toContain('name: corner');
    expect(await stored(cwd)).toBe(1);
  });

  test('another bank can be chosen, with a way back', async () => {
    const cwd = scene({ 'Corner_20261120.qfx': one('987654321') });
    const run = await runCli(['import', 'Corner_20261120.qfx'], { cwd, ...person(['2', '<', '2', '1']) });
    expect(run.code).toBe(0);
    expect(configOf(cwd)).not.toContain('corner');
    expect(run.stdout).toContain('river › checking ••••4321: 1 new');
  });

  test('a no changes nothing, and the lines to paste are there', async () => {
    const cwd = scene({ 'Corner_20261120.qfx': one('987654321') });
    const run = await runCli(['import', 'Corner_20261120.qfx'], { cwd, ...person(['3']) });
    expect(run.code).toBe(3);
    expect(run.stderr).toContain('name: corner');
    expect(configOf(cwd)).toBe(BEFORE);
  });

  test('a known account needs no answer', async () => {
    const cwd = scene({ 'a.qfx': one('5555') }, FILES_CONFIG);
    const run = await runCli(['import', 'a.qfx'], { cwd, ...person([]) });
    expect([run.code, run.stderr]).toEqual([0, '']);
  });
});

describe('beside a bridge', () => {
  const BRIDGE = `institutions:
  - name: bridge  # all banks
    simplefin: env:ACCESS
    accounts:
      - { name: everyday-4321, kind: checking, id: ACT-1, routing: "011000015" }  # mine
      - name: rainy-day
        kind: savings
        id: ACT-2   # hers
      - { name: card-4321, kind: creditcard, id: ACT-3 }
`;
  const NUMBERED = BRIDGE.replace('id: ACT-1,', 'id: ACT-1, number: "987654321",');
  const person = (answers: readonly string[]) => {
    const left = [...answers];
    return { env: { ACCESSIBLE: '1' }, answers: () => left.shift() ?? '' };
  };

  test('the account whose name ends as the number does is proposed first, and gets the number', async () => {
    const cwd = scene({ 'a.qfx': one('987654321'), 'b.qfx': one('987654321').replaceAll('F98', 'G98') }, BRIDGE);
    const run = await runCli(['import', 'a.qfx', 'b.qfx'], { cwd, ...person(['']) });
    expect(run.stderr).toContain('1. No, it is bridge/everyday-4321: add its number there');
    expect(run.stderr).toContain('accounts.yaml: number of bridge/everyday-4321 added\n');
    expect(run.stderr).not.toContain('987654321');
    expect([run.code, run.stdout]).toEqual([0, expect.stringContaining('bridge › everyday-4321 ••••4321: 1 new')]);
    expect(configOf(cwd)).toBe(NUMBERED);
    expect(await stored(cwd)).toBe(2);
    const again = await runCli(['import', 'a.qfx'], { cwd, ...person([]) });
    expect([again.code, again.stderr]).toEqual([0, '']);
  });

  test('another of its accounts can be chosen, of the same kind only, with a way back', async () => {
    const savings = one('77').replace('<ACCTTYPE>CHECKING', '<ACCTTYPE>SAVINGS');
    const cwd = scene({ 'a.qfx': savings }, BRIDGE);
    const run = await runCli(['import', 'a.qfx'], { cwd, ...person(['2', '1', '<', '2', '1', '2']) });
    expect(run.stderr).toContain('Which account of bridge is ••••7?');
    expect(run.stderr).not.toContain('card-4321');
    expect(run.code).toBe(0);
    expect(configOf(cwd)).toBe(BRIDGE.replace('id: ACT-2   # hers', 'id: ACT-2   # hers\n        number: "77"'));
    expect(run.stdout).toContain('bridge › rainy-day ••••7: 1 new');
  });

  test('none of them: nothing is changed', async () => {
    const cwd = scene({ 'a.qfx': one('77') }, BRIDGE);
    const run = await runCli(['import', 'a.qfx'], { cwd, ...person(['2', '1', '3']) });
    expect([run.code, configOf(cwd)]).toEqual([3, BRIDGE]);
  });

  test('a new bank all the same', async () => {
    const cwd = scene({ 'Corner_20261120.qfx': one('987654321') }, BRIDGE);
    const run = await runCli(['import', 'Corner_20261120.qfx'], { cwd, ...person(['2']) });
    expect([run.code, run.stdout]).toEqual([0, expect.stringContaining('corner › checking ••••4321: 1 new')]);
    expect(run.stderr).not.toContain('may be');
  });

  test('where nobody is asked, it is said, and nothing is guessed', async () => {
    const cwd = scene({ 'a.qfx': one('987654321') }, BRIDGE);
    const remark = '••••4321 may be bridge/everyday-4321: if it is, do not add it, but write its number there';
    expect((await runCli(['import', 'a.qfx'], { cwd })).stderr).toContain(remark);
    const { stdout } = await runCli(['import', 'a.qfx', '--json'], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({
      notConfigured: [{ institution: 'a', isNew: true, remarks: [expect.stringContaining(remark)] }],
    });
    expect(configOf(cwd)).toBe(BRIDGE);
  });
});
