/** Writes what is generated: the README's blocks and the JSON Schema of accounts.yaml. `--check` only says what is out of date. */

import { readFile, writeFile } from 'node:fs/promises';
import { configJsonSchema } from '../config/schema.js';
import { CSV_COLUMNS, exporters } from '../exporters/index.js';
import { type Directory, openDirectory } from '../institutions/directory.js';
import { quirksTable } from '../institutions/quirks-table.js';
import { LAYOUT_FIELDS } from '../model/csv-layout.js';
import type { Exporter } from '../ports.js';
import { FAULTS } from '../sandbox/faults.js';
import { WANTS } from '../sandbox/wants.js';
import { VIEWS } from '../store/views.js';
import { EXIT_MEANINGS } from './command/exit-codes.js';
import { COMMANDS } from './commands.js';

/** What the blocks need beyond the tables that are imported. */
interface Blocks {
  readonly directory: Directory;
}

/** Blocks of the README by the name in their marker. */
export const BLOCKS: Readonly<Record<string, (more: Blocks) => string>> = {
  commands: () =>
    rows(
      ['command', 'does'],
      COMMANDS.map(({ name, words, summary }) => [`\`ofx-sync ${`${name} ${words}`.trim()}\``, summary]),
    ),
  'exit-codes': () =>
    rows(
      ['status', 'means'],
      EXIT_MEANINGS.map(([code, meaning]) => [`\`${code}\``, meaning]),
    ),
  formats: () =>
    rows(
      ['format', 'for'],
      Object.values<Exporter>(exporters).map(({ format, title }) => [`\`${format}\``, title]),
    ),
  'csv-columns': () => CSV_COLUMNS.map((name) => `\`${name}\``).join(', '),
  'layout-fields': () =>
    rows(
      ['field', 'holds'],
      Object.entries(LAYOUT_FIELDS).map(([field, holds]) => [`\`${field}\``, holds]),
    ),
  faults: () =>
    rows(
      ['fault', 'does'],
      Object.entries(FAULTS).map(([name, what]) => [`\`${name}\``, what]),
    ),
  views: () =>
    rows(
      ['view', 'holds', 'columns'],
      VIEWS.map(({ name, about, columns }) => [`\`${name}\``, about, columns.join(', ')]),
    ),
  wants: () =>
    rows(
      ['want', 'insists on'],
      Object.entries(WANTS).map(([name, { what }]) => [`\`${name}\``, what]),
    ),
  quirks: ({ directory }) =>
    rows(
      ['key', 'does', 'seen at'],
      quirksTable(directory).map(({ key, does, example }) => [
        `\`${key}\``,
        does,
        example === null ? '' : `${example.institution}: ${example.why}`,
      ]),
    ),
};

/** The text with each `<!-- generated: NAME -->` … `<!-- end -->` filled. @throws RangeError for a name that is none. */
export function fillBlocks(text: string, more: Blocks): string {
  return text.replace(
    /(<!-- generated: ([a-z-]+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, begin: string, name: string, end: string) => {
      const block = BLOCKS[name];
      if (block === undefined) throw new RangeError(`there is no generated block ${name}`);
      return `${begin}${block(more)}\n${end}`;
    },
  );
}

export function schemaText(): string {
  return `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
}

/** @returns the names of the files that were out of date. */
export async function writeDocs(root: string, check: boolean): Promise<string[]> {
  const directory = await openDirectory();
  const wanted: readonly (readonly [string, (current: string) => string])[] = [
    ['README.md', (current) => fillBlocks(current, { directory })],
    ['accounts.schema.json', schemaText],
  ];
  const stale: string[] = [];
  for (const [name, make] of wanted) {
    const current = await readFile(`${root}/${name}`, 'utf8').catch(() => '');
    const next = make(current);
    if (next === current) continue;
    stale.push(name);
    if (!check) await writeFile(`${root}/${name}`, next);
  }
  return stale;
}

function rows(head: readonly string[], body: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...body.map(line)].join('\n');
}
