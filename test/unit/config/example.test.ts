/** accounts.example.yaml works unchanged, shows every key, and each commented-out line is valid when it is enabled. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { columnSchema, layoutSchema, syncCommandSchema } from '../../../src/config/export.js';
import { matchSchema, ruleSchema, setSchema, splitSchema } from '../../../src/config/export-rules.js';
import { type DirectoryEntry, parseConfig } from '../../../src/config/load.js';
import { actualSchema, pushSchema, ynabSchema } from '../../../src/config/push.js';
import {
  accountSchema,
  configJsonSchema,
  configSchema,
  defaultsSchema,
  institutionSchema,
} from '../../../src/config/schema.js';
import { QUIRK_KEYS } from '../../../src/institutions/quirks.js';
import { SANDBOX_INSTITUTIONS } from '../../../src/sandbox/institutions.js';

const root = (name: string) => fileURLToPath(new URL(`../../../${name}`, import.meta.url));
const EXAMPLE = readFileSync(root('accounts.example.yaml'), 'utf8');
const KEYS = [
  ...[configSchema, defaultsSchema, institutionSchema, accountSchema],
  ...[pushSchema, ynabSchema, actualSchema],
  ...[ruleSchema, matchSchema, setSchema, splitSchema, layoutSchema, columnSchema, syncCommandSchema],
].flatMap(({ shape }) => Object.entries<unknown>(shape));
/** `# key: value` with a key of the schema, or `# - name: …`. */
const COMMENTED_OUT = new RegExp(`^( *)# (?=(?:${KEYS.map(([key]) => key).join('|')}|- name): )`);
const IN_BLOCK = /^( *)# (?= {2}\w+: )/;

/** The lines with all commented-out keys enabled; prose stays a comment. */
function awake(lines: readonly string[]): string {
  let isBlock = false;
  let isPush = false;
  return lines
    .map((line) => {
      isPush = line === '# push:' || (isPush && line.startsWith('#   '));
      if (isPush) return line.slice(2);
      isBlock = /^ *# - name: /.test(line) || (isBlock && IN_BLOCK.test(line));
      const woken = line.replace(COMMENTED_OUT, '$1');
      return isBlock ? woken.replace(IN_BLOCK, '$1') : woken;
    })
    .join('\n');
}

const RIVER: DirectoryEntry = {
  title: 'River Credit Union',
  url: 'https://ofx.river.example/',
  org: 'RIVER',
  fid: '1001',
  brokerId: null,
  quirks: { ofxVersion: '103' },
};

function load(text: string) {
  return parseConfig(text, '/home/alex/accounts.yaml', {
    home: '/home/alex',
    lookUp: (name) => (name === 'river-credit-union' ? RIVER : { suggestions: [] }),
  });
}

describe('accounts.example.yaml', () => {
  test('is valid unchanged', () => {
    const config = load(EXAMPLE);
    expect(config.institutions.map(({ name }) => name)).toEqual([
      'river',
      'summit',
      'meadow',
      'glacier',
      'linden',
      'harbor',
    ]);
    expect(config.defaults).toEqual({
      historyDays: 90,
      overlapDays: 10,
      timeoutMs: 60_000,
      concurrency: 10,
      perInstitution: 1,
      retries: 2,
      keepRepliesDays: 30,
      staleAfterMs: 259_200_000,
      atMostEveryMs: 1_800_000,
    });
  });

  test('names accounts of the sandbox institutions, in a version that they support', () => {
    for (const institution of load(EXAMPLE).institutions) {
      const sandbox = SANDBOX_INSTITUTIONS.find(({ name }) => institution.url === `sandbox://${name}`);
      expect(sandbox, institution.name).toBeDefined();
      expect(institution).toMatchObject({ org: sandbox?.org, fid: sandbox?.fid });
      expect(sandbox?.versions).toContain(institution.quirks.ofxVersion ?? '102');
      expect(
        institution.accounts.map(({ accountKind, id, routing, brokerId }) => ({
          kind: accountKind,
          id,
          routing,
          brokerId,
        })),
      ).toEqual(
        sandbox?.accounts.map(({ kind, id, routing }) => ({
          kind,
          id,
          routing: routing ?? null,
          brokerId: kind === 'investment' ? sandbox.brokerId : null,
        })),
      );
    }
  });

  test('shows every key', () => {
    const shown = awake(EXAMPLE.split('\n')).replace(/#.*$/gm, '');
    const missing = KEYS.map(([key]) => key).filter((key) => !new RegExp(`(?:^|[ {,])${key}:`, 'm').test(shown));
    expect(missing).toEqual([]);
  });

  const lines = EXAMPLE.split('\n');
  const commentedOut = lines.flatMap((line, index) =>
    COMMENTED_OUT.test(line) && !line.includes('# - ') ? [{ index, line: line.trim() }] : [],
  );

  test('has many keys at rest', () => expect(commentedOut.length).toBeGreaterThan(30));

  test.each(commentedOut)('is valid with $line', ({ index }) => {
    const text = lines.map((line, at) => (at === index ? line.replace(COMMENTED_OUT, '$1') : line)).join('\n');
    expect(load(text)).not.toEqual(load(EXAMPLE));
  });

  test('is valid with all lines enabled', () => {
    const { institutions, push, exportConfig } = load(awake(lines));
    expect(exportConfig?.accountMap.get('river/checking')).toBe('Assets:Bank:Checking');
    expect(exportConfig?.transferAccount).toBe('Assets:In Transit');
    expect(exportConfig?.rules[0]?.set).toEqual({
      payee: 'Green Grocer',
      category: 'Food:Groceries',
      tags: ['weekly'],
    });
    expect(exportConfig?.csvLayouts.get('bookkeeping')).toMatchObject({ separator: ';', date: 'DD.MM.YYYY' });
    expect(exportConfig?.onSync).toMatchObject([{ timeoutMs: 60_000 }]);
    expect(push).toEqual({
      ynab: {
        server: 'https://api.ynab.com/v1',
        budget: 'Family',
        secrets: { token: { scheme: 'env', name: 'YNAB_TOKEN' } },
        folder: null,
        currency: null,
        accounts: new Map([
          ['river/checking', 'Checking'],
          ['summit/card', 'Visa'],
        ]),
      },
      actual: {
        server: 'https://actual.example',
        budget: 'My Finances',
        secrets: { password: { scheme: 'keychain', name: 'actual' }, encryptionPassword: { scheme: 'prompt' } },
        folder: '/home/alex/Documents/Actual',
        currency: 'USD',
        accounts: new Map([
          ['river/checking', 'Checking'],
          ['river/savings', 'Savings'],
        ]),
      },
    });
    expect(institutions.slice(6)).toMatchObject([
      {
        name: 'credit-union',
        title: 'River Credit Union',
        url: 'https://ofx.river.example/',
        quirks: { ofxVersion: '103' },
        password: { scheme: 'keychain', name: null },
      },
      { name: 'no-direct-connect', url: null, files: ['/home/alex/Downloads/nodc*.qfx'], password: null },
      {
        name: 'portal',
        url: null,
        password: null,
        timeoutMs: 300_000,
        program: { each: 'login', secrets: { pin: { scheme: 'keychain', name: 'portal-pin' } } },
      },
      { name: 'bridge', url: null, simplefin: true, password: { scheme: 'keychain', name: null } },
    ]);
    expect(Object.keys(institutions[2]?.quirks ?? {}).toSorted()).toEqual(QUIRK_KEYS.toSorted());
  });
});

describe('accounts.schema.json', () => {
  test('is generated from the schema (npm run docs writes it)', () => {
    expect(JSON.parse(readFileSync(root('accounts.schema.json'), 'utf8'))).toEqual(configJsonSchema());
  });

  test('describes every key', () => {
    const silent: string[] = [];
    const visit = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      for (const [key, child] of Object.entries(schema)) {
        if (key === 'properties') {
          for (const [name, property] of Object.entries(child as Record<string, { description?: string }>))
            if ((property.description ?? '') === '') silent.push(`${path}.${name}`);
        }
        visit(child, key === 'properties' ? path : `${path}.${key}`);
      }
    };
    visit(configJsonSchema(), '');
    expect(silent).toEqual([]);
  });
});
