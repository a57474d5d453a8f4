/** `serve token new|list|revoke`, and what `serve` refuses before it listens. */

import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configText } from '../support/institutions.js';
import { type Run, type RunOptions, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const NOW = new Date('2026-11-20T12:00:00Z');
const TWO = configText([
  { name: 'summit', url: 'sandbox://summit' },
  {
    name: 'river',
    url: 'sandbox://river',
    accounts: '[{ name: checking, kind: checking, id: "000123456", routing: "121000248" }]',
  },
]);

function folder(): { readonly cwd: string; readonly run: (argv: string, more?: Partial<RunOptions>) => Promise<Run> } {
  const cwd = scratchDir();
  writeFileSync(join(cwd, 'accounts.yaml'), TWO);
  const env = { TZ: 'UTC' };
  return { cwd, run: (argv, more = {}) => runCli(argv.split(' '), { cwd, env, now: () => NOW, ...more }) };
}

describe('a token', () => {
  test('is printed once, alone on standard output, before the first sync too', async () => {
    const { run } = folder();
    const { code, stdout, stderr } = await run('serve token new phone');
    expect(code).toBe(0);
    expect(Buffer.from(stdout, 'base64').toString()).toMatch(
      /^http:\/\/127\.0\.0\.1:8639\/simplefin\/claim\/[0-9a-f]{24}[\w-]{43}$/,
    );
    expect(stderr).toBe(
      'Paste it into the program within 24 hours. It works once, and is not shown again.\nIt reads all accounts.\n',
    );
    const listed = await run('serve token list');
    expect(listed.stdout).toContain('phone  reader  unclaimed until');
    expect(listed.stdout).not.toContain(stdout.trim());
    expect(JSON.parse((await run('serve token list --json')).stdout)).toEqual({
      version: 1,
      tokens: [
        {
          name: 'phone',
          kind: 'reader',
          state: 'unclaimed',
          accounts: null,
          since: null,
          createdAt: '2026-11-20T12:00:00.000Z',
          expiresAt: '2026-11-21T12:00:00.000Z',
          claimedAt: null,
          lastUsedAt: null,
        },
      ],
    });
    const tomorrow = { now: () => new Date('2026-11-21T12:00:00Z') };
    expect((await run('serve token list', tomorrow)).stdout).toContain('expired');
  });

  test('has a scope of accounts and days', async () => {
    const { run } = folder();
    const made = JSON.parse(
      (await run('serve token new phone --accounts summit,river/checking --since 30d --json')).stdout,
    );
    expect(made).toMatchObject({ accounts: ['summit/card', 'river/checking'], since: '2026-10-21', kind: 'reader' });
    expect((await run('serve token list')).stdout).toContain('river/checking, summit/card since 2026-10-21');
  });

  test('has the address that is given', async () => {
    const { run } = folder();
    const { stdout } = await run('serve token new phone -q --public-url https://bank.example/');
    expect(Buffer.from(stdout, 'base64').toString()).toMatch(/^https:\/\/bank\.example\/simplefin\/claim\//);
  });

  test('is printed as an access URL for programs that cannot claim', async () => {
    const { run } = folder();
    const { stdout } = await run('serve token new phone -q --access-url');
    expect(stdout).toMatch(/^http:\/\/[0-9a-f]{24}:[\w-]{43}@127\.0\.0\.1:8639\/simplefin\n$/);
    expect((await run('serve token list')).stdout).toContain('claimed');
  });

  test('of a page is for the form of the page', async () => {
    const { run } = folder();
    const { stdout, stderr } = await run('serve token new browser --page');
    expect(stdout).toMatch(/^[0-9a-f]{24}[\w-]{43}\n$/);
    expect(stderr).toContain('The page: http://127.0.0.1:8639/');
  });

  test('is revoked by its name', async () => {
    const { run } = folder();
    await run('serve token new phone');
    expect(await run('serve token revoke phone')).toMatchObject({ code: 0, stdout: 'revoked: phone\n' });
    expect(await run('serve token list')).toMatchObject({
      stdout: 'no tokens; to make one: ofx-sync serve token new NAME\n',
    });
  });
});

test.each([
  ['serve token new', 'serve token new takes one name'],
  ['serve token new a b', 'too many arguments'],
  ['serve token nwe phone', 'Did you mean: ofx-sync serve token new?'],
  ['serve tokne', 'Did you mean: ofx-sync serve token?'],
  ['serve token new -x', "unknown option '-x'"],
  ['serve token new phone/home', 'letters, digits, dots'],
  ['serve token new phone --accounts sumit', 'Did you mean summit?'],
  ['serve token new phone --accounts ,', '--accounts takes names'],
  ['serve token new phone --since sometime', '--since takes a day'],
  ['serve token new phone --page --access-url', 'exclude each other'],
  ['serve token new phone --listen 127.0.0.1:1', '--listen belongs to the server'],
  ['serve token list phone', 'takes no name'],
  ['serve token revoke phone', 'There are no tokens.'],
  ['serve --accounts summit', '--accounts belongs to a token'],
  ['serve --access-url', '--access-url belongs to a token'],
  ['serve --every 5m', 'at least 10m'],
  ['serve --every sometimes', '--every takes a length of time'],
  ['serve --spread 1m', '--spread requires --every'],
  ['serve --listen 0.0.0.0:8639', 'without encryption'],
  ['serve --cert cert.pem', '--cert and --key belong together'],
])('%s: exit 2, %s', async (argv, message) => {
  const { code, stdout, stderr } = await folder().run(argv);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.replace(/\s+/g, ' ')).toContain(message);
});

test('a token that exists is not made again', async () => {
  const { run } = folder();
  await run('serve token new phone');
  const { code, stdout, stderr } = await run('serve token new phone');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('ofx-sync serve token revoke phone');
  expect((await run('serve token revoke phoen')).stderr).toContain('Did you mean phone?');
});

describe('a port', () => {
  const taken = createServer();
  beforeAll(() => new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve)));
  afterAll(() => new Promise((resolve) => taken.close(resolve)));

  test('that another program uses is an error that says so', async () => {
    const { port } = taken.address() as AddressInfo;
    const { code, stderr } = await folder().run(`serve --listen 127.0.0.1:${port}`);
    expect(code).toBe(1);
    expect(stderr).toContain(`cannot listen on 127.0.0.1:${port}: another program uses it`);
  });
});

test('a certificate that cannot be used is an error before anything is served', async () => {
  const { cwd, run } = folder();
  expect((await run('serve --cert no.pem --key no.pem')).stderr).toContain('no.pem cannot be read');
  writeFileSync(join(cwd, 'bad.pem'), 'nothing');
  const { code, stderr } = await run('serve --listen 127.0.0.1:0 --cert bad.pem --key bad.pem');
  expect(code).toBe(2);
  expect(stderr).toContain('the certificate or its key cannot be used');
});
