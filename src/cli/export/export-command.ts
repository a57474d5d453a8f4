/** `ofx-sync export --format F`: writes transactions for another program. */

import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ExportError, UsageError } from '../../errors.js';
import { classifierFor, exportInput } from '../../exporters/input.js';
import type { Account } from '../../model/account.js';
import type { Config } from '../../model/institution.js';
import type { Exporter, ExportInput, Store } from '../../ports.js';
import { chosenAccounts } from '../../sync/plan.js';
import { inPieces, interrupted, writeWhole } from '../command/atomic-file.js';
import type { Invocation } from '../command/command.js';
import { configToRead, dataDirOf, namesOption } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { withStoreForReading, withStoreForWriting } from '../command/with-store.js';
import { visible } from '../terminal/escape.js';
import { write, writeFlushed } from '../terminal/io.js';
import {
  APPENDING_DIR,
  type AppendContext,
  appendOnce,
  type ContinuedFile,
  continuedFile,
  finishAppends,
  type Mark,
} from './append-file.js';
import { changesOf } from './changes.js';
import { contradictedLines } from './contradicted.js';
import { exporterOf } from './format.js';
import { settleOlderStore } from './older-store.js';
import { type ExportRequest, exportRequest } from './options.js';

export async function exportCommand(invocation: Invocation): Promise<number> {
  const { config } = await configToRead(invocation);
  const request = exportRequest(invocation, await exporterOf(invocation, config));
  const classify = await classifierFor(config);
  const accounts = chosenAccounts(config, namesOption(invocation, 'account'));
  const outputs = outputsOf(request, accounts);
  if (request.perAccount !== null && !request.dryRun)
    // The first file that is written there reports a failure.
    await mkdir(resolve(invocation.io.cwd, request.perAccount.folder), { mode: 0o700 }).catch(() => undefined);
  const writeAll = async (store: Store | null) => {
    if (store !== null) await settleOlderStore(request, { store, accounts, invocation });
    for (const output of outputs)
      await writeOutput(output.request, { invocation, config, store, classify, accounts: output.accounts });
    return EXIT.ok;
  };
  const movesMark = request.isNew && request.consumer !== null;
  return request.dryRun || (!movesMark && !request.append)
    ? withStoreForReading(invocation, writeAll)
    : withStoreForWriting(invocation, writeAll);
}

interface Output {
  readonly request: ExportRequest;
  readonly accounts: readonly Account[];
}

/** Returns one output for all accounts, or one for each. */
function outputsOf(request: ExportRequest, accounts: readonly Account[]): readonly Output[] {
  const { perAccount, exporter, together } = request;
  if (perAccount === null) {
    if (exporter.oneAccountAFile === true && accounts.length > 1 && !together)
      throw new UsageError(
        `many programs mix up the ${accounts.length} accounts of one ${exporter.format} file`,
        'Write a file for each: --output-dir DIR. Or choose one: --account NAME. Or keep them in one file: --together',
      );
    return [{ request: request.dryRun ? { ...request, output: null, append: false } : request, accounts }];
  }
  const nameOf = ({ institution, name }: Account) =>
    perAccount.pattern.replaceAll('{institution}', institution).replaceAll('{account}', name);
  if (new Set(accounts.map(nameOf)).size < accounts.length)
    throw new UsageError(
      'two accounts would be written to one file',
      'Use a pattern such as: --name {institution}-{account}',
    );
  return accounts.map((account) => {
    const output = request.dryRun ? null : join(perAccount.folder, `${nameOf(account)}.${exporter.extension}`);
    return { request: { ...request, output, append: request.append && !request.dryRun }, accounts: [account] };
  });
}

interface ExportContext {
  readonly invocation: Invocation;
  readonly config: Config;
  readonly classify: ExportInput['classify'];
  readonly accounts: readonly Account[];
  readonly store: Store | null;
}

/** Writes an output, and moves the mark when all of it was written and flushed. */
async function writeOutput(requested: ExportRequest, context: ExportContext): Promise<void> {
  const { invocation, accounts, store } = context;
  const appending = appendContext(context);
  if (appending !== null && !requested.dryRun) await finishAppends(appending);
  const path = requested.output === null ? null : resolve(invocation.io.cwd, requested.output);
  const before = requested.append && path !== null ? await continuedFile(path, requested.exporter) : null;
  const request = before === null || before.isEmpty ? requested : continuing(requested, before);
  const upTo = request.consumer === null ? null : (store?.latestChange() ?? 0);
  const input = exportInput(request, { ...context, upTo });
  const changes = changesOf(request, { store, accounts, upTo });
  const contradicted =
    before === null || before.isEmpty || path === null
      ? []
      : await contradictedLines(path, { exporter: request.exporter, input });
  const written = changes.addTo(request.isNew ? request.exporter.render(input) : []);
  const chunks = before?.endsLine === false ? onNewLine(written, request.exporter) : written;
  const mark = markOf(request, accounts, upTo);
  if (request.append && path !== null && appending !== null) {
    const isEmpty = request.consumer !== null && !hasAny(input.transactions) && !changes.any();
    if (isEmpty) moveMark(store, mark);
    else await appendOnce(path, { chunks, mark }, appending);
  } else {
    if (path === null) await toStdout(chunks, invocation, mark !== null);
    else if (request.perAccount === null || request.consumer === null || hasAny(input.transactions))
      await writeWhole(path, chunks, invocation.io.signal);
    moveMark(store, mark);
  }
  for (const line of [...contradicted, ...changes.unrequestedLines()])
    await write(invocation.io.stderr, `${visible(line)}\n`);
}

/** Returns the mark to which an export moves its consumer; `null` when none moves. */
function markOf(request: ExportRequest, accounts: readonly Account[], upTo: number | null): Mark | null {
  const { consumer, dryRun, isNew } = request;
  if (consumer === null || upTo === null || dryRun || !isNew) return null;
  return { consumer, accounts: accounts.map(({ institution, name }) => ({ institution, name })), upTo };
}

/** Returns false when nothing is new: then nothing is written, so that a journal does not grow by empty declarations. */
function hasAny(transactions: Iterable<unknown>): boolean {
  for (const _ of transactions) return true;
  return false;
}

function moveMark(store: Store | null, mark: Mark | null): void {
  if (mark !== null) store?.setMark(mark.consumer, mark.accounts, mark.upTo);
}

function appendContext({ store, invocation }: ExportContext): AppendContext | null {
  if (store === null) return null;
  return {
    dir: join(dataDirOf(invocation), APPENDING_DIR),
    signal: invocation.io.signal,
    // The mark of a former store would hide what is new in this one.
    moveMark: (mark) => {
      if (mark.upTo <= store.latestChange()) moveMark(store, mark);
    },
  };
}

/** Returns the request without the header and the declarations that the file has already. */
function continuing(request: ExportRequest, { declared }: ContinuedFile): ExportRequest {
  return { ...request, settings: { ...request.settings, header: false, declared } };
}

function* onNewLine(chunks: Iterable<string>, { extension }: Exporter): Iterable<string> {
  yield extension === 'csv' ? '\r\n' : '\n';
  yield* chunks;
}

/** Writes to standard output. A reader that closes it early (`| head`) causes an error only when a mark would move. */
async function toStdout(chunks: Iterable<string>, { io }: Invocation, movesMark: boolean): Promise<void> {
  for (const piece of inPieces(chunks)) {
    if (io.signal.aborted) throw interrupted();
    if (await writeFlushed(io.stdout, piece)) continue;
    if (!movesMark) return;
    throw new ExportError('standard output was closed before everything was written; nothing was marked as exported', {
      hint: 'Run again, or write a file: --output FILE',
    });
  }
}
