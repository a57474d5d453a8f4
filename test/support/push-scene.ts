/** A folder with accounts.yaml and synced accounts, from which the installed program pushes. */

import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACTUAL_HOME } from './actual.js';
import { configText } from './institutions.js';
import { type Finished, start } from './program.js';
import { runCli } from './run-cli.js';
import { scratchDir } from './scratch.js';

const INSTITUTIONS = configText([
  { name: 'summit', url: 'sandbox://summit' },
  {
    name: 'meadow',
    url: 'sandbox://meadow',
    accounts: '[{ name: joint, kind: checking, id: "0044881200", routing: "011000015" }]',
  },
]);

export interface PushScene {
  readonly cwd: string;
  readonly run: (...argv: string[]) => Promise<Finished>;
}

/** @param push lines below `push:`. @param days of the downloads, today when absent. */
export async function pushScene(
  program: string,
  push: readonly string[],
  { institutions = INSTITUTIONS, days = [new Date()] }: { institutions?: string; days?: readonly Date[] } = {},
): Promise<PushScene> {
  const cwd = scratchDir();
  writeFileSync(join(cwd, 'accounts.yaml'), `${institutions}push:\n${push.map((line) => `  ${line}\n`).join('')}`);
  writeFileSync(join(cwd, 'password'), 'canary-password-9d1\n', { mode: 0o600 });
  if (ACTUAL_HOME !== '') symlinkSync(join(ACTUAL_HOME, 'node_modules'), join(cwd, 'node_modules'));
  for (const day of days) {
    const synced = await runCli(['-q'], { cwd, now: () => day });
    if (synced.code !== 0) throw new Error(synced.stderr);
  }
  return { cwd, run: (...argv) => start([program, ...argv], cwd).finished };
}

/** Posted transactions and balances of the store, in hundredths, by `institution account`. */
export async function storedIn({ cwd }: PushScene): Promise<ReadonlyMap<string, { ids: string[]; balance: number }>> {
  const read = async (command: string): Promise<unknown> =>
    JSON.parse((await runCli([command, '--json'], { cwd })).stdout);
  const { accounts } = (await read('accounts')) as {
    accounts: { institution: string; account: string; ledgerBalance: { amount: string } }[];
  };
  const { transactions } = (await read('transactions')) as {
    transactions: { id: string; institution: string; account: string; pending: boolean }[];
  };
  return new Map(
    accounts.map(({ institution, account, ledgerBalance }) => [
      `${institution} ${account}`,
      {
        balance: Number(ledgerBalance.amount.replace(/\.(\d\d)$/, '$1')),
        ids: transactions
          .filter((one) => !one.pending && one.institution === institution && one.account === account)
          .map(({ id }) => `ofx-sync:${id}`)
          .toSorted(),
      },
    ]),
  );
}
