/** `ofx-sync accounts forget NAME…`: removes what is stored of accounts or institutions, after a backup and a question. */

import { UsageError } from '../../errors.js';
import { didYouMean } from '../../model/nearest.js';
import { shellWord } from '../../model/shell-word.js';
import type { Store } from '../../ports.js';
import type { Invocation } from '../command/command.js';
import { dataDirOf } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { printResult } from '../command/result.js';
import { withStoreForReading, withStoreForWriting } from '../command/with-store.js';
import { visible } from '../terminal/escape.js';
import { openPrompts } from '../terminal/open-prompts.js';
import { yesOrNo } from '../terminal/prompts.js';
import { plural } from '../terminal/wording.js';

type Stored = ReturnType<Store['accounts']>[number];

export async function forgetCommand(invocation: Invocation): Promise<number> {
  const names = invocation.words.slice(1);
  if (names.length === 0)
    throw new UsageError(
      'accounts forget takes the accounts or banks to remove from the store',
      'Such as: ofx-sync accounts forget river/checking',
    );
  const chosen = await withStoreForReading(invocation, async (store) => namedAccounts(store?.accounts() ?? [], names));
  if (!(await isConfirmed(chosen, invocation))) return EXIT.someFailed;
  return withStoreForWriting(invocation, async (store) => {
    const accounts = namedAccounts(store.accounts(), names);
    const { backupStore } = await import('../../store/maintain.js');
    const backup = backupStore(dataDirOf(invocation), { file: null, at: invocation.io.now() });
    store.forget(accounts);
    await printResult(invocation, {
      json: {
        version: 1,
        backup,
        forgotten: accounts.map(({ institution, name, transactions }) => ({
          institution,
          account: name,
          transactions,
        })),
      },
      text: [...accounts.map((one) => `${titleOf(one)}: removed`), ...afterwards(accounts, backup)],
    });
    return EXIT.ok;
  });
}

/** Returns the stored accounts of the names: an institution, an account, or `institution/account`. @throws UsageError */
function namedAccounts(stored: readonly Stored[], names: readonly string[]): readonly Stored[] {
  const namesOf = ({ institution, name }: Stored) => [institution, name, `${institution}/${name}`];
  const known = new Set(stored.flatMap(namesOf));
  for (const name of names)
    if (!known.has(name))
      throw new UsageError(
        `nothing is stored of ${JSON.stringify(name)}`,
        didYouMean(
          name,
          [...known],
          `Stored: ${stored.map((one) => `${one.institution}/${one.name}`).join(', ') || 'nothing'}`,
        ),
      );
  return stored.filter((one) => namesOf(one).some((name) => names.includes(name)));
}

async function isConfirmed(accounts: readonly Stored[], { io, options }: Invocation): Promise<boolean> {
  if (options['yes'] === true) return true;
  const prompts = options.json === true ? null : await openPrompts(io, options);
  if (prompts === null)
    throw new UsageError(
      'accounts forget removes history, and asks before it does',
      'Without a terminal, confirm with: --yes',
    );
  prompts.say([...accounts.map(titleOf), '']);
  const question = `Remove ${plural(accounts.length, 'account')} and all history from the store?`;
  return (await yesOrNo(prompts, question, false)) === true;
}

function titleOf({ institution, name, transactions }: Stored): string {
  return `${visible(`${institution}/${name}`)}: ${plural(transactions, 'transaction')}`;
}

function afterwards(accounts: readonly Stored[], backup: string): string[] {
  const institutions = [...new Set(accounts.map(({ institution }) => institution))];
  return [
    `Backup of the store from before: ${visible(backup)}`,
    'An account that is still in accounts.yaml is downloaded again by the next sync.',
    `Passwords in the keychain stay. To delete one: ofx-sync secret delete ${visible(shellWord(institutions[0] ?? 'NAME'))}`,
  ];
}
