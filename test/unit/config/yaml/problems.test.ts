/** Each file of test/fixtures/configs has exactly the problems that its .expected.txt lists, line by line. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type DirectoryLookup, loadConfig } from '../../../../src/config/load.js';
import { ConfigError } from '../../../../src/errors.js';

const FOLDER = fileURLToPath(new URL('../../../fixtures/configs/', import.meta.url));
const NAMES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.replace(/\.yaml$/, ''));

const lookUp: DirectoryLookup = (name) =>
  name === 'closed-bank'
    ? {
        title: 'Closed Bank',
        url: 'https://ofx.closed.example/',
        org: 'CLOSED',
        fid: '1',
        brokerId: null,
        quirks: {},
        ended: 'Direct Connect ended in 2023',
      }
    : { suggestions: name === 'rivver' ? ['river-credit-union'] : [] };

const BARE = { title: 'Sandbox', url: null, org: null, fid: null, brokerId: null, quirks: {} };

async function problemsOf(name: string): Promise<string> {
  const error = await loadConfig(`${FOLDER}${name}.yaml`, {
    lookUp,
    lookUpSandbox: (name) => (name === 'rivr' ? { suggestions: ['river'] } : BARE),
  }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ConfigError)) throw new Error(`${name}.yaml is valid, or failed otherwise: ${error}`);
  expect(error.code).toBe('CONFIG_INVALID');
  return error.problems
    .map(
      ({ line, column, path, message, suggestion }) =>
        `${[`${name}.yaml:${line}:${column}`, ...(path === '' ? [] : [path]), message].join(': ')}${suggestion === null ? '' : ` (${suggestion})`}\n`,
    )
    .join('');
}

describe('wrong configurations', () => {
  test.each(NAMES)('%s', async (name) => {
    const actual = await problemsOf(name);
    const expected = `${FOLDER}${name}.expected.txt`;
    if (process.env['OFX_SYNC_WRITE_FIXTURES'] === '1') writeFileSync(expected, actual, { flag: 'wx' });
    expect(actual).toBe(readFileSync(expected, 'utf8'));
    expect(actual).not.toMatch(/hunter2|correct horse/);
  });

  test('every expectation has its file', () => {
    const expectations = readdirSync(FOLDER).filter((name) => name.endsWith('.expected.txt'));
    expect(expectations.map((name) => name.replace(/\.expected\.txt$/, '')).toSorted()).toEqual(NAMES.toSorted());
  });

  test('six mistakes are six lines', async () => {
    expect((await problemsOf('six-mistakes')).trimEnd().split('\n')).toHaveLength(6);
  });
});
