/** Guided set-up as a pure state: which question comes next, and back from every one of them. */

import { describe, expect, test } from 'vitest';
import {
  type Answers,
  goBackTo,
  INITIAL_STATE,
  isSilent,
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
const ENDED = directory({ ended: { what: 'it ended', advice: 'download', download: null } });

const ANSWERS: Readonly<Record<StepId, Answers>> = {
  origin: { origin: { kind: 'url', url: 'https://ofx.river.example/' } },
  stale: { trusted: true },
  ids: { org: 'RIVER', fid: '' },
  files: { files: ['~/x/*.qfx'] },
  command: { command: 'portal2ofx' },
  name: { name: 'river' },
  userId: { userId: 'alex' },
  profile: {},
  storage: { storage: 'keychain' },
  password: { password: 'p' },
  signon: { offers: [OFFER] },
  accounts: { picked: [OFFER.entry] },
  byHand: { picked: [OFFER.entry] },
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
    ['an address: five questions', {}, 'origin userId password accounts confirm'],
    [
      'an address whose server shows nothing without ORG and FID',
      { profile: { wantsIds: true } },
      'origin ids userId password accounts confirm',
    ],
    [
      'a sandbox: five questions',
      { origin: { origin: { kind: 'url', url: 'sandbox://river' } } },
      'origin userId password accounts confirm',
    ],
    [
      'an institution of the directory: five questions',
      { origin: { origin: directory({}) } },
      'origin userId password accounts confirm',
    ],
    [
      'one whose evidence is old: a warning before the password',
      { origin: { origin: directory({ isStale: true }) } },
      'origin stale userId password accounts confirm',
    ],
    ['one that has ended its service: files', { origin: { origin: ENDED } }, 'origin files accounts confirm'],
    ['downloads', { origin: { origin: { kind: 'files' } } }, 'origin files accounts confirm'],
    [
      'a place that yields the password already: it is not typed',
      { storage: { storage: 'command', isStored: true } },
      'origin userId accounts confirm',
    ],
    ['no list of accounts: by hand', { signon: { offers: [] } }, 'origin userId password byHand confirm'],
  ])('%s', (_, given, expected) => {
    expect(
      way(given)
        .filter((step) => !isSilent(step))
        .join(' '),
    ).toBe(expected);
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
            expect(nextStep(before)).toBe(state.done.findLast((one) => !isSilent(one)));
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

  test('to the bank and on with another one takes nothing along that the former said', () => {
    let state: SetUpState = INITIAL_STATE;
    const learned = { learned: { ofxVersion: '102' }, org: 'RIVER', fid: '1' };
    for (const step of ['origin', 'name', 'profile', 'userId', 'storage', 'password', 'signon', 'accounts'] as const)
      state = withAnswer(state, step, step === 'profile' ? learned : ANSWERS[step]);
    const back = goBackTo(state, 'origin');
    const same = withAnswer(back, 'origin', ANSWERS.origin);
    expect(same.answers).toMatchObject({ ...learned, userId: 'alex' });
    const other = withAnswer(back, 'origin', { origin: directory({ id: 'summit' }) });
    expect(other.answers).toEqual({ origin: directory({ id: 'summit' }), userId: 'alex' });
  });

  test('over the password forgets it', () => {
    let state: SetUpState = INITIAL_STATE;
    for (const step of ['origin', 'name', 'profile', 'userId', 'storage', 'password', 'signon'] as const)
      state = withAnswer(state, step, ANSWERS[step]);
    const atPassword = previousStep(state);
    expect(atPassword).not.toBeNull();
    expect(JSON.stringify(atPassword)).not.toContain('"password":"p"');
  });

  test('to a question far behind takes all after it with it', () => {
    let state: SetUpState = INITIAL_STATE;
    for (const step of ['origin', 'name', 'profile', 'userId', 'storage', 'password', 'signon'] as const)
      state = withAnswer(state, step, ANSWERS[step]);
    expect(nextStep(goBackTo(state, 'userId'))).toBe('userId');
  });

  test('to a question that the command line answered asks it', () => {
    const given: SetUpState = { answers: { userId: 'alex' }, done: [], given: ['userId'] };
    let state = given;
    for (const step of ['origin', 'name', 'profile', 'storage'] as const)
      state = withAnswer(state, step, ANSWERS[step]);
    expect(nextStep(state)).toBe('password');
    expect(nextStep(goBackTo(state, 'userId'))).toBe('userId');
  });
});
