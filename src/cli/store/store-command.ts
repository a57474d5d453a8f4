/** `ofx-sync store check|backup|compact`: maintains the store. */

import { resolve } from 'node:path';
import { UsageError } from '../../errors.js';
import type { Finding } from '../../model/finding.js';
import { actionOf } from '../command/action.js';
import type { Invocation } from '../command/command.js';
import { dataDirOf, lockFor } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { printResult } from '../command/result.js';
import { visible } from '../terminal/escape.js';

export async function storeCommand(invocation: Invocation): Promise<number> {
  const action = actionOf('store', invocation.words);
  const [, file, ...more] = invocation.words;
  if (more.length > 0 || (file !== undefined && action !== 'backup'))
    throw new UsageError(`store ${action} takes no further words`, 'See: ofx-sync store --help');
  if (invocation.options['share'] === true && action !== 'backup')
    throw new UsageError('--share is for backups', 'Use: ofx-sync store backup --share FILE');
  if (action === 'check') return check(invocation);
  return action === 'backup' ? backup(invocation, file) : compact(invocation);
}

async function check(invocation: Invocation): Promise<number> {
  const { checkStore } = await import('../../store/maintain.js');
  const findings = checkStore(dataDirOf(invocation), { platform: invocation.io.platform });
  const ok = findings.every((finding) => finding.ok);
  await printResult(invocation, {
    json: { version: 1, ok, findings },
    text: findings.flatMap(findingLines),
    quiet: findings.filter((finding) => !finding.ok).flatMap(findingLines),
  });
  return ok ? EXIT.ok : EXIT.someFailed;
}

function findingLines({ ok, what, detail, hint }: Finding): string[] {
  return [`${ok ? '✓' : '✗'} ${what}: ${visible(detail)}`, ...(hint === null ? [] : [`  ${visible(hint)}`])];
}

async function backup(invocation: Invocation, file: string | undefined): Promise<number> {
  const { io } = invocation;
  const { backupStore } = await import('../../store/maintain.js');
  const path = backupStore(dataDirOf(invocation), {
    file: file === undefined ? null : resolve(io.cwd, file),
    at: io.now(),
    share: invocation.options['share'] === true,
  });
  const text = [visible(path)];
  await printResult(invocation, { json: { version: 1, file: path }, text, quiet: text });
  return EXIT.ok;
}

async function compact(invocation: Invocation): Promise<number> {
  const { compactStore } = await import('../../store/maintain.js');
  const lock = await lockFor(invocation);
  try {
    const { before, after } = compactStore(dataDirOf(invocation));
    await printResult(invocation, {
      json: { version: 1, before, after },
      text: [`${megabytes(before)} before, ${megabytes(after)} now`],
    });
    return EXIT.ok;
  } finally {
    lock.release();
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
