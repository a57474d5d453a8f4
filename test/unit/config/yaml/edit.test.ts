import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseConfig } from '../../../../src/config/load.js';
import { addAccounts, addInstitution, type NewInstitution } from '../../../../src/config/yaml/edit.js';
import { fc } from '../../../support/properties.js';

const EXAMPLE = readFileSync(fileURLToPath(new URL('../../../../accounts.example.yaml', import.meta.url)), 'utf8');

const SAVINGS = { name: 'more savings', kind: 'savings', id: '000999', routing: '0121' } as const;
const BIRCH: NewInstitution = {
  keys: {
    name: 'birch',
    url: 'https://ofx.birch.example/',
    fid: '0099',
    userId: '12345',
    password: { env: 'BIRCH_PW' },
  },
  accounts: [SAVINGS, { name: 'card', kind: 'creditcard', id: '4' }],
};

/** Checks that all of `before` is in `after`, with nothing removed or changed. */
function expectOnlyAdded(before: string, after: string): void {
  let head = 0;
  while (head < before.length && before[head] === after[head]) head += 1;
  const tail = before.length - head;
  expect(after.slice(0, head) + after.slice(after.length - tail)).toBe(before);
}

describe('a new file', () => {
  test('is created from empty text', () => {
    expect(addInstitution('', BIRCH)).toBe(`# The accounts that ofx-sync pulls. accounts.example.yaml shows every key.

institutions:
  - name: birch
    url: https://ofx.birch.example/
    fid: "0099"
    userId: "12345"
    password:
      env: BIRCH_PW
    accounts:
      - { name: more savings, kind: savings, id: "000999", routing: "0121" }
      - { name: card, kind: creditcard, id: "4" }
`);
  });
});

describe('the example', () => {
  test('gets an institution after the last, and is valid', () => {
    const after = addInstitution(EXAMPLE, BIRCH);
    expectOnlyAdded(EXAMPLE, after);
    const { institutions } = parseConfig(after, 'accounts.yaml');
    expect(institutions.at(-1)).toMatchObject({
      name: 'birch',
      fid: '0099',
      accounts: [{ id: '000999' }, { id: '4' }],
    });
    expect(institutions).toHaveLength(7);
  });

  test.each(['river', 'summit', 'meadow', 'glacier', 'linden', 'harbor'])('gets accounts at %s', (name) => {
    const after = addAccounts(EXAMPLE, name, [SAVINGS, { name: 'card 2', kind: 'creditcard', id: '00' }]);
    expectOnlyAdded(EXAMPLE, after);
    const { institutions } = parseConfig(after, 'accounts.yaml');
    const accounts = institutions.find((institution) => institution.name === name)?.accounts ?? [];
    expect(accounts.slice(-2).map(({ id }) => id)).toEqual(['000999', '00']);
  });
});

describe('other ways to write a list', () => {
  const CARD = '{ name: card, kind: creditcard, id: "1" }';
  const shapes = {
    'in brackets': `institutions: [{ name: a, url: "sandbox://a", userId: b, accounts: [${CARD}] }] # all\n`,
    'brackets below dashes': `institutions:\n- name: a\n  url: sandbox://a\n  userId: b\n  accounts: [${CARD}] # one\n# end`,
    'not indented': `institutions:\n- name: a\n  accounts:\n  - ${CARD}   # one\n\n  url: sandbox://a\n  userId: b\n`,
    'no line end at the end': `institutions:\n  - name: a\n    url: sandbox://a\n    userId: b\n    accounts:\n      - ${CARD}`,
    'with a block below': `institutions:\n  - name: a\n    url: sandbox://a\n    userId: b\n    accounts:\n      - name: card\n        kind: creditcard\n        id: "1"\n\n    # of a\n    org: X\n\n# last\ndefaults:\n  history: 1d\n`,
  };
  const all = Object.entries(shapes).flatMap(([name, text]) => [
    [name, text],
    [`${name}, CRLF`, text.replaceAll('\n', '\r\n')],
  ]);

  test.each(all)('%s', (_, text) => {
    const accounts = addAccounts(text, 'a', [SAVINGS]);
    expectOnlyAdded(text.replace(/\r?\n$/, ''), accounts.replace(/\r?\n$/, ''));
    expect(parseConfig(accounts, 'a.yaml').institutions[0]?.accounts.map(({ id }) => id)).toEqual(['1', '000999']);
    const institutions = addInstitution(text, BIRCH);
    expectOnlyAdded(text.replace(/\r?\n$/, ''), institutions.replace(/\r?\n$/, ''));
    expect(parseConfig(institutions, 'a.yaml').institutions.map(({ name }) => name)).toEqual(['a', 'birch']);
    if (text.includes('\r\n')) expect(`${accounts}${institutions}`).not.toMatch(/[^\r]\n/);
  });
});

describe('where there is no list yet', () => {
  const HEAD = 'institutions:\n  - name: a # mine\n    url: sandbox://a\n';
  const shapes = {
    'no key': `${HEAD}    userId: b # me\n# end\n`,
    'no key, the last one without a value': `${HEAD}    userId: b\n    org:\n`,
    'no key, text of several lines last': `${HEAD}    userId: |\n      b\n\n  # next\n  - { name: c, url: "sandbox://c", userId: d, accounts: [] }\n`,
    'no line end at the end': `${HEAD}    userId: b`,
    'a key without a value': `${HEAD}    accounts: # to come\n    userId: b\n`,
    null: `${HEAD}    accounts: null\n    userId: b\n`,
    'in brackets': 'institutions: [{ name: a, url: "sandbox://a", userId: b }] # all\n',
  };

  test.each(Object.entries(shapes))('%s', (name, text) => {
    const after = addAccounts(text, 'a', [SAVINGS, { name: 'card', kind: 'creditcard', id: '4' }]);
    const entry = (parse(after) as { institutions: { accounts: { id: string }[] }[] }).institutions[0];
    expect(entry?.accounts.map(({ id }) => id)).toEqual(['000999', '4']);
    for (const comment of text.match(/#.*/g) ?? []) expect(after).toContain(comment);
    if (name !== 'null' && name !== 'in brackets') expectLinesKept(text, after);
  });
});

test('brackets over several lines get another line', () => {
  const text = `institutions:
- name: a
  accounts: [
    # first
    { name: x, kind: cd, id: "1", routing: "2" }, # c
  ]
`;
  const added = `    { name: more savings, kind: savings, id: "000999", routing: "0121" },\n`;
  expect(addAccounts(text, 'a', [SAVINGS])).toBe(text.replace('# c\n', `# c\n${added}`));
  const without = text.replace('}, # c', '} # c');
  expect(addAccounts(without, 'a', [SAVINGS])).toBe(text.replace('# c\n', `# c\n${added}`));
});

/** Checks that every line of `before` begins a line of `after`, in the same order. */
function expectLinesKept(before: string, after: string): void {
  const lines = after.split('\n');
  let at = 0;
  for (const line of before.split('\n')) {
    const plain = line.replace(/\s+#.*|\}?\]? *$/g, '');
    const found = lines.findIndex((one, index) => index >= at && one.startsWith(plain));
    expect(found, line).toBeGreaterThanOrEqual(at);
    at = found + 1;
  }
}

test.each(['a: [', 'institutions: 5\n', 'just text', 'institutions:\n  - name: b\n'])(
  '%j cannot be added to',
  (text) => {
    expect(() => addAccounts(text, 'a', [SAVINGS])).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  },
);

test('any value comes back as it was', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (id, userId) => {
      const text = addInstitution(EXAMPLE, { keys: { name: 'x', userId }, accounts: [{ name: 'y', kind: 'cd', id }] });
      expectOnlyAdded(EXAMPLE, text);
      const { institutions } = parse(text) as { institutions: unknown[] };
      expect(institutions.at(-1)).toEqual({ name: 'x', userId, accounts: [{ name: 'y', kind: 'cd', id }] });
    }),
    { numRuns: 60 },
  );
});
