/** `ofx-sync accounts` */

import { maskedId } from '../model/account.js';
import { localDate } from '../model/dates.js';
import { planJobs } from '../plan.js';
import type { AccountState } from '../ports.js';
import type { Invocation } from './commands.js';
import { write } from './io.js';
import { amountText } from './report.js';
import { configOf, storeForReading } from './setting.js';
import { table, widthOf } from './table.js';
import { visible } from './visible.js';

const COLUMNS = [
  { align: 'left', flexible: true },
  { align: 'left', dispensable: true },
  { align: 'left' },
  { align: 'left' },
  { align: 'right', dispensable: true },
  { align: 'right' },
] as const;

export async function accountsCommand(invocation: Invocation): Promise<number> {
  const { io, options, words } = invocation;
  const config = await configOf(invocation);
  const accounts = planJobs(config, { names: words, windows: {}, store: null, today: localDate(io.now()) }).flatMap(
    ({ wanted }) => wanted.map(({ account }) => account),
  );
  const store = await storeForReading(invocation);
  try {
    const rows = accounts.map((account) => ({ account, state: store?.accountState(account) ?? null }));
    if (options.json === true) {
      const list = rows.map(({ account, state }) => ({
        institution: account.institution,
        account: account.name,
        kind: account.accountKind,
        id: maskedId(account.id),
        ...stateJson(state),
      }));
      await write(io.stdout, `${JSON.stringify({ version: 1, accounts: list }, null, 2)}\n`);
      return 0;
    }
    const lines = table(
      [
        ['ACCOUNT', 'KIND', 'ID', 'LAST STATEMENT', 'TRANSACTIONS', 'BALANCE'],
        ...rows.map(({ account, state }) => [
          visible(`${account.institution}/${account.name}`),
          account.accountKind,
          visible(maskedId(account.id)),
          state?.lastPeriod?.to ?? 'never',
          String(state?.transactions ?? 0),
          state?.ledgerBalance == null ? '' : amountText(state.ledgerBalance.amount, state.ledgerBalance.currency),
        ]),
      ],
      COLUMNS,
      widthOf(io.stdout),
    );
    await write(io.stdout, `${lines.join('\n')}\n`);
    return 0;
  } finally {
    store?.close();
  }
}

function stateJson(state: AccountState | null): object {
  return {
    transactions: state?.transactions ?? 0,
    ledgerBalance: state?.ledgerBalance ?? null,
    availableBalance: state?.availableBalance ?? null,
    lastPeriod: state?.lastPeriod ?? null,
    lastSuccessAt: state?.lastSuccessAt ?? null,
  };
}
