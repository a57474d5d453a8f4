/**
 * The accounts that a person configured, and how institutions name accounts in a statement
 * (OFX 2.2 sections 11.3.1 BANKACCTFROM, 11.3.2 CCACCTFROM, 13.6.1 INVACCTFROM, 18.2.1 LOANACCTFROM).
 */

/** Values of `kind:` in accounts.yaml; each stands for an ACCTTYPE or a message set of its own. */
export const ACCOUNT_KINDS = [
  'checking',
  'savings',
  'moneymarket',
  'creditline',
  'cd',
  'creditcard',
  'investment',
  'loan',
] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

/** The message set that carries the statements of an account. */
export type StatementKind = 'bank' | 'creditcard' | 'investment' | 'loan';

/** The identifiers by which an institution names an account, in a request and in a statement. */
export interface AccountId {
  readonly kind: StatementKind;
  /** ACCTID or LOANACCTID, as sent; may have leading zeros, letters, blanks. */
  readonly id: string;
  /** BANKID */
  readonly routing: string | null;
  /** BRANCHID */
  readonly branch: string | null;
  /** BROKERID */
  readonly brokerId: string | null;
  /** ACCTTYPE or LOANACCTTYPE, upper case: CHECKING, SAVINGS, MONEYMRKT, CREDITLINE, CD … */
  readonly accountType: string | null;
  /** The source names no kinds (SimpleFIN): `kind` is a guess, and the id alone identifies the account. */
  readonly anyKind?: true;
}

/** A configured account. (institution, name) is unique and identifies everything stored. */
export interface Account extends AccountId {
  /** `name:` of the institution in accounts.yaml. */
  readonly institution: string;
  /** `name:` of the account in accounts.yaml. */
  readonly name: string;
  /** `kind:` in accounts.yaml. */
  readonly accountKind: AccountKind;
  /** ACCTID in statement files, where `id` is another name of the account, such as that of a bridge. */
  readonly number?: string;
  /** Age at which the last statement counts as stale; absent: that of the institution. */
  readonly staleAfterMs?: number;
}

/** The names by which a stored account is found. */
export type AccountRef = Pick<Account, 'institution' | 'name'>;

/** Returns `institution/account`, the key used in options, JSON and the store. */
export function accountKey(account: AccountRef): string {
  return `${account.institution}/${account.name}`;
}

/** Returns all ids by which an account is known. */
export function idsOf({ id, number }: Pick<Account, 'id' | 'number'>): readonly string[] {
  return number === undefined ? [id] : [id, number];
}

/** Returns the masked number of an account for display: the number that a person knows, rather than the id of a bridge. */
export function maskedNumber({ id, number = id }: Pick<Account, 'id' | 'number'>): string {
  return maskedId(number);
}

/** Masks an account id for display: the last four characters remain, fewer of a short id. */
export function maskedId(id: string): string {
  const visible = Math.min(4, Math.floor(id.length / 2));
  return `••••${id.slice(id.length - visible)}`;
}
