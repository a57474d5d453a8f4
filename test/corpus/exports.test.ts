/**
 * Real statement files, stored and exported: the programs that journals are for take them and find the balances, OFX is valid
 * and gives the transactions back. OFX_SYNC_CORPUS names a folder with `files/`, which are not part of this repository.
 */

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import { exportText, parseConfig } from '../../src/index.js';
import type { Account } from '../../src/model/account.js';
import type { Config, Institution } from '../../src/model/institution.js';
import type { Statement } from '../../src/model/statement.js';
import { parseOfx } from '../../src/ofx/read.js';
import type { Store } from '../../src/ports.js';
import { openStore } from '../../src/store/open.js';
import { institution } from '../support/builders.js';
import { pieces } from '../support/nasty-text.js';
import { hasPeer, runPeer } from '../support/peer-program.js';
import { scratchDirInMemory } from '../support/scratch.js';

vi.setConfig({ testTimeout: 60_000 });

const folder = join(process.env['OFX_SYNC_CORPUS'] ?? '', 'files');
const names = process.env['OFX_SYNC_CORPUS'] !== undefined && existsSync(folder) ? readdirSync(folder) : [];
const SGML = fileURLToPath(new URL('../peers/sgml-validate.sh', import.meta.url));
const DTD_200 = '/usr/share/libofx7/libofx/dtd/ofx201.dtd';

const CHECKS = [
  { format: 'hledger', program: 'hledger', argv: (path: string) => ['-f', path, 'check', '--strict'] },
  { format: 'ledger', program: 'ledger', argv: (path: string) => ['-f', path, '--pedantic', 'balance'] },
  { format: 'beancount', program: 'bean-check', argv: (path: string) => ['-C', path] },
  { format: 'ofx', program: 'xmllint', argv: (path: string) => ['--noout', '--dtdvalid', DTD_200, path] },
  { format: 'ofx', program: 'onsgmls', argv: (path: string) => [SGML, path], version: '102' },
] as const;

/** The DTD wants a ledger balance, and where the institution gave none there is none. */
const NO_BALANCE = /^.*(?:LEDGERBAL|STMTRS" which is not finished|does not validate).*\n/gm;

/** Programs take longer to start than to read: so many files together. */
const AT_ONCE = 20;
const GROUPS = pieces(names, AT_ONCE).map((files, index) => ({
  files,
  name: `files ${index * AT_ONCE + 1} to ${index * AT_ONCE + files.length}`,
}));
const PROGRAMS = names.length === 0 ? [] : CHECKS.filter(({ program }) => hasPeer(program));

function statementsIn(name: string): readonly Statement[] {
  try {
    return parseOfx(readFileSync(join(folder, name))).statements;
  } catch {
    return [];
  }
}

/** The accounts of all the files with their statements, as if somebody had configured them; an institution a file. */
async function stored(files: readonly string[]): Promise<{ store: Store; config: Config }> {
  const store = await openStore(scratchDirInMemory());
  const institutions = files.map((file, index) => {
    const of = institution({ name: `f${index}` });
    const accounts = new Map<string, Account>();
    for (const statement of statementsIn(file)) {
      if (statement.account === null || statement.status.code !== 0) continue;
      const { kind, brokerId, routing, id } = statement.account;
      const key = [kind, brokerId ?? routing, id].join(' ');
      const account = accounts.get(key) ?? accountFor(statement.account, { of, number: accounts.size });
      accounts.set(key, account);
      const at = new Date('2026-11-20T12:00:00Z');
      store.save(account, statement, { runId: null, at, wanted: null, institution: of });
    }
    return { ...of, accounts: [...accounts.values()] };
  });
  const config = parseConfig(
    'institutions: [{ name: x, files: "*.qfx", accounts: [{ name: x, kind: checking, id: "1" }] }]',
    'x.yaml',
  );
  return { store, config: { ...config, institutions } };
}

function accountFor(
  { kind, id, routing, branch, brokerId, accountType }: NonNullable<Statement['account']>,
  { of, number }: { readonly of: Institution; readonly number: number },
): Account {
  const accountKind = kind === 'bank' ? 'checking' : kind;
  return { institution: of.name, name: `a${number}`, kind, accountKind, id, routing, branch, brokerId, accountType };
}

test.skipIf(names.length > 0)('wants OFX_SYNC_CORPUS', (context) => context.skip());

describe.each(GROUPS)('$name', ({ files }) => {
  const dir = scratchDirInMemory();

  test.each(PROGRAMS)('$program takes their $format', async ({ format, program, argv, ...more }) => {
    const { store, config } = await stored(files);
    const path = join(dir, `${program}.${format}`);
    const settings = 'version' in more ? { settings: { ofxVersion: more.version } } : {};
    writeFileSync(path, [...(await exportText(config, { store, format, ...settings }))].join(''));
    const { status, stdout, stderr } = runPeer(program === 'onsgmls' ? 'bash' : program, argv(path));
    const said = status === 0 ? '' : `${stdout}${stderr}`;
    expect((format === 'ofx' ? said.replace(NO_BALANCE, '') : said).slice(0, 1500)).toBe('');
    if (format === 'ofx') {
      const written = parseOfx(readFileSync(path)).statements.flatMap(({ transactions }) => transactions);
      expect(written).toHaveLength([...store.transactions({})].filter(({ pending }) => !pending).length);
    }
    store.close();
  });
});
