/** `ofx-sync accounts`: lists the configured accounts with what the store holds of them; `relink` and `forget` change that. */

import { accountKey, maskedId } from '../../model/account.js';
import { addDays, localDate } from '../../model/dates.js';
import type { Config } from '../../model/institution.js';
import { shellWord } from '../../model/shell-word.js';
import type { AccountState, Store } from '../../ports.js';
import { overviewOf } from '../../report/overview.js';
import { chosenAccounts } from '../../sync/plan.js';
import type { Invocation } from '../command/command.js';
import { configToRead } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { printJson } from '../command/result.js';
import { withStoreForReading } from '../command/with-store.js';
import { visible } from '../terminal/escape.js';
import { write, writeLines } from '../terminal/io.js';
import { isAccessible } from '../terminal/style.js';
import { widthOf } from '../terminal/table.js';
import { plural } from '../terminal/wording.js';
import { type AccountRow, accountLines, CURVE_DAYS, worthLines, worthTotals } from './worth-lines.js';

export async function accountsCommand(invocation: Invocation): Promise<number> {
  const { io, options, words } = invocation;
  if (words[0] === 'relink') return (await import('./relink.js')).relinkCommand(invocation);
  if (words[0] === 'forget') return (await import('./forget.js')).forgetCommand(invocation);
  const { config } = await configToRead(invocation);
  const accounts = chosenAccounts(config, words);
  return withStoreForReading(invocation, async (store) => {
    const orphans = words.length > 0 ? [] : orphansOf(config, store);
    const today = localDate(io.now());
    const rows = overviewOf(store, accounts, addDays(today, -CURVE_DAYS)).map((overview) => ({
      overview,
      state: store?.accountState(overview.account) ?? null,
    }));
    const totals = worthTotals(rows.map(({ overview }) => overview));
    if (options.json === true) {
      await printJson(io, { version: 1, accounts: rows.map(rowJson), ...totals, notConfigured: orphans });
      return EXIT.ok;
    }
    const width = widthOf(io.stdout);
    const withCurves = io.stdout.isTTY === true && io.env['TERM'] !== 'dumb' && !isAccessible(io);
    await writeLines(io.stdout, [
      ...accountLines(rows, { width, today, withCurves }),
      ...worthLines(totals, { width, title: words.length === 0 ? 'NET WORTH' : 'TOTAL' }),
    ]);
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

function rowJson({ overview: { account, worth }, state }: AccountRow): object {
  const known: Partial<AccountState> = state ?? {};
  const { transactions = 0, ledgerBalance = null, availableBalance = null, lastPeriod = null } = known;
  return {
    institution: account.institution,
    account: account.name,
    kind: account.accountKind,
    id: maskedId(account.id),
    ...(account.number === undefined ? {} : { number: maskedId(account.number) }),
    transactions,
    ledgerBalance,
    availableBalance,
    lastPeriod,
    lastSuccessAt: known.lastSuccessAt ?? null,
    worth,
  };
}
