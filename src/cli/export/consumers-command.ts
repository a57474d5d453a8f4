/** `ofx-sync consumers`: lists what each consumer has received; `reset` and `remove` let one begin again. */

import { UsageError } from '../../errors.js';
import { localDate } from '../../model/dates.js';
import { didYouMean } from '../../model/nearest.js';
import type { ConsumerRecord } from '../../ports.js';
import { actionOf } from '../command/action.js';
import type { Invocation } from '../command/command.js';
import { EXIT } from '../command/exit-codes.js';
import { printResult } from '../command/result.js';
import { withStoreForReading, withStoreForWriting } from '../command/with-store.js';
import { visible } from '../terminal/escape.js';
import { table, widthOf } from '../terminal/table.js';
import { shownPath } from './written.js';

const COLUMNS = [
  { align: 'left', flexible: true },
  { align: 'right' },
  { align: 'right' },
  { align: 'right' },
  { align: 'left' },
  { align: 'left', flexible: true },
] as const;

export async function consumersCommand(invocation: Invocation): Promise<number> {
  const { words } = invocation;
  const action = words.length === 0 ? 'list' : actionOf('consumers', words);
  const [, name] = words;
  if (action === 'list') {
    if (name !== undefined) throw new UsageError('consumers list takes no further words');
    return list(invocation);
  }
  if (name === undefined)
    throw new UsageError(`consumers ${action} takes one name`, 'To see the names: ofx-sync consumers');
  return begin(invocation, { action, name });
}

async function list(invocation: Invocation): Promise<number> {
  return withStoreForReading(invocation, async (store) => {
    const consumers = store?.consumers() ?? [];
    await printResult(invocation, {
      json: { version: 1, consumers },
      text: consumers.length === 0 ? ['No consumer has received anything yet.'] : listLines(consumers, invocation),
    });
    return EXIT.ok;
  });
}

function listLines(consumers: readonly ConsumerRecord[], { io }: Invocation): string[] {
  const rows = consumers.map((consumer) => {
    const last = lastOf(consumer);
    return [
      visible(consumer.name),
      String(consumer.accounts.length),
      String(sum(consumer.accounts.map(({ received }) => received))),
      String(sum(consumer.accounts.map(({ waiting }) => waiting))),
      last === null ? '' : localDate(new Date(last)),
      visible(
        filesOf(consumer)
          .map((file) => shownPath(file, io.cwd))
          .join(', '),
      ),
    ];
  });
  return table([['CONSUMER', 'ACCOUNTS', 'RECEIVED', 'NEW', 'LAST', 'FILE'], ...rows], COLUMNS, widthOf(io.stdout));
}

async function begin(
  invocation: Invocation,
  { action, name }: { action: 'reset' | 'remove'; name: string },
): Promise<number> {
  return withStoreForWriting(invocation, async (store) => {
    const consumers = store.consumers();
    const consumer = consumers.find((one) => one.name === name);
    if (consumer === undefined)
      throw new UsageError(
        `no consumer is named ${JSON.stringify(name)}`,
        didYouMean(
          name,
          consumers.map((one) => one.name),
          'To see the names: ofx-sync consumers',
          `ofx-sync consumers ${action} `,
        ),
      );
    if (action === 'reset') store.resetConsumer(name);
    else store.removeConsumer(name);
    const files = filesOf(consumer);
    const done = action === 'reset' ? 'reset' : 'removed';
    await printResult(invocation, {
      json: { version: 1, consumer: name, [done]: true, files },
      text: [
        `${visible(name)}: ${done}. The next export for this name begins with the first transaction.`,
        ...files.map(
          (file) =>
            `${visible(shownPath(file, invocation.io.cwd))} stays as it is: move it away before you export to it, or its entries are in it twice.`,
        ),
      ],
    });
    return EXIT.ok;
  });
}

function filesOf({ accounts }: ConsumerRecord): string[] {
  return [...new Set(accounts.flatMap(({ file }) => (file === null ? [] : [file])))];
}

function lastOf({ accounts }: ConsumerRecord): string | null {
  return (
    accounts
      .flatMap(({ servedAt }) => servedAt ?? [])
      .toSorted()
      .at(-1) ?? null
  );
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
