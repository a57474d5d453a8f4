/**
 * Claims the setup token of a SimpleFIN bridge during set-up. It works once: its access URL is kept where the password will be
 * before anything else can fail, and a set-up that goes on later finds it there.
 */

import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isSetupToken } from '../../simplefin/access.js';
import { claimInto, keychainPlace, type SecretPlace } from '../command/claim.js';
import { passwordContext } from '../command/context.js';
import type { ConfigTarget } from './config-file.js';
import { keychainTrouble } from './password.js';
import { freePasswordFile, passwordPath, writePasswordFile } from './password-file.js';
import { type Answers, usesBridge } from './state.js';

/** Returns true for a set-up whose password is still a setup token. */
export function needsClaim(answers: Answers): boolean {
  return usesBridge(answers) && isSetupToken(answers.password ?? '');
}

/** Claims the token. @returns the answers with the access URL and its place. @throws OfxSyncError */
export async function claimed(answers: Answers, target: ConfigTarget): Promise<Answers> {
  const { io } = target.invocation;
  const placed = { ...answers, ...(await writablePlace(answers, target)), isPlaced: true };
  const password = await claimInto(await placeFor(placed, target), answers.password ?? '', io);
  return { ...placed, password };
}

/** A variable or a command cannot be written: the keychain or a file of its own takes the place of either. */
async function writablePlace(answers: Answers, target: ConfigTarget): Promise<Pick<Answers, 'storage' | 'where'>> {
  const { storage, where, name = '' } = answers;
  const isFile = storage === 'file' && where !== undefined;
  if (isFile && !existsSync(passwordPath(where, placesOf(target)))) return { storage, where };
  if (storage !== 'file' && (await keychainTrouble(name, target)) === null) return { storage: 'keychain' };
  return { storage: 'file', where: freePasswordFile(name, placesOf(target)) };
}

async function placeFor({ storage, where = '', name = '' }: Answers, target: ConfigTarget): Promise<SecretPlace> {
  const { invocation, file } = target;
  if (storage === 'keychain') return keychainPlace(name, passwordContext(invocation, name, dirname(file)));
  return filePlace(passwordPath(where, placesOf(target)), invocation.io.signal);
}

/** Returns a file that is written for a secret as a place. One that is there stays until the secret has come. */
export function filePlace(path: string, signal: AbortSignal): SecretPlace {
  return {
    test: async () => {
      await writePasswordFile(`${path}.trial`, 'trial', signal);
      await rm(`${path}.trial`, { force: true });
    },
    keep: async (value) => {
      await writePasswordFile(path, value, new AbortController().signal);
    },
  };
}

function placesOf({ file, invocation }: ConfigTarget): Parameters<typeof freePasswordFile>[1] {
  return { config: file, io: invocation.io };
}
