/** What ofx-sync 0.1.0 left behind (test/fixtures/version-0.1), put into a scratch folder as if it had been made there. */

import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

export const VERSION_0_1 = fileURLToPath(new URL('../fixtures/version-0.1', import.meta.url));

interface After {
  readonly code: number;
  readonly outcomes: readonly string[];
  /** Rows that were there before and read otherwise now. */
  readonly gone: readonly string[];
  readonly added: readonly string[];
}

/** What version 0.1 said of its own stores, and what it made of them when it went on. */
export interface Expected {
  readonly live: {
    readonly rows: readonly string[];
    readonly balances: readonly string[];
    readonly told: number;
    readonly dayAfter: After & { readonly budget: number };
  };
  readonly trial: { readonly rows: readonly string[]; readonly weekAfter: After };
}

export const expected = fixture('expected.json') as Expected;

/** Passwords by the name of their entry, service `ofx-sync`. */
export const keychain = fixture('keychain.json') as Readonly<Record<string, string>>;

export const budget = fixture('budget.json') as {
  readonly accounts: readonly { readonly id: string; readonly name: string; readonly type: string }[];
  readonly transactions: readonly (Record<string, unknown> & { readonly account_id: string })[];
};

function fixture(name: string): unknown {
  const path = join(VERSION_0_1, name);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
}

/** What stands in the files of the fixture, and what is to stand there. */
export interface Places {
  readonly program: string;
  readonly ynab: string;
  readonly banks: string;
}

/**
 * Copies a folder of the fixture, with the modes that the program gives its files, and with this machine's places in them:
 * the home was `/home/alex`, and the program `/opt/ofx-sync/dist/bin.js`.
 */
export function restore(folder: string, home: string, places: Partial<Places> = {}): string {
  const root = realpathSync(home);
  const replacements: readonly (readonly [string, string | undefined])[] = [
    ['/home/alex', root],
    ['/opt/ofx-sync/dist/bin.js', places.program],
    ['/usr/bin/node', process.execPath],
    ['127.0.0.1:8427', places.ynab],
    ['127.0.0.1:8428', places.banks],
  ];
  const here = (text: string) =>
    replacements.reduce((done, [from, to]) => (to === undefined ? done : done.replaceAll(from, to)), text);
  cpSync(join(VERSION_0_1, folder), root, { recursive: true });
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    const path = join(root, name);
    chmodSync(path, statSync(path).isDirectory() ? 0o700 : 0o600);
    if (name.endsWith('.db.gz')) {
      writeFileSync(path.slice(0, -'.gz'.length), gunzipSync(readFileSync(path)), { mode: 0o600 });
      rmSync(path);
    } else if (/\.(?:yaml|json|service|timer|plist|xml)$|crontab$/.test(name)) {
      const encoding = name.endsWith('.xml') ? 'utf16le' : 'utf8';
      writeFileSync(path, Buffer.from(here(readFileSync(path, encoding)), encoding));
    }
  }
  return root;
}

export function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, text, { mode: 0o600 });
}

type Fields = Readonly<Record<string, unknown>>;

function list(document: unknown, name: string): readonly Fields[] {
  const found: unknown = Reflect.get(Object(document), name);
  return Array.isArray(found) ? found.map((one: unknown) => Object(one) as Fields) : [];
}

/** A line a transaction of `transactions --history --json`: its id first, and what it said before last. */
export function rowsOf(document: unknown): string[] {
  const content = ({ postedOn, amount, currency, fitid, name, memo }: Fields) =>
    [postedOn, amount, currency, fitid ?? '-', name ?? '-', memo ?? '-'].join(' | ');
  return list(document, 'transactions').map((row) => {
    const marks = [...(row['pending'] === true ? ['pending'] : []), ...(row['removedAt'] == null ? [] : ['removed'])];
    const former = list(row, 'history').map((one) => `was ${content(one)}`);
    return [row['id'], `${row['institution']}/${row['account']}`, content(row), ...marks, ...former].join(' | ');
  });
}

/** A line an account of `sync --json`. */
export function outcomesOf(document: unknown): string[] {
  return list(document, 'accounts').map(({ institution, account, status, transactions, error }) => {
    const counts = Object(transactions) as Fields;
    const code = Reflect.get(Object(error), 'code');
    const change = ['new', 'changed', 'removed', 'pending'].map((name) => `${counts[name]} ${name}`).join(', ');
    return `${institution}/${account}: ${status} ${error == null ? change : code}`;
  });
}

/** A line an account of `accounts --json`. */
export function balancesOf(document: unknown): string[] {
  return list(document, 'accounts').map(({ institution, account, ledgerBalance }) => {
    const { amount, currency, asOf } = Object(ledgerBalance) as Fields;
    return `${institution}/${account}: ${amount} ${currency} ${asOf}`;
  });
}
