/**
 * The folder of the store. Made-up banks of the sandbox have one of their own inside the data folder, unless a person names a
 * folder: what they say never gets among the person's own accounts.
 */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { banksInText, type NamedBank } from '../../config/yaml/banks.js';
import { type HostEnvironment, locateConfig, locateData } from '../../config/yaml/locate.js';
import { hostOf, isSandbox, isTrial } from '../../model/account-identity.js';
import { storedInstitutions } from '../../store/read.js';
import type { GlobalOptions } from '../terminal/io.js';

/** Name of the folder for made-up banks. */
const DEMO = 'demo';

export interface DataFolder {
  readonly path: string;
  /** `own`: the person's own store; `demo`: that of made-up banks; `named`: a folder that the person named. */
  readonly kind: 'own' | 'demo' | 'named';
}

/** Finds the folder. @param added a bank that is about to be added to accounts.yaml. */
export function dataFolder(options: GlobalOptions, host: HostEnvironment, added?: NamedBank): DataFolder {
  const path = locateData(options.data, host);
  const isNamed = [options.data, host.env['OFX_SYNC_DATA']].some((one) => one !== undefined && one !== '');
  if (isNamed) return { path, kind: 'named' };
  const banks = [...banksOf(options, host), ...(added === undefined ? [] : [added])];
  const hosts = banks.map(({ url }) => ({ host: hostOf(url) }));
  const isMadeUp = hosts.some(isSandbox) && hosts.every(isTrial);
  // A store of version 0.1 that has them already goes on.
  const stored = isMadeUp ? storedInstitutions(path) : [];
  if (!isMadeUp || banks.some(({ name }) => stored.includes(name))) return { path, kind: 'own' };
  return { path: join(path, DEMO), kind: 'demo' };
}

/** Reads the banks of accounts.yaml without checking the file; none where it cannot be read. */
function banksOf({ config }: GlobalOptions, host: HostEnvironment): readonly NamedBank[] {
  try {
    return banksInText(readFileSync(locateConfig(config, host, existsSync), 'utf8'));
  } catch {
    // The command that needs the file reports what is wrong with it.
    return [];
  }
}
