/** Notifies the person of each change once, whenever the program is killed. See `store/notifications.ts`. */

import { type OfxSyncError, toOfxSyncError } from '../errors.js';
import type { Config } from '../model/institution.js';
import type { Message, NotifySettings } from '../model/notifications.js';
import type { Store } from '../ports.js';
import { changesSince } from './changes.js';
import { freshnessOf } from './freshness.js';
import { messageOf } from './message.js';

interface NotifyPorts {
  readonly store: Pick<
    Store,
    'status' | 'loginState' | 'gaps' | 'reportedConditions' | 'recordNotification' | 'unsentMessages' | 'markSent'
  >;
  readonly now: () => Date;
  readonly newId: () => string;
  /** Rejects when the message was not accepted. */
  readonly send: (message: Message, settings: NotifySettings) => Promise<void>;
}

/**
 * Records the changes of all accounts together with the message about them, and sends the messages that were not sent yet.
 * @returns the error for which sending has to wait for the next run, `null` when everything is sent.
 */
export async function notifyOfChanges(config: Config, ports: NotifyPorts): Promise<OfxSyncError | null> {
  const { notify } = config;
  if (notify === undefined) return null;
  const { store, now } = ports;
  const accounts = config.institutions.flatMap((institution) => institution.accounts);
  const changes = changesSince(store.reportedConditions(), freshnessOf(config, { accounts, store, now: now() }));
  const message = messageOf(changes.news, notify, {
    id: ports.newId(),
    at: now(),
    hidden: accounts.map(({ id }) => id),
  });
  if (changes.began.length > 0 || changes.ended.length > 0) store.recordNotification(changes, message);
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
