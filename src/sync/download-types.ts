/** What a download is given and what it hands back, account by account. */

import type { OfxSyncError } from '../errors.js';
import type { IsoDate } from '../model/dates.js';
import type { Institution } from '../model/institution.js';
import type { Notice } from '../model/notice.js';
import type { Statement } from '../model/statement.js';
import type { Login, StatementSource, StatementWindow } from '../ports.js';
import type { AskPorts } from './request.js';
import type { Guard } from './signon-guard.js';

/** The accounts to ask for at one login. */
export interface LoginJob {
  readonly institution: Institution;
  readonly wanted: readonly StatementWindow[];
}

export interface DownloadOptions {
  readonly retries: number;
  readonly timeoutMs: number;
  /** `timeoutMs` holds for institutions with a timeout of their own, too. */
  readonly timeoutForAll: boolean;
  readonly perInstitution: number;
  readonly signal: AbortSignal;
  readonly today: IsoDate;
}

export interface DownloadPorts extends AskPorts {
  readonly sourceFor: (institution: Institution) => Promise<StatementSource>;
  /** Resolves the login's secrets; rejects with an OfxSyncError. */
  readonly resolveLogin: (institution: Institution) => Promise<Login>;
  readonly guard: Guard;
  /** Called once for each account, the moment its fate is known. */
  readonly deliver: (delivery: Delivery) => void;
}

/** What a download came to for one account. */
export type Delivery = {
  readonly wanted: StatementWindow;
  readonly durationMs: number;
  readonly attempts: number;
  readonly notices: readonly Notice[];
  /** DTSERVER of the last reply. */
  readonly serverTime: string | null;
} & ({ readonly statement: Statement } | { readonly error: OfxSyncError; readonly status: 'failed' | 'skipped' });
