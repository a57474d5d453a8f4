/** Answers of guided set-up as an entry of accounts.yaml. */

import { expect, test } from 'vitest';
import { entryOf, mayBeLiteral, nameProblem, proposedName } from '../../../../src/cli/init/entry.js';
import type { Answers } from '../../../../src/cli/init/state.js';

const url = (address: string): Answers => ({ origin: { kind: 'url', url: address } });

test.each<[Answers, string]>([
  [url('https://ofx.river.example/ofx'), 'river'],
  [url('https://river.example/'), 'river'],
  [url('http://127.0.0.1:8443/summit'), 'summit'],
  [url('https://localhost:8443/summit?fault=hang'), 'summit'],
  [url('sandbox://harbor'), 'harbor'],
  [url('http://127.0.0.1:8443/'), 'institution'],
  [{ origin: { kind: 'files' }, files: ['~/Downloads/oldbank-*.qfx'] }, 'oldbank'],
  [{ origin: { kind: 'files' }, files: ['C:\\x\\*.qfx'] }, 'institution'],
])('the name proposed for %o', (answers, name) => {
  expect(proposedName(answers, [])).toBe(name);
  expect(proposedName(answers, [name])).toBe(`${name}-2`);
  expect(nameProblem(name, [])).toBeNull();
});

test.each([
  ['keychain', undefined, 'keychain'],
  ['env', 'RIVER_PW', 'env:RIVER_PW'],
  ['file', '/home/a/pw', 'file:/home/a/pw'],
  ['command', 'pass show river', { command: 'pass show river' }],
  ['prompt', undefined, 'prompt'],
] as const)('a password kept in %s stands in no entry', (storage, where, expected) => {
  const answers: Answers = {
    ...url('https://ofx.river.example/'),
    name: 'river',
    userId: 'a',
    storage,
    password: 'canary',
  };
  const entry = entryOf(where === undefined ? answers : { ...answers, where });
  expect(entry.keys['password']).toEqual(expected);
  expect(JSON.stringify(entry)).not.toContain('canary');
});

test('a password in accounts.yaml itself is for playgrounds alone', () => {
  expect(mayBeLiteral(url('sandbox://river'))).toBe(true);
  expect(mayBeLiteral(url('https://127.0.0.1:8443/river'))).toBe(true);
  expect(mayBeLiteral(url('https://ofx.river.example/'))).toBe(false);
});

test('names that accounts.yaml does not take, or that are taken, are refused', () => {
  for (const name of ['', ' x', 'a/b', 'a\nb', '-x', 'x'.repeat(65)]) expect(nameProblem(name, [])).not.toBeNull();
  expect(nameProblem('river', ['river'])).toBe('river is taken: choose another name');
});
