/** The generated blocks of the documentation, each from the table that the program itself uses. Pure. */

import { type CommandRow, GLOBAL_OPTIONS, type OptionRow } from '../src/cli/command/command.js';
import { EXIT_MEANINGS } from '../src/cli/command/exit-codes.js';
import { COMMANDS } from '../src/cli/commands.js';
import { describedKeys } from '../src/config/describe.js';
import { configJsonSchema } from '../src/config/schema.js';
import { CSV_COLUMNS, exporters } from '../src/exporters/index.js';
import type { Directory } from '../src/institutions/directory.js';
import { LAYOUT_FIELDS } from '../src/model/csv-layout.js';
import type { Exporter } from '../src/ports.js';
import { FAULTS } from '../src/sandbox/faults.js';
import { BRIDGE_FAULTS } from '../src/sandbox/simplefin/faults.js';
import { WANTS } from '../src/sandbox/wants.js';
import { VIEWS } from '../src/store/views.js';
import { fieldPage, fieldSummary } from './field.js';
import { quirksTable } from './quirks-table.js';

/** Input of the blocks beyond the tables that are imported. */
export interface BlockSources {
  readonly directory: Directory;
  /** `test/fixtures/errors/README.md` */
  readonly gallery: string;
  /** `test/fixtures/field.json` */
  readonly field: string;
}

/** Blocks by the name in their marker. */
export const BLOCKS: Readonly<Record<string, (sources: BlockSources) => string>> = {
  commands: () =>
    rows(
      ['command', 'does'],
      COMMANDS.map((row) => [`[\`${usage(row)}\`](#${anchorOf(row)})`, row.summary]),
    ),
  'command-reference': () => COMMANDS.map(commandSection).join('\n\n'),
  'global-options': () => optionTable(GLOBAL_OPTIONS),
  'config-keys': () => configSections(),
  errors: ({ gallery }) =>
    gallery
      .slice(gallery.indexOf('\n## ') + 1)
      .replace(/^## /gm, '### ')
      .trimEnd(),
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
  field: ({ field }) => fieldPage(field),
  'field-summary': ({ field }) => fieldSummary(field),
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
  'bridge-faults': () =>
    rows(
      ['fault', 'does'],
      Object.entries(BRIDGE_FAULTS).map(([name, what]) => [`\`${name}\``, what]),
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

const BLOCK = /(<!-- generated: ([a-z-]+) \(npm run docs\) -->\n+)[\s\S]*?(\n*<!-- end -->)/g;

/** Returns the page with each `<!-- generated: NAME (npm run docs) -->` … `<!-- end -->` filled. @throws RangeError for an unknown name. */
export function fillBlocks(text: string, sources: BlockSources): string {
  return text.replace(BLOCK, (_, begin: string, name: string) => {
    const block = BLOCKS[name];
    if (block === undefined) throw new RangeError(`no generated block is named ${name}`);
    return `${begin.trimEnd()}\n\n${block(sources)}\n\n<!-- end -->`;
  });
}

export function schemaText(): string {
  return `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
}

function usage({ name, words }: CommandRow): string {
  return `ofx-sync ${name} ${words}`.trim();
}

/** The anchor of a heading that is the name of the command. */
function anchorOf({ name }: CommandRow): string {
  return name;
}

function commandSection(row: CommandRow): string {
  return [
    `### ${row.name}`,
    `\`${usage(row)}\``,
    `${row.summary[0]?.toUpperCase()}${row.summary.slice(1)}.`,
    ...(row.options.length === 0 ? [] : [optionTable(row.options)]),
    `\`\`\`sh\n${row.examples.join('\n')}\n\`\`\``,
  ].join('\n\n');
}

function optionTable(options: readonly OptionRow[]): string {
  return rows(
    ['option', 'does'],
    options.map(({ flags, summary }) => [`\`${flags}\``, summary]),
  );
}

/** A table for each key at the top of accounts.yaml. */
function configSections(): string {
  const sections = new Map<string, ReturnType<typeof describedKeys>>();
  for (const key of describedKeys()) {
    const top = /^\w+/.exec(key.path)?.[0] ?? key.path;
    sections.set(top, [...(sections.get(top) ?? []), key]);
  }
  return [...sections]
    .map(([top, keys]) => {
      const body = keys.map(({ path, about, takes, isRequired }) => [
        `\`${path}\`${isRequired ? ' (required)' : ''}`,
        about,
        takes,
      ]);
      return `### ${top}\n\n${rows(['key', 'means', 'takes'], body)}`;
    })
    .join('\n\n');
}

function rows(head: readonly string[], body: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...body.map(line)].join('\n');
}
