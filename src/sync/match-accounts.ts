/**
 * Matches statements with configured accounts. In a reply the TRNUID comes first, since it is ours, and the account id second,
 * since some institutions make up TRNUIDs of their own. A statement that names another configured account than its TRNUID
 * belongs to the account that it names; one that names an unknown account belongs to its TRNUID, as with a replaced card.
 */

import { type Account, type AccountId, maskedId } from '../model/account.js';
import type { IsoDate } from '../model/dates.js';
import type { Institution, Quirks } from '../model/institution.js';
import type { Notice } from '../model/notice.js';
import type { Statement } from '../model/statement.js';
import { asStatementOf } from '../simplefin/adopt.js';

/** An account whose statement was requested. */
interface Requested {
  readonly account: Account;
  readonly trnuid: string;
  /** First day of the request. */
  readonly from?: IsoDate;
}

interface Matched<W> {
  readonly matches: readonly {
    readonly wanted: W;
    /** Usually one; none when the institution omitted the account. */
    readonly statements: readonly Statement[];
  }[];
  /** Statements of accounts that are not configured, by masked account id. */
  readonly notices: readonly Notice[];
}

export function matchAccounts<W extends Requested>(
  statements: readonly Statement[],
  wanted: readonly W[],
  institution: Pick<Institution, 'quirks' | 'accounts' | 'simplefin'>,
): Matched<W> {
  const found = new Map<W, Statement[]>(wanted.map((one) => [one, []]));
  const { fitidLength } = institution.quirks;
  const notices: Notice[] = [];
  for (const statement of statements) {
    const named = ownerOf(statement, wanted, institution.quirks);
    const owner = named ?? requesterOf(statement, statements, { wanted, institution });
    if (owner === null) {
      // A bridge may send every account that it has; those that are new are listed by discover.
      if (institution.simplefin !== true) notices.push(unclaimed(statement), ...statement.notices);
      continue;
    }
    const matched =
      named === null
        ? withNotice(statement, otherName(statement))
        : asStatementOf(statement, owner.account, owner.from);
    found.get(owner)?.push(fitidLength === undefined ? matched : withShortFitids(matched, fitidLength));
  }
  return { matches: wanted.map((one) => ({ wanted: one, statements: found.get(one) ?? [] })), notices };
}

/** Returns the one configured account that the statement of a file names, which has no TRNUID of ours. */
export function configuredOwner(
  { account }: Pick<Statement, 'account'>,
  institutions: readonly Institution[],
): { readonly account: Account; readonly institution: Institution } | null {
  if (account === null) return null;
  const all = institutions.flatMap((institution) => institution.accounts.map((one) => ({ account: one, institution })));
  const { exact, byId } = accountsNamed(account, all, ({ institution }) => institution.quirks);
  return only(ofSameType(exact.length > 0 ? exact : byId, account));
}

/** Returns true for an account that accounts.yaml has, in one institution or in several. */
export function isConfigured(account: AccountId, institutions: readonly Institution[]): boolean {
  return institutions.some(({ accounts, quirks }) => accounts.some((one) => isSameIdAndKind(one, account, quirks)));
}

/** Compares an account id of a statement with a configured account. */
export function isSameAccount(account: Account, id: AccountId, quirks: Quirks): boolean {
  return (
    isSameIdAndKind(account, id, quirks) &&
    !differs(account.routing, id.routing) &&
    !differs(account.brokerId?.toLowerCase() ?? null, id.brokerId?.toLowerCase() ?? null)
  );
}

function ownerOf<W extends Requested>(statement: Statement, wanted: readonly W[], quirks: Quirks): W | null {
  const byTrnuid = wanted.find(({ trnuid }) => trnuid === statement.trnuid) ?? null;
  const { account } = statement;
  if (account === null) return byTrnuid;
  if (byTrnuid !== null && isSameId(byTrnuid.account.id, account.id, 'loose')) return byTrnuid;
  const { exact, byId } = accountsNamed(account, wanted, () => quirks);
  return ofSameType(exact, account)[0] ?? only(byId);
}

/** Finds the accounts that an id names; when none is exact, those of the same id with another routing number or broker. */
function accountsNamed<T extends { readonly account: Account }>(
  id: AccountId,
  all: readonly T[],
  quirksOf: (one: T) => Quirks,
): { readonly exact: readonly T[]; readonly byId: readonly T[] } {
  const exact = all.filter((one) => isSameAccount(one.account, id, quirksOf(one)));
  const byId = exact.length > 0 ? [] : all.filter((one) => isSameIdAndKind(one.account, id, quirksOf(one)));
  return { exact, byId };
}

/** Those of the account type, where several have the same id; all when the type matches none. */
function ofSameType<T extends { readonly account: Account }>(candidates: readonly T[], id: AccountId): readonly T[] {
  const same = candidates.filter(({ account }) => account.accountType === id.accountType);
  return same.length > 0 ? same : candidates;
}

function only<T>(candidates: readonly T[]): T | null {
  return candidates.length === 1 ? (candidates[0] ?? null) : null;
}

/** The account that requested a statement of an unknown account, by a TRNUID that occurs once in the reply. */
function requesterOf<W extends Requested>(
  { trnuid, account }: Statement,
  statements: readonly Statement[],
  { wanted, institution }: { wanted: readonly W[]; institution: Pick<Institution, 'quirks' | 'accounts'> },
): W | null {
  if (trnuid === null || account === null) return null;
  const requester = wanted.find((one) => one.trnuid === trnuid && one.account.kind === account.kind);
  if (requester === undefined || statements.filter((one) => one.trnuid === trnuid).length > 1) return null;
  return institution.accounts.some((one) => isSameAccount(one, account, institution.quirks)) ? null : requester;
}

/** Cuts FITIDs, and references to them, to the part that does not change. */
function withShortFitids(statement: Statement, length: number): Statement {
  const transactions = statement.transactions.map((one) => ({
    ...one,
    fitid: one.fitid === null ? null : one.fitid.slice(0, length),
    corrects: one.corrects === null ? null : { ...one.corrects, fitid: one.corrects.fitid.slice(0, length) },
  }));
  return { ...statement, transactions };
}

function withNotice(statement: Statement, notice: Notice): Statement {
  return { ...statement, notices: [...statement.notices, notice] };
}

function otherName({ account }: Statement): Notice {
  return {
    code: 'account-id-differs',
    message: `the bank calls the account ${maskedId(account?.id ?? '')}: its number may have changed; check id: in accounts.yaml`,
  };
}

function isSameIdAndKind(
  account: Account,
  { id, kind, anyKind }: AccountId,
  { acctIdMatch = 'exact' }: Quirks,
): boolean {
  // A bridge knows its own ids only.
  if (anyKind === true) return isSameId(account.id, id, acctIdMatch);
  const { number = null } = account;
  const isSame = isSameId(account.id, id, acctIdMatch) || (number !== null && isSameId(number, id, acctIdMatch));
  return account.kind === kind && isSame;
}

function isSameId(mine: string, theirs: string, match: NonNullable<Quirks['acctIdMatch']> | 'loose'): boolean {
  const [a, b] = [normalized(mine), normalized(theirs)];
  if (a === b) return true;
  const hasSameDigits = a.replace(/^0+/, '') === b.replace(/^0+/, '');
  const hasSameEnd = a.slice(-4) === b.slice(-4);
  if (match === 'ignore-leading-zeros') return hasSameDigits;
  if (match === 'last-four') return hasSameEnd;
  // A masked card number (XXXXXXXXXXXX1111), or a shortened one, in the reply to our own TRNUID.
  return match === 'loose' && (b === '' || hasSameEnd || hasSameDigits);
}

/** Removes blanks and dashes, which are only layout. */
function normalized(id: string): string {
  return id.replace(/[\s-]/g, '').toUpperCase();
}

function differs(mine: string | null, theirs: string | null): boolean {
  return mine !== null && theirs !== null && mine !== '' && theirs !== '' && normalized(mine) !== normalized(theirs);
}

/** Returns the notice of a statement that belongs to no configured account, or to several. */
export function unclaimed(
  { account, kind, transactions }: Statement,
  reason = 'this account is not in accounts.yaml',
): Notice {
  const held = transactions.length;
  const content = held === 0 ? '' : ` with ${held} transaction${held === 1 ? '' : 's'}`;
  const which = `${account === null ? 'without an account' : `for account ${maskedId(account.id)}`}${content}`;
  return {
    code: 'unclaimed-statement',
    message: `skipped a ${kind} statement ${which}: ${reason}`,
  };
}
