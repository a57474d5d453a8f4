/** `ofx-sync help [TOPIC]`: help on a command, on all of them, on the options of all, or on every key of accounts.yaml. */

import { UsageError } from '../../errors.js';
import { didYouMean } from '../../model/nearest.js';
import type { CommandRow, Invocation } from '../command/command.js';
import { EXIT } from '../command/exit-codes.js';
import { commandList, globalHelp } from '../command/help-text.js';
import { leadOf } from '../command/other-words.js';
import { helpWidth, parseArguments } from '../command/program.js';
import { printResult } from '../command/result.js';
import { write } from '../terminal/io.js';
import { widthOf, wrapped } from '../terminal/table.js';

const OWN_TOPICS: Readonly<Record<string, (commands: readonly CommandRow[], width: number) => string>> = {
  commands: commandList,
  options: (_, width) => globalHelp(width),
};

/** The topics beside the commands. */
export const HELP_TOPICS = ['config', ...Object.keys(OWN_TOPICS)];

export async function helpCommand(invocation: Invocation): Promise<number> {
  const { io, words, commands } = invocation;
  const [topic, key] = words;
  if (topic === 'config') return helpConfig(invocation, key);
  const own = OWN_TOPICS[topic ?? ''];
  if (own !== undefined) {
    await write(io.stdout, own(commands, helpWidth(io)));
    return EXIT.ok;
  }
  const names = commands.map(({ name }) => name);
  if (topic !== undefined && !names.includes(topic))
    throw new UsageError(
      `help has no topic ${JSON.stringify(topic)}`,
      leadOf(topic) ?? didYouMean(topic, [...names, ...HELP_TOPICS], 'See: ofx-sync --help', 'ofx-sync help '),
    );
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
