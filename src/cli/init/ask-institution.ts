/** The step of guided set-up without a question: asking the institution, or its files, for accounts, and recovering from a failure. */

import type { Guide } from '../../discovery/signon.js';
import { type OfxSyncError, SignonError, toOfxSyncError } from '../../errors.js';
import { visible } from '../terminal/escape.js';
import { plural } from '../terminal/wording.js';
import { pathOf } from './config-file.js';
import type { QuestionContext } from './question.js';
import { goBackTo, INITIAL_STATE, previousStep, type SetUpState, usesFiles, withAnswer } from './state.js';

type Context = Omit<QuestionContext, 'answers'>;

/** Returns the state with the accounts that were found, or the one that the person chose after a failure. */
export async function askInstitution(state: SetUpState, context: Context): Promise<SetUpState> {
  const { prompts, target } = context;
  const { answers } = state;
  const name = visible(answers.name ?? '');
  try {
    if (usesFiles(answers)) {
      const { accountsInFiles } = await import('./downloads.js');
      const { offers, remarks } = await accountsInFiles(answers, target);
      prompts.say(remarks.map((line) => `  ${line}`));
      return withAnswer(state, 'signon', { offers });
    }
    prompts.say([`Signing on at ${name} to list your accounts …`]);
    const { signOn } = await import('./signon.js');
    const { remarks, ...found } = await signOn(answers, target, personAt(prompts));
    const { offers } = found;
    prompts.say([...remarks.map((line) => `  ${line}`), `  Signed on: ${plural(offers.length, 'account')} found.`]);
    return withAnswer(state, 'signon', found);
  } catch (error) {
    return recover(toOfxSyncError(error), state, context);
  }
}

function personAt(prompts: QuestionContext['prompts']): Pick<Guide, 'say' | 'ask'> {
  return {
    say: async (text) => prompts.say(text.split('\n').map((line) => `  ${visible(line)}`)),
    ask: async (question) => (await prompts.hidden(visible(question.replace(/: $/, '')))) ?? '',
  };
}

type Remedy = 'password' | 'userId' | 'again' | 'ca' | 'byHand' | 'ids' | 'other';

const REMEDIES: Readonly<Record<Remedy, string>> = {
  password: 'Type the password again',
  userId: 'Correct the user id',
  again: 'Try again',
  ca: 'Trust an additional certificate authority (a PEM file)',
  ids: 'Correct ORG and FID',
  byHand: 'Enter the accounts myself and go on',
  other: 'Choose another bank',
};

/** Shows the error and asks how to go on. @throws the error when no answer can remedy it. */
async function recover(error: OfxSyncError, state: SetUpState, { prompts, target }: Context): Promise<SetUpState> {
  if (error.code === 'INTERRUPTED' || error.code === 'BUG' || error.code.startsWith('STORE_')) throw error;
  // The choices below repeat the hint of a refused sign-on.
  const hint = error.hint === null || error.code === 'SIGNON_REJECTED' ? [] : [`  ${visible(error.hint)}`];
  prompts.say([visible(error.message), ...hint]);
  const remedies = remediesFor(error, state);
  const chosen = await prompts.choose(
    'What now?',
    remedies.map((id) => ({ id, label: REMEDIES[id] })),
  );
  switch (remedies.find((one) => one === chosen)) {
    case undefined:
      return previousStep(state) ?? INITIAL_STATE;
    case 'password':
      return goBackTo(state, state.done.includes('password') ? 'password' : 'storage');
    case 'userId':
      return goBackTo(state, 'userId');
    case 'ids':
      return goBackTo(state, 'ids');
    case 'ca': {
      const ca = await prompts.line('PEM file of the certificate authority');
      return ca === null ? state : { ...state, answers: { ...state.answers, ca: pathOf(ca, target) } };
    }
    case 'byHand':
      return withAnswer(state, 'signon', { offers: [] });
    case 'other':
      return INITIAL_STATE;
    default:
      return state;
  }
}

/** The likeliest remedy first. A refused sign-on is not simply repeated: institutions lock a login after a few refusals. */
function remediesFor(error: OfxSyncError, { done }: SetUpState): Remedy[] {
  const ids: Remedy[] = done.includes('ids') ? ['ids'] : [];
  if (error instanceof SignonError)
    return error.code === 'SIGNON_BUSY'
      ? ['again', 'byHand', 'other']
      : ['password', 'userId', ...ids, 'byHand', 'other'];
  if (error.code.startsWith('SECRET_')) return ['password', 'other'];
  if (error.code === 'TLS_FAILED') return ['ca', 'again', 'other'];
  return ['again', 'byHand', ...ids, 'other'];
}
