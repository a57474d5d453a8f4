/** The command table as a commander program. */

import { Command, CommanderError, Option } from 'commander';
import { UsageError } from '../../errors.js';
import { nearest } from '../../model/nearest.js';
import type { CliIo, GlobalOptions } from '../terminal/io.js';
import { type CommandRow, GLOBAL_OPTIONS, type Handler, type Invocation, type OptionRow } from './command.js';
import { withDaysJoined } from './days.js';
import { commandHelp, mainHelp } from './help-text.js';
import { leadOf } from './other-words.js';

/** The handler to run, or the text to print instead. */
export type Parsed =
  | { readonly handler: () => Promise<Handler>; readonly invocation: Invocation }
  | { readonly text: string };

/** Parses the command line. @throws UsageError with the nearest command or option. */
export function parseArguments(argv: readonly string[], io: CliIo, commands: readonly CommandRow[]): Parsed {
  let parsed: Parsed | null = null;
  const output: string[] = [];
  const program = new Command('ofx-sync');
  const width = helpWidth(io);
  for (const row of GLOBAL_OPTIONS) program.addOption(new Option(row.flags, row.summary));
  // The help command of the table knows `help config` too.
  program.helpCommand(false);
  program.option('--version', 'print the version');
  program.configureHelp({ formatHelp: () => mainHelp(commands, width) });
  for (const row of commands) {
    const command = program.command(`${row.name} ${row.words}`.trim(), { isDefault: row.name === 'sync' });
    command.allowExcessArguments(false).configureHelp({ formatHelp: () => commandHelp(row, width) });
    for (const option of row.options) command.addOption(new Option(option.flags, option.summary));
    command.action(() => {
      const options: GlobalOptions & Record<string, unknown> = command.optsWithGlobals();
      parsed = { handler: row.load, invocation: { words: command.args, options, io, commands } };
    });
  }
  for (const command of [program, ...program.commands]) {
    command.exitOverride();
    command.configureOutput({
      writeOut: (text) => output.push(text),
      writeErr: () => undefined,
    });
  }
  try {
    program.parse(withDaysJoined(argv), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (output.length > 0) return { text: output.join('') };
    throw usageError(error, argv, commands);
  }
  return parsed ?? { text: program.helpInformation() };
}

/** Returns the columns for help: those of the terminal, else 80. */
export function helpWidth({ stdout }: CliIo): number {
  return stdout.isTTY === true ? Math.max(40, stdout.columns ?? 80) : 80;
}

function usageError(error: CommanderError, argv: readonly string[], commands: readonly CommandRow[]): UsageError {
  const message = inWords(error.message.replace(/^error: /, '').split('\n')[0] ?? error.message);
  const unknown = /unknown option '([^']+)'/.exec(message)?.[1];
  const first = firstWord(argv);
  const command = commands.find(({ name }) => name === first);
  const missing = /missing required argument '([^']+)'/.exec(message)?.[1];
  if (missing !== undefined && command !== undefined)
    return new UsageError(
      `${command.name} needs ${missing.endsWith('s') ? '' : /^[aeiou]/.test(missing) ? 'an ' : 'a '}${missing.replaceAll('-', ' ')}`,
      `Such as: ${command.examples[0] ?? ''}; more: ofx-sync ${command.name} --help`,
    );
  const suggestion =
    unknown === undefined
      ? null
      : ((command === undefined ? leadOf(first) : null) ?? suggestedOption(unknown, command, commands));
  return new UsageError(
    message,
    suggestion ?? `See: ofx-sync ${command === undefined ? '' : `${command.name} `}--help`,
  );
}

/** Returns the first word that is neither an option nor the value of one that every command takes. */
function firstWord(argv: readonly string[]): string {
  const takesValue = (word: string | undefined) => GLOBAL_OPTIONS.some(({ flags }) => flags.startsWith(`${word} <`));
  return argv.find((word, index) => !word.startsWith('-') && !takesValue(argv[index - 1])) ?? '';
}

/** Says the parser's sentences in the words of this program. */
function inWords(message: string): string {
  return message
    .replace(/^option '(?:-\w, )?(--[\w-]+) <(.+?)(?:\.\.\.)?>' argument missing$/, '$1 needs a value: $1 $2')
    .replace(
      /^too many arguments(?: for '([\w-]+)')?\..*$/,
      (_, name?: string) => `too many arguments${name === undefined ? '' : ` for ${name}`}`,
    );
}

/** Suggests an option of the same command, else one of another command. */
function suggestedOption(
  unknown: string,
  command: CommandRow | undefined,
  commands: readonly CommandRow[],
): string | null {
  const flags = (rows: readonly OptionRow[]) => rows.flatMap(({ flags: text }) => /--[a-z-]+/.exec(text)?.[0] ?? []);
  const meant = command ?? commands.find(({ name }) => name === 'sync');
  const own = nearest(unknown, flags([...(meant?.options ?? []), ...GLOBAL_OPTIONS, { flags: '--help', summary: '' }]));
  if (own !== null) return `Did you mean ${own}?`;
  const other = commands.find(({ options }) => nearest(unknown, flags(options)) !== null);
  const flag = other === undefined ? null : nearest(unknown, flags(other.options));
  return other === undefined || flag === null ? null : `Did you mean ${flag}, of ofx-sync ${other.name}?`;
}
