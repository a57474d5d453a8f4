/** `ofx-sync notify test`: sends a test message as `notify:` of accounts.yaml says. */

import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { UsageError } from '../../errors.js';
import { testMessage } from '../../notify/message.js';
import { send } from '../../notify/send.js';
import { actionOf } from '../command/action.js';
import { withoutAnySecret } from '../command/child-env.js';
import type { Invocation } from '../command/command.js';
import { configOf } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { visible } from '../terminal/escape.js';
import { write } from '../terminal/io.js';

export async function notifyCommand(invocation: Invocation): Promise<number> {
  const { io, options, words } = invocation;
  actionOf('notify', words);
  const config = await configOf(invocation);
  const { notify, file } = config;
  if (notify === undefined)
    throw new UsageError(
      `${file} has no notify:`,
      'Add one: notify: { command: [notify-send, "{title}", "{text}"] }, or notify: { webhook: https://… }',
    );
  const message = testMessage({ id: randomUUID(), at: io.now() });
  await send(message, notify, { env: withoutAnySecret(io.env, config), baseDir: dirname(file), signal: io.signal });
  const to =
    'webhook' in notify.to ? `the webhook at ${new URL(notify.to.webhook).host}` : (notify.to.command[0] ?? '');
  if (options.json === true)
    await write(io.stdout, `${JSON.stringify({ version: 1, delivered: true, id: message.id })}\n`);
  else if (options.quiet !== true) await write(io.stdout, `delivered to ${visible(to)}: ${message.text}\n`);
  return EXIT.ok;
}
