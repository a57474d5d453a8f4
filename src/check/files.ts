/** Checks an institution that only offers files: that there are files, that they can be read, and which accounts they have. */

import { interrupted, toOfxSyncError } from '../errors.js';
import type { Account } from '../model/account.js';
import type { Institution } from '../model/institution.js';
import type { Statement } from '../model/statement.js';
import { isSameAccount } from '../sync/match-accounts.js';
import { noStatement } from '../sync/statement-files.js';
import { type CheckPorts, counted, failed, passed, type Step, skippedAccounts, warned } from './step.js';

/** Reads all files that match, also those that were imported before; stores nothing. @throws OfxSyncError INTERRUPTED */
export async function checkFiles(
  institution: Institution,
  accounts: readonly Account[],
  ports: CheckPorts,
): Promise<Step[]> {
  const statements: Statement[] = [];
  const unread: string[] = [];
  let files = 0;
  const started = performance.now();
  try {
    for await (const found of ports.newFiles(institution, () => false)) {
      if (ports.signal.aborted) throw interrupted();
      if ('none' in found) throw found.none;
      files += 1;
      try {
        if ('error' in found) throw found.error;
        statements.push(...(await ports.read(found.body, ports.signal)).statements);
      } catch (error) {
        unread.push(`${found.path}: ${toOfxSyncError(error).message}`);
      }
    }
  } catch (error) {
    const known = toOfxSyncError(error);
    if (known.code === 'INTERRUPTED') throw known;
    return [failed('files', known), ...skippedAccounts(accounts, known)];
  }
  const durationMs = performance.now() - started;
  return [
    filesStep({ files, statements: statements.length, unread, durationMs }),
    ...accounts.map((account) => accountStep(account, statements, institution)),
  ];
}

interface FilesRead {
  readonly files: number;
  readonly statements: number;
  readonly unread: readonly string[];
  readonly durationMs: number;
}

function filesStep({ files, statements, unread, durationMs }: FilesRead): Step {
  const message = `${counted(files, 'file')} with ${counted(statements, 'statement')}`;
  const details = { files, statements, unread: unread.length };
  if (unread.length === 0) return passed('files', message, { durationMs, details });
  return warned('files', `${message}; ${unread.length} cannot be read`, {
    durationMs,
    details,
    hint: `${unread.slice(0, 3).join('; ')}${unread.length > 3 ? ' …' : ''}. See what they contain: ofx-sync inspect FILE`,
  });
}

/** Counts the transactions that the files have of an account, and finds the day of the newest. */
function accountStep(account: Account, all: readonly Statement[], { quirks }: Institution): Step {
  const own = all.filter(
    (statement) => statement.account !== null && isSameAccount(account, statement.account, quirks),
  );
  if (own.length === 0) return failed('account', noStatement(), { account });
  const days = own.flatMap(({ transactions, ledgerBalance, period }) => [
    ...transactions.map(({ postedOn }) => postedOn),
    ...(ledgerBalance?.asOf == null ? [] : [ledgerBalance.asOf]),
    ...(period?.to == null ? [] : [period.to]),
  ]);
  const transactions = own.reduce((sum, statement) => sum + statement.transactions.length, 0);
  const newest = days.toSorted().at(-1);
  return passed(
    'account',
    `${counted(transactions, 'transaction')} in ${counted(own.length, 'statement')}${newest === undefined ? '' : `, newest of ${newest}`}`,
    { account, details: { transactions, statements: own.length } },
  );
}
