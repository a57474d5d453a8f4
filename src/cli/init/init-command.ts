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
import { choiceBlocks, widthOf } from '../terminal/table.js';
import { plural } from '../terminal/wording.js';
import { askInstitution, tryAddress } from './ask-institution.js';
import { type ConfigTarget, commit, configTarget, namesIn } from './config-file.js';
import { proposedName } from './entry.js';
import { answersFromFlags } from './flags.js';
import { firstState } from './given.js';
import { forgetAnswers, keepAnswers, keptState } from './kept-answers.js';
import { askPlace, choosePlace } from './password.js';
import type { QuestionContext } from './question.js';
import { QUESTIONS } from './questions.js';
import {
  type Answers,
  goBackTo,
  INITIAL_STATE,
  isSilent,
  nextStep,
  previousStep,
  type SetUpState,
  type SilentStep,
  type StepId,
  signsOn,
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
  const release = prompts.hold();
  let answers: Answers | null;
  try {
    answers = await askAll(prompts, target);
  } finally {
    // The commands that follow ask questions of their own.
    prompts.forget();
    release();
  }
  if (answers === null) return EXIT.ok;
  await report(answers, target);
  try {
    return await goOn(answers, prompts, target);
  } catch (error) {
    const known = toOfxSyncError(error);
    if (known.code !== 'INTERRUPTED') throw known;
    throw interrupted({ message: `stopped; ${target.file} is written`, hint: 'Continue with: ofx-sync' });
  }
}

/** Downloads the first statements and installs the schedule, as the last screen was answered. */
async function goOn(answers: Answers, prompts: Prompts, target: ConfigTarget): Promise<number> {
  const { isSynced = false, daily = 'none' } = answers;
  const code = await followUp(answers, target, { sync: isSynced, schedule: daily === 'none' ? null : daily });
  prompts.say(nextLines(answers, target));
  return code;
}

type Context = Pick<QuestionContext, 'prompts' | 'target'>;

interface Dialog {
  readonly state: SetUpState;
  /** The person came back from the next question. */
  readonly isBack: boolean;
}

/**
 * Asks question after question, and back where the person wants, until every answer is known and written.
 * @returns `null` when a bank was changed that accounts.yaml has already
 */
async function askAll(prompts: Prompts, target: ConfigTarget): Promise<Answers | null> {
  const context = { prompts, target };
  let dialog: Dialog = { state: await firstState(prompts, target), isBack: false };
  try {
    for (;;) {
      const { state } = dialog;
      const { origin } = state.answers;
      const step = nextStep(state);
      if (origin?.kind === 'existing') {
        const { changeBank } = await import('./existing.js');
        const changed = await changeBank(origin.name, context);
        if (changed === 'done') return null;
        const next = changed === 'back' ? INITIAL_STATE : withAnswer(INITIAL_STATE, 'origin', changed);
        dialog = { state: next, isBack: false };
      } else if (step === null) {
        const failed = await tryCommit(state, context);
        if (failed === null) return state.answers;
        dialog = { state: failed, isBack: false };
      } else {
        dialog = await takeStep(step, dialog, context);
        keepAnswers(dialog.state, target);
      }
    }
  } catch (error) {
    const known = toOfxSyncError(error);
    if (known.code !== 'INTERRUPTED' || (await keptState(target)) === null) throw known;
    throw interrupted({
      message: 'stopped; nothing was changed',
      hint: 'Your answers are kept, without the password. Go on: ofx-sync init',
    });
  }
}

/** Asks the question of a step, or does the work of one that has none. */
async function takeStep(step: StepId, { state, isBack }: Dialog, context: Context): Promise<Dialog> {
  if (isSilent(step)) {
    const next = await SILENT[step](state, context);
    return { state: next, isBack: next.done.length < state.done.length };
  }
  const { answers } = state;
  const given = await QUESTIONS[step]({ ...context, answers, isBack });
  if (given === null) return { state: previousStep(state) ?? (await leave(context)), isBack: true };
  if (given === 'restart') return { state: INITIAL_STATE, isBack: false };
  if (!('goTo' in given)) return { state: withAnswer(state, step, given), isBack: false };
  return { state: goBackTo({ ...state, answers: { ...answers, ...given.more } }, given.goTo), isBack: false };
}

/** Steps without a question. */
const SILENT: Readonly<Record<SilentStep, (state: SetUpState, context: Context) => Promise<SetUpState>>> = {
  name: async (state, { target }) => {
    const { answers } = state;
    const taken = namesIn(target);
    // Files name their bank, where the directory does not.
    const isKnown = answers.isNamed === true || (answers.origin?.kind === 'files' && answers.name !== undefined);
    const isKept = isKnown && !taken.includes(answers.name ?? '');
    return withAnswer(state, 'name', isKept ? {} : { name: proposedName(answers, taken) });
  },
  profile: tryAddress,
  storage: async (state, { prompts, target }) =>
    withAnswer(state, 'storage', await choosePlace(state.answers, target, prompts)),
  signon: askInstitution,
};

/** Asks for confirmation when the person goes back from the first question. */
async function leave({ prompts, target }: Context): Promise<SetUpState> {
  if ((await yesOrNo(prompts, 'Quit without setting up a bank?', true)) === false) return INITIAL_STATE;
  forgetAnswers(target);
  throw setUpInterrupted();
}

/**
 * Writes the answers. @returns `null` when they are written; where the password could not be stored, the state with another
 * place for it, at the last screen.
 */
async function tryCommit(state: SetUpState, { prompts, target }: Context): Promise<SetUpState | null> {
  const { answers } = state;
  try {
    await commit(answers, target);
    forgetAnswers(target);
    // The last screen named them.
    const { movedTo = [] } = answers;
    if (movedTo.length > 0) await (await import('./signon.js')).confirmHosts(answers, movedTo, target);
    return null;
  } catch (error) {
    const known = toOfxSyncError(error);
    if (!known.code.startsWith('SECRET_')) throw known;
    prompts.forget();
    prompts.say([visible(`Nothing was written: ${known.message}.`)]);
    const { answers: open, done } = goBackTo(state, 'confirm');
    const place = await askPlace({ answers: open, prompts, target });
    return { ...state, answers: { ...open, ...place }, done };
  }
}

async function report(answers: Answers, { file, before, invocation }: ConfigTarget): Promise<void> {
  const { name, storage = null, picked: accounts = [] } = answers;
  const done = before.trim() === '' ? 'written' : 'extended';
  await printResult(invocation, {
    json: { version: 1, config: file, institution: name, password: signsOn(answers) ? storage : null, accounts },
    text: [`${visible(file)}: ${done}, with ${plural(accounts.length, 'account')} of ${visible(name ?? '')}`],
    stream: 'stderr',
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
    code = await syncCommand({ ...withPassword(answers, invocation), words: [answers.name ?? ''], options: shared });
  }
  if (wanted.schedule !== null) {
    const { scheduleCommand } = await import('../schedule/schedule-command.js');
    const options = { ...shared, daily: wanted.schedule };
    const second = await scheduleCommand({ ...invocation, words: ['install'], options });
    code = code === EXIT.ok ? second : code;
  }
  return code;
}

/** Adds the variable that is to hold the password, for the first sync: nobody can have set it in between. */
function withPassword({ storage, where = '', password }: Answers, invocation: Invocation): Invocation {
  const { io } = invocation;
  if (storage !== 'env' || password === undefined || (io.env[where] ?? '') !== '') return invocation;
  return { ...invocation, io: { ...io, env: { ...io.env, [where]: password } } };
}

/** Returns the options for the commands that follow; their results are not part of the JSON of this one. */
function inherited({ data, quiet, json, color, progress, verbose }: Invocation['options']): Invocation['options'] {
  const isQuiet = quiet === true || json === true ? true : undefined;
  return present({ data, quiet: isQuiet, color, progress, verbose });
}

function nextLines(
  { name = '', storage, where = '', daily = 'none', isSynced }: Answers,
  target: ConfigTarget,
): string[] {
  const { env } = target.invocation.io;
  const isUnset = storage === 'env' && (env[where] ?? '') === '';
  const next = [
    [isSynced === true ? 'ofx-sync' : `ofx-sync sync ${visible(shellWord(name))}`, 'download statements'],
    ['ofx-sync transactions --since 30d', 'list the transactions'],
    ['ofx-sync export --format hledger', 'export them'],
    ...(daily === 'none' && storage !== 'prompt'
      ? ([['ofx-sync schedule install --daily 06:30', 'sync every day']] as const)
      : []),
    [`ofx-sync init ${visible(shellWord(name))}`, 'change or remove this bank'],
    ['ofx-sync init', 'set up the next bank'],
  ] as const;
  return [
    '',
    ...(isUnset ? [`Before the next run, set the environment variable ${where} to the password.`, ''] : []),
    'Next:',
    ...choiceBlocks(next, widthOf(target.invocation.io.stderr) - 3).flatMap((lines) =>
      lines.map((line) => `  ${line}`),
    ),
  ];
}
