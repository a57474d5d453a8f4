/** Telling the person what has changed: once a change, whenever the program is killed. See `store/told.ts`. */

import { type OfxSyncError, toOfxSyncError } from '../errors.js';
import type { Config } from '../model/institution.js';
import type { Message, NotifySettings } from '../model/notifications.js';
import type { Store } from '../ports.js';
import { changeOf } from './changes.js';
import { freshnessOf } from './freshness.js';
import { messageOf } from './message.js';

interface TellPorts {
  readonly store: Pick<
    Store,
    'status' | 'loginState' | 'gaps' | 'reportedConditions' | 'recordNotification' | 'unsentMessages' | 'markSent'
  >;
  readonly now: () => Date;
  readonly newId: () => string;
  /** Rejects when the message was not taken. */
  readonly send: (message: Message, settings: NotifySettings) => Promise<void>;
}

/**
 * Looks at all accounts, notes what is new together with the message about it, and delivers what is not delivered yet.
 * @returns why the delivery has to wait for the next run, `null` when nothing is left.
 */
export async function tellChanges(config: Config, ports: TellPorts): Promise<OfxSyncError | null> {
  const { notify } = config;
  if (notify === undefined) return null;
  const { store, now } = ports;
  const accounts = config.institutions.flatMap((institution) => institution.accounts);
  const change = changeOf(freshnessOf(config, { accounts, store, now: now() }), store.reportedConditions());
  const message = messageOf(change.news, notify, {
    id: ports.newId(),
    at: now(),
    hidden: accounts.map(({ id }) => id),
  });
  if (change.began.length > 0 || change.ended.length > 0) store.recordNotification(change, message);
  try {
    for (const unsent of store.unsentMessages()) {
      await ports.send(unsent, notify);
      store.markSent(unsent.id, now());
    }
    return null;
  } catch (error) {
    return toOfxSyncError(error);
  }
}
