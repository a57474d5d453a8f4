/** The circumstances of one answer: who is asked, when, under which address, and what is to go wrong. */

import type { IsoDate } from '../model/dates.js';
import type { SandboxInstitution } from './institutions.js';
import type { Node } from './request.js';
import type { SignonVerdict } from './tenant.js';
import type { WantName } from './wants.js';

export interface AnswerContext {
  readonly institution: SandboxInstitution;
  readonly now: Date;
  readonly today: IsoDate;
  readonly signon: (sonrq: Node | undefined) => SignonVerdict;
  readonly changePassword: (password: string) => void;
  readonly wants: readonly WantName[];
  /** Whether a TRNUID was used before. */
  readonly seen: (trnuid: string) => boolean;
  /** The address that was asked, which the profile names. */
  readonly url: string;
  /** Another one for statements, where the profile says so. */
  readonly statementsUrl: string | null;
  readonly faults: AnswerFaults;
}

/** What is to go wrong inside an answer that is otherwise right. */
export interface AnswerFaults {
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
  /** What was posted about two weeks ago has not arrived yet. */
  readonly late: boolean;
  readonly payeeInMemo: boolean;
  readonly commentRows: boolean;
  /** A transaction to leave out, by its FITID. */
  readonly without: ReadonlySet<string>;
  readonly strippedIds: boolean;
  readonly oddBalance: boolean;
  readonly pending: boolean;
  /** Statements are to be asked for elsewhere. */
  readonly elsewhere: boolean;
  /** What is strange about the list of accounts. */
  readonly list: ReadonlySet<string>;
}
