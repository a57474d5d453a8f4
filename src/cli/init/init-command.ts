/**
 * `ofx-sync init`: from nothing to the first statement. `state.ts` has the questions and their order. Nothing is written before
 * every answer is known; then the password and accounts.yaml are written together, or neither.
 */

import { interrupted, toOfxSyncError, UsageError } from '../../errors.js';
import { present } from '../../model/present.js';
import { shellWord } from '../../model/shell-word.js';
import type { Invocation } from '../command/command.js';
import { EXIT } from '../command/exit-codes.js';
import { printResult } from '../command/result.js';
import { visible } from '../terminal/escape.js';
import { write } from '../terminal/io.js';
import { openPrompts } from '../terminal/open-prompts.js';
import { type Prompts, setUpInterrupted, yesOrNo } from '../terminal/prompts.js';
import { plural } from '../terminal/wording.js';
import { askInstitution } from './ask-institution.js';
import { type ConfigTarget, commit, configTarget } from './config-file.js';
import { answersFromFlags } from './flags.js';
import { QUESTIONS } from './questions.js';
import {
  type Answers,
  goBackTo,
  INITIAL_STATE,
  nextStep,
  previousStep,
  type SetUpState,
  usesFiles,
  withAnswer,
} from './state.js';

export async function initCommand(invocation: Invocation): Promise<number> {
  const target = await configTarget(invocation);
  const isAsking = invocation.options['nonInteractive'] !== true;
  const prompts = isAsking ? await openPrompts(invocation.io, invocation.options) : null;
  if (isAsking && prompts === null)
    throw new UsageError(
      'init asks questions and needs a terminal',
      'Give the answers as options instead: ofx-sync init --non-interactive --help',
    );
  if (prompts !== null) return guided(prompts, target);
  const answers = await answersFromFlags(target);
  await commit(answers, target);
  await report(answers, target);
  await confirmAccepted(answers, target);
  return await followUp(answers, target, {
    sync: invocation.options['sync'] === true,
    schedule: typeof invocation.options['schedule'] === 'string' ? invocation.options['schedule'] : null,
  });
}

/** Confirms the hosts that the options accept, and says how to confirm the others. */
async function confirmAccepted(answers: Answers, target: ConfigTarget): Promise<void> {
  const { movedTo = [], name = '' } = answers;
  if (movedTo.length === 0) return;
  const { acceptedHosts, confirmHosts } = await import('./signon.js');
  const accepted = acceptedHosts(target.invocation);
  await confirmHosts(
    answers,
    movedTo.filter((host) => accepted.includes(host)),
    target,
  );
  const command = (host: string) => `ofx-sync trust --bank ${shellWord(name)} --host ${shellWord(host)}`;
  for (const host of movedTo.filter((one) => !accepted.includes(one)))
    await write(
      target.invocation.io.stderr,
      `notice: by the bank’s profile, requests go to ${visible(host)}. If it belongs to the bank: ${visible(command(host))}\n`,
    );
}

async function guided(prompts: Prompts, target: ConfigTarget): Promise<number> {
  const answers = await askAll(prompts, target);
  await report(answers, target);
  try {
    return await offerNext(answers, prompts, target);
  } catch (error) {
    const known = toOfxSyncError(error);
    if (known.code !== 'INTERRUPTED') throw known;
    throw interrupted(`stopped; ${target.file} is written`, 'Continue with: ofx-sync');
  }
}

/** Offers the first sync and a schedule. */
async function offerNext(answers: Answers, prompts: Prompts, target: ConfigTarget): Promise<number> {
  const sync = await yesOrNo(prompts, 'Download the first statements now?', true);
  const first = sync === true ? await followUp(answers, target, { sync: true, schedule: null }) : EXIT.ok;
  const isPrompted = answers.storage === 'prompt';
  const daily = isPrompted ? null : await askSchedule(prompts);
  const second = daily === null ? EXIT.ok : await followUp(answers, target, { sync: false, schedule: daily });
  prompts.say(nextLines(answers));
  return first === EXIT.ok ? second : first;
}

/** Asks question after question, and back where the person wants, until every answer is known and written. */
async function askAll(prompts: Prompts, target: ConfigTarget): Promise<Answers> {
  let state: SetUpState = INITIAL_STATE;
  for (;;) {
    const step = nextStep(state);
    if (step === null) {
      const failure = await tryCommit(state.answers, target);
      if (failure === null) {
        // The last screen named them.
        const { movedTo = [] } = state.answers;
        if (movedTo.length > 0) await (await import('./signon.js')).confirmHosts(state.answers, movedTo, target);
        return state.answers;
      }
      prompts.say([failure]);
      state = goBackTo(state, usesFiles(state.answers) ? 'confirm' : 'storage');
      continue;
    }
    if (step === 'signon') {
      state = await askInstitution(state, { prompts, target });
      continue;
    }
    const given = await QUESTIONS[step]({ answers: state.answers, prompts, target });
    if (given === 'restart') state = INITIAL_STATE;
    else if (given !== null) state = withAnswer(state, step, given);
    else state = previousStep(state) ?? (await leave(prompts));
  }
}

/** Asks for confirmation when the person goes back from the first question. */
async function leave(prompts: Prompts): Promise<SetUpState> {
  if ((await yesOrNo(prompts, 'Quit without setting up a bank?', true)) !== false) throw setUpInterrupted();
  return INITIAL_STATE;
}

/** Writes the answers. @returns the reason when the password could not be stored, where another place may help; else `null`. */
async function tryCommit(answers: Answers, target: ConfigTarget): Promise<string | null> {
  try {
    await commit(answers, target);
    return null;
  } catch (error) {
    const known = toOfxSyncError(error);
    if (!known.code.startsWith('SECRET_')) throw known;
    return visible(`Nothing was written. ${known.message}. ${known.hint ?? ''}`);
  }
}

async function report(answers: Answers, { file, before, invocation }: ConfigTarget): Promise<void> {
  const { name, storage = null, picked: accounts = [] } = answers;
  const done = before.trim() === '' ? 'written' : 'extended';
  await printResult(invocation, {
    json: { version: 1, config: file, institution: name, password: usesFiles(answers) ? null : storage, accounts },
    text: [`${visible(file)}: ${done}, with ${plural(accounts.length, 'account')} of ${visible(name ?? '')}`],
    stream: 'stderr',
  });
}

async function askSchedule(prompts: Prompts): Promise<string | null> {
  const wanted = await yesOrNo(prompts, 'Sync automatically every day?', false);
  if (wanted !== true) return null;
  return prompts.line('At what time of day?', {
    initial: '06:30',
    validate: (text) => (/^(?:[01]?\d|2[0-3]):[0-5]\d$/.test(text.trim()) ? null : 'a time such as 06:30'),
  });
}

/** Runs the first sync and installs the schedule, by their own commands. */
async function followUp(
  answers: Answers,
  { file, invocation }: ConfigTarget,
  wanted: { readonly sync: boolean; readonly schedule: string | null },
): Promise<number> {
  const shared = { config: file, ...inherited(invocation.options) };
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

/** Returns the options for the commands that follow; their results are not part of the JSON of this one. */
function inherited({ data, quiet, json, color, progress, verbose }: Invocation['options']): Invocation['options'] {
  const isQuiet = quiet === true || json === true ? true : undefined;
  return present({ data, quiet: isQuiet, color, progress, verbose });
}

function nextLines({ name = '' }: Answers): string[] {
  const next = [
    ['ofx-sync', 'download all statements'],
    ['ofx-sync transactions --since 30d', 'list the transactions'],
    ['ofx-sync export --format hledger', 'export them'],
    [`ofx-sync check ${visible(shellWord(name))}`, 'find out why something fails'],
    ['ofx-sync init', 'set up the next bank'],
  ] as const;
  return ['', 'Next:', ...next.map(([command, what]) => `  ${command.padEnd(35)}${what}`)];
}
