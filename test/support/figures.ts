/** What programs that are not ours make of our exports: the balance of the one account that is in a file, as they print it. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decimal } from '../../src/model/decimal.js';
import { withPlaces } from '../../src/model/money.js';
import { readCsv } from './csv-reader.js';
import { hasPeer, runPeer } from './peer-program.js';
import { scratchDir } from './scratch.js';

export interface Reader {
  readonly program: string;
  readonly isHere: boolean;
  readonly argv: readonly string[];
  /** @param account its name in a journal. @throws when the program refuses the file. */
  readonly balance: (path: string, account: string) => string;
  /** The same file with another balance in it. */
  readonly changed: (text: string, from: string, to: string) => string;
}

const dir = scratchDir();

/** The program's own words are the error where it refuses the file. */
function printed(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  const { status, stdout, stderr } = runPeer(program, args, { env: { HOME: dir, ...env } });
  if (status !== 0) throw new Error(`${program}: ${stdout}${stderr}`);
  return stdout;
}

const stated = (text: string, from: string, to: string) =>
  text.replace(new RegExp(`( = | balance \\S+  )${from.replace('.', '\\.')}(?= )`), `$1${to}`);
const balamt = (text: string, from: string, to: string) => text.replace(`>${from}<`, `>${to}<`);

export const READERS: readonly Reader[] = [
  {
    program: 'hledger',
    isHere: hasPeer('hledger'),
    argv: ['--format', 'hledger'],
    balance: (path, account) => {
      printed('hledger', ['-f', path, 'check', '--strict']);
      const rows = printed('hledger', ['-f', path, 'balance', '-N', '--flat', '-O', 'csv', `^${account}$`]);
      return /"(-?[\d.]+) [A-Z]{3}"/.exec(rows)?.[1] ?? '';
    },
    changed: stated,
  },
  {
    program: 'ledger',
    isHere: hasPeer('ledger'),
    argv: ['--format', 'ledger'],
    balance: (path, account) => {
      const format = ['--flat', '--no-total', '--format', '%(quantity(display_total))\n'];
      const quantity = printed('ledger', ['-f', path, '--pedantic', 'balance', ...format, `^${account}$`]).trim();
      // The program omits zeros at the end.
      return withPlaces(decimal(quantity), 2);
    },
    changed: stated,
  },
  {
    program: 'beancount',
    isHere: hasPeer('bean-check') && hasPeer('bean-query'),
    argv: ['--format', 'beancount'],
    balance: (path, account) => {
      printed('bean-check', ['-C', path]);
      const query = `select sum(number) as total where account = '${account}'`;
      return printed('bean-query', ['-f', 'csv', path, query]).split('\n')[1]?.trim() ?? '';
    },
    changed: stated,
  },
  {
    program: 'ofxdump',
    isHere: hasPeer('ofxdump'),
    argv: ['--format', 'ofx'],
    // Of an investment account it has the cash alone.
    balance: (path) => {
      const text = printed('ofxdump', [path]);
      return (/Ledger balance: (\S+)/.exec(text) ?? /Available balance: (\S+)/.exec(text))?.[1] ?? '';
    },
    changed: balamt,
  },
  {
    program: 'skroogeconvert',
    isHere: hasPeer('skroogeconvert'),
    argv: ['--format', 'ofx', '--ofx-version', '102'],
    balance: (path) => skrooge(path),
    changed: balamt,
  },
  {
    program: 'aqbanking-cli',
    isHere: hasPeer('aqbanking-cli', ['versions']),
    argv: ['--format', 'ofx', '--ofx-version', '102'],
    balance: (path) => {
      const env = { AQBANKING_LOGLEVEL: 'critical', GWEN_LOGLEVEL: 'critical' };
      const [options, context] = [['-n', '-D', join(dir, 'aq')], join(dir, 'aq.ctx')];
      const file = ['--importer=ofx', '--profile=default', `--infile=${path}`, '-c', context];
      printed('aqbanking-cli', [...options, 'import', ...file], env);
      return printed('aqbanking-cli', [...options, 'listbal', '-c', context], env).split('\t')[1] ?? '';
    },
    changed: balamt,
  },
];

/** Everything that it has of the account: what there was before, and the movements. */
export function skrooge(path: string): string {
  const out = `${path}.csv`;
  printed('skroogeconvert', ['--in', path, '--out', out], { QT_QPA_PLATFORM: 'offscreen', XDG_RUNTIME_DIR: dir });
  const [head = [], ...rows] = readCsv(readFileSync(out, 'utf8').replace(/\r?\n/g, '\r\n'), ';');
  const cents = rows.reduce((sum, row) => sum + Math.round(Number(row[head.indexOf('amount')]) * 100), 0);
  return (cents / 100).toFixed(2);
}
