/** `ofx-sync secret list`: shows where each secret is kept and if it is available, never its value. */

import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { locateConfig } from '../../config/yaml/locate.js';
import { toOfxSyncError } from '../../errors.js';
import { type Institution, secretReferences } from '../../model/institution.js';
import { storageOf } from '../../model/secret.js';
import { shellWord } from '../../model/shell-word.js';
import type { Invocation } from '../command/command.js';
import { configOf } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { printJson } from '../command/result.js';
import { visible } from '../terminal/escape.js';
import { write, writeLines } from '../terminal/io.js';
import { tableOrList, widthOf } from '../terminal/table.js';

interface Row {
  readonly institution: string | null;
  readonly field: string;
  /** `keychain:river`, `env:NAME`, `command` … */
  readonly kept: string;
  readonly state: 'there' | 'missing' | 'not tried' | 'unused';
  /** An explanation of the state for a person. */
  readonly remark: string | null;
}

const COLUMNS = [
  { align: 'left', flexible: true },
  { align: 'left' },
  { align: 'left', flexible: true },
  { align: 'left' },
  { align: 'left', flexible: true },
] as const;

export async function secretList(invocation: Invocation): Promise<number> {
  const { io, options } = invocation;
  const config = hasConfig(invocation) ? await configOf(invocation, { accountsToCome: true }) : null;
  const baseDir = dirname(config?.file ?? io.cwd);
  const rows = (await Promise.all((config?.institutions ?? []).map((one) => rowsOf(one, baseDir, invocation)))).flat();
  const { keychainNames } = await import('../../secrets/keychain-names.js');
  const names = await keychainNames(io.program[0], io.env);
  const used = new Set(rows.map(({ kept }) => kept));
  const unused = (names ?? [])
    .filter((name) => !used.has(`keychain:${name}`))
    .map(
      (name): Row => ({
        institution: null,
        field: '',
        kept: `keychain:${name}`,
        state: 'unused',
        remark: `no bank in accounts.yaml uses this entry; to delete it: ofx-sync secret delete ${shellWord(name)}`,
      }),
    );
  const all = [...rows, ...unused];
  if (options.json === true) await printJson(io, { version: 1, keychainSearched: names !== null, secrets: all });
  else await print(all, invocation);
  return all.some(({ state }) => state === 'missing') ? EXIT.someFailed : EXIT.ok;
}

function hasConfig({ options, io }: Invocation): boolean {
  if (options.config !== undefined) return true;
  try {
    locateConfig(undefined, io, existsSync);
    return true;
  } catch {
    return false;
  }
}

async function rowsOf(institution: Institution, baseDir: string, { io }: Invocation): Promise<Row[]> {
  const { resolveSecret } = await import('../../secrets/index.js');
  const secrets = secretReferences(institution).filter(([, { scheme }]) => scheme !== 'plain');
  return Promise.all(
    secrets.map(async ([field, reference]) => {
      const row = { institution: institution.name, field, kept: storageOf(reference, institution.name) };
      const isTried = !['command', 'prompt', 'literal'].includes(reference.scheme);
      if (!isTried) return { ...row, state: 'not tried' as const, remark: REMARKS.get(reference.scheme) ?? null };
      const context = { institution: institution.name, field, env: io.env, baseDir, signal: io.signal };
      return resolveSecret(reference, context).then(
        (): Row => ({ ...row, state: 'there', remark: null }),
        (error: unknown): Row => {
          const known = toOfxSyncError(error);
          if (known.code === 'INTERRUPTED') throw known;
          return { ...row, state: 'missing', remark: known.message.replace(/^\w+ of [^:]*: /, '') };
        },
      );
    }),
  );
}

const REMARKS: ReadonlyMap<string, string> = new Map([
  ['command', 'the command runs only when it is needed; to try it: ofx-sync check'],
  ['prompt', 'asked at each run'],
  ['literal', 'in accounts.yaml: only for sandbox and loopback addresses'],
]);

async function print(rows: readonly Row[], { io, options }: Invocation): Promise<void> {
  if (rows.length === 0) {
    if (options.quiet !== true)
      await write(io.stderr, 'no secrets found, neither in accounts.yaml nor in the keychain\n');
    return;
  }
  const head = ['INSTITUTION', 'FIELD', 'KEPT IN', 'STATE', ''];
  const cells = rows.map(({ institution, field, kept, state, remark }) =>
    [institution ?? '–', field, kept, state, remark ?? ''].map(visible),
  );
  await writeLines(io.stdout, tableOrList({ head, rows: cells }, COLUMNS, widthOf(io.stdout)));
}
