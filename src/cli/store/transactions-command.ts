/** `ofx-sync transactions`: queries the store. */

import { UsageError } from '../../errors.js';
import type { Account } from '../../model/account.js';
import type { Config } from '../../model/institution.js';
import { present } from '../../model/present.js';
import { parseAmount } from '../../ofx/amount.js';
import type { Store, StoredTransaction, TransactionQuery, TransactionVersion } from '../../ports.js';
import { chosenAccounts } from '../../sync/plan.js';
import type { Invocation } from '../command/command.js';
import { configToRead, namesGiven, numberOption, textOption, windowOption } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { withStoreForReading } from '../command/with-store.js';
import { visible } from '../terminal/escape.js';
import { write, writeLines } from '../terminal/io.js';
import { widthOf } from '../terminal/table.js';
import { type RunningBalances, runningBalances } from './running-balance.js';
import { csvChunks, type Entry, jsonChunks, tableChunks } from './transactions-output.js';

export async function transactionsCommand(invocation: Invocation): Promise<number> {
  const { io, options } = invocation;
  const { query, chosen } = await queryOf(invocation);
  return withStoreForReading(invocation, async (store) => {
    const versionsOf = options['history'] === true ? (id: string) => store?.versions(id) ?? [] : null;
    const entries = entriesOf(store?.transactions(query) ?? [], versionsOf);
    const balances = chosen === null ? null : runningBalances(store, chosen);
    const isOneAccount = query.accounts?.length === 1;
    const chunks = chunksOf(entries, { balanceOf: balances?.after ?? null, isOneAccount }, invocation);
    let isEmpty = true;
    for (const chunk of chunks) {
      if (io.stdout.destroyed) break;
      await write(io.stdout, chunk);
      isEmpty = false;
    }
    await writeLines(io.stderr, remarks({ isEmpty, without: balances?.without ?? [] }, store, invocation));
    return EXIT.ok;
  });
}

function chunksOf(
  entries: Iterable<Entry>,
  layout: { readonly balanceOf: RunningBalances['after'] | null; readonly isOneAccount: boolean },
  { io, options }: Invocation,
): Iterable<string> {
  const { balanceOf } = layout;
  if (options.json === true) return jsonChunks(entries, balanceOf);
  if (options['csv'] === true) return csvChunks(entries, balanceOf, options['history'] === true);
  const isFramed = io.stdout.isTTY === true && options.quiet !== true;
  return tableChunks(entries, { ...layout, width: widthOf(io.stdout), isFramed });
}

/** Returns lines for a person: why nothing is listed, and which accounts have no balance to count from. */
function remarks(
  { isEmpty, without }: { readonly isEmpty: boolean; readonly without: readonly string[] },
  store: Store | null,
  { io, options }: Invocation,
): string[] {
  if (options.quiet === true) return [];
  const empty = store === null ? 'Nothing is stored yet. To download: ofx-sync' : 'No stored transaction matches.';
  return [
    ...(isEmpty && io.stdout.isTTY === true ? [empty] : []),
    ...without.map((name) => `notice: ${visible(name)} has no balance to count from`),
  ];
}

/** Returns the query, and with `--balance` the accounts whose balances are counted. */
async function queryOf(invocation: Invocation): Promise<{
  readonly query: TransactionQuery;
  readonly chosen: { readonly config: Config; readonly accounts: readonly Account[] } | null;
}> {
  const { options, words } = invocation;
  const days = windowOption(invocation);
  const names = namesGiven(invocation, words);
  const wantsBalance = options['balance'] === true;
  // Without names nothing of accounts.yaml is needed: accounts that it no longer has are listed, too.
  const config = names.length > 0 || wantsBalance ? (await configToRead(invocation)).config : null;
  const accounts = config === null ? null : accountsNamed(config, names);
  const query = present({
    accounts: names.length > 0 && accounts !== null ? accounts : undefined,
    ...days,
    search: textOption(invocation, 'search'),
    min: amountOption(invocation, 'min'),
    max: amountOption(invocation, 'max'),
    limit: numberOption(invocation, 'limit', 1),
    offset: numberOption(invocation, 'offset', 0),
    reverse: options['reverse'] === true,
    withRemoved: options['history'] === true,
  });
  return { query, chosen: wantsBalance && config !== null && accounts !== null ? { config, accounts } : null };
}

/** Returns the named accounts; another word may be a text to search for. @throws UsageError */
function accountsNamed(config: Config, names: readonly string[]): readonly Account[] {
  try {
    return chosenAccounts(config, names);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(error.message, `${error.hint ?? ''}. To search for a text: --search TEXT`.replace('?.', '?'));
  }
}

function amountOption(invocation: Invocation, name: string): string | undefined {
  const text = textOption(invocation, name);
  if (text === undefined) return undefined;
  const amount = parseAmount(text);
  if (amount === null) throw new UsageError(`--${name} takes an amount such as -12.34, not ${JSON.stringify(text)}`);
  return amount;
}

function* entriesOf(
  transactions: Iterable<StoredTransaction>,
  versionsOf: ((id: string) => readonly TransactionVersion[]) | null,
): Iterable<Entry> {
  for (const transaction of transactions)
    yield { transaction, versions: versionsOf === null ? null : versionsOf(transaction.id) };
}
