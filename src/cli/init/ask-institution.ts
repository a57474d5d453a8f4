/** The silent step of guided set-up: the institution, or the files, are asked; and what to do when they give nothing. */

import { type OfxSyncError, SignonError, toOfxSyncError } from '../../errors.js';
import { visible } from '../terminal/escape.js';
import type { Asker } from '../terminal/prompts.js';
import { plural } from '../terminal/wording.js';
import { type ConfigPlace, pathOf } from './config-file.js';
import { answered, BEGINNING, backTo, isOfFiles, type SetUp, wentBack } from './state.js';

interface Talking {
  readonly asker: Asker;
  readonly place: ConfigPlace;
}

/** The state with the accounts that were found, or where the person wants to go on after a failure. */
export async function askInstitution(state: SetUp, talking: Talking): Promise<SetUp> {
  const { asker, place } = talking;
  const { answers } = state;
  const name = visible(answers.name ?? '');
  try {
    if (isOfFiles(answers)) {
      const { accountsInFiles } = await import('./downloads.js');
      const { offers, remarks } = await accountsInFiles(answers, place);
      asker.say(remarks.map((line) => `  ${line}`));
      return answered(state, 'signon', { offers });
    }
    asker.say([`Asking ${name} which accounts there are …`]);
    const { signOn } = await import('./signon.js');
    const { offers, learned, remarks } = await signOn(answers, place);
    asker.say([...remarks.map((line) => `  ${line}`), `  signed on; ${plural(offers.length, 'account')} listed`]);
    return answered(state, 'signon', { offers, learned });
  } catch (error) {
    return recover(toOfxSyncError(error), state, talking);
  }
}

type Way = 'password' | 'userId' | 'again' | 'ca' | 'byHand' | 'ids' | 'other';

const WAYS: Readonly<Record<Way, string>> = {
  password: 'Type the password again',
  userId: 'Correct the user id',
  again: 'Try again',
  ca: 'Trust a further certificate authority (a PEM file)',
  ids: 'Correct ORG and FID',
  byHand: 'Write the accounts myself and go on',
  other: 'Choose another institution',
};

/** Tells what went wrong and asks where to go on. @throws what no answer can mend. */
async function recover(error: OfxSyncError, state: SetUp, { asker, place }: Talking): Promise<SetUp> {
  if (error.code === 'INTERRUPTED' || error.code === 'BUG' || error.code.startsWith('STORE_')) throw error;
  // What the hint of a refused signon says is what the choices are.
  const hint = error.hint === null || error.code === 'SIGNON_REJECTED' ? [] : [`  ${visible(error.hint)}`];
  asker.say([visible(error.message), ...hint]);
  const ways = waysOut(error, state);
  const chosen = await asker.choose(
    'What now?',
    ways.map((id) => ({ id, label: WAYS[id] })),
  );
  switch (ways.find((one) => one === chosen)) {
    case undefined:
      return wentBack(state) ?? BEGINNING;
    case 'password':
      return backTo(state, state.done.includes('password') ? 'password' : 'place');
    case 'userId':
      return backTo(state, 'userId');
    case 'ids':
      return backTo(state, 'ids');
    case 'ca': {
      const ca = await asker.line('PEM file of the authority');
      return ca === null ? state : { ...state, answers: { ...state.answers, ca: pathOf(ca, place) } };
    }
    case 'byHand':
      return answered(state, 'signon', { offers: [] });
    case 'other':
      return BEGINNING;
    default:
      return state;
  }
}

/** The likeliest first. A refused signon is not simply tried again: institutions lock a login after a few. */
function waysOut(error: OfxSyncError, { done }: SetUp): Way[] {
  const ids: Way[] = done.includes('ids') ? ['ids'] : [];
  if (error instanceof SignonError)
    return error.code === 'SIGNON_BUSY'
      ? ['again', 'byHand', 'other']
      : ['password', 'userId', ...ids, 'byHand', 'other'];
  if (error.code.startsWith('SECRET_')) return ['password', 'other'];
  if (error.code === 'TLS_FAILED') return ['ca', 'again', 'other'];
  return ['again', 'byHand', ...ids, 'other'];
}
