/** The result of loading a valid configuration. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { type DirectoryEntry, type LoadOptions, loadConfig, parseConfig } from '../../../src/config/load.js';
import { ConfigError } from '../../../src/errors.js';
import { openDirectory } from '../../../src/institutions/directory.js';
import type { Institution } from '../../../src/model/institution.js';
import { scratchDir } from '../../support/scratch.js';

const CARD = { name: 'card', kind: 'creditcard', id: '4111111111111111' };

/** The one institution of a file with these keys beside an address, a user and a card. */
function institution(keys: object, options: LoadOptions = {}): Institution {
  const entry = { name: 'summit', url: 'https://ofx.summit.example/', userId: 'alex', accounts: [CARD], ...keys };
  const config = parseConfig(stringify({ institutions: [entry] }), '/home/alex/money/accounts.yaml', {
    home: '/home/alex',
    ...options,
  });
  const [first] = config.institutions;
  if (first === undefined) throw new Error('no institution');
  return first;
}

function problems(keys: object, options: LoadOptions = {}): readonly string[] {
  try {
    institution(keys, options);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
  return [];
}

describe('accounts', () => {
  test('the id of one bank may be that of another, or of another branch; of one branch it is once', () => {
    const at = (name: string, more: object) => ({ name, kind: 'checking', id: '000123456', ...more });
    const bank = at('a', { routing: '111000111' });
    expect(problems({ accounts: [bank, at('b', { routing: '222000222' })] })).toEqual([]);
    expect(problems({ accounts: [bank, at('b', { routing: '111000111', branch: '7' })] })).toEqual([]);
    expect(problems({ accounts: [bank, { ...bank, name: 'b', kind: 'savings' }] })).toEqual([]);
    expect(problems({ accounts: [bank, { ...bank, name: 'b' }] })).toEqual([
      'institutions.0.accounts.1.id: another account of this bank already has this kind and id',
    ]);
  });

  test('the number of one account is neither the number nor the id of another of its kind and bank', () => {
    const at = (name: string, id: string, more: object) => ({ name, kind: 'checking', id, ...more });
    const first = at('a', 'ACT-1', { number: '5555' });
    const bridge = { url: undefined, userId: undefined, simplefin: 'keychain' };
    const of = (...accounts: object[]) => problems({ ...bridge, accounts });
    expect(of(first, at('b', 'ACT-2', { number: '5556' }))).toEqual([]);
    expect(of(first, { ...at('b', 'ACT-2', { number: '5555' }), kind: 'savings' })).toEqual([]);
    expect(of({ ...first, routing: '1' }, at('b', 'ACT-2', { number: '5555', routing: '2' }))).toEqual([]);
    expect(of(at('a', '5555', { number: '5555' }))).toEqual([]);
    expect(of(first, at('b', 'ACT-2', { number: '5555' }))).toEqual([
      'institutions.0.accounts.1.number: another account of this bank already has this kind and number',
    ]);
    for (const [index, accounts] of [
      [0, [first, at('b', '5555', {})]],
      [1, [at('b', '5555', {}), first]],
    ] as const)
      expect(of(...accounts)).toEqual([
        `institutions.0.accounts.${index}.number: another account of this bank has this kind and number as its id`,
      ]);
    expect(of(at('a', 'ACT-1', { number: 5555 }))).toEqual([
      'institutions.0.accounts.0.number: expected text in quotes, received a number',
    ]);
    expect(institution({ ...bridge, accounts: [first] }).accounts).toMatchObject([{ id: 'ACT-1', number: '5555' }]);
  });

  test.each([
    ['checking', 'bank', 'CHECKING'],
    ['savings', 'bank', 'SAVINGS'],
    ['moneymarket', 'bank', 'MONEYMRKT'],
    ['creditline', 'bank', 'CREDITLINE'],
    ['cd', 'bank', 'CD'],
    ['creditcard', 'creditcard', null],
    ['loan', 'loan', null],
    ['investment', 'investment', null],
  ])('%s is %s %s', (kind, statementKind, accountType) => {
    const routing = statementKind === 'bank' ? { routing: '000248' } : {};
    const account = { name: 'mine', kind, id: '000123456', ...routing };
    expect(institution({ brokerId: 'broker.example', accounts: [account] }).accounts).toEqual([
      {
        institution: 'summit',
        name: 'mine',
        accountKind: kind,
        kind: statementKind,
        id: '000123456',
        routing: statementKind === 'bank' ? '000248' : null,
        branch: null,
        brokerId: kind === 'investment' ? 'broker.example' : null,
        accountType,
      },
    ]);
  });

  test('an account names its own broker before that of the institution', () => {
    const account = { name: 'ira', kind: 'investment', id: '1', brokerId: 'own.example' };
    expect(institution({ brokerId: 'broker.example', accounts: [account] }).accounts[0]?.brokerId).toBe('own.example');
  });

  test('a bank account needs no routing number if the institution does not use any', () => {
    const accounts = [{ name: 'checking', kind: 'checking', id: '1' }];
    expect(problems({ accounts })).toEqual(['institutions.0.accounts.0.routing: missing']);
    expect(problems({ accounts, bankId: 'empty' })).toEqual([]);
  });
});

describe('secrets', () => {
  test.each([
    ['keychain', { keychain: true }, { scheme: 'keychain', name: null }],
    ['keychain:mine', { keychain: 'mine' }, { scheme: 'keychain', name: 'mine' }],
    ['env:SUMMIT_PW', { env: 'SUMMIT_PW' }, { scheme: 'env', name: 'SUMMIT_PW' }],
    ['file:secret.txt', { file: 'secret.txt' }, { scheme: 'file', path: '/home/alex/money/secret.txt' }],
    ['file:~/secret', { file: '~/secret' }, { scheme: 'file', path: '/home/alex/secret' }],
    ['command:pass show summit', { command: 'pass show summit' }, { scheme: 'command', command: 'pass show summit' }],
    ['prompt', { prompt: true }, { scheme: 'prompt' }],
  ])('%s, in both spellings', (text, object, expected) => {
    for (const key of ['userId', 'password', 'clientUid'] as const) {
      expect(institution({ [key]: text })[key]).toEqual(expected);
      expect(institution({ [key]: object })[key]).toEqual(expected);
    }
  });

  test('a command may be a list', () => {
    expect(institution({ password: { command: ['pass', 'show', 'summit'] } }).password).toEqual({
      scheme: 'command',
      command: ['pass', 'show', 'summit'],
    });
  });

  test('the password is in the keychain by default', () => {
    expect(institution({}).password).toEqual({ scheme: 'keychain', name: null });
  });

  test('a user id may be plain', () => {
    expect(institution({}).userId).toEqual({ scheme: 'plain', value: 'alex' });
    expect(institution({ userId: 'https://alex' }).userId).toEqual({ scheme: 'plain', value: 'https://alex' });
  });

  test.each([
    'sandbox://river',
    'sandbox://river?fault=http-503',
    'http://127.0.0.1:8080/x',
    'http://localhost/',
    'http://[::1]:80/',
    'https://127.8.9.1/',
  ])('a literal is accepted for %s', (url) => {
    const { password, userId } = institution({ url, password: { literal: 'hunter2' }, userId: 'literal:demo' });
    expect([password?.scheme, userId?.scheme]).toEqual(['literal', 'literal']);
    expect(inspect({ password, userId }, { depth: 9 }) + JSON.stringify({ password, userId })).not.toMatch(
      /hunter2|demo/,
    );
  });

  test.each([
    'https://ofx.summit.example/',
    'https://localhost.example/',
    'https://127.0.0.1.example/',
    'https://10.0.0.1/',
  ])('a literal is refused for %s', (url) => {
    expect(problems({ url, password: { literal: 'hunter2' } })).toEqual([
      'institutions.0.password: do not put the password here',
    ]);
  });
});

describe('client UID', () => {
  test.each([
    [undefined, undefined, null, undefined],
    ['auto', undefined, 'auto', 'auto'],
    ['always', undefined, 'auto', 'always'],
    ['never', 'always', null, 'never'],
    [undefined, 'always', 'auto', 'always'],
    [undefined, 'never', null, 'never'],
    ['env:UID', 'never', { scheme: 'env', name: 'UID' }, 'auto'],
    ['2F1E', undefined, { scheme: 'plain', value: '2F1E' }, 'auto'],
  ])('%s over a directory that says %s', (own, known, clientUid, quirk) => {
    const lookUp = () => ({ ...KNOWN, quirks: known === undefined ? {} : { clientUid: known as 'always' | 'never' } });
    const entry = institution(
      { url: undefined, directory: 'summit', ...(own === undefined ? {} : { clientUid: own }) },
      { lookUp },
    );
    expect(entry.clientUid).toEqual(clientUid);
    expect(entry.quirks.clientUid).toBe(quirk);
  });
});

const KNOWN: DirectoryEntry = {
  title: 'Summit Card Services',
  url: 'https://ofx.directory.example/',
  org: 'SUMMIT',
  fid: '5001',
  brokerId: 'summit.example',
  quirks: { ofxVersion: '103', closeTags: true },
};

describe('directory', () => {
  const lookUp = (name: string) => (name === 'summit-card' ? KNOWN : { suggestions: ['summit-card'] });

  test('fills in what the file omits', () => {
    expect(
      institution(
        { url: undefined, directory: 'summit-card', accounts: [{ name: 'ira', kind: 'investment', id: '1' }] },
        { lookUp },
      ),
    ).toMatchObject({
      title: 'Summit Card Services',
      url: 'https://ofx.directory.example/',
      org: 'SUMMIT',
      fid: '5001',
      quirks: { ofxVersion: '103', closeTags: true },
      accounts: [{ brokerId: 'summit.example' }],
    });
  });

  test('values in the file have priority', () => {
    expect(institution({ directory: 'summit-card', fid: '0001', closeTags: false }, { lookUp })).toMatchObject({
      url: 'https://ofx.summit.example/',
      org: 'SUMMIT',
      fid: '0001',
      quirks: { ofxVersion: '103', closeTags: false },
    });
  });

  test('an institution that has ended its service is refused, unless an address is given', () => {
    const ended = () => ({ ...KNOWN, ended: 'in 2023' });
    expect(problems({ url: undefined, directory: 'x' }, { lookUp: ended })).toEqual([
      'institutions.0.directory: Summit Card Services can no longer be reached: in 2023',
    ]);
    expect(problems({ directory: 'x' }, { lookUp: ended })).toEqual([]);
  });

  test('without a directory no name is known', () => {
    expect(problems({ url: undefined, directory: 'x' })).toEqual([
      'institutions.0.directory: "x" is not in the built-in directory',
    ]);
  });
});

describe('sandbox', () => {
  const lookUpSandbox = (name: string) => (name === 'summit' ? { ...KNOWN, url: null } : { suggestions: ['summit'] });

  test('an address of the sandbox fills in what the file omits', () => {
    const url = 'sandbox://summit?fault=hang';
    expect(institution({ url }, { lookUpSandbox })).toMatchObject({
      url,
      org: 'SUMMIT',
      fid: '5001',
      quirks: KNOWN.quirks,
    });
    expect(institution({ url, ofxVersion: '203' }, { lookUpSandbox }).quirks.ofxVersion).toBe('203');
    const accounts = [{ name: 'ira', kind: 'investment', id: '1' }];
    expect(institution({ url, accounts }, { lookUpSandbox }).accounts[0]?.brokerId).toBe('summit.example');
  });

  test('no other address is looked up', () => {
    const refuse = () => {
      throw new Error('looked up');
    };
    expect(institution({ url: 'https://summit/' }, { lookUpSandbox: refuse, lookUp: refuse }).org).toBeNull();
  });

  test('an unknown name is a mistake', () => {
    expect(problems({ url: 'sandbox://sumit' }, { lookUpSandbox })).toEqual([
      'institutions.0.url: the sandbox has no bank "sumit"',
    ]);
  });
});

describe('other keys', () => {
  test('files, ca and paths count from the folder of the file', () => {
    const files = institution({ url: undefined, userId: undefined, files: 'statements/*.qfx' });
    expect(files).toMatchObject({
      url: null,
      userId: null,
      password: null,
      files: ['/home/alex/money/statements/*.qfx'],
    });
    expect(institution({ ca: '../ca.pem' }).ca).toBe('/home/alex/ca.pem');
  });

  test('lengths', () => {
    const lengths = (timeout: string) => institution({ timeout }).timeoutMs;
    expect(['250ms', '60s', '2m', '1h', '1d', '5 s'].map(lengths)).toEqual([
      250, 60_000, 120_000, 3_600_000, 86_400_000, 5000,
    ]);
  });

  test('a version needs no quotes', () => {
    expect(institution({ ofxVersion: 203 }).quirks.ofxVersion).toBe('203');
  });

  test('defaults may have all keys commented out', () => {
    expect(
      parseConfig(
        `defaults:\n  # history: 1d\ninstitutions: [{name: a, url: 'sandbox://river', userId: b, accounts: [{name: c, kind: loan, id: d}]}]`,
        'a.yaml',
      ).defaults.historyDays,
    ).toBe(90);
  });

  test('a BOM, CRLF, a document marker and plain aliases are allowed', () => {
    const text = `\ufeff---\r\ninstitutions:\r\n  - &a\r\n    name: a\r\n    url: sandbox://river\r\n    userId: &user alex\r\n    accounts: &cards [{ name: card, kind: creditcard, id: "1" }]\r\n  - { name: b, url: sandbox://river, userId: *user, accounts: *cards }\r\n`;
    expect(parseConfig(text, 'a.yaml').institutions.map(({ name, accounts }) => [name, accounts[0]?.id])).toEqual([
      ['a', '1'],
      ['b', '1'],
    ]);
  });

  test('a mistake behind an alias has the position where it is written', () => {
    const text =
      'institutions:\n  - { name: a, url: "sandbox://x", userId: b, accounts: &cards [{ name: card, kind: card, id: "1" }] }\n  - { name: b, url: "sandbox://x", userId: b, accounts: *cards }\n';
    const error = thrown(() => parseConfig(text, 'a.yaml'));
    expect(error.problems.map(({ line, column, path }) => [line, column, path])).toEqual([
      [2, 85, 'institutions.0.accounts.0.kind'],
      [2, 85, 'institutions.1.accounts.0.kind'],
    ]);
  });
});

function thrown(run: () => unknown): ConfigError {
  try {
    run();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('files', () => {
  const folder = scratchDir();

  test('the built-in directory is asked, and a near miss is named', async () => {
    const { institutions } = await openDirectory();
    const known = institutions.find(({ ended }) => ended === null);
    const gone = institutions.find(({ ended }) => ended !== null);
    if (known === undefined || gone === undefined) throw new Error('the directory lacks one of the two');
    const file = join(folder, 'directory.yaml');
    const write = (id: string) =>
      writeFileSync(file, stringify({ institutions: [{ name: 'a', directory: id, userId: 'b', accounts: [CARD] }] }));
    write(known.id);
    const { org, fid, url, title } = known;
    expect((await loadConfig(file)).institutions[0]).toMatchObject({ org, fid, url, title });
    write(`${known.id}x`);
    await expect(loadConfig(file)).rejects.toMatchObject({
      problems: [{ path: 'institutions.0.directory', suggestion: expect.stringContaining(known.id) }],
    });
    write(gone.id);
    await expect(loadConfig(file)).rejects.toMatchObject({
      problems: [{ message: expect.stringContaining(gone.ended ?? '') }],
    });
  });

  test('a missing file', async () => {
    await expect(loadConfig(join(folder, 'none.yaml'))).rejects.toMatchObject({
      code: 'CONFIG_NOT_FOUND',
      message: `${join(folder, 'none.yaml')} not found`,
      hint: expect.stringContaining('ofx-sync init'),
    });
  });

  test('a folder', async () => {
    await expect(loadConfig(folder)).rejects.toMatchObject({
      code: 'CONFIG_NOT_FOUND',
      message: `${folder} is a folder`,
    });
  });

  test('more than 16 MB', async () => {
    const file = join(folder, 'large.yaml');
    writeFileSync(file, `# ${'x'.repeat(16 * 1_048_576)}\n`);
    await expect(loadConfig(file)).rejects.toMatchObject({
      problems: [{ line: 1, message: 'the file is larger than 16 MB' }],
    });
  });

  test.each(['- \n'.repeat(500_001), `[${'1,'.repeat(1_000_001)}1]`, `{${'? a'.repeat(1_000_001)}}`])(
    'more values than the memory holds',
    (text) => {
      expect(thrown(() => parseConfig(text, 'a.yaml')).problems).toMatchObject([{ message: 'too many values' }]);
    },
  );

  test('equal keys by the hundred thousand take no longer than others', () => {
    const text = `institutions: []\n${Array.from({ length: 100_000 }, (_, index) => `k${index % 99_999}: 1\n`).join('')}`;
    expect(thrown(() => parseConfig(text, 'a.yaml')).problems).toContainEqual(
      expect.objectContaining({ line: 100_001, path: 'k0', message: 'the same key appears twice' }),
    );
  });

  describe('many equal keys hide no alias that cannot be read', () => {
    const equal = `institutions: []\n${'a: 1\n'.repeat(22)}`;
    const accounts = Array.from({ length: 300 }, (_, index) => `{ name: a${index}, kind: checking, id: "${index}" }`);
    const bank = `&b { name: b, accounts: [${accounts.join(', ')}] }`;

    test.each([
      ['one that leads nowhere', 'password: *hunter2\n', 'no anchor before it has that name'],
      ['one inside its own value', 'push: &p { a: *p }\n', 'an alias inside its own value'],
      ['one of many values', `more: [${bank}${', *b'.repeat(1_000)}]\n`, 'aliases that expand to too many values'],
    ])('%s', (_, text, message) => {
      const { problems } = thrown(() => parseConfig(equal + text, 'a.yaml'));
      expect(problems.at(-1)).toMatchObject({ line: 24, message: expect.stringContaining(message) });
      expect(problems).toHaveLength(20);
      expect(JSON.stringify(problems)).not.toContain('hunter2');
    });
  });

  test.each(['['.repeat(60_000), '{a: '.repeat(40_000), '- '.repeat(60_000)])('nesting without end', (text) => {
    expect(thrown(() => parseConfig(text, 'a.yaml')).problems[0]?.message).toBe('nested too deeply');
  });
});

describe('hostile keys', () => {
  test('keys that JavaScript treats specially', () => {
    expect(
      thrown(() => parseConfig('__proto__: { a: 1 }\nconstructor: 5\ntoString: x\n', 'a.yaml')).problems.map(
        ({ path, message }) => `${path}: ${message}`,
      ),
    ).toEqual(['__proto__: unknown key', 'institutions: missing', 'constructor: unknown key', 'toString: unknown key']);
  });
});

test('the entry that is suggested for a further credential is not the password’s', () => {
  try {
    institution({ userCred1: 'hunter2' });
    expect.unreachable();
  } catch (error) {
    const [problem] = error instanceof ConfigError ? error.problems : [];
    expect(problem?.suggestion).toBe(
      'write `userCred1: keychain:summit-userCred1`, then run: ofx-sync secret set summit-userCred1',
    );
  }
});

test.each<[string, object]>([
  ['webhook', { notify: { webhook: 'http://hooks.example/s3cret' } }],
  ['webhook without a scheme', { notify: { webhook: 's3cret:hooks' } }],
  ['header with a line break', { headers: { 'X-Token': 's3cret\n' } }],
  ['header with a letter beyond ASCII', { headers: { 'X-Token': 's3cret-é€' } }],
  ['credentials without a scheme', { url: 's3cret:word@host' }],
  ['credentials in an address', { url: 'https://alex:s3cret@ofx.example/' }],
  ['credentials in an address that is none', { url: 'https://alex:s3cret@ofx example/' }],
  ['credentials in the address of the profile', { profileUrl: 'alex:s3cret@host' }],
  ['credentials in place of a name', { directory: 'https://alex:s3cret@ofx.example/' }],
  ['path of a budget’s server', { push: { ynab: { server: 'http://x.example/s3cret' } } }],
])('a complaint never repeats a secret: %s', (_, { push, notify, ...keys }: { push?: object; notify?: object }) => {
  const entry = { name: 'summit', url: 'https://ofx.summit.example/', userId: 'alex', accounts: [CARD], ...keys };
  const text = stringify({ institutions: [entry], ...(push ? { push } : {}), ...(notify ? { notify } : {}) });
  const complaints = () => parseConfig(text, '/home/alex/accounts.yaml', { home: '/home/alex' });
  expect(complaints).toThrow(ConfigError);
  try {
    complaints();
  } catch (error) {
    expect(inspect(error, { depth: 9 })).not.toContain('s3cret');
  }
});
