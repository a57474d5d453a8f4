/** The step of guided set-up without a question: asking the institution, or its files, for accounts, and recovering from a failure. */

import type { Guide } from '../../discovery/signon.js';
import { type OfxSyncError, SecretError, SignonError, toOfxSyncError } from '../../errors.js';
import { visible } from '../terminal/escape.js';
import { plural } from '../terminal/wording.js';
import { adviceDuringSetUp } from './advice.js';
import { claimed, needsClaim } from './claim-token.js';
import { pathOf } from './config-file.js';
import { keepAnswers } from './kept-answers.js';
import type { QuestionContext } from './question.js';
import {
  type Answers,
  goBackTo,
  hasOwnAddress,
  INITIAL_STATE,
  previousStep,
  type SetUpState,
  usesBridge,
  usesFiles,
  withAnswer,
} from './state.js';

type Context = Pick<QuestionContext, 'prompts' | 'target'>;

/** Returns the state with the accounts that were found, or the one that the person chose after a failure. */
export async function askInstitution(first: SetUpState, context: Context): Promise<SetUpState> {
  const { prompts, target } = context;
  let state = first;
  try {
    if (needsClaim(state.answers)) {
      prompts.say(['Claiming the setup token …']);
      state = { ...state, answers: await claimed(state.answers, target) };
      keepAnswers(state, target);
    }
    const { answers } = state;
    if (usesFiles(answers)) {
      const { accountsInFiles } = await import('./downloads.js');
      const { offers, remarks } = await accountsInFiles(answers, target);
      prompts.say(remarks.map((line) => `  ${line}`));
      return withAnswer(state, 'signon', { offers });
    }
    prompts.say([
      usesBridge(answers)
        ? 'Asking the bridge for your accounts …'
        : `Signing on at ${visible(answers.name ?? '')} to list your accounts …`,
    ]);
    const { signOn } = await import('./signon.js');
    const work = () => signOn(answers, target, personAt(prompts));
    // Another program that yields the password may ask for its own.
    const isOthers = answers.storage === 'command' && answers.isStored === true;
    const { remarks, ...found } = await (isOthers ? prompts.aside(work) : work());
    const { offers } = found;
    prompts.say([...remarks.map((line) => `  ${line}`), `  Signed on: ${plural(offers.length, 'account')} found.`]);
    return withAnswer(state, 'signon', found);
  } catch (error) {
    return recover(toOfxSyncError(error), state, { ...context, step: 'signon' });
  }
}

/** Tries an address that was typed, before a user id is asked for; the profile often names ORG and FID. */
export async function tryAddress(state: SetUpState, context: Context): Promise<SetUpState> {
  const { prompts, target } = context;
  const { origin } = state.answers;
  try {
    prompts.say([`Connecting to ${origin?.kind === 'url' ? visible(new URL(origin.url).host) : 'the server'} …`]);
    const { publicProfile } = await import('./signon.js');
    const { remarks, ...found } = await publicProfile(state.answers, target);
    prompts.say(remarks.map((line) => `  ${line}`));
    return withAnswer(state, 'profile', found);
  } catch (error) {
    return recover(toOfxSyncError(error), state, { ...context, step: 'profile' });
  }
}

function personAt(prompts: QuestionContext['prompts']): Pick<Guide, 'say' | 'ask'> {
  return {
    say: async (text) => prompts.say(text.split('\n').map((line) => `  ${visible(line)}`)),
    ask: async (question) => (await prompts.hidden(visible(question.replace(/: $/, '')))) ?? '',
  };
}

type Remedy =
  | 'token'
  | 'password'
  | 'userId'
  | 'again'
  | 'settings'
  | 'force'
  | 'ca'
  | 'goOn'
  | 'byHand'
  | 'ids'
  | 'other';

const REMEDIES: Readonly<Record<Remedy, string>> = {
  token: 'Paste another setup token',
  password: 'Type the password again',
  userId: 'Correct the user id',
  again: 'Try again',
  settings: 'Try again as this server seems to want it',
  force: 'Try the same ones again, although the bank may lock the login',
  ca: 'Trust an additional certificate authority (a PEM file)',
  goOn: 'Go on all the same',
  ids: 'Correct ORG and FID',
  byHand: 'Enter the accounts myself and go on',
  other: 'Choose another bank or address',
};

type Failed = Context & { readonly step: 'profile' | 'signon' };

/** Shows the error and asks how to go on. @throws the error when no answer can remedy it. */
async function recover(error: OfxSyncError, state: SetUpState, context: Failed): Promise<SetUpState> {
  if (error.code === 'INTERRUPTED' || error.code === 'BUG' || error.code.startsWith('STORE_')) throw error;
  const { prompts } = context;
  // Keys that were typed ahead were meant for the next question.
  prompts.forget();
  const hint = adviceDuringSetUp(error);
  prompts.say([visible(error.message), ...(hint === null ? [] : [`  ${visible(hint)}`])]);
  const settings = settingsFor(error, state.answers);
  const remedies: Remedy[] = [
    ...(settings === null ? [] : ['settings' as const]),
    ...remediesFor(error, state, context.step),
  ];
  for (;;) {
    const chosen = await prompts.choose(
      'What now?',
      remedies.map((id) => ({
        id,
        label: REMEDIES[id],
        ...(id === 'settings' ? { hint: shownSettings(settings) } : {}),
      })),
    );
    const remedy = remedies.find((one) => one === chosen);
    if (remedy === undefined) return previousStep(state) ?? INITIAL_STATE;
    if (remedy === 'settings')
      return { ...state, answers: { ...state.answers, learned: { ...state.answers.learned, ...settings } } };
    const next = await remedied(remedy, state, context);
    if (next !== null) return next;
  }
}

/** Returns settings that the error suggests and that were not tried yet; `null` without any. */
function settingsFor({ remedy, ofxStatus }: OfxSyncError, { learned = {} }: Answers): Record<string, string> | null {
  const wanted = { ...remedy, ...(ofxStatus === MISSING_UID ? { clientUid: 'auto' } : {}) };
  const fresh = Object.entries(wanted).flatMap(([key, value]) =>
    typeof value === 'string' && learned[key] === undefined ? [[key, value] as const] : [],
  );
  return fresh.length === 0 ? null : Object.fromEntries(fresh);
}

/** CODE of a sign-on without a CLIENTUID. */
const MISSING_UID = 15_510;

function shownSettings(settings: Readonly<Record<string, string>> | null): string {
  return Object.entries(settings ?? {})
    .map(([key, value]) => visible(`${key}: ${value}`))
    .join(', ');
}

/** Returns the state to go on with; `null` to choose again. */
async function remedied(
  remedy: Exclude<Remedy, 'settings'>,
  state: SetUpState,
  { prompts, target, step }: Failed,
): Promise<SetUpState | null> {
  const withMore = (more: Answers): SetUpState => ({ ...state, answers: { ...state.answers, ...more } });
  switch (remedy) {
    case 'token': {
      const { password: _, ...answers } = state.answers;
      return goBackTo({ ...state, answers: { ...answers, isStored: false } }, 'password');
    }
    case 'password':
      return goBackTo(withMore({ isStored: false }), 'password');
    case 'userId':
      return goBackTo(state, 'userId');
    case 'ids':
      return goBackTo(withMore({ wantsIds: true }), 'ids');
    case 'force':
      return withMore({ isForced: true });
    case 'ca': {
      const ca = await prompts.line('PEM file of the certificate authority');
      return ca === null ? null : withMore({ ca: pathOf(ca, target) });
    }
    case 'byHand':
      return withAnswer(state, 'signon', { offers: [] });
    case 'goOn':
      return withAnswer(state, step, { wantsIds: true });
    case 'other':
      return INITIAL_STATE;
    case 'again':
      return state;
  }
}

/** The likeliest remedy first. A refused sign-on is not simply repeated: institutions lock a login after a few refusals. */
function remediesFor(error: OfxSyncError, { answers }: SetUpState, step: Failed['step']): Remedy[] {
  const { code } = error;
  if (usesBridge(answers)) return code === 'TLS_FAILED' ? ['ca', 'again', 'other'] : bridgeRemedies(error);
  if (step === 'profile') return [...(code === 'TLS_FAILED' ? ['ca' as const] : []), 'again', 'other', 'goOn'];
  const ids: Remedy[] = hasOwnAddress(answers) ? ['ids'] : [];
  if (code === 'SIGNON_BUSY' || code === 'SIGNON_LOCKED' || code === 'SIGNON_NEEDS_ACTION')
    return ['again', 'byHand', 'other'];
  if (code === 'SIGNON_BLOCKED' || code === 'SIGNON_UNCONFIRMED')
    return ['password', 'userId', ...ids, 'force', 'byHand', 'other'];
  if (error instanceof SignonError) return ['password', 'userId', ...ids, 'byHand', 'other'];
  if (code.startsWith('SECRET_')) return ['password', 'other'];
  if (code === 'TLS_FAILED') return ['ca', 'again', 'other'];
  return ['again', 'byHand', ...ids, 'other'];
}

/** Lists the remedies at a bridge. An access URL that was claimed stays: only a refused one is asked for anew. */
function bridgeRemedies(error: OfxSyncError): Remedy[] {
  const isAboutSecret = error instanceof SignonError || error instanceof SecretError || error.code === 'INSECURE_URL';
  return isAboutSecret ? ['token', 'other'] : ['again', 'other'];
}
