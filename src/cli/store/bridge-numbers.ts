/**
 * Accounts of imported files that come through a bridge, too: the bridge knows them by ids of its own, so accounts.yaml gets their
 * numbers in place of new accounts.
 */

import { type Account, type AccountId, accountKey, maskedId } from '../../model/account.js';
import type { Config, Institution } from '../../model/institution.js';
import { visible } from '../terminal/escape.js';
import type { Prompts } from '../terminal/prompts.js';

/** The accounts of a file that accounts.yaml does not have. */
interface Unknown {
  readonly accounts: readonly AccountId[];
}

/** A number to add to an account of accounts.yaml. */
export interface NumberOf {
  readonly account: Account;
  readonly number: string;
}

/** Returns the accounts of bridges that all accounts of the files are likely to be; none when one of them may be new. */
export function likelyNumbers(files: readonly Unknown[], config: Config | null): NumberOf[] {
  const bridges = config?.institutions.filter(({ simplefin }) => simplefin === true) ?? [];
  const found = unknownIn(files).map((one) => {
    const alike = bridges
      .flatMap((bridge) => possibleAccounts(one, bridge))
      .filter(({ name }) => endsAlike(name, one.id));
    const [account] = alike;
    return account === undefined || alike.length > 1 ? null : { account, number: one.id };
  });
  const sure = found.filter((one) => one !== null);
  const isEachOnce = new Set(sure.map(({ account }) => accountKey(account))).size === found.length;
  return isEachOnce ? sure : [];
}

/** Asks which account of a bridge each account of the files is; `null` to go back. */
export async function askNumbers(
  files: readonly Unknown[],
  bridge: Institution,
  prompts: Prompts,
): Promise<NumberOf[] | null> {
  const numbers: NumberOf[] = [];
  for (const one of unknownIn(files)) {
    const free = possibleAccounts(one, bridge).filter((account) => numbers.every((other) => other.account !== account));
    const chosen = await prompts.choose(`Which account of ${visible(bridge.name)} is ${visible(maskedId(one.id))}?`, [
      ...free.map(({ name, accountKind }) => ({ id: name, label: `${visible(name)}  ${accountKind}` })),
      { id: '', label: 'None of these' },
    ]);
    if (chosen === null) return null;
    const account = free.find(({ name }) => name === chosen);
    if (account !== undefined) numbers.push({ account, number: one.id });
  }
  return numbers;
}

function unknownIn(files: readonly Unknown[]): AccountId[] {
  const all = files.flatMap(({ accounts }) => accounts);
  return [...new Map(all.map((one) => [`${one.kind} ${one.id}`, one])).values()];
}

function possibleAccounts({ kind }: AccountId, { accounts }: Institution): readonly Account[] {
  return accounts.filter((one) => one.kind === kind && one.number === undefined);
}

/** Bridges name accounts as banks do, often by the last digits: `everyday-checking-1234`. */
function endsAlike(name: string, id: string): boolean {
  const digits = /\d{3,}$/.exec(name)?.[0];
  return digits !== undefined && id.replace(/[\s-]/g, '').endsWith(digits);
}
