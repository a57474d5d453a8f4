/** Guided set-up as a pure state: which question comes next, and back from every one of them. */

import { describe, expect, test } from 'vitest';
import {
  type Answers,
  goBackTo,
  INITIAL_STATE,
  nextStep,
  type Offer,
  type Origin,
  previousStep,
  type SetUpState,
  type StepId,
  withAnswer,
} from '../../../../src/cli/init/state.js';
import { fc } from '../../../support/properties.js';

const OFFER: Offer = {
  entry: { name: 'checking', kind: 'checking', id: '000123456', routing: '121000248' },
  description: null,
  remark: null,
  balance: null,
  isActive: true,
};
const directory = (more: Partial<Extract<Origin, { kind: 'directory' }>>): Origin => ({
  kind: 'directory',
  id: 'river',
  title: 'River',
  ended: null,
  evidence: 'last seen 2024',
  isStale: false,
  ...more,
});
const ENDED = directory({ ended: { what: 'it ended', advice: 'download' } });

const ANSWERS: Readonly<Record<StepId, Answers>> = {
  origin: { origin: { kind: 'url', url: 'https://ofx.river.example/' } },
  ended: {},
  stale: { trusted: true },
  ids: { org: 'RIVER', fid: '' },
  files: { files: ['~/x/*.qfx'] },
  name: { name: 'river' },
  userId: { userId: 'alex' },
  storage: { storage: 'keychain' },
  where: { where: 'RIVER' },
  password: { password: 'p' },
  signon: { offers: [OFFER] },
  accounts: { picked: [OFFER.entry] },
  byHand: { picked: [OFFER.entry] },
  names: {},
  confirm: {},
};

/** The questions of a whole way, each answered with what is given or the usual. */
function way(given: Partial<Record<StepId, Answers>>): StepId[] {
  let state: SetUpState = INITIAL_STATE;
  for (let step = nextStep(state); step !== null; step = nextStep(state))
    state = withAnswer(state, step, given[step] ?? ANSWERS[step]);
  return [...state.done];
}

describe('the questions', () => {
  test.each<[string, Partial<Record<StepId, Answers>>, string]>([
    ['an address', {}, 'origin ids name userId storage password signon accounts names confirm'],
    [
      'a sandbox has no ids to ask for',
      { origin: { origin: { kind: 'url', url: 'sandbox://river' } } },
      'origin name userId storage password signon accounts names confirm',
    ],
    [
      'an institution of the directory',
      { origin: { origin: directory({}) } },
      'origin name userId storage password signon accounts names confirm',
    ],
    [
      'one whose evidence is old: a warning before the password',
      { origin: { origin: directory({ isStale: true }) } },
      'origin stale name userId storage password signon accounts names confirm',
    ],
    [
      'one that has ended its service: files',
      { origin: { origin: ENDED } },
      'origin ended files name signon accounts names confirm',
    ],
    ['downloads', { origin: { origin: { kind: 'files' } } }, 'origin files name signon accounts names confirm'],
    [
      'a command instead of the keychain: no password is typed',
      { storage: { storage: 'command' } },
      'origin ids name userId storage where signon accounts names confirm',
    ],
    [
      'asked at each run: nothing is kept and nothing is typed now by this question',
      { storage: { storage: 'prompt' } },
      'origin ids name userId storage signon accounts names confirm',
    ],
    [
      'no list of accounts: by hand',
      { signon: { offers: [] } },
      'origin ids name userId storage password signon byHand names confirm',
    ],
  ])('%s', (_, given, expected) => {
    expect(way(given).join(' ')).toBe(expected);
  });
});

describe('going back', () => {
  const origins = fc.constantFrom<Origin>(
    { kind: 'url', url: 'https://ofx.river.example/' },
    { kind: 'url', url: 'sandbox://river' },
    { kind: 'files' },
    ENDED,
    directory({ isStale: true }),
  );
  const places = fc.constantFrom('keychain', 'env', 'command', 'prompt' as const);

  test('from every question leads to the one before it, with the answers kept, and the end is reached all the same', () => {
    fc.assert(
      fc.property(origins, places, fc.array(fc.boolean(), { maxLength: 60 }), (origin, storage, moves) => {
        const given: Partial<Record<StepId, Answers>> = { origin: { origin }, storage: { storage } };
        let state: SetUpState = INITIAL_STATE;
        for (const isBack of moves) {
          const step = nextStep(state);
          if (step === null) break;
          if (!isBack) state = withAnswer(state, step, given[step] ?? ANSWERS[step]);
          else {
            const before = previousStep(state);
            expect(before === null).toBe(state.done.length === 0);
            if (before === null) continue;
            // The question that comes up is the last one that was answered by the person.
            expect(nextStep(before)).toBe(state.done.findLast((one) => one !== 'signon'));
            expect(before.answers.name).toBe(state.answers.name);
            state = before;
          }
        }
        for (let step = nextStep(state); step !== null; step = nextStep(state))
          state = withAnswer(state, step, given[step] ?? ANSWERS[step]);
        expect(state.done).toEqual(way(given));
      }),
    );
  });

  test('over the password forgets it', () => {
    let state: SetUpState = INITIAL_STATE;
    for (const step of ['origin', 'ids', 'name', 'userId', 'storage', 'password', 'signon'] as const)
      state = withAnswer(state, step, ANSWERS[step]);
    const atPassword = previousStep(state);
    expect(atPassword).not.toBeNull();
    expect(JSON.stringify(atPassword)).not.toContain('"password":"p"');
  });

  test('to a question far behind takes all after it with it', () => {
    let state: SetUpState = INITIAL_STATE;
    for (const step of ['origin', 'ids', 'name', 'userId', 'storage', 'password', 'signon'] as const)
      state = withAnswer(state, step, ANSWERS[step]);
    expect(nextStep(goBackTo(state, 'userId'))).toBe('userId');
  });
});
