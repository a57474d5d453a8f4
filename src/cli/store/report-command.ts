/** `ofx-sync report`: writes one HTML file that shows how things stand, from the store alone. */

import { join, resolve } from 'node:path';
import { householdMovements } from '../../exporters/household.js';
import { type IsoDate, localDate } from '../../model/dates.js';
import type { Config } from '../../model/institution.js';
import { freshnessOf } from '../../notify/freshness.js';
import type { Store } from '../../ports.js';
import { type ReportData, reportData, usualPeriod } from '../../report/data.js';
import { reportPage } from '../../report/page/page.js';
import { ensureFolder } from '../../store/folder.js';
import { chosenAccounts } from '../../sync/plan.js';
import { writeWhole } from '../command/atomic-file.js';
import { withoutAnySecret } from '../command/child-env.js';
import type { Invocation } from '../command/command.js';
import { configToRead, dataDirOf, dayOption, namesOption, textOption } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { printResult } from '../command/result.js';
import { withStoreForReading } from '../command/with-store.js';
import { lastUnattendedRun, runNeedsAttention } from '../sync/unattended-run.js';
import { visible } from '../terminal/escape.js';
import { write } from '../terminal/io.js';
import { localeOf } from '../terminal/reader-locale.js';
import { openFile } from './open-file.js';
import { nextRun } from './status-command.js';

/** The file in the data folder. */
const FILE = 'report.html';

export async function reportCommand(invocation: Invocation): Promise<number> {
  const { io, options } = invocation;
  const since = dayOption(invocation, 'since');
  const output = textOption(invocation, 'output');
  const { config } = await configToRead(invocation);
  const data = await withStoreForReading(invocation, (store) => readData(invocation, { config, store, since }));
  const page = reportPage(data, { locale: localeOf(io.env) });
  const file = output === undefined ? join(dataDirOf(invocation), FILE) : resolve(io.cwd, output);
  if (output === undefined) ensureFolder(dataDirOf(invocation));
  await writeWhole(file, [page], io.signal);
  const problem =
    options['open'] === true ? await openFile(file, { ...io, env: withoutAnySecret(io.env, config) }) : null;
  await printResult(invocation, {
    json: { version: 1, file, bytes: Buffer.byteLength(page), opened: options['open'] === true && problem === null },
    text: [visible(file)],
  });
  if (problem === null) return EXIT.ok;
  await write(
    io.stderr,
    `the report was written, and not opened: ${visible(problem)}\n  Open it yourself: ${visible(file)}\n`,
  );
  return EXIT.someFailed;
}

async function readData(
  invocation: Invocation,
  {
    config,
    store,
    since,
  }: { readonly config: Config; readonly store: Store | null; readonly since: IsoDate | undefined },
): Promise<ReportData> {
  const now = invocation.io.now();
  const names = namesOption(invocation, 'accounts')
    .flatMap((text) => text.split(','))
    .filter((name) => name !== '');
  const accounts = chosenAccounts(config, [...invocation.words, ...names]);
  const from = since ?? usualPeriod(localDate(now));
  const run = lastUnattendedRun(invocation, store);
  return reportData(store, {
    accounts,
    conditions: freshnessOf(config, { accounts, store, now }),
    program: {
      undelivered: store?.unsentMessages().length ?? 0,
      failedRun: run !== null && runNeedsAttention(run) ? run.error : null,
    },
    movements: await householdMovements(config, store, from),
    from,
    now,
    nextRun: await nextRun(invocation),
  });
}
