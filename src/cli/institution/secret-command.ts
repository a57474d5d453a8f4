/** `ofx-sync secret set|test|delete NAME`: keeps passwords in the keychain. `secret list` is in a file beside this. */

import { UsageError } from '../../errors.js';
import { bindEntry } from '../../store/trust/record.js';
import { actionOf } from '../command/action.js';
import { bindStored } from '../command/bind-keychain.js';
import type { Invocation } from '../command/command.js';
import { configToRead, passwordContext } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { printResult } from '../command/result.js';
import { mayUse, trustDir } from '../command/trust.js';
import { askHidden, readLine } from '../terminal/hidden-prompt.js';

export async function secretCommand(invocation: Invocation): Promise<number> {
  const { io, words } = invocation;
  const action = actionOf('secret', words);
  const name = words[1];
  if (action === 'list' && name === undefined) return (await import('./secret-list.js')).secretList(invocation);
  if (name === undefined || action === 'list')
    throw new UsageError(
      action === 'list' ? 'secret list takes no name' : `secret ${action} needs the name of a bank`,
      'See: ofx-sync secret --help',
    );
  const context = passwordContext(invocation, name);
  const reference = { scheme: 'keychain', name } as const;
  const { keychain, storeInKeychain } = await import('../../secrets/keychain.js');
  if (action === 'test') {
    await keychain.get(reference, context);
    await say(invocation, `the keychain has a password for ${name}`);
    return EXIT.ok;
  }
  if (action === 'delete') {
    const deleted = (await keychain.delete?.(reference, context)) ?? false;
    if (deleted) bindEntry(trustDir(io), name, []);
    await say(
      invocation,
      deleted
        ? `password for ${name} deleted from the keychain`
        : `the keychain has no password for ${name}, or it is locked`,
    );
    return deleted ? EXIT.ok : EXIT.someFailed;
  }
  const ask = askHidden(io);
  const value = ask === null ? await readLine(io) : await ask(`password for ${name}: `);
  if (value === '')
    throw new UsageError('no password was given', 'Type it on a terminal, or pass it as one line on standard input.');
  const { isSetupToken } = await import('../../simplefin/access.js');
  if (isSetupToken(value)) {
    const { claimInto, keychainPlace } = await import('../command/claim.js');
    await claimInto(await keychainPlace(name, context), value, io);
    await say(invocation, `setup token claimed; the access URL for ${name} is in the keychain`);
    return EXIT.ok;
  }
  await storeInKeychain(reference, value, context);
  await bindToConfiguration(name, invocation);
  await say(invocation, `password for ${name} stored in the keychain`);
  return EXIT.ok;
}

/** Binds the entry to its banks, as far as a trusted configuration has them; else the next accepted sign-on does. */
async function bindToConfiguration(name: string, invocation: Invocation): Promise<void> {
  const quiet = { ...invocation, options: { ...invocation.options, quiet: true } };
  const read = await configToRead(quiet, { accountsToCome: true }).catch(() => null);
  if (read !== null && mayUse(read.source, invocation.io)) bindStored(name, read.config, invocation.io);
}

async function say(invocation: Invocation, message: string): Promise<void> {
  await printResult(invocation, { json: { version: 1, message }, indent: 0, text: [message], stream: 'stderr' });
}
