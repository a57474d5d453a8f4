/** Who signs on, and what is asked for: the vocabulary of requests. */

import type { Account } from './account.js';
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
}

/** The window asked for one account. `to` is `null` when DTEND is left out. */
export interface Wanted {
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
  readonly wanted: readonly (Wanted & { readonly trnuid: string })[];
}
