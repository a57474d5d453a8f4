/** `ofx-sync institutions WORDS`: searches the built-in directory. */

import { UsageError } from '../../errors.js';
import { type DirectoryInstitution, openDirectory } from '../../institutions/directory.js';
import { serviceState } from '../../institutions/service-state.js';
import type { Invocation } from '../command/command.js';
import { numberOption } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { printJson } from '../command/result.js';
import { visible } from '../terminal/escape.js';
import { write, writeLines } from '../terminal/io.js';
import { tableOrList, widthOf } from '../terminal/table.js';
import { plural } from '../terminal/wording.js';

const COLUMNS = [
  { align: 'left' },
  { align: 'left' },
  { align: 'left', flexible: true },
  { align: 'left', flexible: true },
] as const;

/** The ways to a bank that is not in the directory. */
const OTHERWISE =
  'ofx-sync init reads the statement files that you download, or takes the address, ORG and FID that your bank gives for Quicken.';

export async function institutionsCommand(invocation: Invocation): Promise<number> {
  const { io, options, words } = invocation;
  const text = words.join(' ').trim();
  if (text === '')
    throw new UsageError(
      'institutions needs words to search for',
      'For example: ofx-sync institutions river credit union',
    );
  const directory = await openDirectory();
  const results = directory.searchInstitutions(text, numberOption(invocation, 'limit', 1) ?? 20);
  const found = results.map(({ institution }) => institution);
  const isNamed = results.some((one) => one.isNamed);
  if (options.json === true) {
    await printJson(io, { version: 1, isNamed, institutions: found.map(entryJson) });
    return EXIT.ok;
  }
  if (found.length === 0) {
    await write(
      io.stderr,
      `none of ${plural(directory.institutions.length, 'institution')} matches ${visible(text)}. ${OTHERWISE}\n`,
    );
    return EXIT.someFailed;
  }
  if (!isNamed && options.quiet !== true)
    await write(
      io.stderr,
      `no bank in the directory is named ${visible(JSON.stringify(text))}. ${OTHERWISE}\nThese names are similar:\n`,
    );
  const rows = found.map((one) => [
    visible(one.id),
    serviceState(one),
    visible(one.title),
    one.ended === null
      ? `${one.evidence.text}${one.note === null ? '' : `. ${visible(one.note)}`}`
      : `${visible(one.ended)}${one.advice === null ? '' : `; ${visible(one.advice)}`}`,
  ]);
  await writeLines(
    io.stdout,
    tableOrList({ head: ['DIRECTORY', 'STATE', 'NAME', 'WHAT IS KNOWN'], rows }, COLUMNS, widthOf(io.stdout)),
  );
  return EXIT.ok;
}

function entryJson({ processor, ...institution }: DirectoryInstitution): object {
  const state = serviceState(institution);
  return {
    ...institution,
    state,
    aliases: undefined,
    own: undefined,
    successor: undefined,
    loads: undefined,
    processor: processor?.host ?? null,
  };
}
