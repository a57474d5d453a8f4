/** `ofx-sync store check|backup|compact`: maintains the store. */

import { resolve } from 'node:path';
import { UsageError } from '../../errors.js';
import { actionOf } from '../command/action.js';
import type { Invocation } from '../command/command.js';
import { dataDirOf, lockFor } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { visible } from '../terminal/escape.js';
import { write } from '../terminal/io.js';

export async function storeCommand(invocation: Invocation): Promise<number> {
  const action = actionOf('store', invocation.words);
  const [, file, ...more] = invocation.words;
  if (more.length > 0 || (file !== undefined && action !== 'backup'))
    throw new UsageError(`store ${action} takes no further words`, 'See: ofx-sync store --help');
  if (action === 'check') return check(invocation);
  return action === 'backup' ? backup(invocation, file) : compact(invocation);
}

async function check(invocation: Invocation): Promise<number> {
  const { io, options } = invocation;
  const { checkStore } = await import('../../store/maintain.js');
  const findings = checkStore(dataDirOf(invocation), { platform: io.platform });
  const ok = findings.every((finding) => finding.ok);
  if (options.json === true) {
    await write(io.stdout, `${JSON.stringify({ version: 1, ok, findings }, null, 2)}\n`);
  } else {
    for (const finding of findings) {
      if (finding.ok && options.quiet === true) continue;
      const hint = finding.hint === null ? '' : `  ${visible(finding.hint)}\n`;
      await write(io.stdout, `${finding.ok ? '✓' : '✗'} ${finding.what}: ${visible(finding.detail)}\n${hint}`);
    }
  }
  return ok ? EXIT.ok : EXIT.someFailed;
}

async function backup(invocation: Invocation, file: string | undefined): Promise<number> {
  const { io, options } = invocation;
  const { backupStore } = await import('../../store/maintain.js');
  const path = backupStore(dataDirOf(invocation), {
    file: file === undefined ? null : resolve(io.cwd, file),
    at: io.now(),
  });
  if (options.json === true) await write(io.stdout, `${JSON.stringify({ version: 1, file: path }, null, 2)}\n`);
  else await write(io.stdout, `${visible(path)}\n`);
  return EXIT.ok;
}

async function compact(invocation: Invocation): Promise<number> {
  const { io, options } = invocation;
  const { compactStore } = await import('../../store/maintain.js');
  const lock = await lockFor(invocation);
  try {
    const { before, after } = compactStore(dataDirOf(invocation));
    if (options.json === true) await write(io.stdout, `${JSON.stringify({ version: 1, before, after }, null, 2)}\n`);
    else if (options.quiet !== true) await write(io.stdout, `${megabytes(before)} before, ${megabytes(after)} now\n`);
    return EXIT.ok;
  } finally {
    lock.release();
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
