/** `ofx-sync help [TOPIC]`: a command, or `config` for every key of accounts.yaml. */

import { UsageError } from '../../errors.js';
import { nearest } from '../../model/nearest.js';
import type { Invocation } from '../command/command.js';
import { EXIT } from '../command/exit-codes.js';
import { write } from '../terminal/io.js';
import { widthOf, wrapped } from '../terminal/table.js';

export async function helpCommand(invocation: Invocation): Promise<number> {
  const { io, words, commands } = invocation;
  const [topic, key] = words;
  if (topic === 'config') return helpConfig(invocation, key);
  const names = commands.map(({ name }) => name);
  if (topic !== undefined && !names.includes(topic)) {
    const near = nearest(topic, [...names, 'config']);
    throw new UsageError(
      `there is no help on ${JSON.stringify(topic)}`,
      near === null ? 'See: ofx-sync --help' : `Did you mean: ofx-sync help ${near}?`,
    );
  }
  const { parseArguments } = await import('../command/program.js');
  const parsed = parseArguments([...(topic === undefined ? [] : [topic]), '--help'], io, commands);
  await write(io.stdout, 'text' in parsed ? parsed.text : '');
  return EXIT.ok;
}

/** All keys, or those whose path has the word in it. */
async function helpConfig({ io, options }: Invocation, word: string | undefined): Promise<number> {
  const { describedKeys } = await import('../../config/describe.js');
  const all = describedKeys();
  const lower = word?.toLowerCase();
  const shown = lower === undefined ? all : all.filter(({ path }) => path.toLowerCase().includes(lower));
  if (shown.length === 0) {
    const last = all.map(({ path }) => path.split(/[.[\]]+/).findLast((part) => part !== '') ?? path);
    const near = nearest(word ?? '', last);
    throw new UsageError(
      `accounts.yaml has no key ${JSON.stringify(word)}`,
      near === null ? 'All of them: ofx-sync help config' : `Did you mean: ofx-sync help config ${near}?`,
    );
  }
  if (options.json === true) {
    await write(io.stdout, `${JSON.stringify({ version: 1, keys: shown }, null, 2)}\n`);
    return EXIT.ok;
  }
  const width = Math.min(100, widthOf(io.stdout));
  const lines = shown.flatMap(({ path, takes, isRequired, about }) => [
    `${path}${isRequired ? '  (required)' : ''}`,
    ...(about === '' ? [] : wrapped(`    ${about}`, width, '    ')),
    ...wrapped(`    takes ${takes}`, width, '      '),
  ]);
  const head = lower === undefined ? ['accounts.yaml, key by key; accounts.example.yaml shows it all in use.', ''] : [];
  await write(io.stdout, `${[...head, ...lines].join('\n')}\n`);
  return EXIT.ok;
}
