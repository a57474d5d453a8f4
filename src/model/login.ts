/** Who signs on, and what is asked for: the vocabulary of requests. */

import type { Account, StatementKind } from './account.js';
import type { IsoDate } from './dates.js';
import type { Institution } from './institution.js';
import type { Secret } from './secret.js';

/** One user's credentials at one institution: the unit of download. */
export interface Login {
  readonly institution: Institution;
  readonly userId: Secret;
  readonly password: Secret;
  /** CLIENTUID, when one is to be sent. */
  readonly clientUid: Secret | null;
  /** What some institutions want with a signon beside these. */
  readonly extras?: SignonExtras;
  /** Addresses of message sets that the institution's profile puts elsewhere than `url`. */
  readonly addresses?: Readonly<Partial<Record<Service, string>>>;
}

/** What is asked of an institution, each of which may have an address of its own. */
export type Service = StatementKind | 'accounts' | 'signon';

/** Elements of SONRQ that few institutions want (OFX 2.2 section 2.5.1.5). */
export interface SignonExtras {
  /** USERCRED1 and USERCRED2 */
  readonly userCred1?: Secret;
  readonly userCred2?: Secret;
  /** AUTHTOKEN, good for one signon. */
  readonly authToken?: Secret;
  /** SESSCOOKIE and ACCESSKEY of the signon before. */
  readonly sessionCookie?: Secret;
  readonly accessKey?: Secret;
  /** MFACHALLENGEANSWER */
  readonly answers?: readonly { readonly phrase: string; readonly answer: Secret }[];
}

/** The window asked for one account. `to` is `null` when DTEND is left out. */
export interface StatementWindow {
  readonly account: Account;
  readonly from: IsoDate;
  readonly to: IsoDate | null;
  /** Last day that was wanted, too, and that the institution does not give any more. */
  readonly limit?: IsoDate;
}

/** One request for some accounts of one login. Each attempt is a new one, with new ids. */
export interface StatementRequest {
  readonly login: Login;
  /** TRNUID of each account's statement request. */
  readonly wanted: readonly (StatementWindow & { readonly trnuid: string })[];
}

/** A request for something other than statements. */
export type Inquiry =
  /** PROFRQ, anonymous without a login; `updated` is the DTPROFUP of the profile that is already here. */
  | { readonly kind: 'profile'; readonly login: Login | null; readonly updated: string | null }
  /** ACCTINFORQ: which accounts the login has. */
  | { readonly kind: 'accounts'; readonly login: Login }
  /** STMTENDRQ and CCSTMTENDRQ: the closing statements that the institution made in the windows. */
  | { readonly kind: 'closings'; readonly login: Login; readonly wanted: StatementRequest['wanted'] }
  /** MFACHALLENGERQ: which security questions are to be answered. */
  | { readonly kind: 'challenge'; readonly login: Login }
  /** PINCHRQ: a new password. */
  | { readonly kind: 'password'; readonly login: Login; readonly newPassword: Secret };
