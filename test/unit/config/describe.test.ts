/** Every key of the schema has a description. */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describedKeys } from '../../../src/config/describe.js';
import { configSchema, institutionSchema } from '../../../src/config/schema.js';

const keys = describedKeys();
const paths = keys.map(({ path }) => path);

test('every key of the file and of an institution is listed with its description', () => {
  for (const key of Object.keys(configSchema.shape)) expect(paths).toContain(key);
  for (const key of Object.keys(institutionSchema.shape)) expect(paths).toContain(`institutions[].${key}`);
  for (const { path, about } of keys.filter((one) => /^(?:defaults|institutions\[\])\./.test(one.path)))
    expect(about, path).not.toBe('');
});

test('the values that a key accepts come from the schema', () => {
  const find = (path: string) => keys.find((one) => one.path === path);
  expect(find('institutions[].accounts[].kind')?.takes).toContain('checking, savings');
  expect(find('institutions[].accounts[].kind')?.isRequired).toBe(true);
  expect(find('defaults.timeout')?.takes).toBe('a length of time such as 60s, 12h or 3d');
  expect(find('defaults.history')?.takes).toBe('a number of days such as 90d');
  expect(find('institutions[].closeTags')?.takes).toBe('true or false');
  expect(find('institutions')?.isRequired).toBe(true);
});

test('accounts.example.yaml uses no key that is not explained', () => {
  const text = readFileSync(new URL('../../../accounts.example.yaml', import.meta.url), 'utf8');
  const last = new Set(paths.map((path) => path.split(/[.[\]]+/).findLast((part) => part !== '')));
  for (const [, key = ''] of text.matchAll(/^ {0,4}(?:- )?(\w+): /gm)) expect(last).toContain(key);
});
