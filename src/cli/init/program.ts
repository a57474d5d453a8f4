/** Guided set-up for a program that prints statements: its command, and the accounts of what it prints. */

import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { foundAccounts } from '../../config/found-accounts.js';
import { addDays, localDate } from '../../model/dates.js';
import { shellWord } from '../../model/shell-word.js';
import type { AccountInfo } from '../../ofx/file.js';
import { durationOption } from '../command/context.js';
import { visible } from '../terminal/escape.js';
import { plural } from '../terminal/wording.js';
import { type ConfigTarget, draftInstitution, offersOf } from './config-file.js';
import { balanceOf, readFileContent } from './downloaded-files.js';
import { commandOf, commandProblem } from './entry.js';
import type { QuestionContext, QuestionResult } from './question.js';
import type { Answers, Offer } from './state.js';

/** A month of statements names each account that is in use. */
const DAYS = 30;

/** Asks for the command. */
export async function askCommand({ answers, prompts }: QuestionContext): Promise<QuestionResult> {
  prompts.say([
    'A program can print OFX or QFX on standard output: docs/sources.md.',
    '  {from}, {to} and {account} stand for the days and the account number; a line with | or $ is run by the shell.',
  ]);
  const command = await prompts.line('Command that prints the statements', {
    ...(answers.command === undefined ? {} : { initial: answers.command }),
    validate: (text) => {
      const problem = commandProblem(text);
      return problem === null ? null : `${problem.message}: ${problem.suggestion}`;
    },
  });
  return command === null ? null : { command: command.trim() };
}

/** Announces the run that {@link accountsOfProgram} makes, with the command as it is run. */
export function announcement({ command = '' }: Answers): readonly string[] {
  const { line, each } = commandOf(command);
  const shown = visible(typeof line === 'string' ? line : line.map(shellWord).join(' '));
  return [
    each === 'login' ? 'Running the command once, to list its accounts:' : 'The command is run once for each account:',
    `  $ ${shown}`,
  ];
}

/** Returns the folder in which the program runs: that of accounts.yaml, once there is one. */
function folderFor({ file, invocation: { io } }: ConfigTarget): string {
  const folder = dirname(file);
  return existsSync(folder) ? folder : io.home;
}

interface Printed {
  readonly offers: readonly Offer[];
  readonly remarks: readonly string[];
}

/**
 * Runs the command once for the last days, and returns the accounts of what it prints; none for a command that is run once for
 * each account, since it needs one. @throws OfxError when it fails, or prints something else
 */
export async function accountsOfProgram(answers: Answers, target: ConfigTarget): Promise<Printed> {
  const { institution, config } = await draftInstitution(answers, target, []);
  const { program } = institution;
  if (program === undefined) throw new TypeError('the institution was drafted with a command');
  if (program.each === 'account') return { offers: [], remarks: [] };
  const { invocation } = target;
  const { io } = invocation;
  const { runProgram } = await import('../../sources/program.js');
  const today = localDate(io.now());
  const body = await runProgram(
    { institution, program, values: { from: addDays(today, -DAYS), to: today, account: '' } },
    {
      ...{ env: io.env, folder: folderFor(target), signal: io.signal },
      timeoutMs: durationOption(invocation, 'timeout') ?? config.defaults.timeoutMs,
    },
  );
  const { statements } = await readFileContent(body, io.signal);
  const listed: AccountInfo[] = statements.flatMap(({ account }) =>
    account === null ? [] : [{ account, description: null, status: null }],
  );
  const found = foundAccounts(listed, { ...institution, quirks: { ...institution.quirks, bankId: 'empty' } });
  const offers = offersOf(found, target).map((offer) => ({ ...offer, balance: balanceOf(offer.entry.id, statements) }));
  return { offers, remarks: [`It printed ${plural(statements.length, 'statement')}.`] };
}
