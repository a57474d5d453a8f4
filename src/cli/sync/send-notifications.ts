/** Notifications after a sync. One that cannot be delivered does not fail the sync: the next run sends it again. */

import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import type { OfxSyncError } from '../../errors.js';
import type { Config } from '../../model/institution.js';
import type { Store } from '../../ports.js';
import { withoutAnySecret } from '../command/child-env.js';
import type { Invocation } from '../command/command.js';
import { serviceFetch } from '../command/service-fetch.js';
import { visible } from '../terminal/escape.js';
import { type CliIo, write } from '../terminal/io.js';

/** Notifies of what has changed for the accounts. */
export async function sendNotifications(config: Config, { io }: Invocation, store: Store): Promise<void> {
  if (config.notify === undefined) return;
  const [{ notifyOfChanges }, { send }] = await Promise.all([
    import('../../notify/deliver.js'),
    import('../../notify/send.js'),
  ]);
  const context = {
    platform: io.platform,
    env: withoutAnySecret(io.env, config),
    baseDir: dirname(config.file),
    signal: io.signal,
    fetch: serviceFetch(io.env),
  };
  const error = await notifyOfChanges(config, {
    store,
    now: io.now,
    newId: randomUUID,
    send: (message, settings) => send(message, settings, context),
  });
  if (error !== null) await warnOfUndelivered(error, io);
}

/** Warns that a message could not be delivered. */
export async function warnOfUndelivered({ message }: OfxSyncError, { stderr }: CliIo): Promise<void> {
  await write(stderr, `warning: a message could not be delivered; the next run tries again: ${visible(message)}\n`);
}
