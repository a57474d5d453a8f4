/** Logins and requests. */

import type { Account, StatementKind } from './account.js';
import type { IsoDate } from './dates.js';
import type { Institution } from './institution.js';
import type { Secret } from './secret.js';

/** One user's credentials at one institution: the unit of download. */
export interface Login {
  readonly institution: Institution;
  readonly userId: Secret;
  readonly password: Secret;
  /** CLIENTUID, if one is sent. */
  readonly clientUid: Secret | null;
  /** Further elements that some institutions require for a sign-on. */
  readonly extras?: SignonExtras;
  /** Addresses of message sets that the institution's profile puts elsewhere than `url`. */
  readonly addresses?: Readonly<Partial<Record<Service, string>>>;
  /** Demands of the profile on the first sign-on; none once a sign-on was accepted. */
  readonly demands?: readonly SignonDemand[];
  /** Services to which no password may be sent unencrypted. */
  readonly encrypted?: readonly Service[];
  /** `false` when the institution's profile says that it does not list the accounts of a login. */
  readonly listsAccounts?: boolean;
  /** The secrets of which `password` is made, where it is more than one. */
  readonly passwordParts?: readonly Secret[];
}

/** AUTHTOKENFIRST, MFACHALLENGEFIRST, CHGPINFIRST */
export type SignonDemand = 'token' | 'questions' | 'password';

/** The parts of a login that the sign-on guard goes by. */
export type Credentials = Pick<Login, 'institution' | 'userId' | 'password'>;

/** A service of an institution; each may have an address of its own. */
export type Service = StatementKind | 'accounts' | 'signon';

/** Elements of SONRQ that few institutions require (OFX 2.2 section 2.5.1.5). */
export interface SignonExtras {
  /** USERCRED1 and USERCRED2 */
  readonly userCred1?: Secret;
  readonly userCred2?: Secret;
  /** AUTHTOKEN, valid for one sign-on. */
  readonly authToken?: Secret;
  /** SESSCOOKIE and ACCESSKEY of the previous sign-on. */
  readonly sessionCookie?: Secret;
  readonly accessKey?: Secret;
  /** MFACHALLENGEANSWER */
  readonly answers?: readonly { readonly phrase: string; readonly answer: Secret }[];
}

/** The days requested for one account. `to` is `null` when DTEND is omitted. */
export interface StatementWindow {
  readonly account: Account;
  readonly from: IsoDate;
  readonly to: IsoDate | null;
  /** Last day of those that were also wanted and that the institution no longer provides. */
  readonly limit?: IsoDate;
}

/** One request for some accounts of one login. Each attempt is a new request with new ids. */
export interface StatementRequest {
  readonly login: Login;
  /** TRNUID of each account's statement request. */
  readonly wanted: readonly (StatementWindow & { readonly trnuid: string })[];
}

/** A request for something other than statements. */
export type Inquiry =
  /** PROFRQ, anonymous without a login; `updated` is the DTPROFUP of the stored profile. */
  | { readonly kind: 'profile'; readonly login: Login | null; readonly updated: string | null }
  /** ACCTINFORQ: the accounts of the login. */
  | { readonly kind: 'accounts'; readonly login: Login }
  /** STMTENDRQ and CCSTMTENDRQ: the closing statements of the windows. */
  | { readonly kind: 'closings'; readonly login: Login; readonly wanted: StatementRequest['wanted'] }
  /** MFACHALLENGERQ: the security questions to answer. */
  | { readonly kind: 'challenge'; readonly login: Login }
  /** PINCHRQ: a new password. */
  | { readonly kind: 'password'; readonly login: Login; readonly newPassword: Secret };

/** Returns the address that the profile gives for the message set of a request; `null` for the institution's own. */
export function statementAddress({
  login,
  wanted,
}: {
  readonly login: Login;
  readonly wanted: readonly StatementWindow[];
}): string | null {
  const service = wanted[0]?.account.kind;
  return service === undefined ? null : (login.addresses?.[service] ?? null);
}

/** Returns the address for an inquiry, `null` for the institution's own: the profile may have one by a quirk. */
export function inquiryAddress(inquiry: Inquiry, { quirks }: Institution): string | null {
  const { kind, login } = inquiry;
  if (kind === 'profile' || login === null) return quirks.profileUrl ?? null;
  if (kind === 'closings') return login.addresses?.[inquiry.wanted[0]?.account.kind ?? 'bank'] ?? null;
  return login.addresses?.[kind === 'accounts' ? 'accounts' : 'signon'] ?? null;
}
