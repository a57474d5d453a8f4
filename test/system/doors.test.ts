/** Side doors: pipes that never end, links that another user planted, certificates that nobody trusts, text that turns around. */

import { spawnSync } from 'node:child_process';
import { chmodSync, lchownSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PushContext } from '../../src/model/push-session.js';
import { Secret } from '../../src/model/secret.js';
import { send } from '../../src/notify/send.js';
import { ynabApi } from '../../src/push/ynab-api.js';
import { makeCertificate } from '../../src/sandbox/tls.js';
import { verifiedFetch } from '../../src/sources/verified-fetch.js';
import { configText } from '../support/institutions.js';
import { canRunAs } from '../support/other-user.js';
import { builtProgram } from '../support/program.js';
import { type Run, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const IS_ROOT = process.getuid?.() === 0;
const HAS_PIPES = spawnSync('mkfifo', ['--version']).status === 0;

describe.skipIf(!HAS_PIPES)('a pipe without a writer is refused, and nothing waits for it', () => {
  const scene = (more: string): string => {
    const cwd = scratchDir();
    mkdirSync(join(cwd, 'downloads'));
    for (const name of ['pipe', 'downloads/pipe.qfx']) spawnSync('mkfifo', [join(cwd, name)]);
    const account = '{ name: a, kind: checking, id: "1", routing: "121000248" }';
    writeFileSync(join(cwd, 'accounts.yaml'), `institutions:\n  - name: river\n${more}    accounts: [${account}]\n`);
    return cwd;
  };
  const FILES = '    files: downloads/*.qfx\n';

  test.each<[string, string, readonly string[], RegExp]>([
    [
      'import',
      FILES,
      ['import', 'pipe'],
      /pipe: the file cannot be read: it is a pipe.*\n.*import \/dev\/stdin < PIPE/,
    ],
    ['inspect', FILES, ['inspect', 'pipe'], /pipe cannot be read: it is a pipe, not a regular file/],
    ['files:', FILES, ['sync'], /pipe\.qfx cannot be read: it is a pipe/],
    [
      'ca:',
      '    url: https://127.0.0.1:1/\n    userId: x\n    password: { literal: x }\n    ca: pipe\n',
      ['sync', '--retries', '0'],
      /the file of ca: cannot be read: .*pipe: it is a pipe/,
    ],
    [
      'a file: secret',
      '    url: https://127.0.0.1:1/\n    userId: x\n    password: file:pipe\n',
      ['sync', '--retries', '0'],
      /pipe is not a regular file/,
    ],
  ])('%s', async (_, more, argv, message) => {
    const { code, stdout, stderr } = await runCli(argv, { cwd: scene(more) });
    expect(code).toBeGreaterThan(0);
    expect(stdout + stderr).toMatch(message);
  });

  test('a device, as the file to import', async () => {
    const { stderr } = await runCli(['import', '/dev/zero'], { cwd: scene(FILES) });
    expect(stderr).toContain('it is a device, not a regular file');
  });
});

describe.skipIf(!IS_ROOT)('what another user put into a folder that everybody can write to', () => {
  const OTHER = 65_534;
  let cwd = '';
  let shared = '';
  let own = '';
  beforeAll(async () => {
    cwd = scratchDir();
    writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name: 'summit', url: 'sandbox://summit' }]));
    await runCli(['-q'], { cwd });
    own = join(cwd, 'diary');
    writeFileSync(own, 'mine');
    shared = join(cwd, 'shared');
    mkdirSync(shared);
    chmodSync(shared, 0o1777);
  });

  const exportTo = (path: string, ...more: string[]): Promise<Run> =>
    runCli(['export', '--format', 'csv', '--output', path, ...more], { cwd });

  test.each([[[]], [['--append', '--new']]])('a link is not followed, with %j', async (more) => {
    const link = join(shared, `link${more.length}`);
    symlinkSync(own, link);
    lchownSync(link, OTHER, OTHER);
    const { code, stderr } = await exportTo(link, ...more);
    expect(code).toBe(1);
    expect(stderr).toMatch(/link. was not written: another user made it.*\n.*a folder of your own/);
    expect(readFileSync(own, 'utf8')).toBe('mine');
  });

  test('a link of one’s own is, and so is that of another in a folder of one’s own', async () => {
    writeFileSync(join(cwd, 'all.csv'), '');
    const links = [join(shared, 'my-link'), join(cwd, 'their-link')];
    for (const link of links) symlinkSync(join(cwd, 'all.csv'), link);
    lchownSync(links[1] ?? '', OTHER, OTHER);
    for (const link of links) {
      expect((await exportTo(link)).code).toBe(0);
      expect(readFileSync(join(cwd, 'all.csv'), 'utf8')).toMatch(/^\S+,/);
    }
  });
});

const [ME, OTHER_USER] = [65_534, 1234];

describe.skipIf(!canRunAs(ME))('a data folder that everybody can change, for a user who is not root', () => {
  const OTHER = OTHER_USER;
  const base = scratchDir();
  let program = '';
  beforeAll(() => {
    program = builtProgram();
    // Readable for the other user, too.
    for (const path of [base, dirname(dirname(program))]) chmodSync(path, 0o755);
    const summit = '{ name: summit, url: "sandbox://summit", userId: demo, password: { literal: demo }';
    const card = '{ name: card, kind: creditcard, id: "4111111111111111" }';
    writeFileSync(join(base, 'accounts.yaml'), `institutions:\n  - ${summit}, accounts: [${card}] }\n`, {
      mode: 0o644,
    });
  });

  test.each<[string, { mode: number; owner: number; store?: number }, number, RegExp]>([
    [
      'mine',
      { mode: 0o777, owner: 65_534 },
      0,
      /^notice: everybody could change .* \(mode 0777\); now only you can\n$/,
    ],
    ['of root', { mode: 0o777, owner: 0 }, 0, /^notice: .* belongs to root: give it to the user that runs ofx-sync\n$/],
    [
      'of another',
      { mode: 0o777, owner: OTHER },
      1,
      /everybody can change the data folder .*another user\n.*--data DIR/,
    ],
    ['sticky', { mode: 0o1777, owner: 0 }, 0, /^$/],
    ['sticky, with a store of another', { mode: 0o1777, owner: 0, store: OTHER }, 1, /ofx-sync\.db belongs to another/],
    ['mine, with a store of another', { mode: 0o777, owner: ME, store: OTHER }, 1, /ofx-sync\.db belongs to another/],
  ])('%s', (name, { mode, owner, store }, code, said) => {
    const dir = join(base, name);
    mkdirSync(dir);
    if (store !== undefined) {
      writeFileSync(join(dir, 'ofx-sync.db'), 'planted');
      lchownSync(join(dir, 'ofx-sync.db'), store, store);
    }
    lchownSync(dir, owner, owner);
    chmodSync(dir, mode);
    const argv = [program, '--config', join(base, 'accounts.yaml'), '--data', dir, '-q'];
    const env = { PATH: process.env['PATH'], HOME: dir };
    const run = spawnSync(process.execPath, argv, { uid: ME, gid: ME, cwd: '/', env, encoding: 'utf8' });
    expect({ code: run.status, said: run.stderr }).toEqual({ code, said: expect.stringMatching(said) });
  });
});

describe('certificates are verified where the environment says that they are not', () => {
  let server: ReturnType<typeof createServer>;
  let url = '';
  let requests = 0;
  const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  beforeAll(async () => {
    server = createServer(await makeCertificate(), (_, response) => {
      requests += 1;
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = `https://localhost:${typeof address === 'object' ? address?.port : 0}`;
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  });
  afterAll(() => {
    if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    server.close();
  });

  test('by a webhook', async () => {
    const message = { id: '1', at: '2026-11-20T06:30:00.000Z', title: 't', text: 'x', news: [] };
    const settings = { to: { webhook: `${url}/s3cret` }, timeoutMs: 9000, kinds: [], details: false };
    const { signal } = new AbortController();
    const context = { env: {}, baseDir: '/', platform: process.platform, signal, fetch: verifiedFetch({}) };
    const failure = send(message, settings, context);
    await expect(failure).rejects.toThrow(/cannot be reached \(.*(?:CERT|SIGNATURE)/);
    await expect(failure).rejects.not.toThrow('s3cret');
    expect(requests).toBe(0);
  });

  test('by YNAB', async () => {
    const context: PushContext = {
      secrets: {},
      baseDir: '/',
      dataDir: '/',
      signal: new AbortController().signal,
      fetch: verifiedFetch({}),
      now: () => new Date(),
      sleep: async () => undefined,
    };
    const api = ynabApi(url, new Secret('t0ken'), context);
    const { fetchApi } = api.configuration;
    await expect(api.call(async () => fetchApi?.(`${url}/budgets`))).rejects.toThrow(/(?:CERT|SIGNATURE)/);
    expect(requests).toBe(0);
  });
});

test('text that turns around or moves the cursor is escaped in JSON, and means the same', async () => {
  const name = 'SHOP \u202e\u2066\u200f\u009b31m\u007f\u061c';
  const file = `OFXHEADER:100\nENCODING:UTF-8\nCHARSET:NONE\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD<BANKTRANLIST><STMTTRN><DTPOSTED>20261110<TRNAMT>-1.00<FITID>1<NAME>${name}</STMTTRN></BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`;
  for (const as of [['--as', 'tree'], ['--json'], ['--as', 'repaired']]) {
    const { stdout } = await runCli(['inspect', '-', ...as], { cwd: scratchDir(), stdin: file, columns: 80 });
    expect(stdout).toContain('SHOP');
    expect(stdout).not.toMatch(/[\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069]/);
    if (!as.includes('repaired')) expect(JSON.stringify(JSON.parse(stdout))).toContain('\u202e');
  }
});
