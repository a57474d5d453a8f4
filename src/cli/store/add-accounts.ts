/** Adds the accounts of imported files to accounts.yaml, with `--add` or after a question on a terminal; else prints them. */

import { interrupted, toOfxSyncError } from '../../errors.js';
import { accountKey, maskedId } from '../../model/account.js';
import type { Config } from '../../model/institution.js';
import { shellWord } from '../../model/shell-word.js';
import type { Invocation } from '../command/command.js';
import { visible } from '../terminal/escape.js';
import { writeLines } from '../terminal/io.js';
import { openPrompts } from '../terminal/open-prompts.js';
import type { Prompts } from '../terminal/prompts.js';
import { plural } from '../terminal/wording.js';
import { askNumbers, type NumberOf } from './bridge-numbers.js';
import {
  type Addition,
  additionTo,
  type ConfigFile,
  type FileWithUnknown,
  pastedLines,
  proposedAdditions,
  remarksOf,
  writeAdditions,
} from './unknown-accounts.js';

export interface Added {
  /** accounts.yaml with the new accounts; `null` when nothing was added. */
  readonly config: Config | null;
  /** The accounts that were added, or could be. */
  readonly additions: readonly Addition[];
}

/** Adds the unknown accounts of the files, if the person wants it. @throws ConfigError; OfxSyncError INTERRUPTED */
export async function addUnknown(
  files: readonly FileWithUnknown[],
  source: ConfigFile,
  invocation: Invocation,
): Promise<Added> {
  const proposed = await proposedAdditions(files, source, invocation);
  const additions = await wanted(proposed, source, invocation);
  const complete = additions.filter(({ entries, numbers = [] }) => entries.length + numbers.length > 0);
  if (complete.length === 0) return { config: null, additions: proposed };
  const config = await writeAdditions(complete, source, invocation);
  await printAdded(complete, source, invocation);
  return { config, additions: complete };
}

/** Returns the additions to write: all with `--add`, those that the person accepts on a terminal, else none. */
async function wanted(
  proposed: readonly Addition[],
  source: ConfigFile,
  invocation: Invocation,
): Promise<readonly Addition[]> {
  const { io, options } = invocation;
  if (options['add'] === true) return proposed;
  const prompts = options.json === true || options.quiet === true ? null : await openPrompts(io, options);
  if (prompts === null) return [];
  try {
    const accepted: Addition[] = [];
    for (const addition of proposed) {
      const answer = addition.entries.length === 0 ? null : await ask(addition, source, prompts);
      if (answer !== null) accepted.push(answer);
    }
    return accepted;
  } catch (error) {
    if (toOfxSyncError(error).code !== 'INTERRUPTED') throw error;
    throw interrupted({
      message: 'stopped; accounts.yaml is unchanged',
      hint: 'What the files have of other accounts is stored.',
    });
  }
}

/** Asks which bank gets the accounts; `null` for none. */
async function ask(addition: Addition, source: ConfigFile, prompts: Prompts): Promise<Addition | null> {
  const { bank, keys, entries, files, likely = [] } = addition;
  const others = (source.config?.institutions ?? []).map(({ name }) => name).filter((name) => name !== bank);
  prompts.say([
    `${plural(entries.length, 'account')} of these files ${entries.length === 1 ? 'is' : 'are'} not in accounts.yaml:`,
    ...entries.map(({ name, kind, id }) => `  ${visible(name)}: ${visible(kind)} ${visible(maskedId(id))}`),
  ]);
  const patterns = [keys?.['files'] ?? []].flat().map(String).map(visible).join(', ');
  const chosen = await prompts.choose(
    entries.length === 1 ? 'Add it?' : 'Add them?',
    [
      ...(likely.length === 0 ? [] : [{ id: 'same', label: sameLabel(likely) }]),
      keys === null
        ? { id: 'proposed', label: `Add to ${visible(bank)}` }
        : {
            id: 'proposed',
            label: `Add as a new bank, ${visible(bank)}`,
            hint: `each sync reads new files: ${patterns}`,
          },
      ...(others.length === 0 ? [] : [{ id: 'other', label: 'Add to another bank of accounts.yaml' }]),
      { id: 'no', label: 'No' },
    ],
    likely.length === 0 ? 'proposed' : 'same',
  );
  if (chosen === 'proposed') return { ...addition, likely: [] };
  if (chosen === 'same') return ofBridge(addition, likely);
  if (chosen !== 'other') return null;
  const other = await prompts.choose(
    'Which bank?',
    others.map((name) => ({ id: name, label: visible(name) })),
  );
  const bridge = source.config?.institutions.find(({ name, simplefin }) => name === other && simplefin === true);
  const numbers = bridge === undefined ? null : await askNumbers(files, bridge, prompts);
  if (numbers !== null) return ofBridge(addition, numbers);
  return other === null || bridge !== undefined ? ask(addition, source, prompts) : additionTo(other, files, source);
}

function ofBridge({ bank, files }: Addition, numbers: readonly NumberOf[]): Addition {
  return { bank, keys: null, entries: [], remarks: [], files, numbers };
}

function sameLabel(numbers: readonly NumberOf[]): string {
  const names = numbers.map(({ account }) => visible(accountKey(account))).join(', ');
  return numbers.length === 1
    ? `No, it is ${names}: add its number there`
    : `No, they are ${names}: add their numbers there`;
}

async function printAdded(
  additions: readonly Addition[],
  { file }: ConfigFile,
  { io, options }: Invocation,
): Promise<void> {
  if (options.json === true || options.quiet === true) return;
  const lines = additions.flatMap((addition) => linesOf(addition, file));
  await writeLines(io.stderr, lines);
}

function linesOf(addition: Addition, file: string): string[] {
  const { bank, keys, entries, numbers = [] } = addition;
  const count = plural(entries.length, 'account');
  const to = `${keys === null ? '' : 'a new bank, '}${visible(bank)}`;
  return [
    ...numbers.map(({ account }) => `${visible(file)}: number of ${visible(accountKey(account))} added`),
    ...(entries.length === 0 ? [] : [`${visible(file)}: ${count} added to ${to}`]),
    ...entries.map((entry) => `  ${visible(entry.name)}: ${visible(entry.kind)} ${visible(maskedId(entry.id))}`),
    ...remarksOf(addition).map((remark) => `  ${visible(remark)}`),
  ];
}

/** Prints the lines to paste, and the command that adds them. */
export async function printProposed(proposed: readonly Addition[], { io, words }: Invocation): Promise<void> {
  const lines = pastedLines(proposed);
  const remarks = proposed.flatMap((one) => remarksOf(one).map((remark) => `  ${visible(remark)}`));
  const command = `ofx-sync import ${words.map(shellWord).join(' ')} --add`;
  const head = lines.length === 0 ? [] : [`To add what accounts.yaml does not have: ${visible(command)}`, 'or paste:'];
  await writeLines(io.stderr, [...head, ...lines, ...remarks]);
}
