/**
 * The accounts that an institution lists (ACCTINFO), as entries of accounts.yaml: which of them are there already, which are
 * new, and which cannot be asked for as they are listed. Pure.
 */

import { ACCOUNT_KINDS, type AccountId, type AccountKind, maskedId } from '../model/account.js';
import type { Institution } from '../model/institution.js';
import type { AccountInfo } from '../ofx/file.js';
import { ACCOUNT_TYPES, LOAN_TYPES } from './account-types.js';
import { type AccountEntry, accountSchema } from './schema.js';

export interface FoundAccount {
  /**
   * `new` can be added as it is; `configured` is in accounts.yaml; `inactive` is listed, but its downloads are not (SVCSTATUS
   * AVAIL or PEND); `incomplete` lacks something that a request needs.
   */
  readonly state: 'new' | 'configured' | 'inactive' | 'incomplete';
  /** As it would stand, or stands, in accounts.yaml; `null` when there is nothing to write. */
  readonly entry: AccountEntry | null;
  /** DESC, as sent. */
  readonly description: string | null;
  /** What a person should know of it. */
  readonly remark: string | null;
}

/** Every listed account once, in the institution's order. */
export function foundAccounts(listed: readonly AccountInfo[], institution: Institution): FoundAccount[] {
  const seen = new Set<string>();
  const taken = new Set(institution.accounts.map(({ name }) => name));
  const once = listed.filter(({ account }) => {
    const key = JSON.stringify(account);
    return account.id === '' || (!seen.has(key) && seen.add(key).has(key));
  });
  const kinds = once.map(({ account }) => kindOf(account).kind);
  return once.map((info, index) => {
    const kind = kinds[index] ?? 'checking';
    const isOnlyOne = kinds.filter((other) => other === kind).length === 1;
    return found(info, { kind, isOnlyOne, institution, taken });
  });
}

interface Place {
  readonly kind: AccountKind;
  readonly isOnlyOne: boolean;
  readonly institution: Institution;
  /** Names that are in use; a new one is added. */
  readonly taken: Set<string>;
}

function found({ account, description, status }: AccountInfo, place: Place): FoundAccount {
  const { kind, institution, taken } = place;
  if (account.id === '')
    return {
      state: 'incomplete',
      entry: null,
      description,
      remark: `a ${kind} account without a number (ACCTID): write its entry by hand, with the number that the institution shows`,
    };
  const there = configured(account, institution);
  if (there !== null) {
    const { name, accountKind, id, routing } = there;
    const entry = { name, kind: accountKind, id, ...(routing === null ? {} : { routing }) };
    return { state: 'configured', entry, description, remark: null };
  }
  const name = freeName(place, account);
  taken.add(name);
  const entry = entryOf(name, account, place);
  const lack = complaint(entry, account, institution);
  if (lack !== null) return { state: 'incomplete', entry, description, remark: lack };
  const remarks = remarksOn(account);
  if (status === 'AVAIL' || status === 'PEND')
    remarks.unshift(
      status === 'PEND'
        ? 'its downloads are requested and not active yet (PEND)'
        : 'its downloads are not active (AVAIL): ask the institution to enable them',
    );
  const state = status === 'AVAIL' || status === 'PEND' ? 'inactive' : 'new';
  return { state, entry, description, remark: remarks.length === 0 ? null : remarks.join('; ') };
}

function kindOf({ kind, accountType }: AccountId): { kind: AccountKind; isGuess: boolean } {
  if (kind !== 'bank') return { kind, isGuess: false };
  const known = ACCOUNT_KINDS.find(
    (one) => ACCOUNT_TYPES[one].kind === 'bank' && ACCOUNT_TYPES[one].type === accountType,
  );
  return { kind: known ?? 'checking', isGuess: known === undefined };
}

/** The configured account of the same kind and number. A number that is masked in the list matches by what is left of it. */
function configured(listed: AccountId, { accounts }: Institution): Institution['accounts'][number] | null {
  const sameKind = accounts.filter(({ kind }) => kind === listed.kind);
  const exact = sameKind.find(
    ({ id, routing }) =>
      id === listed.id && (routing === listed.routing || routing === null || listed.routing === null),
  );
  if (exact !== undefined || !isMasked(listed.id)) return exact ?? null;
  const rest = listed.id.replace(/^.*[Xx*•#]/, '');
  const alike = sameKind.filter(({ id }) => rest.length >= 3 && id.endsWith(rest));
  return alike.length === 1 ? (alike[0] ?? null) : null;
}

function isMasked(id: string): boolean {
  return /[*•#]|[Xx]{3}/.test(id);
}

/** `checking`, or `checking-3456` when there are several. */
function freeName({ kind: full, isOnlyOne, taken }: Place, { id }: AccountId): string {
  const kind = full === 'creditcard' ? 'card' : full;
  if (isOnlyOne && !taken.has(kind)) return kind;
  const letters = id.replace(/[^\p{L}\p{N}]/gu, '');
  const base = `${kind}-${letters.slice(-Math.min(4, Math.floor(letters.length / 2)) || -1) || 'account'}`;
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(name)) return name;
  }
}

function entryOf(name: string, account: AccountId, { kind, institution }: Place): AccountEntry {
  const isBank = account.kind === 'bank';
  const broker = account.kind === 'investment' ? account.brokerId : null;
  const sharedBroker = institution.accounts.find(({ brokerId }) => brokerId !== null)?.brokerId ?? null;
  return {
    name,
    kind,
    id: account.id,
    ...(isBank && filled(account.routing) !== null ? { routing: filled(account.routing) ?? '' } : {}),
    ...(isBank && filled(account.branch) !== null ? { branch: filled(account.branch) ?? '' } : {}),
    ...(account.kind === 'loan' ? loanTypeOf(account) : {}),
    ...(filled(broker) !== null && broker !== sharedBroker ? { brokerId: broker ?? '' } : {}),
  };
}

/** LOANACCTTYPE, but for that which is sent anyway. */
function loanTypeOf({ accountType }: AccountId): Pick<AccountEntry, 'loanType'> {
  const type = LOAN_TYPES.find((one) => one === accountType?.toLowerCase());
  return type === undefined || type === 'auto' ? {} : { loanType: type };
}

/** What keeps an entry from being written as it is. */
function complaint(
  entry: AccountEntry,
  { kind, brokerId, routing }: AccountId,
  { quirks }: Institution,
): string | null {
  if (kind === 'bank' && filled(routing) === null && quirks.bankId !== 'empty')
    return 'listed without a routing number (BANKID): add routing: yourself, or set bankId: empty if the institution wants it so';
  if (kind === 'investment' && filled(brokerId) === null) return 'listed without a BROKERID: add brokerId: yourself';
  const parsed = accountSchema.safeParse(entry);
  if (parsed.success) return null;
  const key = String(parsed.error.issues[0]?.path[0] ?? 'id');
  return `its ${key} is not one that accounts.yaml takes (${parsed.error.issues[0]?.message.split('\n')[0] ?? ''})`;
}

function remarksOn(account: AccountId): string[] {
  const remarks: string[] = [];
  if (isMasked(account.id))
    remarks.push(
      `the institution lists it as ${maskedId(account.id)}, masked: use it as it stands; if its statement is refused, put the whole number`,
    );
  if (kindOf(account).isGuess)
    remarks.push(`its kind is a guess: the institution says ${account.accountType ?? 'nothing of it'}`);
  return remarks;
}

function filled(value: string | null): string | null {
  return value === null || value === '' ? null : value;
}
