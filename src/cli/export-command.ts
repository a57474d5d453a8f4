/** `ofx-sync export --format F` */

import { resolve } from 'node:path';
import type { Account } from '../model/account.js';
import { localDate } from '../model/dates.js';
import type { Config } from '../model/institution.js';
import { planJobs } from '../plan.js';
import type { Invocation } from './commands.js';
import { exportRequest } from './export-options.js';
import { exportInput } from './export-source.js';
import { write } from './io.js';
import { inPieces, interrupted, writeWhole } from './output-file.js';
import { configOf, storeForReading } from './setting.js';

export async function exportCommand(invocation: Invocation): Promise<number> {
  const request = exportRequest(invocation);
  const config = await configOf(invocation);
  const accounts = accountsOf(invocation, config);
  const store = await storeForReading(invocation);
  try {
    const input = exportInput(request, { config, accounts, store, upTo: null }, () => undefined);
    const chunks = request.exporter.render(input);
    if (request.output === null) await toStdout(chunks, invocation);
    else await writeWhole(resolve(invocation.io.cwd, request.output), chunks, invocation.io.signal);
    return 0;
  } finally {
    store?.close();
  }
}

/** The accounts that were named, else all that are configured. */
function accountsOf({ options, io }: Invocation, config: Config): readonly Account[] {
  const names = Array.isArray(options['account']) ? options['account'].map(String) : [];
  return planJobs(config, { names, windows: {}, store: null, today: localDate(io.now()) }).flatMap(({ wanted }) =>
    wanted.map(({ account }) => account),
  );
}

async function toStdout(chunks: Iterable<string>, { io }: Invocation): Promise<void> {
  for (const piece of inPieces(chunks)) {
    if (io.signal.aborted) throw interrupted();
    if (io.stdout.destroyed) return;
    await write(io.stdout, piece);
  }
}
