/** `ofx-sync help [TOPIC]`: help on a command, or with `config` on every key of accounts.yaml. */

import { UsageError } from '../../errors.js';
import { didYouMean } from '../../model/nearest.js';
import type { Invocation } from '../command/command.js';
import { EXIT } from '../command/exit-codes.js';
import { printResult } from '../command/result.js';
import { write } from '../terminal/io.js';
import { widthOf, wrapped } from '../terminal/table.js';

export async function helpCommand(invocation: Invocation): Promise<number> {
  const { io, words, commands } = invocation;
  const [topic, key] = words;
  if (topic === 'config') return helpConfig(invocation, key);
  const names = commands.map(({ name }) => name);
  if (topic !== undefined && !names.includes(topic))
    throw new UsageError(
      `help has no topic ${JSON.stringify(topic)}`,
      didYouMean(topic, [...names, 'config'], 'See: ofx-sync --help', 'ofx-sync help '),
    );
  const { parseArguments } = await import('../command/program.js');
  const parsed = parseArguments([...(topic === undefined ? [] : [topic]), '--help'], io, commands);
  await write(io.stdout, 'text' in parsed ? parsed.text : '');
  return EXIT.ok;
}

/** Prints all keys, or those whose path contains the word. */
async function helpConfig(invocation: Invocation, word: string | undefined): Promise<number> {
  const { describedKeys } = await import('../../config/describe.js');
  const all = describedKeys();
  const lower = word?.toLowerCase();
  const shown = lower === undefined ? all : all.filter(({ path }) => path.toLowerCase().includes(lower));
  if (shown.length === 0) {
    const last = all.map(({ path }) => path.split(/[.[\]]+/).findLast((part) => part !== '') ?? path);
    throw new UsageError(
      `accounts.yaml has no key ${JSON.stringify(word)}`,
      didYouMean(word ?? '', last, 'List all keys: ofx-sync help config', 'ofx-sync help config '),
    );
  }
  const width = Math.min(100, widthOf(invocation.io.stdout));
  const lines = shown.flatMap(({ path, takes, isRequired, about }) => [
    `${path}${isRequired ? '  (required)' : ''}`,
    ...(about === '' ? [] : wrapped(`    ${about}`, width, '    ')),
    ...wrapped(`    takes ${takes}`, width, '      '),
  ]);
  const head =
    lower === undefined ? ['The keys of accounts.yaml; accounts.example.yaml shows all of them in use.', ''] : [];
  const text = [...head, ...lines];
  await printResult(invocation, { json: { version: 1, keys: shown }, text, quiet: text });
  return EXIT.ok;
}
