/** The circumstances of one reply: the institution, the time, the addresses and the faults. */

import type { IsoDate } from '../model/dates.js';
import type { SandboxInstitution } from './institutions.js';
import type { Node } from './request.js';
import type { SignonVerdict } from './tenant.js';
import type { WantName } from './wants.js';

export interface SandboxContext {
  readonly institution: SandboxInstitution;
  readonly now: Date;
  readonly today: IsoDate;
  readonly signon: (sonrq: Node | undefined) => SignonVerdict;
  readonly changePassword: (password: string) => void;
  readonly wants: readonly WantName[];
  /** Returns whether a TRNUID was used before, and remembers it. */
  readonly seen: (trnuid: string) => boolean;
  /** The address of the request, which the profile names. */
  readonly url: string;
  /** The address for statements in the profile, where it is another one. */
  readonly statementsUrl: string | null;
  readonly faults: ReplyFaults;
}

/** Faults in a reply that is otherwise correct. */
export interface ReplyFaults {
  readonly signonStatus: number | null;
  /** Account ids whose statement is refused with this status. */
  readonly refuse: ReadonlyMap<string, number>;
  readonly omit: ReadonlySet<string>;
  readonly wrongTrnuid: boolean;
  readonly noTrnuid: boolean;
  readonly stranger: boolean;
  readonly twice: boolean;
  readonly newFitids: boolean;
  readonly longFitids: boolean;
  /** Transactions of about two weeks ago are missing. */
  readonly late: boolean;
  readonly payeeInMemo: boolean;
  readonly commentRows: boolean;
  /** FITIDs of transactions to omit. */
  readonly without: ReadonlySet<string>;
  readonly strippedIds: boolean;
  readonly oddBalance: boolean;
  readonly pending: boolean;
  /** Statements are available at another address only. */
  readonly elsewhere: boolean;
  /** Faults of the list of accounts, by their names. */
  readonly list: ReadonlySet<string>;
}
