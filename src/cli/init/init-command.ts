/**
 * `ofx-sync init`: from nothing to the first statement. What is asked and in which order is in `init-state.ts`; nothing is
 * written before everything is known, and then the password and accounts.yaml together or neither.
 */

import { OfxSyncError, toOfxSyncError, UsageError } from '../../errors.js';
import { shellWord } from '../../model/shell-word.js';
import type { Invocation } from '../command/command.js';
import { EXIT } from '../command/exit-codes.js';
import { visible } from '../terminal/escape.js';
import { write } from '../terminal/io.js';
import { openAsker } from '../terminal/open-prompts.js';
import { type Asker, stopped, yesOrNo } from '../terminal/prompts.js';
import { plural } from '../terminal/wording.js';
import { askInstitution } from './ask-institution.js';
import { type ConfigPlace, commit, configPlace } from './config-file.js';
import { answersFromFlags } from './flags.js';
import { QUESTIONS } from './questions.js';
import { type Answers, answered, BEGINNING, backTo, isOfFiles, nextStep, type SetUp, wentBack } from './state.js';

export async function initCommand(invocation: Invocation): Promise<number> {
  const place = await configPlace(invocation);
  const isAsking = invocation.options['nonInteractive'] !== true;
  const asker = isAsking ? await openAsker(invocation.io, invocation.options) : null;
  if (isAsking && asker === null)
    throw new UsageError(
      'init asks questions, and there is no terminal to ask on',
      'Say everything with options: ofx-sync init --non-interactive --help',
    );
  if (asker !== null) return guided(asker, place);
  const answers = await answersFromFlags(place);
  await commit(answers, place);
  await report(answers, place);
  return await followUp(answers, place, {
    sync: invocation.options['sync'] === true,
    schedule: typeof invocation.options['schedule'] === 'string' ? invocation.options['schedule'] : null,
  });
}

async function guided(asker: Asker, place: ConfigPlace): Promise<number> {
  const answers = await askAll(asker, place);
  await report(answers, place);
  try {
    return await offerNext(answers, asker, place);
  } catch (error) {
    const known = toOfxSyncError(error);
    if (known.code !== 'INTERRUPTED') throw known;
    throw new OfxSyncError('INTERRUPTED', `stopped; ${place.file} is written`, { hint: 'Go on with: ofx-sync' });
  }
}

/** The first sync and a schedule, each offered. */
async function offerNext(answers: Answers, asker: Asker, place: ConfigPlace): Promise<number> {
  const sync = await yesOrNo(asker, 'Pull the first statements now?', true);
  const first = sync === true ? await followUp(answers, place, { sync: true, schedule: null }) : EXIT.ok;
  const isPrompted = answers.place === 'prompt';
  const daily = isPrompted ? null : await askSchedule(asker);
  const second = daily === null ? EXIT.ok : await followUp(answers, place, { sync: false, schedule: daily });
  asker.say(nextLines(answers));
  return first === EXIT.ok ? second : first;
}

/** Question after question, back where asked to, until everything is known and written. */
async function askAll(asker: Asker, place: ConfigPlace): Promise<Answers> {
  let state: SetUp = BEGINNING;
  for (;;) {
    const step = nextStep(state);
    if (step === null) {
      const trouble = await written(state.answers, place);
      if (trouble === null) return state.answers;
      asker.say([trouble]);
      state = backTo(state, isOfFiles(state.answers) ? 'confirm' : 'place');
      continue;
    }
    if (step === 'signon') {
      state = await askInstitution(state, { asker, place });
      continue;
    }
    const given = await QUESTIONS[step]({ answers: state.answers, asker, place });
    if (given === 'over') state = BEGINNING;
    else if (given !== null) state = answered(state, step, given);
    else state = wentBack(state) ?? (await leave(asker));
  }
}

/** Back from the first question. */
async function leave(asker: Asker): Promise<SetUp> {
  if ((await yesOrNo(asker, 'Leave without setting anything up?', true)) !== false) throw stopped();
  return BEGINNING;
}

/** Why it could not be written, `null` when it is. Another place for the password may do. */
async function written(answers: Answers, place: ConfigPlace): Promise<string | null> {
  try {
    await commit(answers, place);
    return null;
  } catch (error) {
    const known = toOfxSyncError(error);
    if (!known.code.startsWith('SECRET_')) throw known;
    return visible(`Nothing was written. ${known.message}. ${known.hint ?? ''}`);
  }
}

async function report(answers: Answers, { file, before, invocation }: ConfigPlace): Promise<void> {
  const { io, options } = invocation;
  const accounts = answers.picked ?? [];
  if (options.json === true) {
    const { name, place = null } = answers;
    const result = {
      version: 1,
      config: file,
      institution: name,
      password: isOfFiles(answers) ? null : place,
      accounts,
    };
    await write(io.stdout, `${JSON.stringify(result, null, 2)}\n`);
  } else if (options.quiet !== true) {
    const how = before.trim() === '' ? 'written' : 'extended';
    await write(
      io.stderr,
      `${visible(file)}: ${how}, with ${plural(accounts.length, 'account')} of ${visible(answers.name ?? '')}\n`,
    );
  }
}

async function askSchedule(asker: Asker): Promise<string | null> {
  const wanted = await yesOrNo(asker, 'Let it run by itself every day?', false);
  if (wanted !== true) return null;
  return asker.line('At what time of day?', {
    initial: '06:30',
    complaint: (text) => (/^(?:[01]?\d|2[0-3]):[0-5]\d$/.test(text.trim()) ? null : 'a time such as 06:30'),
  });
}

/** The first sync and the schedule, as their own commands do them. */
async function followUp(
  answers: Answers,
  { file, invocation }: ConfigPlace,
  wanted: { readonly sync: boolean; readonly schedule: string | null },
): Promise<number> {
  const shared = { config: file, ...pick(invocation.options) };
  let code: number = EXIT.ok;
  if (wanted.sync) {
    const { syncCommand } = await import('../sync/sync-command.js');
    code = await syncCommand({ ...invocation, words: [answers.name ?? ''], options: shared });
  }
  if (wanted.schedule !== null) {
    const { scheduleCommand } = await import('../schedule/schedule-command.js');
    const options = { ...shared, daily: wanted.schedule };
    const second = await scheduleCommand({ ...invocation, words: ['install'], options });
    code = code === EXIT.ok ? second : code;
  }
  return code;
}

/** Options that hold for the commands that follow; their results are not the JSON of this one. */
function pick({ data, quiet, json, color, progress, verbose }: Invocation['options']): Invocation['options'] {
  return {
    ...(data === undefined ? {} : { data }),
    ...(quiet === true || json === true ? { quiet: true } : {}),
    ...(color === undefined ? {} : { color }),
    ...(progress === undefined ? {} : { progress }),
    ...(verbose === undefined ? {} : { verbose }),
  };
}

function nextLines({ name = '' }: Answers): string[] {
  const next = [
    ['ofx-sync', 'pull everything'],
    ['ofx-sync transactions --since 30d', 'look at it'],
    ['ofx-sync export --format hledger', 'hand it on'],
    [`ofx-sync check ${visible(shellWord(name))}`, 'when something does not work'],
    ['ofx-sync init', 'the next institution'],
  ] as const;
  return ['', 'Next:', ...next.map(([command, what]) => `  ${command.padEnd(35)}${what}`)];
}
