/** `ofx-sync notify test`: sends a test message as `notify:` of accounts.yaml says. */

import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { UsageError } from '../../errors.js';
import type { NotifySettings } from '../../model/notifications.js';
import { testMessage } from '../../notify/message.js';
import { send } from '../../notify/send.js';
import { actionOf } from '../command/action.js';
import { withoutAnySecret } from '../command/child-env.js';
import type { Invocation } from '../command/command.js';
import { configOf } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { printResult } from '../command/result.js';
import { serviceFetch } from '../command/service-fetch.js';
import { visible } from '../terminal/escape.js';

export async function notifyCommand(invocation: Invocation): Promise<number> {
  const { io, words } = invocation;
  actionOf('notify', words);
  const config = await configOf(invocation);
  const { notify, file } = config;
  if (notify === undefined)
    throw new UsageError(
      `${file} has no notify:`,
      'Add one: notify: desktop, notify: { command: [PROGRAM, "{title}", "{text}"] }, or notify: { webhook: https://… }',
    );
  const message = testMessage({ id: randomUUID(), at: io.now() });
  await send(message, notify, {
    env: withoutAnySecret(io.env, config),
    baseDir: dirname(file),
    platform: io.platform,
    signal: io.signal,
    fetch: serviceFetch(io.env),
  });
  await printResult(invocation, {
    json: { version: 1, delivered: true, id: message.id },
    indent: 0,
    text: [`delivered to ${visible(receiverOf(notify))}: ${message.text}`],
  });
  return EXIT.ok;
}

function receiverOf({ to }: NotifySettings): string {
  if ('desktop' in to) return 'the desktop';
  return 'webhook' in to ? `the webhook at ${new URL(to.webhook).host}` : (to.command[0] ?? '');
}
