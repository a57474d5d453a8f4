/** `ofx-sync trust [FILE]`: allows a configuration to be used, or with `--bank` and `--host` a host to receive a bank's password. */

import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { loadConfigText } from '../../config/load.js';
import { readConfig } from '../../config/read-file.js';
import { intrusionInto } from '../../config/trust/ownership.js';
import { usesOf } from '../../config/trust/uses.js';
import { locateConfig } from '../../config/yaml/locate.js';
import { TrustError, UsageError } from '../../errors.js';
import { distrust } from '../../store/trust/record.js';
import type { Invocation } from '../command/command.js';
import { loadOptionsOf, textOption } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { printResult } from '../command/result.js';
import { placeOf, trustDir, trustSource, useLines } from '../command/trust.js';
import { visible } from '../terminal/escape.js';

export async function trustCommand(invocation: Invocation): Promise<number> {
  const [bank, host] = [textOption(invocation, 'bank'), textOption(invocation, 'host')];
  if (bank !== undefined && host !== undefined) {
    if (invocation.words.length > 0) throw new UsageError('trust takes either a FILE, or --bank and --host');
    const { confirmHost } = await import('./confirm-host.js');
    return confirmHost({ bank, host }, invocation);
  }
  if (bank !== undefined || host !== undefined)
    throw new UsageError('--bank and --host belong together', 'Such as: ofx-sync trust --bank river --host HOST');
  return invocation.options['remove'] === true ? removeTrust(invocation) : trustFile(invocation);
}

function fileOf({ words: [file], options, io }: Invocation): string {
  return file === undefined ? locateConfig(options.config, io, existsSync) : resolve(io.cwd, file);
}

/** Trusts the file as it is now. Its mistakes are reported first, since they may hide what it would do. */
async function trustFile(invocation: Invocation): Promise<number> {
  const { io } = invocation;
  const file = fileOf(invocation);
  const text = await readConfig(file);
  const intrusion = intrusionInto(file, io.user);
  if (intrusion !== null) throw new TrustError(`${intrusion.message}; ${file} is not trusted`, intrusion.hint);
  const config = await loadConfigText(text, file, { ...loadOptionsOf(invocation), accountsToCome: true });
  const uses = usesOf(config);
  trustSource({ file, text }, io);
  const may = uses.length === 0 ? 'it has no secrets and no commands' : 'it may';
  await printResult(invocation, {
    json: { version: 1, config: file, trusted: true, uses },
    text: [`${visible(file)} is trusted as long as its content stays the same; ${may}`, ...useLines(uses)],
    stream: 'stderr',
  });
  return EXIT.ok;
}

async function removeTrust(invocation: Invocation): Promise<number> {
  const file = fileOf(invocation);
  const path = existsSync(dirname(file)) ? placeOf(file) : file;
  const removed = distrust(trustDir(invocation.io), path);
  await printResult(invocation, {
    json: { version: 1, config: file, trusted: false },
    text: [`${visible(file)} ${removed ? 'is trusted no longer' : 'was not trusted'}`],
    stream: 'stderr',
  });
  return removed ? EXIT.ok : EXIT.someFailed;
}
