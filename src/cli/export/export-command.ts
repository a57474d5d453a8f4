/** `ofx-sync export --format F`: writes transactions for another program. */

import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ExportError } from '../../errors.js';
import { refreshClassified } from '../../exporters/classified.js';
import { accountsReceived, classifierFor, exportInput } from '../../exporters/input.js';
import type { Account } from '../../model/account.js';
import type { Config } from '../../model/institution.js';
import { present } from '../../model/present.js';
import type { Adjustment, Exporter, ExportInput, Store } from '../../ports.js';
import { chosenAccounts } from '../../sync/plan.js';
import { inPieces, interrupted, writeWhole } from '../command/atomic-file.js';
import type { Invocation } from '../command/command.js';
import { configToRead, dataDirOf, namesGiven } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { withStoreForReading, withStoreForWriting } from '../command/with-store.js';
import { visible } from '../terminal/escape.js';
import { write, writeFlushed } from '../terminal/io.js';
import {
  APPENDING_DIR,
  type AppendContext,
  appendOnce,
  continuedFile,
  finishAppends,
  type Mark,
} from './append-file.js';
import { changesOf } from './changes.js';
import { begunJournal, type JournalFile } from './continuation.js';
import { contradictedLines } from './contradicted.js';
import { exporterOf } from './format.js';
import { settleOlderStore } from './older-store.js';
import { type ExportRequest, exportRequest } from './options.js';
import { outputsOf, refuseReplacing } from './outputs.js';
import { adjustmentLine, counted, goneLines, marksOf, writtenLine } from './written.js';

export async function exportCommand(invocation: Invocation): Promise<number> {
  const { config } = await configToRead(invocation);
  const request = exportRequest(invocation, await exporterOf(invocation, config));
  const classify = await classifierFor(config);
  const accounts = chosenAccounts(config, namesGiven(invocation, invocation.words));
  const outputs = outputsOf(request, accounts);
  await refuseReplacing(outputs, invocation.io.cwd);
  if (request.perAccount !== null && !request.dryRun)
    // The first file that is written there reports a failure.
    await mkdir(resolve(invocation.io.cwd, request.perAccount.folder), { mode: 0o700 }).catch(() => undefined);
  const movesMark = request.isNew && request.consumer !== null;
  const isWriting = !request.dryRun && (movesMark || request.append);
  const writeAll = async (store: Store | null) => {
    if (store !== null) await settleOlderStore(request, { store, accounts, invocation });
    if (store !== null && isWriting) await refreshClassified(store, config);
    const context = { invocation, config, store, classify };
    const marks = marksOf(request, { store, accounts });
    let total = 0;
    for (const output of outputs) total += await writeOutput(output.request, { ...context, accounts: output.accounts });
    if (total === 0 && request.perAccount !== null && !request.dryRun)
      await report(
        writtenLine({ added: 0, corrected: 0 }, { to: join(request.perAccount.folder, '/'), marks }),
        request,
        invocation,
      );
    return EXIT.ok;
  };
  return isWriting ? withStoreForWriting(invocation, writeAll) : withStoreForReading(invocation, writeAll);
}

interface ExportContext {
  readonly invocation: Invocation;
  readonly config: Config;
  readonly classify: ExportInput['classify'];
  readonly accounts: readonly Account[];
  readonly store: Store | null;
}

/** Writes an output, and moves the mark when all of it was written and flushed. @returns the number of transactions and corrections in it. */
async function writeOutput(requested: ExportRequest, context: ExportContext): Promise<number> {
  const { invocation, accounts, store } = context;
  const { io } = invocation;
  const appending = appendContext(context);
  if (appending !== null && !requested.dryRun) await finishAppends(appending);
  const path = requested.output === null ? null : resolve(io.cwd, requested.output);
  const marks = marksOf(requested, { store, accounts });
  const upTo = requested.consumer === null ? null : (store?.latestChange() ?? 0);
  const received = () => accountsReceived(requested, { ...context, upTo });
  const before = path === null ? null : await fileBefore(path, requested, { marks, accountsReceived: received });
  const request = before === null ? declaredBefore(requested, store) : following(requested, before);
  const adjusted: string[] = [];
  const onAdjustment = (adjustment: Adjustment) => adjusted.push(adjustmentLine(adjustment));
  const { input, count } = counted({ ...exportInput(request, { ...context, upTo }), onAdjustment });
  const { corrections } = input;
  const changes = changesOf(request, { store, accounts, upTo, classify: context.classify, corrections });
  const contradicted =
    before === null || before.isEmpty || path === null
      ? []
      : await contradictedLines(path, { exporter: request.exporter, input });
  const text = changes.addTo(request.isNew ? request.exporter.render(input) : []);
  const comment = `${before?.comment ?? ''}${missingOpenings(input, request)}`;
  const chunks = before?.endsLine === false ? onNewLine(text, request.exporter, comment) : after(comment, text);
  const isWritten = mayBeEmpty(requested) || hasAny(input.transactions) || changes.any();
  const mark = markOf(request, context, { upTo, file: isWritten ? path : undefined });
  for (const line of goneLines(marks, { request: requested, cwd: io.cwd }))
    await write(io.stderr, `${visible(line)}\n`);
  if (requested.append && path !== null && appending !== null && isWritten)
    await appendOnce(path, { chunks, mark }, appending);
  else {
    const declared = new Set<string>();
    if (path === null) await toStdout(noting(declared, chunks, request.exporter), invocation, mark !== null);
    else if (isWritten) await writeWhole(path, chunks, io.signal);
    moveMark(store, mark);
    if (mark !== null && declared.size > 0) store?.addDeclared(mark.consumer, declared);
  }
  const written = count() + (request.isNew ? corrections.length : 0);
  if (request.perAccount === null || written > 0) {
    const counts = { added: count(), corrected: written - count() };
    await report(writtenLine(counts, { to: destinationOf(request), marks }), request, invocation);
  }
  for (const line of [...adjusted, ...contradicted, ...changes.linesToReport()])
    await write(io.stderr, `${visible(line)}\n`);
  return written;
}

/** Returns true when the output is written although nothing is new: a file of its own, which then is empty. */
function mayBeEmpty({ append, perAccount, consumer }: ExportRequest): boolean {
  return consumer === null || (!append && perAccount === null);
}

function destinationOf({ output, dryRun }: ExportRequest): string {
  return output ?? (dryRun ? 'standard output (dry run)' : 'standard output');
}

/** Prints what was written, if the export was one of new transactions. */
async function report(line: string, { consumer, isNew }: ExportRequest, { io, options }: Invocation): Promise<void> {
  if (consumer !== null && isNew && options.quiet !== true) await write(io.stderr, `${visible(line)}\n`);
}

/** Returns the mark to which an export moves its consumer; `null` when none moves. */
function markOf(
  { consumer, dryRun, isNew }: ExportRequest,
  { accounts, invocation }: ExportContext,
  { upTo, file }: { upTo: number | null; file: string | null | undefined },
): Mark | null {
  if (consumer === null || upTo === null || dryRun || !isNew) return null;
  return {
    consumer,
    accounts: accounts.map(({ institution, name }) => ({ institution, name })),
    upTo,
    at: invocation.io.now().toISOString(),
    ...(file === undefined ? {} : { file }),
  };
}

/** Returns false when nothing is new: then nothing is written, so that a journal does not grow by empty declarations. */
function hasAny(transactions: Iterable<unknown>): boolean {
  for (const _ of transactions) return true;
  return false;
}

function moveMark(store: Store | null, mark: Mark | null): void {
  if (mark === null) return;
  const { consumer, accounts, upTo, at, file } = mark;
  store?.setMark(consumer, accounts, upTo, at === undefined ? undefined : present({ at: new Date(at), file }));
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

/** Reads the file that the export goes on with, if it does. */
async function fileBefore(
  path: string,
  request: ExportRequest,
  earlier: Parameters<typeof begunJournal>[2],
): Promise<JournalFile | null> {
  const { exporter, append, consumer, isNew } = request;
  if (exporter.wantsOpenings === true && (append || (isNew && consumer !== null)))
    return begunJournal(path, request, earlier);
  return append ? { ...(await continuedFile(path, exporter)), comment: '', standsAlone: false } : null;
}

/** Returns the request without the declarations of earlier outputs, where standard output is collected in a file: `>> 2026.beancount`. */
function declaredBefore(request: ExportRequest, store: Store | null): ExportRequest {
  const { consumer, output, settings, exporter } = request;
  if (consumer === null || output !== null || exporter.declaredBy === undefined) return request;
  const declared = store?.declared(consumer) ?? new Set();
  return { ...request, settings: { ...settings, declared, header: settings.header && declared.size === 0 } };
}

/** Notes the accounts, commodities and tags that a text declares. */
function* noting(declared: Set<string>, chunks: Iterable<string>, { declaredBy }: Exporter): Iterable<string> {
  for (const chunk of chunks) {
    if (declaredBy !== undefined)
      for (const line of chunk.split('\n')) {
        const name = declaredBy(line);
        if (name !== null && !/^(?:P |\d{4}-|opening: )/.test(name)) declared.add(name);
      }
    yield chunk;
  }
}

/** Returns the request without the header and the declarations that the file has already, or those that it continues. */
function following(request: ExportRequest, { isEmpty, declared, held, standsAlone }: JournalFile): ExportRequest {
  if (isEmpty && declared.size === 0 && held !== null)
    return { ...request, append: request.append || standsAlone, standsAlone };
  const header = request.settings.header && declared.size === 0 && isEmpty;
  return { ...request, append: true, standsAlone, settings: { ...request.settings, header, declared, held } };
}

/** Returns a remark on accounts of a file that stands alone whose opening is unknown, so that no later one is written. */
function missingOpenings({ openings, opened }: ExportInput, { standsAlone, openings: wanted }: ExportRequest): string {
  if (!standsAlone || !wanted) return '';
  const unknown = openings.filter((one) => one.balance === null && !opened.has(`${one.institution}/${one.account}`));
  return unknown.map(({ institution, account }) => `; no opening: ${institution}/${account}\n`).join('');
}

function* onNewLine(chunks: Iterable<string>, { extension }: Exporter, comment: string): Iterable<string> {
  yield extension === 'csv' ? '\r\n' : '\n';
  yield* after(comment, chunks);
}

function* after(comment: string, chunks: Iterable<string>): Iterable<string> {
  if (comment !== '') yield comment;
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
