/** Rules at work: what they split, note and omit in exports, which of them never match, and which are proposed. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { configText } from '../support/institutions.js';
import { type Run, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { bankFile, FILES_CONFIG } from '../support/statement-file.js';

interface Suggested {
  readonly rules: readonly {
    readonly match: object;
    readonly set: object;
    readonly right: number;
    readonly count: number;
  }[];
  readonly tested: { readonly transactions: number; readonly covered: number; readonly right: number };
  readonly journal: { readonly entries: number; readonly matched: number };
}

describe('a bank’s statement', () => {
  const cwd = scratchDir();
  const file = join(cwd, 'accounts.yaml');
  const run = (...argv: string[]): Promise<Run> => runCli(argv, { cwd });
  const RULES = `rules:
  - match: { payee: "/^paypal \\\\*(?P<shop>.+)$/" }
    set: { payee: "\${shop}", note: through PayPal }
  - match: { payee: landlord, type: DEBIT, not: { amount: "> 0" } }
    set: { splits: [{ category: Housing:Parking, amount: "80" }, { category: Housing:Rent }] }

  - match: { payee: butcher }
    set: { category: Food }
  - match: { payee: hold }
    set: { ignore: true }
`;

  beforeAll(async () => {
    writeFileSync(file, FILES_CONFIG + RULES);
    const statement = bankFile(
      [
        { fitid: 'A1', amount: '-900.00', on: '20261102', name: 'LANDLORD LTD' },
        { fitid: 'A2', amount: '-9.90', on: '20261103', name: 'PAYPAL *BOOK SHOP' },
        { fitid: 'A3', amount: '-5.00', on: '20261004', name: 'CAFE 12' },
        { fitid: 'A4', amount: '-6.00', on: '20261105', name: 'CAFE 13' },
        { fitid: 'A5', amount: '-1.00', on: '20261105', name: 'HOLD' },
      ],
      { from: '20261001' },
    );
    writeFileSync(join(cwd, 'statement.qfx'), statement);
    expect((await run('import', 'statement.qfx', '-q')).code).toBe(0);
  });

  test('is split, noted and without what is ignored; a balance that no longer holds is not asserted', async () => {
    const { stdout } = await run('export', '--format', 'hledger');
    expect(stdout).toContain('    Expenses:Housing:Parking  80.00 USD\n    Expenses:Housing:Rent  820.00 USD\n');
    expect(stdout).toContain('2026-11-03 * BOOK SHOP\n    ; memo: PAYPAL *BOOK SHOP\n');
    expect(stdout).toContain('    ; note: through PayPal\n');
    expect(stdout).not.toContain('HOLD');
    expect(stdout).not.toContain('* Balance');
    writeFileSync(file, FILES_CONFIG + RULES.replace('ignore: true', 'ignore: false'));
    expect((await run('export', '--format', 'hledger')).stdout).toContain('* Balance');
    writeFileSync(file, FILES_CONFIG + RULES);
  });

  test('in every format, what is ignored is absent', async () => {
    for (const format of ['csv', 'json', 'ndjson', 'qif', 'ofx', 'ynab', 'ledger', 'beancount']) {
      const { stdout } = await run('export', '--format', format);
      expect(stdout).toContain('CAFE 13');
      expect(stdout).not.toContain('HOLD');
    }
  });

  test('rules that never match are named with their line', async () => {
    const { stderr, stdout } = await run('rules', 'test');
    expect(stderr).toBe(
      `${file}:${FILES_CONFIG.split('\n').length + 6}: rule 3 matches none of 5 transactions\n3 of 5 transactions match a rule (4 rules)\n`,
    );
    expect(stdout).toContain('rule 4: ignored');
    expect(stdout).toContain('rule 2: Housing:Parking + Housing:Rent');
    const { unused } = JSON.parse((await run('rules', 'test', '--json')).stdout) as { unused: object[] };
    expect(unused).toEqual([{ rule: 3, line: FILES_CONFIG.split('\n').length + 6 }]);
  });

  test('payees without a rule are grouped', async () => {
    expect((await run('rules', 'test', '--unmatched')).stdout).toBe('2 ×  CAFE 13  -11.00 USD  last 2026-11-05\n');
    const { groups, found } = JSON.parse((await run('rules', 'test', '--unmatched', '--json')).stdout) as {
      groups: object[];
      found: object[];
    };
    expect(groups).toEqual([{ payee: 'CAFE 13', count: 2, sums: { USD: '-11.00' }, last: '2026-11-05' }]);
    expect(found).toHaveLength(2);
  });

  test('a journal with includes teaches rules, which nothing applies', async () => {
    mkdirSync(join(cwd, 'books/2026'), { recursive: true });
    writeFileSync(join(cwd, 'books/main.journal'), 'include 2026/*.journal\ninclude ./{prices,x}.dat\n');
    const entry = (day: string, amount: string) => `${day} Café\n  Assets:Bank  ${amount} USD\n  Expenses:Food:Out\n`;
    writeFileSync(join(cwd, 'books/2026/11.journal'), entry('2026-11-05', '-6'));
    writeFileSync(join(cwd, 'books/2026/10.journal'), `${entry('2026-10-03', '-5')}include ../main.journal\n`);
    const { code, stdout, stderr } = await run('rules', 'suggest', '--journal', 'books/main.journal');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `# Add these to your rules: the first that matches decides.
  # right in 2 of 2, 2026-10-04 to 2026-11-05
  - match: { payee: "/\\\\bcafe\\\\b/" }
    set: { payee: "Café", category: "Expenses:Food:Out" }
`,
    });
    expect(stderr).toContain('journal: 2 entries with one account of yours and one other, 2 of them in the store');
    expect((await run('export', '--format', 'hledger')).stdout).not.toContain('Food:Out');
  });

  test('a journal that is not there, or of no use', async () => {
    const { code, stderr } = await run('rules', 'suggest', '--journal', 'nowhere.journal');
    expect(code).toBe(2);
    expect(stderr).toContain(`ofx-sync: ${join(cwd, 'nowhere.journal')} cannot be read`);
    writeFileSync(join(cwd, 'broken.journal'), 'include gone.journal\n');
    const broken = await run('rules', 'suggest', '--journal', 'broken.journal');
    expect(broken.code).toBe(2);
    writeFileSync(join(cwd, 'empty.journal'), 'not a journal\n');
    expect((await run('rules', 'suggest', '--journal', 'empty.journal')).stderr).toContain(
      'journal: no entry was found in it\n',
    );
    writeFileSync(join(cwd, 'odd.journal'), '2026-11-04 Café\n  Geldbeutel  -5 USD\n  Essen\n');
    expect((await run('rules', 'suggest', '--journal', 'odd.journal')).stderr).toContain(
      'To say which accounts are yours:',
    );
    expect(broken.stderr).toContain(`gone.journal, which ${join(cwd, 'broken.journal')} includes, cannot be read`);
  });
});

/** A person's own bookkeeping of the sandbox: renamed payees, a category by amount and one that changes in the year. */
const TRUTH = `rules:
  - { match: { payee: city transit }, set: { payee: City Transit, category: Expenses:Transport } }
  - { match: { payee: green grocer }, set: { category: Expenses:Food:Groceries } }
  - { match: { payee: fuel stop }, set: { category: Expenses:Car:Fuel } }
  - { match: { payee: corner cafe }, set: { category: Expenses:Food:Out } }
  - { match: { payee: bakery }, set: { category: Expenses:Food:Groceries } }
  - { match: { payee: books }, set: { payee: Books etc, category: Expenses:Leisure:Books } }
  - { match: { payee: hardware }, set: { category: Expenses:Home } }
  - { match: { payee: pharmacy }, set: { category: Expenses:Health } }
  - { match: { payee: payroll, date: "< 2026-06-01" }, set: { category: Income:Salary } }
  - { match: { payee: payroll }, set: { category: Income:Salary:New } }
  - { match: { payee: interest }, set: { category: Income:Interest } }
  - { match: { payee: power }, set: { category: Expenses:Home:Utilities } }
  - { match: { payee: rent }, set: { category: Expenses:Home:Rent } }
  - { match: { type: CHECK, amount: "< -120" }, set: { category: Expenses:Home:Repairs } }
  - { match: { type: CHECK }, set: { category: Expenses:Gifts } }
`;

describe('a year of the sandbox', () => {
  const cwd = scratchDir();
  const now = () => new Date('2026-11-20T12:00:00Z');
  const run = (...argv: string[]): Promise<Run> => runCli(argv, { cwd, now });
  const plain = configText([
    {
      name: 'river',
      url: 'sandbox://river',
      accounts:
        '[{ name: checking, kind: checking, id: "000123456", routing: "121000248" }, { name: savings, kind: savings, id: "000123457", routing: "121000248" }]',
    },
    { name: 'summit', url: 'sandbox://summit' },
  ]);
  const suggest = async (journal: string): Promise<Suggested> =>
    JSON.parse((await run('rules', 'suggest', '--journal', journal, '--json')).stdout) as Suggested;

  beforeAll(async () => {
    writeFileSync(join(cwd, 'accounts.yaml'), plain + TRUTH);
    expect((await run('sync', '--since', '365d', '-q')).code).toBe(0);
    for (const format of ['hledger', 'ledger', 'beancount'])
      expect((await run('export', '--format', format, '--output', `year.${format}`)).code).toBe(0);
    const { stdout } = await run('export', '--format', 'hledger');
    writeFileSync(join(cwd, 'by-hand.journal'), stdout.replace(/^ +; (?:fitid|ofxid|id|memo): .*\n/gm, ''));
    writeFileSync(join(cwd, 'accounts.yaml'), plain);
  });

  test.each(['year.hledger', 'year.ledger', 'year.beancount', 'by-hand.journal'])(
    'learned from %s',
    async (journal) => {
      const { tested, journal: read, rules } = await suggest(journal);
      expect(read.matched).toBe(read.entries);
      expect(tested.covered / tested.transactions).toBeGreaterThan(0.95);
      expect(tested.right / tested.covered).toBeGreaterThan(0.98);
      expect(rules).toContainEqual(
        expect.objectContaining({
          match: { payee: 'CITY TRANSIT' },
          set: { payee: 'City Transit', category: 'Expenses:Transport' },
        }),
      );
      for (const { right, count } of rules) expect(right / count).toBeGreaterThanOrEqual(0.75);
    },
  );

  test('the rules, put into accounts.yaml, decide what they promised', async () => {
    const { stdout } = await run('rules', 'suggest', '--journal', 'by-hand.journal');
    writeFileSync(join(cwd, 'accounts.yaml'), plain + stdout);
    const { code, stderr } = await run('rules', 'test');
    expect(code).toBe(0);
    expect(stderr).not.toContain('matches none');
    expect(stderr).toMatch(/^\d+ of \d+ transactions match a rule/);
    writeFileSync(join(cwd, 'accounts.yaml'), plain);
  });

  test('the store alone knows transfers, and asks for the rest', async () => {
    const { stdout } = await run('rules', 'suggest');
    expect(stdout).toContain(
      '- match: { payee: "TRANSFER TO SAVINGS" }\n    set: { category: "Assets:River:Savings" }\n',
    );
    expect(stdout).toContain('  # - match: { payee: "GREEN GROCER" }\n  #   set: { category: "Expenses:FILL IN" }\n');
    writeFileSync(join(cwd, 'accounts.yaml'), plain + stdout);
    expect((await run('check', '--offline')).stdout).not.toMatch(/rules/);
    writeFileSync(join(cwd, 'accounts.yaml'), plain);
  });
});
