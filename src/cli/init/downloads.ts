/** Guided set-up for an institution that offers only downloads: which accounts the files that are there already hold. */

import { foundAccounts } from '../../config/found-accounts.js';
import { toOfxSyncError } from '../../errors.js';
import type { Statement } from '../../model/statement.js';
import type { AccountInfo } from '../../ofx/file.js';
import { visible } from '../terminal/escape.js';
import { amountText } from '../terminal/wording.js';
import { type ConfigPlace, candidate, configuredAs } from './config-file.js';
import type { Answers, Offer } from './state.js';

interface InFiles {
  readonly offers: readonly Offer[];
  readonly remarks: readonly string[];
}

/** The accounts of all files that match, with the balance that the last of them states. */
export async function accountsInFiles(answers: Answers, place: ConfigPlace): Promise<InFiles> {
  const { institution } = await candidate(answers, place, []);
  const [{ newFiles }, { readOfx }] = await Promise.all([
    import('../../sources/files.js'),
    import('../../ofx/read.js'),
  ]);
  const statements: Statement[] = [];
  const remarks: string[] = [];
  try {
    for await (const found of newFiles(institution, () => false)) {
      if ('error' in found) remarks.push(visible(found.error.message));
      else
        await readOfx(found.body, place.invocation.io.signal, 'file').then(
          (file) => statements.push(...file.statements),
          (error: unknown) => remarks.push(`${visible(found.path)}: ${visible(toOfxSyncError(error).message)}`),
        );
    }
  } catch (error) {
    const { message, hint } = toOfxSyncError(error);
    return { offers: [], remarks: [visible(`${message}. ${hint ?? ''}`)] };
  }
  const listed: AccountInfo[] = statements.flatMap(({ account }) =>
    account === null ? [] : [{ account, description: null, status: null }],
  );
  const offers = foundAccounts(listed, { ...institution, quirks: { ...institution.quirks, bankId: 'empty' } }).flatMap(
    ({ entry, remark, state }) => {
      if (entry === null || state === 'incomplete') return [];
      const there = configuredAs(place, entry);
      const already = there === null ? null : `in accounts.yaml already, as ${there.institution}/${there.name}`;
      return [
        {
          entry,
          description: null,
          remark: already ?? remark,
          balance: balanceOf(entry.id, statements),
          isActive: there === null,
        },
      ];
    },
  );
  return { offers, remarks };
}

function balanceOf(id: string, statements: readonly Statement[]): string | null {
  const last = statements.filter((one) => one.account?.id === id && one.ledgerBalance !== null).at(-1);
  const balance = last?.ledgerBalance ?? null;
  return balance === null ? null : amountText(balance.amount, balance.currency ?? last?.currency ?? '');
}
