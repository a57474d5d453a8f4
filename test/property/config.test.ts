/** Whatever stands in accounts.yaml: account objects or problems with places, and never a secret in a problem. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { parseDays, parseDuration } from '../../src/config/length.js';
import { parseConfig } from '../../src/config/load.js';
import { referenceComplaint, secretSchema, valueSchema } from '../../src/config/references.js';
import { ConfigError } from '../../src/errors.js';
import { fc } from '../support/properties.js';

const EXAMPLE = readFileSync(fileURLToPath(new URL('../../accounts.example.yaml', import.meta.url)), 'utf8');
const CANARY = 'canary-9f2c';

function problemsOf(text: string): ConfigError['problems'] {
  try {
    parseConfig(text, '/home/alex/accounts.yaml');
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

function expectPlaces(text: string): void {
  const lines = text.split(/\r\n|\r|\n/);
  for (const { line, column, message } of problemsOf(text)) {
    expect(message).not.toBe('');
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lines.length);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
  }
}

describe('any text', () => {
  test('is a configuration or has problems with places', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), expectPlaces), { numRuns: 500 });
    const yamlish = fc
      .array(
        fc.constantFrom(
          'a',
          'institutions',
          ': ',
          '- ',
          '\n',
          '  ',
          '\t',
          '{',
          '}',
          '[',
          ']',
          ',',
          '"',
          "'",
          '#',
          '&a ',
          '*a',
          '!x ',
          '|',
          '>',
          '? ',
          '---\n',
          '...\n',
          '%YAML 1.1\n',
          '<<',
          '0',
          '\\',
        ),
        { maxLength: 40 },
      )
      .map((parts) => parts.join(''));
    fc.assert(fc.property(yamlish, expectPlaces), { numRuns: 1000 });
  });

  test('the example with a piece cut out, doubled or replaced', () => {
    const at = fc.nat(EXAMPLE.length);
    fc.assert(
      fc.property(
        at,
        fc.nat(30),
        fc.constantFrom('', '\t', '"', ': ', '\n', '{', '&a ', '*a', '0', '-'),
        (start, length, instead) => {
          expectPlaces(EXAMPLE.slice(0, start) + instead + EXAMPLE.slice(start + length));
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('any value', () => {
  test('at any place of the example is taken or reported, and a password is never repeated', () => {
    const paths = pathsOf(parse(EXAMPLE));
    const hostile = fc.constantFrom<unknown>(
      null,
      0,
      -1,
      1.5,
      Number.POSITIVE_INFINITY,
      true,
      '',
      ' ',
      '5 constructor',
      'constructor',
      '__proto__',
      [],
      {},
      [[]],
      [null],
      { constructor: 1 },
      { literal: 1 },
      { env: CANARY, file: CANARY },
    );
    const value = fc.oneof(hostile, fc.jsonValue({ maxDepth: 2 }));
    fc.assert(
      fc.property(fc.constantFrom(...paths), value, (path, replacement) => {
        const document: unknown = structuredClone(parse(EXAMPLE));
        put(document, path, replacement);
        expectPlaces(stringify(document));
      }),
      { numRuns: 300 },
    );
  });

  test('a password in any shape is never repeated in a problem', () => {
    const shapes = fc.constantFrom<unknown>(
      CANARY,
      [CANARY],
      { [CANARY]: null },
      { literal: CANARY },
      { literal: [CANARY] },
      { env: CANARY, file: CANARY },
      { evn: CANARY },
      `x:${CANARY}`,
      `literal:${CANARY}`,
      { command: { [CANARY]: 1 } },
      { file: [CANARY] },
    );
    const key = fc.constantFrom('password', 'pasword', 'passwd', 'Password', 'userpass', 'pin');
    fc.assert(
      fc.property(
        key,
        shapes,
        fc.constantFrom('https://a.example/', 'nowhere', 'sandbox://river'),
        (name, shape, url) => {
          const text = stringify({
            institutions: [
              { name: 'a', url, userId: 'b', [name]: shape, accounts: [{ name: 'c', kind: 'creditcard', id: '1' }] },
            ],
          });
          expect(JSON.stringify(problemsOf(text))).not.toContain(CANARY);
        },
      ),
    );
  });
});

test('a place for secrets has a complaint exactly when its schema refuses the value', () => {
  const text = fc.oneof(
    fc.string(),
    fc
      .tuple(
        fc.constantFrom('keychain', 'env', 'file', 'command', 'prompt', 'Env', ''),
        fc.constantFrom(':', ': ', ''),
        fc.string(),
      )
      .map((parts) => parts.join('')),
  );
  const object = fc.dictionary(
    fc.constantFrom('keychain', 'env', 'file', 'command', 'prompt', 'other'),
    fc.oneof(text, fc.boolean(), fc.array(text), fc.constant(null)),
    { maxKeys: 2 },
  );
  const value = fc.oneof(text, object, fc.jsonValue());
  fc.assert(
    fc.property(value, (entry) => {
      const place = { institution: 'a', isTest: true };
      const complaint = referenceComplaint(entry, { ...place, key: 'password' });
      expect(complaint === null).toBe(secretSchema.safeParse(entry).success);
      // A plain value may look like a reference that was not finished; that is refused although it is text.
      const plain = referenceComplaint(entry, { ...place, key: 'userId' });
      if (plain === null) expect(valueSchema.safeParse(entry).success).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('a length in seconds is that many milliseconds, and nothing else is one', () => {
  fc.assert(
    fc.property(fc.nat(99_999), (count) => {
      expect([parseDuration(`${count}s`), parseDuration(`${count}m`), parseDays(`${count}d`)]).toEqual([
        count * 1000,
        count * 60_000,
        count,
      ]);
      expect([parseDuration(`${count}`), parseDuration(`-${count}s`), parseDays(`${count}h`)]).toEqual([0, 0, 0]);
    }),
  );
});

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const below = Object.entries(value).flatMap(([key, child]) =>
    pathsOf(child, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? below : [path, ...below];
}

function put(root: unknown, path: Path, value: unknown): void {
  const parent = path.slice(0, -1).reduce<unknown>((current, part) => Reflect.get(current as object, part), root);
  Reflect.set(parent as object, path.at(-1) ?? '', value);
}
