/**
 * The accounts that an institution lists (ACCTINFO), as entries of accounts.yaml, sorted into configured, new, inactive and
 * incomplete ones. Pure.
 */

import { ACCOUNT_KINDS, type Account, type AccountId, type AccountKind, idsOf, maskedId } from '../model/account.js';
import type { Institution } from '../model/institution.js';
import { present } from '../model/present.js';
import type { AccountInfo } from '../ofx/file.js';
import { ACCOUNT_TYPES, LOAN_TYPES } from './account-types.js';
import { nameFrom, freeName as unusedName } from './free-name.js';
import { type AccountEntry, accountSchema } from './schema.js';

export interface FoundAccount {
  /**
   * `new` can be added unchanged; `configured` is already in accounts.yaml; `inactive` is listed without active downloads
   * (SVCSTATUS AVAIL or PEND); `incomplete` lacks something that a request needs.
   */
  readonly state: 'new' | 'configured' | 'inactive' | 'incomplete';
  /** Its entry in accounts.yaml, existing or proposed; `null` when it has no account id. */
  readonly entry: AccountEntry | null;
  /** DESC, as sent. */
  readonly description: string | null;
  /** A note for the person. */
  readonly remark: string | null;
}

/** Returns every listed account once, in the institution's order. */
export function foundAccounts(listed: readonly AccountInfo[], institution: Institution): FoundAccount[] {
  const seen = new Set<string>();
  const taken = new Set(institution.accounts.map(({ name }) => name));
  const once = listed.filter(({ account }) => {
    const key = JSON.stringify(account);
    return account.id === '' || (!seen.has(key) && seen.add(key).has(key));
  });
  const kinds = once.map((info) => kindOf(info).kind);
  return once.map((info, index) => {
    const kind = kinds[index] ?? 'checking';
    const isOnlyOne = kinds.filter((other) => other === kind).length === 1;
    return classify(info, { kind, isOnlyOne, institution, taken });
  });
}

type Listed = Pick<AccountInfo, 'account' | 'description'>;

interface EntryContext {
  readonly kind: AccountKind;
  readonly isOnlyOne: boolean;
  readonly institution: Institution;
  /** Names in use; `classify` adds the one that it chooses. */
  readonly taken: Set<string>;
}

function classify({ account, description, status }: AccountInfo, context: EntryContext): FoundAccount {
  const { kind, institution, taken } = context;
  if (account.id === '')
    return {
      state: 'incomplete',
      entry: null,
      description,
      remark: `a ${kind} account without a number (ACCTID): write its entry yourself, with the number that the bank shows`,
    };
  const existing = configured(account, institution);
  if (existing !== null) {
    const { name, accountKind, id, number, routing } = existing;
    const entry = { name, kind: accountKind, id, ...present({ number }), ...(routing === null ? {} : { routing }) };
    return { state: 'configured', entry, description, remark: null };
  }
  const name = freeName(context, account, description);
  taken.add(name);
  const entry = entryOf(name, account, context);
  const problem = entryProblem(entry, account, institution);
  if (problem !== null) return { state: 'incomplete', entry, description, remark: problem };
  const remarks = remarksOn({ account, description });
  if (status === 'AVAIL' || status === 'PEND')
    remarks.unshift(
      status === 'PEND'
        ? 'its downloads are requested, but not active yet (PEND)'
        : 'its downloads are not active (AVAIL): ask the bank to enable them',
    );
  const state = status === 'AVAIL' || status === 'PEND' ? 'inactive' : 'new';
  return { state, entry, description, remark: remarks.length === 0 ? null : remarks.join('; ') };
}

/** Words in the names of accounts, for a source that names no kinds. The first that fits counts. */
const KIND_WORDS: readonly (readonly [words: RegExp, kind: AccountKind])[] = [
  [/\b(?:line of credit|heloc|overdraft|credit line)\b/i, 'creditline'],
  [/\b(?:credit ?card|card|visa|master ?card|amex|american express|platinum)\b/i, 'creditcard'],
  [/\b(?:mortgage|loan|student|auto finance)\b/i, 'loan'],
  [
    /\b(?:brokerage|invest\w*|ira|roth|401\(?k\)?|403\(?b\)?|529|pension|retirement|stocks?|securities|crypto\w*|hsa invest\w*)\b/i,
    'investment',
  ],
  [/\bmoney ?market\b/i, 'moneymarket'],
  [/\b(?:cds?|certificates?(?: of deposit)?)\b/i, 'cd'],
  [/\b(?:savings?|saver|rainy day)\b/i, 'savings'],
  [/\b(?:check(?:ing)?|cheque|current|giro|everyday|debit)\b/i, 'checking'],
];

function kindOf({ account, description }: Listed): { kind: AccountKind; isGuess: boolean } {
  const { kind, accountType, anyKind } = account;
  if (anyKind === true) {
    const named = KIND_WORDS.find(([words]) => words.test(accountNameIn(description)))?.[1];
    return { kind: named ?? 'checking', isGuess: named === undefined };
  }
  if (kind !== 'bank') return { kind, isGuess: false };
  const known = ACCOUNT_KINDS.find(
    (one) => ACCOUNT_TYPES[one].kind === 'bank' && ACCOUNT_TYPES[one].type === accountType,
  );
  return { kind: known ?? 'checking', isGuess: known === undefined };
}

/** Finds the configured account of the same kind and number. A number that is masked in the list matches by its visible end. */
function configured(listed: AccountId, { accounts }: Institution): Account | null {
  const sameKind = accounts.filter(({ kind }) => kind === listed.kind || listed.anyKind === true);
  // A bridge lists its own ids only.
  const known = (one: Account) => (listed.anyKind === true ? [one.id] : idsOf(one));
  const exact = sameKind.find(
    (one) =>
      known(one).includes(listed.id) &&
      (one.routing === listed.routing || one.routing === null || listed.routing === null),
  );
  if (exact !== undefined || !isMasked(listed.id)) return exact ?? null;
  const rest = listed.id.replace(/^.*[Xx*•#]/, '');
  const alike = sameKind.filter((one) => rest.length >= 3 && known(one).some((id) => id.endsWith(rest)));
  return alike.length === 1 ? (alike[0] ?? null) : null;
}

function isMasked(id: string): boolean {
  return /[*•#]|[Xx]{3}/.test(id);
}

/** Returns the name of the account in a description that begins with that of its bank. */
function accountNameIn(description: string | null): string {
  return description?.split(' · ').at(-1) ?? '';
}

/** Returns an unused name: `checking`, or `checking-3456` when there are several of the kind; the account's own where it has one. */
function freeName(
  { kind: full, isOnlyOne, taken }: EntryContext,
  account: AccountId,
  description: string | null,
): string {
  const { id, anyKind } = account;
  const own = anyKind === true ? accountNameIn(description) : '';
  if (own !== '') return unusedName(nameFrom(own), [...taken]);
  const kind = full === 'creditcard' ? 'card' : full;
  if (isOnlyOne && !taken.has(kind)) return kind;
  const letters = id.replace(/[^\p{L}\p{N}]/gu, '');
  const base = `${kind}-${letters.slice(-Math.min(4, Math.floor(letters.length / 2)) || -1) || 'account'}`;
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(name)) return name;
  }
}

function entryOf(name: string, account: AccountId, { kind, institution }: EntryContext): AccountEntry {
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

/** LOANACCTTYPE, omitted when it is the default. */
function loanTypeOf({ accountType }: AccountId): Pick<AccountEntry, 'loanType'> {
  const type = LOAN_TYPES.find((one) => one === accountType?.toLowerCase());
  return type === undefined || type === 'auto' ? {} : { loanType: type };
}

/** Returns the reason why an entry cannot be written, or `null`. */
function entryProblem(
  entry: AccountEntry,
  { kind, brokerId, routing, anyKind }: AccountId,
  { quirks }: Institution,
): string | null {
  if (kind === 'bank' && anyKind !== true && filled(routing) === null && quirks.bankId !== 'empty')
    return 'listed without a routing number (BANKID): add routing: yourself, or set bankId: empty if the bank wants none';
  if (kind === 'investment' && filled(brokerId) === null) return 'listed without a BROKERID: add brokerId: yourself';
  const parsed = accountSchema.safeParse(entry);
  if (parsed.success) return null;
  const key = String(parsed.error.issues[0]?.path[0] ?? 'id');
  return `accounts.yaml does not accept its ${key} (${parsed.error.issues[0]?.message.split('\n')[0] ?? ''})`;
}

function remarksOn({ account, description }: Listed): string[] {
  const remarks: string[] = [];
  if (isMasked(account.id))
    remarks.push(
      `the bank lists it as ${maskedId(account.id)}, masked: use it unchanged; if the bank refuses its statement, write the whole number`,
    );
  if (kindOf({ account, description }).isGuess)
    remarks.push(`its kind is a guess: the bank reports ${account.accountType ?? 'none'}`);
  return remarks;
}

function filled(value: string | null): string | null {
  return value === null || value === '' ? null : value;
}
