/** Telling what has changed after a sync. A message that cannot be delivered is no failure of the sync: the next run delivers it. */

import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import type { Config } from '../../model/institution.js';
import type { Store } from '../../ports.js';
import { withoutAnySecret } from '../command/child-env.js';
import type { Invocation } from '../command/command.js';
import { visible } from '../terminal/escape.js';
import { write } from '../terminal/io.js';

export async function tell(config: Config, { io }: Invocation, store: Store): Promise<void> {
  if (config.notify === undefined) return;
  const [{ notifyOfChanges }, { send }] = await Promise.all([
    import('../../notify/deliver.js'),
    import('../../notify/send.js'),
  ]);
  const context = { env: withoutAnySecret(io.env, config), baseDir: dirname(config.file), signal: io.signal };
  const error = await notifyOfChanges(config, {
    store,
    now: io.now,
    newId: randomUUID,
    send: (message, settings) => send(message, settings, context),
  });
  if (error === null) return;
  await write(
    io.stderr,
    `warning: a message could not be delivered and waits for the next run: ${visible(error.message)}\n`,
  );
}
