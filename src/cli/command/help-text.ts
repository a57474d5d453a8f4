/**
 * The text of `--help`: examples first, then options, each screen as short as it can be. What holds for every command is one
 * line that leads to `ofx-sync help options`. Pure.
 */

import { type CommandRow, GLOBAL_OPTIONS, type OptionRow } from './command.js';
import { EXIT_MEANINGS } from './exit-codes.js';

/** The commands of every day, for the first screen; the others are named below them. */
const MAIN: Readonly<Record<string, string>> = {
  init: 'set up a bank, or change one',
  sync: 'download all accounts, or the named ones (also without the word)',
  accounts: 'balances and net worth',
  status: 'how fresh each account is, and what is missing',
  transactions: 'list and search: transactions river --since "last month"',
  export: 'write a file for hledger, beancount, a spreadsheet, YNAB …',
  push: 'send transactions to YNAB or Actual',
  import: 'store statement files that you downloaded by hand',
  schedule: 'sync every day',
  check: 'find out why a bank does not work',
};

const GLOBAL_LINE = 'Also: --config <file> --data <dir> --json --quiet …; see: ofx-sync help options';

const TOPICS = [
  ['ofx-sync help COMMAND', 'one command, such as: ofx-sync help sync'],
  ['ofx-sync help commands', 'all of them, with what they do'],
  ['ofx-sync help options', 'options of every command, and exit statuses'],
  ['ofx-sync help config', 'the keys of accounts.yaml'],
] as const;

/** Returns the first screen. */
export function mainHelp(commands: readonly CommandRow[], width: number): string {
  const main = commands.filter(({ name }) => MAIN[name] !== undefined);
  const more = commands.filter(({ name }) => MAIN[name] === undefined).map(({ name }) => name);
  return textOf([
    'Usage: ofx-sync [command] [names...] [options]',
    '',
    ...filled('Download the statements of all your accounts at once over OFX, and keep them.', width),
    '',
    ...inColumns(
      main.map(({ name }) => [name, MAIN[name] ?? '']),
      width,
    ),
    ...filled(`  More: ${more.join(', ')}`, width, '    '),
    '',
    'Examples, options and all keys of accounts.yaml:',
    ...inColumns(TOPICS, width),
  ]);
}

/** Returns the help of one command. */
export function commandHelp({ name, words, summary, options, examples }: CommandRow, width: number): string {
  return textOf([
    ['Usage: ofx-sync', name, words, options.length > 0 ? '[options]' : ''].filter((part) => part !== '').join(' '),
    '',
    ...examples.map((example) => `  ${example}`),
    '',
    ...filled(summary, width),
    '',
    ...optionLines(options, width),
    ...(options.length > 0 ? [''] : []),
    ...filled(GLOBAL_LINE, width, '  '),
  ]);
}

/** Returns every command with its summary. */
export function commandList(commands: readonly CommandRow[], width: number): string {
  return textOf(
    inColumns(
      commands.map(({ name, summary }) => [name, summary]),
      width,
    ),
  );
}

/** Returns the options of every command, and what the exit status means. */
export function globalHelp(width: number): string {
  const own = [
    { flags: '--version', summary: 'print the version; with --verbose, also check that store and schedule fit it' },
    { flags: '-h, --help', summary: 'show help on a command' },
  ];
  return textOf([
    'Options of every command, before or after it:',
    ...optionLines([...GLOBAL_OPTIONS, ...own], width),
    '',
    'Exit status:',
    ...inColumns(
      EXIT_MEANINGS.map(([code, meaning]) => [String(code), meaning]),
      width,
    ),
  ]);
}

function optionLines(options: readonly OptionRow[], width: number): string[] {
  return inColumns(
    options.map(({ flags, summary }) => [flags, summary]),
    width,
  );
}

/** The narrowest column in which a summary is read without effort. */
const READABLE = 28;

/** Returns two columns; where the second would be too narrow, each summary stands below its word. */
function inColumns(rows: readonly (readonly [word: string, summary: string])[], width: number): string[] {
  const widest = rows.reduce((most, [word]) => Math.max(most, word.length), 0);
  const room = width - widest - 4;
  return rows.flatMap(([word, summary]) => {
    if (room < READABLE) return [`  ${word}`, ...filled(`      ${summary}`, width, '      ')];
    const [first = '', ...rest] = filled(summary, room);
    return [`  ${word.padEnd(widest)}  ${first}`, ...rest.map((line) => ' '.repeat(widest + 4) + line)];
  });
}

/** Breaks a text at blanks; all but the first line begin with the indent. Help is ASCII but for a few narrow signs. */
function filled(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of text.split(/(?<=\S)(?= )/)) {
    if (line.trim() !== '' && line.length + part.length > width) {
      lines.push(line);
      line = indent + part.trimStart();
    } else line += part;
  }
  return [...lines, line];
}

function textOf(lines: readonly string[]): string {
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}
