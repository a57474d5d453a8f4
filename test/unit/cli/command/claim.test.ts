/** The places that keep what a claimed setup token brought: a claim works once, so that Ctrl-C after it must not lose the answer. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { keychainPlace } from '../../../../src/cli/command/claim.js';
import { filePlace } from '../../../../src/cli/init/claim-token.js';
import { scratchDir } from '../../../support/scratch.js';

const kept: [name: string, value: string, isAborted: boolean][] = [];
vi.mock('../../../../src/secrets/keychain.js', () => ({
  keychain: {},
  storeInKeychain: async (reference: { name: string }, value: string, context: { signal?: AbortSignal }) => {
    kept.push([reference.name, value, context.signal?.aborted === true]);
  },
}));

test('a file is written after Ctrl-C', async () => {
  const path = join(scratchDir(), 'bridge.password');
  await filePlace(path, AbortSignal.abort()).keep('the answer');
  expect(readFileSync(path, 'utf8')).toBe('the answer\n');
  await expect(filePlace(path, AbortSignal.abort()).test()).rejects.toMatchObject({ code: 'INTERRUPTED' });
});

test('an entry of the keychain is written after Ctrl-C', async () => {
  const context = { institution: 'bridge', field: 'password', env: {}, baseDir: '/', signal: AbortSignal.abort() };
  await (await keychainPlace('bridge', context)).keep('the answer');
  expect(kept).toEqual([['bridge', 'the answer', false]]);
});
