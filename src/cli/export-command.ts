/** `ofx-sync export --format F` */

import { resolve } from 'node:path';
import { UsageError } from '../errors.js';
import { exporters } from '../exporters/index.js';
import { type Account, accountKey } from '../model/account.js';
import { addDays, type IsoDate, localDate } from '../model/dates.js';
import type { Config } from '../model/institution.js';
import { nearest } from '../model/nearest.js';
import { planJobs } from '../plan.js';
import type { Exporter, ExportInput, Store, StoredTransaction, TransactionQuery } from '../ports.js';
import type { Invocation } from './commands.js';
import { write } from './io.js';
import { inPieces, interrupted, writeWhole } from './output-file.js';
import { configOf, dayOption, storeForReading, textOption } from './setting.js';

export async function exportCommand(invocation: Invocation): Promise<number> {
  const exporter = exporterOf(invocation);
  const query = windowOf(invocation);
  const output = textOption(invocation, 'output');
  const config = await configOf(invocation);
  const accounts = accountsOf(invocation, config);
  const store = await storeForReading(invocation);
  try {
    const input = inputOf(invocation, { accounts, store, query });
    const chunks = exporter.render(input);
    if (output === undefined || output === '-') await toStdout(chunks, invocation);
    else await writeWhole(resolve(invocation.io.cwd, output), chunks, invocation.io.signal);
    return 0;
  } finally {
    store?.close();
  }
}

function exporterOf(invocation: Invocation): Exporter {
  const format = textOption(invocation, 'format');
  const known: Readonly<Record<string, Exporter>> = exporters;
  const names = Object.keys(known);
  if (format === undefined) throw new UsageError('export needs a format', `One of: --format ${names.join(', ')}`);
  const exporter = Object.hasOwn(known, format) ? known[format] : undefined;
  if (exporter !== undefined) return exporter;
  const near = nearest(format, names);
  throw new UsageError(
    `there is no format ${JSON.stringify(format)}`,
    near === null ? `One of: ${names.join(', ')}` : `Did you mean --format ${near}?`,
  );
}

function windowOf(invocation: Invocation): Pick<TransactionQuery, 'since' | 'until'> {
  const today = localDate(invocation.io.now());
  const day = (name: string): IsoDate | undefined => {
    const given = dayOption(invocation, name);
    return typeof given === 'object' ? addDays(today, -given.days) : given;
  };
  const [since, until] = [day('since'), day('until')];
  if (since !== undefined && until !== undefined && since > until)
    throw new UsageError('--since is later than --until');
  return { ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) };
}

/** The accounts that were named, else all that are configured. */
function accountsOf({ options, io }: Invocation, config: Config): readonly Account[] {
  const names = Array.isArray(options['account']) ? options['account'].map(String) : [];
  return planJobs(config, { names, windows: {}, store: null, today: localDate(io.now()) }).flatMap(({ wanted }) =>
    wanted.map(({ account }) => account),
  );
}

interface Source {
  readonly accounts: readonly Account[];
  readonly store: Store | null;
  readonly query: TransactionQuery;
}

function inputOf({ io, options }: Invocation, { accounts, store, query }: Source): ExportInput {
  return {
    accounts,
    transactions: postedOf(accounts, store, query),
    states: accounts.flatMap((account) => store?.accountState(account) ?? []),
    classify: () => ({ payee: null, category: null, tags: [] }),
    settings: { writtenAt: io.now(), header: true, guardFormulas: options['guardFormulas'] === true },
  };
}

/** Posted transactions of the accounts, read anew each time they are gone through. Pending ones are not handed on. */
function postedOf(
  accounts: readonly Account[],
  store: Store | null,
  query: TransactionQuery,
): Iterable<StoredTransaction> {
  const wanted = new Set(accounts.map(accountKey));
  return {
    *[Symbol.iterator]() {
      for (const transaction of store?.transactions(query) ?? []) {
        const key = accountKey({ institution: transaction.institution, name: transaction.account });
        if (!transaction.pending && wanted.has(key)) yield transaction;
      }
    },
  };
}

async function toStdout(chunks: Iterable<string>, { io }: Invocation): Promise<void> {
  for (const piece of inPieces(chunks)) {
    if (io.signal.aborted) throw interrupted();
    if (io.stdout.destroyed) return;
    await write(io.stdout, piece);
  }
}
