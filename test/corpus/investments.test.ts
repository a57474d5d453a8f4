/**
 * Every investment statement of the corpus as a journal of its own: hledger, ledger and beancount take it, and each of them has
 * the positions and the cash that the institution states. OFX_SYNC_CORPUS names a folder with `files/`.
 */

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { securitySymbol } from '../../src/exporters/account-names.js';
import { beancountDialect } from '../../src/exporters/journal/beancount.js';
import { heldUnits } from '../../src/exporters/stated-balance.js';
import { exportText, parseConfig } from '../../src/index.js';
import type { Account } from '../../src/model/account.js';
import type { Statement } from '../../src/model/statement.js';
import { parseOfx } from '../../src/ofx/read.js';
import type { Store } from '../../src/ports.js';
import { openStore } from '../../src/store/open.js';
import { institution } from '../support/builders.js';
import { hasPeer, runPeer } from '../support/peer-program.js';
import { scratchDirInMemory } from '../support/scratch.js';

vi.setConfig({ testTimeout: 60_000 });

const folder = join(process.env['OFX_SYNC_CORPUS'] ?? '', 'files');
const names = process.env['OFX_SYNC_CORPUS'] !== undefined && existsSync(folder) ? readdirSync(folder) : [];
const JOURNALS = [
  { format: 'hledger', program: 'hledger', argv: (path: string) => ['-f', path, 'check', '--strict'] },
  { format: 'ledger', program: 'ledger', argv: (path: string) => ['-f', path, '--pedantic', 'balance'] },
  { format: 'beancount', program: 'bean-check', argv: (path: string) => ['-C', path] },
] as const;
const FORMATS = names.length === 0 ? [] : JOURNALS.filter(({ program }) => hasPeer(program));
/** Cash in several currencies, of which the institution states one sum. */
const MIXED: ReadonlySet<string> = new Set(['cc31e9de14d2.ofx']);

function investmentsIn(name: string): readonly Statement[] {
  try {
    const all = parseOfx(readFileSync(join(folder, name))).statements;
    return all.filter(({ kind, account, status }) => kind === 'investment' && account !== null && status.code === 0);
  } catch {
    return [];
  }
}

const FILES = names.filter((name) => investmentsIn(name).length > 0);
const BANK = institution({ name: 'bank' });
const CONFIG = parseConfig(
  'institutions: [{ name: x, files: "*.qfx", accounts: [{ name: x, kind: checking, id: "1" }] }]',
  'x.yaml',
);
const dir = scratchDirInMemory();

async function stored(name: string): Promise<{ store: Store; accounts: readonly Account[] }> {
  const store = await openStore(scratchDirInMemory());
  const accounts = new Map<string, Account>();
  for (const statement of investmentsIn(name)) {
    if (statement.account === null) continue;
    const { kind, brokerId, routing, id, branch, accountType } = statement.account;
    const key = [brokerId, id].join(' ');
    const number = `a${accounts.size}`;
    const account = accounts.get(key) ?? {
      ...{ institution: 'bank', name: number, kind, accountKind: 'investment' },
      ...{ id, routing, branch, brokerId, accountType },
    };
    accounts.set(key, account);
    const at = new Date('2026-11-20T12:00:00Z');
    store.save(account, statement, { runId: null, at, wanted: null, institution: BANK });
  }
  return { store, accounts: [...accounts.values()] };
}

/** The positions and the cash as the institution states them, as the journal accounts that assert them. */
function statedBy({ store, accounts }: { store: Store; accounts: readonly Account[] }): string[] {
  return accounts.flatMap((account) => {
    const { holdings = null } = store.accountState(account) ?? {};
    const of = `Assets:Bank:${account.name.toUpperCase()}`;
    const units = [...heldUnits({ holdings }).values()].map(
      ({ position, units: amount }) => `${of}:${securitySymbol(position)} ${plain(amount)}`,
    );
    return holdings?.cash == null ? units : [...units, `${of}:Cash ${plain(holdings.cash.amount)}`];
  });
}

const ASSERTED = {
  hledger: /^ {4}(\S+) {2}0 .* = (\S+) /gm,
  ledger: /^ {4}(\S+) {2}0 .* = (\S+) /gm,
  beancount: /^\S+ balance (\S+) {2}(\S+) ~ 0 /gm,
} as const;

/** Equal for `5.0` and `5.00`. */
function plain(amount: string): string {
  return amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount;
}

test.skipIf(names.length > 0)('wants OFX_SYNC_CORPUS', (context) => context.skip());

describe.each(FORMATS)('$program', ({ format, program, argv }) => {
  test.each(FILES)('%s', async (name) => {
    const { store, accounts } = await stored(name);
    const config = { ...CONFIG, institutions: [{ ...BANK, accounts }] };
    const text = [...(await exportText(config, { store, format }))].join('');
    const path = join(dir, `${name}.${format}`);
    writeFileSync(path, text);
    const { status, stdout, stderr } = runPeer(program, argv(path));
    expect({ status, said: `${stdout}${stderr}`.slice(0, 1500) }).toMatchObject({ status: 0 });
    const asserted = [...text.matchAll(ASSERTED[format])].map(
      ([, account, amount = '']) => `${account} ${plain(amount)}`,
    );
    const stated = statedBy({ store, accounts }).map((one) => (format === 'beancount' ? beancountAccount(one) : one));
    expect(asserted).toEqual(expect.arrayContaining(stated.filter((one) => !isUnchecked(name, one))));
    store.close();
  });
});

function beancountAccount(stated: string): string {
  const [account = '', amount = ''] = stated.split(' ');
  return `${beancountDialect.account(account)} ${amount}`;
}

function isUnchecked(name: string, stated: string): boolean {
  return MIXED.has(name) && /:Cash /.test(stated);
}
