/** Changes and removals in accounts.yaml: everything else keeps its bytes. */

import { expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  removeAccount,
  removeInstitution,
  setAccountNumber,
  setInstitutionKey,
} from '../../../../src/config/yaml/change.js';
import { addInstitution } from '../../../../src/config/yaml/edit.js';
import { fc } from '../../../support/properties.js';

const TEXT = `# my banks
defaults: { history: 30d }  # a month

institutions:
  # the first
  - name: river   # by the river
    url: sandbox://river
    userId: demo  # mine
    password:
      literal: demo
    accounts:
      - { name: checking, kind: checking, id: "1", routing: "121000248" }  # daily
      # the rainy day
      - { name: savings, kind: savings, id: "2", routing: "121000248" }

  - name: summit
    url: sandbox://summit
    accounts: [{ name: card, kind: creditcard, id: "3" }, { name: gold, kind: creditcard, id: "4" }]

# the end
`;

test('a value is replaced in its place; the comment behind it stays', () => {
  expect(setInstitutionKey(TEXT, 'river', 'userId', 'alex')).toBe(TEXT.replace('userId: demo', 'userId: alex'));
  expect(setInstitutionKey(TEXT, 'river', 'userId', '0012')).toBe(TEXT.replace('userId: demo', 'userId: "0012"'));
  expect(setInstitutionKey(TEXT, 'river', 'password', 'keychain')).toBe(
    TEXT.replace('password:\n      literal: demo', 'password: keychain'),
  );
  expect(setInstitutionKey(TEXT, 'river', 'password', { command: ['pass', 'x'] })).toContain(
    '    password: { command: [ pass, x ] }\n    accounts:',
  );
});

test('a key that is missing is added behind the name', () => {
  expect(setInstitutionKey(TEXT, 'summit', 'userId', 'alex')).toBe(
    TEXT.replace('- name: summit\n', '- name: summit\n    userId: alex\n'),
  );
  expect(setInstitutionKey('institutions: [{ name: a, url: b }]\n', 'a', 'userId', 'x')).toBe(
    'institutions: [{ name: a, userId: x, url: b }]\n',
  );
});

test('the number of an account is added behind its id, in quotes, or replaced', () => {
  const river = (name: string) => ({ institution: 'river', name });
  expect(setAccountNumber(TEXT, river('checking'), '0012')).toBe(
    TEXT.replace('id: "1", routing', 'id: "1", number: "0012", routing'),
  );
  expect(setAccountNumber(TEXT, { institution: 'summit', name: 'gold' }, 'x: "y" #')).toBe(
    TEXT.replace('id: "4" }', `id: "4", number: 'x: "y" #' }`),
  );
  const block =
    'institutions:\n  - name: a\n    accounts:\n      - kind: checking\n        id: ACT-1   # one\n        name: b\n';
  const numbered = block.replace('# one\n', '# one\n        number: "77"\n');
  expect(setAccountNumber(block, { institution: 'a', name: 'b' }, '77')).toBe(numbered);
  expect(setAccountNumber(numbered, { institution: 'a', name: 'b' }, '78')).toBe(numbered.replace('77', '78'));
  expect(() => setAccountNumber(TEXT, river('nothing'), '1')).toThrow('it has no entry named "nothing"');
});

test('an institution goes with its accounts; comments of the file stay', () => {
  const [first, second] = [TEXT.indexOf('  - name: river'), TEXT.indexOf('\n  - name: summit')];
  expect(removeInstitution(TEXT, 'river')).toBe(TEXT.slice(0, first) + TEXT.slice(second));
  expect(removeInstitution(TEXT, 'summit')).toBe(TEXT.slice(0, second + 1) + TEXT.slice(TEXT.indexOf('\n# the end')));
});

test('the last institution leaves an empty list, to which another can be added', () => {
  const empty = removeInstitution(removeInstitution(TEXT, 'summit'), 'river');
  expect(parse(empty)).toEqual({ defaults: { history: '30d' }, institutions: [] });
  expect(empty).toContain('# a month');
  const again = addInstitution(empty, { keys: { name: 'x', url: 'sandbox://river' }, accounts: [] });
  expect(parse(again).institutions).toEqual([{ name: 'x', url: 'sandbox://river', accounts: [] }]);
});

test.each(['defaults: { history: 30d }\n', 'institutions:\n', 'institutions: ~  # none\n', '# x\nrules: []'])(
  'a file without institutions takes one: %o',
  (text) => {
    const after = addInstitution(text, { keys: { name: 'x', url: 'sandbox://river' }, accounts: [] });
    expect(parse(after)).toEqual({
      ...parse(text),
      institutions: [{ name: 'x', url: 'sandbox://river', accounts: [] }],
    });
  },
);

test('an account of a list in lines and of one in brackets', () => {
  expect(removeAccount(TEXT, 'river', 'checking')).toBe(TEXT.replace(/ {6}- \{ name: checking.*\n/, ''));
  expect(removeAccount(TEXT, 'river', 'savings')).toBe(TEXT.replace(/ {6}- \{ name: savings.*\n/, ''));
  expect(removeAccount(TEXT, 'summit', 'card')).toBe(TEXT.replace(/\{ name: card.*?\}, /, ''));
  expect(removeAccount(TEXT, 'summit', 'gold')).toBe(TEXT.replace(/, \{ name: gold.*?\}/, ''));
});

test('an entry that does not exist is an error, and so is a file with mistakes', () => {
  expect(() => removeInstitution(TEXT, 'rivr')).toThrow('no entry named "rivr"');
  expect(() => setInstitutionKey(TEXT, 'rivr', 'userId', 'x')).toThrow('no bank "rivr"');
  expect(() => removeInstitution('institutions: {', 'x')).toThrow('mistakes');
});

test('whatever is removed, the others mean the same', () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(names, fc.nat(), fc.constantFrom('\n', '\r\n'), (all, index, newline) => {
      const text = all
        .reduce((now, name) => addInstitution(now, { keys: { name, url: `sandbox://${name}` }, accounts: [] }), '')
        .replaceAll('\n', newline);
      const gone = all[index % all.length] ?? '';
      const left = all.filter((one) => one !== gone);
      const names = parse(removeInstitution(text, gone)).institutions.map(({ name }: { name: string }) => name);
      expect(names).toEqual(left);
    }),
  );
});
