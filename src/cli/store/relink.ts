/** `ofx-sync accounts relink OLD NEW`: an account whose name or number changed keeps its history. */

import { UsageError } from '../../errors.js';
import { type Account, accountKey } from '../../model/account.js';
import type { Institution } from '../../model/institution.js';
import { didYouMean } from '../../model/nearest.js';
import type { Invocation } from '../command/command.js';
import { configToRead, institutionNamed } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { printResult } from '../command/result.js';
import { withStoreForWriting } from '../command/with-store.js';
import { visible } from '../terminal/escape.js';
import { plural } from '../terminal/wording.js';

export async function relinkCommand(invocation: Invocation): Promise<number> {
  const { io, words } = invocation;
  const [, from, to = from, ...more] = words;
  if (from === undefined || to === undefined || more.length > 0)
    throw new UsageError(
      'accounts relink takes the old and the new account, or one whose bank has changed',
      'Write each as institution/account: ofx-sync accounts relink oldbank/checking river/checking',
    );
  const { config } = await configToRead(invocation);
  const accounts = config.institutions.flatMap((institution) => institution.accounts);
  const target = accounts.find((account) => accountKey(account) === to);
  if (target === undefined)
    throw unknown(`accounts.yaml has no account ${JSON.stringify(to)}`, to, accounts.map(accountKey));
  const institution = institutionNamed(config, target.institution);
  if (from === to) return continueHistory(invocation, target, institution);
  if (accounts.some((account) => accountKey(account) === from))
    throw new UsageError(
      `${from} is still in accounts.yaml`,
      'Remove it there first: its history moves to the new name.',
    );
  return withStoreForWriting(invocation, async (store) => {
    const known = store.accounts();
    // An account that was renamed before is found by its former name.
    const [place = '', ...rest] = from.split('/');
    const result = store.relink({ institution: place, name: rest.join('/') }, target, io.now(), institution);
    if (result === null)
      throw unknown(
        `the store has no account ${JSON.stringify(from)}`,
        from,
        known.map(({ institution, name }) => `${institution}/${name}`),
      );
    const { moved, joined } = result;
    await printResult(invocation, {
      json: { version: 1, from, to, moved, joined },
      text: [
        `${visible(to)} continues the history of ${visible(from)}: ${plural(moved, 'transaction')} moved${joined === 0 ? '' : `, ${joined} that both had`}`,
      ],
    });
    return EXIT.ok;
  });
}

/** Continues an account's history with the bank, number or files that accounts.yaml has for it by now. */
async function continueHistory(invocation: Invocation, account: Account, institution: Institution): Promise<number> {
  const name = accountKey(account);
  return withStoreForWriting(invocation, async (store) => {
    if (!store.continueAccount(account, institution))
      throw unknown(
        `the store has no account ${JSON.stringify(name)}`,
        name,
        store.accounts().map((one) => `${one.institution}/${one.name}`),
      );
    await printResult(invocation, {
      json: { version: 1, from: name, to: name, moved: 0, joined: 0 },
      text: [`${visible(name)} continues its history with the next statement`],
    });
    return EXIT.ok;
  });
}

function unknown(message: string, given: string, known: readonly string[]): UsageError {
  return new UsageError(message, didYouMean(given, new Set(known), `There are: ${known.join(', ') || 'none'}`));
}
