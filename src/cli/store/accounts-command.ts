/** `ofx-sync accounts`: lists the configured accounts with what the store holds of them; `relink` and `forget` change that. */

import { accountKey, maskedId } from '../../model/account.js';
import type { Config } from '../../model/institution.js';
import { shellWord } from '../../model/shell-word.js';
import type { AccountState, Store } from '../../ports.js';
import { chosenAccounts } from '../../sync/plan.js';
import type { Invocation } from '../command/command.js';
import { configToRead } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { printJson } from '../command/result.js';
import { withStoreForReading } from '../command/with-store.js';
import { visible } from '../terminal/escape.js';
import { write, writeLines } from '../terminal/io.js';
import { table, widthOf } from '../terminal/table.js';
import { amountText, plural } from '../terminal/wording.js';

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
  if (words[0] === 'relink') return (await import('./relink.js')).relinkCommand(invocation);
  if (words[0] === 'forget') return (await import('./forget.js')).forgetCommand(invocation);
  const { config } = await configToRead(invocation);
  const accounts = chosenAccounts(config, words);
  return withStoreForReading(invocation, async (store) => {
    const orphans = words.length > 0 ? [] : orphansOf(config, store);
    const rows = accounts.map((account) => ({ account, state: store?.accountState(account) ?? null }));
    if (options.json === true) {
      const list = rows.map(({ account, state }) => ({
        institution: account.institution,
        account: account.name,
        kind: account.accountKind,
        id: maskedId(account.id),
        ...stateJson(state),
      }));
      await printJson(io, { version: 1, accounts: list, notConfigured: orphans });
      return EXIT.ok;
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
    await writeLines(io.stdout, lines);
    for (const { institution, account, transactions } of orphans)
      await write(
        io.stderr,
        `Stored, but not in accounts.yaml: ${visible(`${institution}/${account}`)}, ${plural(transactions, 'transaction')}. If the account has a new name: ofx-sync accounts relink ${visible(shellWord(`${institution}/${account}`))} NEW\n`,
      );
    return EXIT.ok;
  });
}

/** Returns the accounts that are stored and no longer configured. */
function orphansOf(
  { institutions }: Config,
  store: Store | null,
): { institution: string; account: string; transactions: number }[] {
  const known = new Set(institutions.flatMap(({ accounts }) => accounts.map(accountKey)));
  return (store?.accounts() ?? [])
    .filter(({ institution, name }) => !known.has(`${institution}/${name}`))
    .map(({ institution, name, transactions }) => ({ institution, account: name, transactions }));
}

function stateJson(state: AccountState | null): object {
  const known: Partial<AccountState> = state ?? {};
  const { transactions = 0, ledgerBalance = null, availableBalance = null, lastPeriod = null } = known;
  return { transactions, ledgerBalance, availableBalance, lastPeriod, lastSuccessAt: known.lastSuccessAt ?? null };
}
