/** Guided set-up for an institution that offers only downloads: the accounts in the statement files on this machine. */

import { foundAccounts } from '../../config/found-accounts.js';
import { toOfxSyncError } from '../../errors.js';
import type { Statement } from '../../model/statement.js';
import type { AccountInfo } from '../../ofx/file.js';
import { visible } from '../terminal/escape.js';
import { amountText } from '../terminal/wording.js';
import { type ConfigTarget, draftInstitution, offersOf } from './config-file.js';
import type { Answers, Offer } from './state.js';

interface InFiles {
  readonly offers: readonly Offer[];
  readonly remarks: readonly string[];
}

/** Returns the accounts of all matching files, each with the balance of its last statement. */
export async function accountsInFiles(answers: Answers, target: ConfigTarget): Promise<InFiles> {
  const { institution } = await draftInstitution(answers, target, []);
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
        await readOfx(found.body, target.invocation.io.signal, 'file').then(
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
  const found = foundAccounts(listed, { ...institution, quirks: { ...institution.quirks, bankId: 'empty' } });
  const offers = offersOf(found, target);
  return { offers: offers.map((offer) => ({ ...offer, balance: balanceOf(offer.entry.id, statements) })), remarks };
}

function balanceOf(id: string, statements: readonly Statement[]): string | null {
  const last = statements.filter((one) => one.account?.id === id && one.ledgerBalance !== null).at(-1);
  const balance = last?.ledgerBalance ?? null;
  return balance === null ? null : amountText(balance.amount, balance.currency ?? last?.currency ?? '');
}
