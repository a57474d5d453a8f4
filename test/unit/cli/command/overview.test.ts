/** Net worth, curves and the calendar of coverage, on terminals, in pipes and for screen readers. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { beforeAll, describe, expect, test } from 'vitest';
import { coverageLines } from '../../../../src/cli/store/coverage-lines.js';
import { isoDate } from '../../../../src/model/dates.js';
import { coverageCalendar } from '../../../../src/report/calendar.js';
import { runCli } from '../../../support/run-cli.js';
import { scratchDir } from '../../../support/scratch.js';

const cwd = scratchDir();
const now = () => new Date(2026, 10, 20, 6, 30);
const login = 'userId: demo, password: { literal: demo }';
writeFileSync(
  join(cwd, 'accounts.yaml'),
  `institutions:
  - { name: river, url: "sandbox://river", ${login}, accounts: [
      { name: checking, kind: checking, id: "000123456", routing: "121000248" } ] }
  - { name: summit, url: "sandbox://summit", ${login}, accounts: [ { name: card, kind: creditcard, id: "4111111111111111" } ] }
  - { name: linden, url: "sandbox://linden", ${login}, accounts: [
      { name: courant, kind: checking, id: "20041010050500013", routing: "30004" } ] }
  - { name: harbor, url: "sandbox://harbor", ofxVersion: "103", org: HARBOR, fid: "6006", ${login}, accounts: [
      { name: retirement, kind: investment, id: "77-1234", brokerId: harbor.example } ] }
  - { name: later, url: "sandbox://summit", ${login}, accounts: [ { name: card, kind: creditcard, id: "5111111111111118" } ] }
`,
);
const run = (argv: readonly string[], more: Partial<Parameters<typeof runCli>[1]> = {}) =>
  runCli(argv, { cwd, now, ...more });

describe('accounts', () => {
  test('before the first sync there are no totals', async () => {
    const { stdout } = await run(['accounts'], { columns: 100 });
    expect(stdout.trimEnd().split('\n')).toHaveLength(6);
  });

  test('net worth for each currency, never over several; of investments their value', async () => {
    await run(['sync', 'river', 'summit', 'linden', 'harbor', '--no-progress']);
    const { stdout } = await run(['accounts'], { columns: 120 });
    const balances = [...stdout.matchAll(/^\S+\/\S+ .* (-?[\d,]+\.\d\d) (USD|EUR) /gm)];
    expect(balances).toHaveLength(4);
    const cents = (text: string) => BigInt(text.replace(/[,.]/g, ''));
    const sum = (currency: string) =>
      balances.reduce((total, [, amount = '', code]) => (code === currency ? total + cents(amount) : total), 0n);
    const [, head, dollars = '', euros = '', missing] = stdout.slice(stdout.indexOf('\n\n') + 1).split('\n');
    expect(head?.trim().split(/ {2,}/)).toEqual(['NET WORTH', 'ASSETS', 'DEBTS', 'INVESTMENTS']);
    expect([...dollars.matchAll(/-?[\d,]+\.\d\d(?= USD)/g)].map(([text]) => cents(text)).slice(0, 1)).toEqual([
      sum('USD'),
    ]);
    expect(cents(/^ *([\d,.]+) EUR/.exec(euros)?.[1] ?? '')).toBe(sum('EUR'));
    expect(missing).toBe('not counted: later/card (no balance is known)');
    const value = /^harbor\S+ .* ([\d,]+\.\d\d USD) /m.exec(stdout)?.[1] ?? 'none';
    expect(dollars.endsWith(value)).toBe(true);
  });

  test('named accounts have a total, not a net worth', async () => {
    const { stdout } = await run(['accounts', 'summit']);
    expect(stdout).toMatch(/\n\n {9}TOTAL {9}ASSETS|\n\n +TOTAL/);
    expect(stdout).not.toContain('NET WORTH');
  });

  test('curves are on terminals that can draw, and for nobody who has them read out', async () => {
    const drawn = /[▁▂▃▄▅▆▇█]{5}/;
    expect((await run(['accounts'], { columns: 100 })).stdout).toMatch(drawn);
    for (const more of [{}, { columns: 100, env: { TERM: 'dumb' } }, { columns: 100, env: { ACCESSIBLE: '1' } }]) {
      const { stdout } = await run(['accounts'], more);
      expect(stdout).not.toMatch(/[▁▂▃▄▅▆▇█]/);
      expect(stdout).not.toContain('DAYS');
      expect(stdout).toContain('NET WORTH');
    }
    expect((await run(['accounts'], { columns: 100, env: { ACCESSIBLE: '0' } })).stdout).toMatch(drawn);
  });

  test('--json has the same totals, exact', async () => {
    const { accounts, totals, withoutBalance } = JSON.parse((await run(['accounts', '--json'])).stdout) as {
      accounts: { account: string; worth: { amount: string; currency: string }[] }[];
      totals: { currency: string; accounts: number; investments: string | null }[];
      withoutBalance: string[];
    };
    expect(totals.map(({ currency, accounts: count }) => [currency, count])).toEqual([
      ['USD', 3],
      ['EUR', 1],
    ]);
    const [value] = accounts.find(({ account }) => account === 'retirement')?.worth ?? [];
    expect(totals[0]?.investments).toBe(value?.amount);
    expect(withoutBalance).toEqual(['later/card']);
  });
});

describe('the calendar of coverage', () => {
  test('in status, by months, with the states that occur explained', async () => {
    const { stdout } = await run(['status'], { columns: 80, env: { NO_COLOR: '1' } });
    const lines = stdout.slice(stdout.indexOf('Coverage')).split('\n');
    expect(lines[0]).toMatch(/^Coverage +2026$/);
    expect(lines[1]?.trim()).toBe('08 09 10 11');
    expect(lines[2]).toMatch(/^river\/checking +■ {2}■ {2}■ {2}■$/);
    expect(lines[6]).toBe('■ covered');
    expect((await run(['status', '--quiet'])).stdout).not.toContain('Coverage');
    const { coverage } = JSON.parse((await run(['status', '--json'])).stdout) as { coverage: { months: string[] } };
    expect(coverage.months).toEqual(['2026-08', '2026-09', '2026-10', '2026-11']);
  });

  test('in words for a screen reader', async () => {
    const { stdout } = await run(['status'], { columns: 80, env: { ACCESSIBLE: '1' } });
    expect(stdout).toContain('  river/checking: covered from 2026-08 to 2026-11\n');
    expect(stdout).not.toContain('■');
  });

  const day = isoDate;
  const calendar = coverageCalendar(
    [
      {
        institution: 'river',
        account: 'checking',
        coverage: [
          { from: day('2025-01-01'), to: day('2025-11-10') },
          { from: day('2025-11-14'), to: day('2026-02-20') },
        ],
        gaps: [{ from: day('2025-06-01'), to: day('2025-06-03'), missing: null }],
        stale: true,
        failingSince: null,
      },
      {
        institution: '東京三菱銀行の長い名前',
        account: 'a-long-account-name',
        coverage: [{ from: day('2026-01-15'), to: day('2026-03-20') }],
        gaps: [],
        stale: false,
        failingSince: null,
      },
    ],
    { from: null, today: day('2026-03-20') },
  );
  const style = (_: string, text: string) => text;

  test('gaps, refusals and stale months have marks of their own; only the last twelve are shown', () => {
    expect(coverageLines(calendar, { width: 78, style, inWords: false })).toEqual([
      '',
      'Coverage                                   2025                       2026',
      '                                           04 05 06 07 08 09 10 11 12 01 02 03',
      'river/checking                              ■  ■  ×  ■  ■  ■  ■  !  ■  ■  …  …',
      '東京三菱銀行の長い名前/a-long-account-na…   ·  ·  ·  ·  ·  ·  ·  ·  ·  ■  ■  ■',
      '! gap   × the bank sent nothing   … stale   ■ covered   · before the first day',
    ]);
  });

  test('a narrow terminal has fewer months, and no line is too wide', () => {
    const lines = coverageLines(calendar, { width: 40, style, inWords: false });
    expect(lines[2]?.trim()).toBe('07 08 09 10 11 12 01 02 03'.slice(3));
    expect(lines.filter((line) => stringWidth(line) > 40)).toEqual([]);
  });

  test('words name each month that is not covered', () => {
    expect(coverageLines(calendar, { width: 200, style, inWords: true }).slice(2)).toEqual([
      '  river/checking: covered from 2025-04 to 2026-03, except 2025-06 the bank sent nothing (3 days), 2025-11 gap (3 days), 2026-02 stale (8 days), 2026-03 stale (20 days)',
      '  東京三菱銀行の長い名前/a-long-account-name: covered from 2026-01 to 2026-03',
    ]);
  });

  beforeAll(async () => {
    await run(['sync', 'river', 'summit', 'linden', 'harbor', '--no-progress']);
  });
});
