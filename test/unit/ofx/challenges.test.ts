/** The security questions against a table of their own: the meaning of each id as two other programs have it. */

import { describe, expect, test } from 'vitest';
import { automaticAnswer, questionText } from '../../../src/ofx/challenges.js';

/** Ids and words that the question must and must not contain. */
const QUESTIONS = [
  ['MFA1', ['city', 'birth'], ['month']],
  ['MFA2', ['date', 'birth', 'MM/DD/YYYY'], ['city']],
  ['MFA3', ['debit card'], []],
  ['MFA4', ['father', 'middle'], ['mother']],
  ['MFA5', ['color'], []],
  ['MFA6', ['first', 'pet'], []],
  ['MFA7', ['ZIP'], []],
  ['MFA8', ['grandmother', 'maiden', 'father'], ['mother’s side']],
  ['MFA9', ['grandmother', 'maiden', 'mother’s side'], ['father']],
  ['MFA10', ['last four', 'cell phone'], []],
  ['MFA11', ['last four', 'daytime phone'], []],
  ['MFA12', ['last four', 'home phone'], []],
  ['MFA13', ['last four', 'social security'], ['customer', 'tax']],
  ['MFA14', ['last four', 'tax'], ['security']],
  ['MFA15', ['month', 'birth', 'youngest sibling'], []],
  ['MFA16', ['mother', 'maiden'], ['sibling', 'grandmother']],
  ['MFA17', ['mother', 'middle'], ['maiden']],
  ['MFA18', ['company', 'first job'], ['manager']],
  ['MFA19', ['maker', 'first car'], ['job']],
  ['MFA20', ['street'], ['manager']],
  ['MFA21', ['high-school', 'football'], []],
  ['MFA22', ['amount', 'recent', 'deposit', 'withdrawal'], []],
  ['MFA23', ['year', 'birth', 'YYYY'], ['month']],
] as const;

/** Ids that the program answers, with the answers of this machine. */
const ANSWERS = [
  ['MFA101', '20261121210359'],
  ['MFA102', 'desk'],
  ['MFA103', '192.0.2.7'],
  ['MFA104', '02:00:5e:10:00:01'],
  ['MFA105', 'linux 6.8.0'],
  ['MFA106', 'x64'],
  ['MFA107', 'QWIN 1700'],
] as const;

const MACHINE = {
  now: new Date('2026-11-21T21:03:59.123Z'),
  hostName: 'desk',
  ipAddress: '192.0.2.7',
  macAddress: '02:00:5e:10:00:01',
  system: 'linux 6.8.0',
  processor: 'x64',
};
const MONEY = { appVer: '1700' };

describe('questions for a person', () => {
  test.each(QUESTIONS)('%s', (phrase, words, others) => {
    const text = questionText({ phrase, question: null }).toLowerCase();
    for (const word of words) expect(text).toContain(word.toLowerCase());
    for (const word of others) expect(text).not.toContain(word);
    expect(automaticAnswer(phrase, MACHINE, MONEY)).toBeNull();
  });

  test('all differ', () => {
    const texts = QUESTIONS.map(([phrase]) => questionText({ phrase, question: null }));
    expect(new Set(texts).size).toBe(QUESTIONS.length);
  });

  test('the label of the bank comes first, and an unknown id is shown as it is', () => {
    expect(questionText({ phrase: 'MFA16', question: 'Your goldfish?' })).toBe('Your goldfish?');
    expect(questionText({ phrase: '123', question: null })).toBe('question 123');
  });
});

describe('questions for the program', () => {
  test.each(ANSWERS)('%s: %s', (phrase, answer) => {
    expect(automaticAnswer(phrase, MACHINE, MONEY)).toBe(answer);
    expect(automaticAnswer(phrase.toLowerCase(), MACHINE, MONEY)).toBe(answer);
  });

  test('MFA107 names the program of the requests', () => {
    expect(automaticAnswer('MFA107', MACHINE, {})).toBe('QWIN 2700');
    expect(automaticAnswer('MFA107', MACHINE, { appId: 'QMOFX', appVer: '2300' })).toBe('QMOFX 2300');
  });
});
