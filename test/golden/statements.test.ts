/** Every fixture, one lesson each, against what a person has read and found right (`write.mjs` makes new ones). */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { OfxError } from '../../src/errors.js';
import { inspectJson } from '../../src/ofx/file.js';
import { parseOfx, readOfx, repairedText } from '../../src/ofx/read.js';
import { withoutDefaults } from '../support/without-defaults.mjs';

const FOLDER = new URL('../fixtures/statements/', import.meta.url);
const names = readdirSync(FOLDER).filter((name) => name.endsWith('.ofx'));

function bytesOf(name: string): Uint8Array {
  return readFileSync(new URL(name, FOLDER));
}

function outcome(bytes: Uint8Array): unknown {
  try {
    return withoutDefaults(inspectJson(parseOfx(bytes)));
  } catch (error) {
    if (!(error instanceof OfxError)) throw error;
    return { error: { code: error.code, message: error.message, hint: error.hint } };
  }
}

describe('statement files', () => {
  test('there is a fixture for every lesson, and an expectation for every fixture', () => {
    expect(names.length).toBeGreaterThan(130);
    const missing = names.filter((name) => !existsSync(new URL(name.replace(/\.ofx$/, '.expected.json'), FOLDER)));
    expect(missing).toEqual([]);
  });

  test.each(names)('%s', (name) => {
    const expected = readFileSync(new URL(name.replace(/\.ofx$/, '.expected.json'), FOLDER), 'utf8');
    expect(outcome(bytesOf(name))).toEqual(JSON.parse(expected));
  });

  const readable = names.filter((name) => !name.startsWith('not-ofx'));

  test.each(readable)('%s: in slices as in one go', async (name) => {
    expect(await readOfx(bytesOf(name))).toEqual(parseOfx(bytesOf(name)));
  });

  test.each(readable)('%s: repaired text is what it means, and needs no repair', (name) => {
    const repaired = Buffer.from(repairedText(bytesOf(name)));
    expect(repairedText(repaired)).toBe(repaired.toString());
    const [first, again] = [parseOfx(bytesOf(name)), parseOfx(repaired)];
    const transactions = ({ statements }: typeof first) => statements.flatMap((one) => one.transactions);
    expect(transactions(again)).toEqual(transactions(first));
  });

  test('no secret of a signon is printed', () => {
    expect(JSON.stringify(inspectJson(parseOfx(bytesOf('signon-secrets.ofx'))))).not.toContain('-secret');
    expect(JSON.stringify(parseOfx(bytesOf('signon-secrets.ofx')))).not.toContain('-secret');
  });
});
