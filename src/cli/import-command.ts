/** `ofx-sync import FILE…` */

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isSameAccount } from '../attach.js';
import { OfxError, type OfxSyncError, toOfxSyncError } from '../errors.js';
import type { Account } from '../model/account.js';
import type { Config, Institution } from '../model/institution.js';
import type { Statement } from '../model/statement.js';
import type { SaveResult, Store } from '../ports.js';
import type { Invocation } from './commands.js';
import { EXIT } from './exit.js';
import { write } from './io.js';
import { accountTitle, noticeText, plural } from './report.js';
import { configOf, storeForWriting } from './setting.js';
import { visible } from './visible.js';

interface Imported {
  readonly file: string;
  readonly saved: readonly { readonly account: Account; readonly result: SaveResult }[];
  /** Statements for accounts that are not configured, or that two institutions have. */
  readonly unclaimed: number;
  readonly error: OfxSyncError | null;
}

export async function importCommand(invocation: Invocation): Promise<number> {
  const { io, options, words } = invocation;
  const config = await configOf(invocation);
  const { store, release } = await storeForWriting(invocation);
  try {
    const results: Imported[] = [];
    for (const file of words) results.push(await importFile(file, config, { store, invocation }));
    if (options.json === true) await write(io.stdout, `${JSON.stringify(importJson(results), null, 2)}\n`);
    else for (const result of results) await report(result, invocation);
    const failed = results.filter(
      ({ error, saved, unclaimed }) => error !== null || (saved.length === 0 && unclaimed > 0),
    ).length;
    if (failed === 0) return EXIT.ok;
    return failed === results.length ? EXIT.allFailed : EXIT.someFailed;
  } finally {
    release();
  }
}

async function importFile(
  file: string,
  config: Config,
  { store, invocation }: { store: Store; invocation: Invocation },
): Promise<Imported> {
  const { io } = invocation;
  try {
    const { readOfx } = await import('../ofx/read.js');
    const { statements } = await readOfx(await readBytes(resolve(io.cwd, file)), io.signal);
    const saved: { account: Account; result: SaveResult }[] = [];
    let unclaimed = 0;
    for (const statement of statements) {
      const owner = ownerOf(statement, config.institutions);
      if (owner === null) unclaimed += 1;
      else
        saved.push({
          account: owner.account,
          result: store.save(owner.account, statement, {
            runId: null,
            at: io.now(),
            wanted: null,
            institution: owner.institution,
          }),
        });
    }
    return { file, saved, unclaimed, error: null };
  } catch (error) {
    return { file, saved: [], unclaimed: 0, error: toOfxSyncError(error) };
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new OfxError('OFX_UNREADABLE', 'the file cannot be read', { cause, hint: 'Check its name and permissions.' });
  }
}

/** The one configured account that the statement names. */
function ownerOf(
  { account }: Statement,
  institutions: readonly Institution[],
): { account: Account; institution: Institution } | null {
  if (account === null) return null;
  const found = institutions.flatMap((institution) =>
    institution.accounts
      .filter((one) => isSameAccount(one, account, institution.quirks))
      .map((one) => ({ account: one, institution })),
  );
  const exact = found.filter((one) => one.account.accountType === account.accountType);
  const candidates = found.length > 1 && exact.length > 0 ? exact : found;
  return candidates.length === 1 ? (candidates[0] ?? null) : null;
}

async function report({ file, saved, unclaimed, error }: Imported, { io }: Invocation): Promise<void> {
  if (error !== null) {
    await write(
      io.stderr,
      `${visible(file)}: ${visible(error.message)}${error.hint === null ? '' : `\n  ${visible(error.hint)}`}\n`,
    );
    return;
  }
  for (const { account, result } of saved) {
    await write(
      io.stdout,
      `${file}: ${accountTitle(account)}: ${result.new} new, ${result.changed} changed, ${result.removed} removed\n`,
    );
    for (const notice of result.notices) await write(io.stdout, `    notice: ${noticeText(notice)}\n`);
  }
  if (unclaimed > 0)
    await write(
      io.stderr,
      `${file}: ${plural(unclaimed, 'statement')} for no account of accounts.yaml (or for more than one) left aside; see: ofx-sync inspect ${file}\n`,
    );
}

function importJson(results: readonly Imported[]): object {
  return {
    version: 1,
    files: results.map(({ file, saved, unclaimed, error }) => ({
      file,
      accounts: saved.map(({ account, result }) => ({
        institution: account.institution,
        account: account.name,
        transactions: {
          received: result.received,
          new: result.new,
          changed: result.changed,
          removed: result.removed,
          pending: result.pending,
        },
        notices: result.notices,
      })),
      unclaimed,
      error: error === null ? null : { code: error.code, message: error.message, hint: error.hint },
    })),
  };
}
