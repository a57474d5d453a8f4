/** A delivery as an outcome: what arrived is stored first, and what cannot be stored is a failure of that account. */

import { toOfxSyncError } from '../errors.js';
import type { Institution } from '../model/institution.js';
import type { Notice } from '../model/notice.js';
import type { Statement } from '../model/statement.js';
import { statusMeaning } from '../ofx/status.js';
import type { Outcome, Store } from '../ports.js';
import type { Delivery } from './download-types.js';

interface SaveScope {
  readonly store: Store;
  readonly run: number;
  readonly at: Date;
  readonly institution: Institution | undefined;
}

export function outcomeOf(delivery: Delivery, { store, run, at, institution }: SaveScope): Outcome {
  const { wanted, durationMs, attempts, notices } = delivery;
  const base = { account: wanted.account, durationMs, attempts };
  if ('error' in delivery) return { ...base, notices, status: delivery.status, error: delivery.error };
  const { statement, serverTime } = delivery;
  try {
    if (institution === undefined) throw new TypeError(`no institution ${wanted.account.institution}`);
    const saved = store.save(wanted.account, statement, { runId: run, at, serverTime, wanted, institution });
    return {
      ...base,
      status: 'ok',
      statement,
      saved,
      notices: [...notices, ...warningOf(statement), ...statement.notices, ...saved.notices],
    };
  } catch (error) {
    return { ...base, notices, status: 'failed', error: toOfxSyncError(error) };
  }
}

/** What the institution says beside a statement that it gives. */
function warningOf({ status: { severity, code, message } }: Statement): Notice[] {
  if (severity !== 'WARN') return [];
  const said = message === null || message === '' ? '' : `: “${message}”`;
  return [{ code: 'institution-warns', message: `${statusMeaning(code)} (${code})${said}` }];
}
