import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cents, debian } from '../lab.mjs';
import { pythonEnvironment, writeOfxclientConfig } from './ofxclient.mjs';

const PROGRAM = '/usr/bin/ledger-autosync';

/** ledger-autosync of Debian over ofxclient: new transactions are appended to a journal, as its manual says. */
export const ledgerAutosync = {
  name: 'ledger-autosync',
  wantsTls: true,
  stores: true,
  version: async () => debian('ledger-autosync'),
  setUp: async (dir, banks) => {
    writeOfxclientConfig(dir, banks);
    ledgerAutosync.fresh(dir);
  },
  /** The first time there is nothing to compare with; later it asks `ledger` about each transaction. */
  command: (dir) => appending(dir, ['-L']),
  alone: (dir, { name }) => appending(dir, ['-L', '-a', name]),
  again: (dir) => appending(dir, ['-l', join(dir, 'journal.ledger')]),
  /** Removes the transaction at the end of the journal that a kill has cut off. */
  byHand: (dir) => {
    const path = join(dir, 'journal.ledger');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.slice(0, text.lastIndexOf('\n\n') + 2));
    return null;
  },
  timer: (dir) => ledgerAutosync.again(dir),
  loud: (dir) => appending(dir, ['--debug', '-L']),
  env: pythonEnvironment,
  fresh: (dir) => writeFileSync(join(dir, 'journal.ledger'), ''),
  outputs: async (dir) => ['hledger', 'ledger'].map((format) => ({ format, path: join(dir, 'journal.ledger') })),
  kept: async (dir) => {
    const text = existsSync(join(dir, 'journal.ledger')) ? readFileSync(join(dir, 'journal.ledger'), 'utf8') : '';
    const rows = text.matchAll(/^(\d{4})\/(\d\d)\/(\d\d) .*\n\s+(b\d+)\s+(-?)\$(-?[\d.,]+)\n/gm);
    return [...rows].map(([, year, month, day, bank, sign, amount]) => ({
      bank,
      day: year + month + day,
      cents: cents(sign + amount.replaceAll(',', '')),
    }));
  },
};

function appending(dir, options) {
  const args = ['-o', join(dir, 'given', 'ofxclient.ini'), '-r', '-m', '30', ...options];
  return ['bash', ['-c', '"$0" "$@" >>journal.ledger', PROGRAM, ...args]];
}
