/** A year of daily imports and pushes of the simulated bank, by a person who corrects what a push reports. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { addDays, type IsoDate } from '../../src/model/dates.js';
import { runCli } from './run-cli.js';
import { ACCOUNTS, type Booking, CONFIG, centsOn, DAYS, FIRST, statementOf } from './simulated-year.js';

/** The budget as the person sees it. */
export interface YearBudget {
  /** Lines below `push:`. */
  readonly settings: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly target: string;
  /** Called each morning. */
  begin(today: IsoDate): void;
  /** Hundredths. */
  balance(account: Booking['account']): number | Promise<number>;
  correct(account: string, importId: string, amount: string): void | Promise<void>;
}

interface PushedAccount {
  readonly account: string;
  readonly transactions: { readonly added: number; readonly linked: number } | null;
  readonly unlinked: readonly object[];
  readonly changes: readonly { readonly transaction: { readonly id: string; readonly amount: string } }[];
}

export interface YearFigures {
  added: number;
  linked: number;
  unlinked: number;
  corrections: number;
  /** Days on which a balance was not the bank's. */
  readonly wrong: string[];
}

export async function pushDaily(
  cwd: string,
  all: readonly Booking[],
  budget: YearBudget,
  days = DAYS,
): Promise<YearFigures> {
  const rules = `  - { match: { payee: SHOP }, set: { payee: The shop, category: "Expenses:Food" } }\n`;
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    `${CONFIG}${rules}push:\n${budget.settings.map((line) => `  ${line}\n`).join('')}`,
  );
  const figures: YearFigures = { added: 0, linked: 0, unlinked: 0, corrections: 0, wrong: [] };
  for (let day = 0; day < days; day += 1) {
    const today = addDays(FIRST, day);
    budget.begin(today);
    for (const account of ACCOUNTS) writeFileSync(join(cwd, `${account}.qfx`), statementOf(all, account, today));
    await ok(cwd, today, budget, 'import', 'checking.qfx', 'card.qfx', '-q');
    await pushOnce(cwd, today, budget, figures);
    for (const account of ACCOUNTS) {
      const [has, should] = [await budget.balance(account), centsOn(all, account, today)];
      if (has !== should) figures.wrong.push(`${today} ${account}: ${has} instead of ${should}`);
    }
    if (day % 30 !== 29) continue;
    const before = { ...figures };
    await pushOnce(cwd, today, budget, figures);
    expect(figures, 'a second push').toEqual(before);
  }
  return figures;
}

async function pushOnce(cwd: string, today: IsoDate, budget: YearBudget, figures: YearFigures): Promise<void> {
  const text = await ok(cwd, today, budget, 'push', budget.target, '--create', '--json');
  const { accounts } = JSON.parse(text) as { accounts: readonly PushedAccount[] };
  for (const { account, transactions, unlinked, changes } of accounts) {
    figures.added += transactions?.added ?? 0;
    figures.linked += transactions?.linked ?? 0;
    figures.unlinked += unlinked.length;
    for (const { transaction } of changes) {
      figures.corrections += 1;
      await budget.correct(account, `ofx-sync:${transaction.id}`, transaction.amount);
    }
  }
}

async function ok(cwd: string, today: IsoDate, { env }: YearBudget, ...argv: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCli(argv, { cwd, env, now: () => new Date(`${today}T20:00:00Z`) });
  expect({ argv, code, said: code === 0 ? '' : `${stderr}${stdout.slice(0, 1500)}` }).toEqual({
    argv,
    code: 0,
    said: '',
  });
  return stdout;
}
