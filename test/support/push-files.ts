/** A checking account and a card of statement files, and a YNAB to push them to. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Run, runCli } from './run-cli.js';
import { scratchDir } from './scratch.js';
import { bankFile, type FileTransaction } from './statement-file.js';
import type { YnabTransaction } from './ynab-budget.js';
import { startYnab, YNAB_TOKEN, type YnabOptions, type YnabServer } from './ynab-server.js';

const ACCOUNTS = `institutions:
  - name: river
    files: downloads/*.qfx
    accounts:
      - { name: checking, kind: checking, id: "5555", routing: "011000015" }
      - { name: card, kind: checking, id: "6666", routing: "011000015" }
`;
const IDS = { checking: '5555', card: '6666' } as const;

export interface FilesScene {
  readonly server: YnabServer;
  run(...argv: string[]): Promise<Run>;
  /** Imports a statement that lists these. */
  list(account: keyof typeof IDS, transactions: readonly FileTransaction[]): Promise<void>;
  /** The transactions of an account in the budget, by the FITID of the bank, else by their ids. */
  budget(account: keyof typeof IDS): ReadonlyMap<string, YnabTransaction>;
  /** Hundredths. */
  balance(account: keyof typeof IDS): number;
}

/** @param more lines of accounts.yaml. */
export async function filesScene(more = '', options: YnabOptions = {}): Promise<FilesScene> {
  const cwd = scratchDir();
  const accounts = [
    { name: 'checking', type: 'checking' },
    { name: 'card', type: 'creditCard' },
  ];
  const server = await startYnab({ accounts, today: '2026-11-25', ...options });
  const push = `push: { ynab: { token: "env:TOKEN", server: "${server.url}" } }\n`;
  writeFileSync(join(cwd, 'accounts.yaml'), `${ACCOUNTS}${more}${push}`);
  const run = (...argv: string[]) =>
    runCli(argv, { cwd, env: { TOKEN: YNAB_TOKEN }, now: () => new Date('2026-11-25T08:00:00Z') });
  const idOf = (account: string) => server.accounts.find(({ name }) => name === account)?.id ?? '';
  const fitids = new Map<string, string>();
  return {
    server,
    run,
    list: async (account, transactions) => {
      writeFileSync(join(cwd, `${account}.qfx`), bankFile(transactions, { account: IDS[account] }));
      const { code, stderr } = await run('import', `${account}.qfx`, '-q');
      if (code !== 0) throw new Error(stderr);
      const stored = JSON.parse((await run('transactions', '--json')).stdout) as {
        transactions: { id: string; fitid: string }[];
      };
      for (const { id, fitid } of stored.transactions) fitids.set(`ofx-sync:${id}`, fitid);
    },
    budget: (account) =>
      new Map(
        server.transactions
          .filter((one) => one.account_id === idOf(account))
          .map((one) => [fitids.get(one.import_id ?? '') ?? one.id, one]),
      ),
    balance: (account) => server.balance(idOf(account)) / 10,
  };
}
