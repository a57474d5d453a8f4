/**
 * Statements to the accounts that asked for them: by TRNUID first, since it is ours, and by account id second, since
 * some institutions make up a TRNUID of their own. A statement that names another account of ours than the one that asked
 * is believed in what it names; one that names nobody's belongs to who asked, as with a card that got a new number.
 */

import { type Account, type AccountId, maskedId } from '../model/account.js';
import type { Institution, Quirks } from '../model/institution.js';
import type { Notice } from '../model/notice.js';
import type { Statement } from '../model/statement.js';

interface Attachment<W> {
  readonly wanted: W;
  /** Usually one; none when the institution left the account out. */
  readonly statements: readonly Statement[];
}

interface Attached<W> {
  readonly attachments: readonly Attachment<W>[];
  /** Statements for accounts that nobody configured, by masked account id. */
  readonly notices: readonly Notice[];
}

/** Anything that wants the statement of an account; `trnuid` is `null` for a file, which answers no request. */
export interface Asking {
  readonly account: Account;
  readonly trnuid: string | null;
}

export function attach<W extends Asking>(
  statements: readonly Statement[],
  wanted: readonly W[],
  institution: Pick<Institution, 'quirks' | 'accounts'>,
): Attached<W> {
  const found = new Map<W, Statement[]>(wanted.map((one) => [one, []]));
  const { fitidLength } = institution.quirks;
  const notices: Notice[] = [];
  for (const statement of statements) {
    const named = ownerOf(statement, wanted, institution.quirks);
    const owner = named ?? askerOf(statement, statements, { wanted, institution });
    if (owner === null) {
      notices.push(unclaimed(statement));
      continue;
    }
    const told = named === null ? withNotice(statement, otherName(statement)) : statement;
    found.get(owner)?.push(fitidLength === undefined ? told : withShortFitids(told, fitidLength));
  }
  return { attachments: wanted.map((one) => ({ wanted: one, statements: found.get(one) ?? [] })), notices };
}

/** What of a FITID counts, here and where another transaction names it. */
function withShortFitids(statement: Statement, length: number): Statement {
  const transactions = statement.transactions.map((one) => ({
    ...one,
    fitid: one.fitid === null ? null : one.fitid.slice(0, length),
    corrects: one.corrects === null ? null : { ...one.corrects, fitid: one.corrects.fitid.slice(0, length) },
  }));
  return { ...statement, transactions };
}

/** Whether an account id in a statement means the configured account. */
export function isSameAccount(account: Account, id: AccountId, quirks: Quirks): boolean {
  if (account.kind !== id.kind || !isSameId(account.id, id.id, quirks.acctIdMatch ?? 'exact')) return false;
  return (
    !differs(account.routing, id.routing) &&
    !differs(account.brokerId?.toLowerCase() ?? null, id.brokerId?.toLowerCase() ?? null)
  );
}

function ownerOf<W extends Asking>(statement: Statement, wanted: readonly W[], quirks: Quirks): W | null {
  const byTrnuid = statement.trnuid === null ? undefined : wanted.find((one) => one.trnuid === statement.trnuid);
  const { account } = statement;
  if (account === null) return byTrnuid ?? null;
  if (byTrnuid !== undefined && isSameId(byTrnuid.account.id, account.id, 'loose')) return byTrnuid;
  const byId = wanted.filter((one) => isSameAccount(one.account, account, quirks));
  if (byId.length > 1) return byId.find((one) => one.account.accountType === account.accountType) ?? byId[0] ?? null;
  if (byId[0] !== undefined) return byId[0];
  const loosely = wanted.filter(
    (one) => one.account.kind === account.kind && isSameId(one.account.id, account.id, quirks.acctIdMatch ?? 'exact'),
  );
  return loosely.length === 1 ? (loosely[0] ?? null) : null;
}

/** Who asked for a statement that names an account of nobody: by a TRNUID that is in the reply once. */
function askerOf<W extends Asking>(
  { trnuid, account }: Statement,
  statements: readonly Statement[],
  { wanted, institution }: { wanted: readonly W[]; institution: Pick<Institution, 'quirks' | 'accounts'> },
): W | null {
  if (trnuid === null || account === null) return null;
  const asker = wanted.find((one) => one.trnuid === trnuid && one.account.kind === account.kind);
  if (asker === undefined || statements.filter((one) => one.trnuid === trnuid).length > 1) return null;
  return institution.accounts.some((one) => isSameAccount(one, account, institution.quirks)) ? null : asker;
}

function withNotice(statement: Statement, notice: Notice): Statement {
  return { ...statement, notices: [...statement.notices, notice] };
}

function otherName({ account }: Statement): Notice {
  return {
    code: 'account-id-differs',
    message: `the institution calls the account ${maskedId(account?.id ?? '')}: its number may have changed, see id in accounts.yaml`,
  };
}

type Match = NonNullable<Quirks['acctIdMatch']> | 'loose';

function isSameId(mine: string, theirs: string, match: Match): boolean {
  const [a, b] = [plain(mine), plain(theirs)];
  if (a === b) return true;
  if (match === 'ignore-leading-zeros') return a.replace(/^0+/, '') === b.replace(/^0+/, '');
  if (match === 'last-four') return a.slice(-4) === b.slice(-4);
  if (match !== 'loose') return false;
  // A masked card number (XXXXXXXXXXXX1111) or a shortened one in answer to our own TRNUID.
  const [tailA, tailB] = [a.slice(-4), b.slice(-4)];
  return b === '' || tailA === tailB || a.replace(/^0+/, '') === b.replace(/^0+/, '');
}

/** Blanks and dashes are only layout. */
function plain(id: string): string {
  return id.replace(/[\s-]/g, '').toUpperCase();
}

function differs(mine: string | null, theirs: string | null): boolean {
  return mine !== null && theirs !== null && mine !== '' && theirs !== '' && plain(mine) !== plain(theirs);
}

function unclaimed(statement: Statement): Notice {
  const which = statement.account === null ? 'without an account' : `for account ${maskedId(statement.account.id)}`;
  return {
    code: 'unclaimed-statement',
    message: `a ${statement.kind} statement ${which}, which is not in accounts.yaml, was left aside`,
  };
}
