/**
 * The gallery of errors: one real run for each code that a person can meet, written to test/fixtures/errors/README.md. A message
 * that changes shows as a difference there; `npx vitest run test/system/errors-gallery.test.ts -u` writes it anew.
 */

import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ERROR_CODES, type ErrorCode } from '../../src/errors.js';
import { Secret } from '../../src/model/secret.js';
import { startSandbox } from '../../src/sandbox/server.js';
import { Database } from '../../src/store/database.js';
import { lockDataDir } from '../../src/store/lock.js';
import { openStore } from '../../src/store/open.js';
import { type Answer, startBridge, type TestBridge } from '../support/bridge.js';
import { configText } from '../support/institutions.js';
import { type Run, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { bankFile } from '../support/statement-file.js';
import { startYnab } from '../support/ynab-server.js';

/** Codes that no run shows, with the reason. */
const NOT_SHOWN: Partial<Record<ErrorCode, string>> = {};

const NONE = new Secret('');
const cleanUps: (() => unknown)[] = [];
afterAll(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});

type Scene = { readonly what: string; readonly run: (cwd: string) => Promise<Run> };

function fault(name: string): (cwd: string) => Promise<Run> {
  return async (cwd) => {
    writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name: 'summit', url: `sandbox://summit?fault=${name}` }]));
    return runCli(['-q', '--timeout', name === 'hang' ? '1s' : '60s', '--retries', '0'], { cwd });
  };
}

async function withUrl(cwd: string, url: string, more: readonly string[] = []): Promise<Run> {
  writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name: 'river', url, password: 'env:RIVER', more }]));
  return runCli(['-q', '--retries', '0'], { cwd, env: { RIVER: 'x' } });
}

/** Runs a sync with a bridge that answers every request alike. */
function bridge(answer: Answer): Scene['run'] {
  return withAccess(({ access }) => access, [], answer);
}

function withAccess(
  secret: (one: TestBridge) => string,
  more: readonly string[] = [],
  answer: Answer = { body: '' },
): Scene['run'] {
  return async (cwd) => {
    const started = await startBridge(() => answer, cleanUps);
    const account = '{ name: giro, kind: checking, id: ACT-1 }';
    const text = `institutions:\n  - name: bridge\n    simplefin: env:ACCESS\n    accounts: [${account}]\n`;
    writeFileSync(join(cwd, 'accounts.yaml'), text);
    return runCli(['-q', '--retries', '0', ...more], { cwd, env: { ACCESS: secret(started) } });
  };
}

const SCENES: Partial<Record<ErrorCode, Scene>> = {
  BUG: {
    what: 'a mistake in the program itself, here a clock that fails; what follows it is for the report',
    run: (cwd) => {
      writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name: 'summit', url: 'sandbox://summit' }]));
      const now = () => {
        throw new RangeError('Invalid time value');
      };
      return runCli(['-q'], { cwd, now });
    },
  },
  CONFIG_NOT_FOUND: { what: 'no accounts.yaml', run: (cwd) => runCli([], { cwd }) },
  CONFIG_INVALID: {
    what: 'mistakes in accounts.yaml',
    run: async (cwd) => {
      writeFileSync(
        join(cwd, 'accounts.yaml'),
        'institutions:\n  - name: river\n    url: http://ofx.example/\n    userid: alex\n    accounts:\n      - { name: a, kind: checking, id: 000123, routing: "121000248" }\n',
      );
      return runCli([], { cwd });
    },
  },
  NOT_TRUSTED: {
    what: 'a configuration in the current folder that nobody has trusted',
    run: (cwd) => {
      writeFileSync(
        join(cwd, 'accounts.yaml'),
        configText([{ name: 'river', url: 'https://ofx.example/', password: 'env:RIVER' }]),
      );
      return runCli(['-q'], { cwd, found: true });
    },
  },
  ADDRESS_UNCONFIRMED: {
    what: 'a profile that moves statements to a host that nobody has confirmed',
    run: async (cwd) => {
      const url = 'https://ofx.river.example/';
      const store = await openStore(join(cwd, 'data'));
      const addresses = { creditcard: 'https://cards.processor.example/ofx' };
      store.setLoginState('river', { profile: { url, name: null, updated: null, addresses, said: null } });
      store.close();
      return withUrl(cwd, url);
    },
  },
  USAGE: { what: 'an option with a slip', run: (cwd) => runCli(['sync', '--sinse', '90d'], { cwd }) },
  SECRET_NOT_FOUND: {
    what: 'an environment variable that is not set',
    run: async (cwd) => {
      writeFileSync(
        join(cwd, 'accounts.yaml'),
        configText([{ name: 'river', url: 'https://ofx.example/', password: 'env:RIVER_PASSWORD' }]),
      );
      return runCli(['-q'], { cwd });
    },
  },
  SECRET_PROVIDER_UNAVAILABLE: {
    what: 'a secret file that others can read',
    run: async (cwd) => {
      writeFileSync(join(cwd, 'secret'), 'x');
      chmodSync(join(cwd, 'secret'), 0o644);
      writeFileSync(
        join(cwd, 'accounts.yaml'),
        configText([{ name: 'river', url: 'https://ofx.example/', password: 'file:secret' }]),
      );
      return runCli(['-q'], { cwd });
    },
  },
  CONNECTION_FAILED: { what: 'nothing listens', run: (cwd) => withUrl(cwd, 'http://127.0.0.1:9/') },
  TIMED_OUT: { what: 'no answer', run: fault('hang') },
  SERVER_UNAVAILABLE: { what: 'HTTP 503', run: fault('http-503') },
  HTTP_STATUS: { what: 'HTTP 403', run: fault('http-403') },
  INSECURE_URL: {
    what: 'an address without encryption that is not this machine (accounts.yaml refuses it before)',
    run: async (cwd) => {
      const { directConnect } = await import('../../src/sources/direct-connect.js');
      const { errorLines } = await import('../../src/cli/terminal/wording.js');
      const { toOfxSyncError } = await import('../../src/errors.js');
      const { parseConfig } = await import('../../src/config/load.js');
      const [institution] = parseConfig(
        configText([{ name: 'river', url: 'sandbox://river' }]),
        join(cwd, 'accounts.yaml'),
      ).institutions;
      if (institution === undefined) throw new Error('no institution');
      const source = directConnect(institution, {
        stamp: () => ({ now: new Date(), zoneMinutes: 0, newUid: () => 'x' }),
        now: () => new Date(),
        sleep: async () => undefined,
        resolveUrl: async () => 'http://ofx.example/',
      });
      const error = await source
        .fetch(
          { login: { institution, userId: NONE, password: NONE, clientUid: null }, wanted: [] },
          { signal: new AbortController().signal, timeoutMs: 1000 },
        )
        .catch(toOfxSyncError);
      return { code: 1, stdout: '', stderr: 'code' in error ? `${errorLines(error).join('\n')}\n` : '' };
    },
  },
  REDIRECTED: { what: 'HTTP 302', run: fault('redirect') },
  WEB_PAGE: { what: 'a web page of a gate before the server', run: fault('html') },
  TLS_FAILED: {
    what: 'a certificate that nobody vouches for',
    run: async (cwd) => {
      const sandbox = await startSandbox({ tls: true });
      cleanUps.push(() => sandbox.close());
      return withUrl(cwd, sandbox.url('summit'));
    },
  },
  ENCRYPTION_REQUIRED: {
    what: 'a bank whose profile, which check has kept, wants encrypted passwords (SECURITY TYPE1)',
    run: async (cwd) => {
      const accounts = '[{ name: checking, kind: checking, id: "000123456", routing: "121000248" }]';
      const entry = { name: 'river', url: 'sandbox://river?wants=encryption', accounts };
      writeFileSync(join(cwd, 'accounts.yaml'), configText([entry]));
      await runCli(['check'], { cwd });
      return runCli(['-q'], { cwd });
    },
  },
  REPLY_TOO_LARGE: { what: 'a reply without end', run: fault('endless') },
  SIGNON_REJECTED: { what: 'status 15500', run: fault('signon-15500') },
  SIGNON_LOCKED: { what: 'status 15502', run: fault('signon-15502') },
  SIGNON_NEEDS_ACTION: { what: 'status 15000', run: fault('signon-15000') },
  SIGNON_BUSY: { what: 'status 15501', run: fault('signon-15501') },
  SIGNON_BLOCKED: {
    what: 'the run after a refused signon',
    run: async (cwd) => {
      await fault('signon-15500')(cwd);
      return fault('signon-15500')(cwd);
    },
  },
  SIGNON_UNCONFIRMED: {
    what: 'the run after two sign-ons that the bank neither accepted nor refused',
    run: async (cwd) => {
      await fault('http-500')(cwd);
      return fault('http-500')(cwd);
    },
  },
  STATEMENT_REFUSED: { what: 'status 2003', run: fault('refuse') },
  STATEMENT_MISSING: { what: 'an account that is missing from the reply', run: fault('omit&account=4111111111111111') },
  COMMAND_FAILED: {
    what: 'a program that brings statements and fails',
    run: (cwd) => {
      const line = 'command: \'echo "the portal is closed on Sundays" >&2; exit 4\'';
      const account = '{ name: current, kind: checking, id: "7777" }';
      writeFileSync(
        join(cwd, 'accounts.yaml'),
        `institutions:\n  - name: portal\n    ${line}\n    accounts: [${account}]\n`,
      );
      return runCli(['-q'], { cwd });
    },
  },
  SIMPLEFIN_UNREADABLE: { what: 'a bridge whose answer is cut off', run: bridge({ body: '{"errlist":[],"acc' }) },
  ACCESS_URL_INVALID: {
    what: 'a setup token where the access URL of a bridge belongs',
    run: withAccess(({ token }) => token),
  },
  SETUP_TOKEN_REFUSED: {
    what: 'a setup token that is used',
    run: async (cwd) => {
      const { token } = await startBridge(() => ({ body: '{"errors":[],"accounts":[]}' }), cleanUps);
      const argv = ['init', 'simplefin', '--non-interactive', '--password', 'file'];
      const claim = () => runCli(argv, { cwd, stdin: `${token}\n` });
      await claim();
      return claim();
    },
  },
  CONNECTION_ATTENTION: {
    what: 'a bridge that has lost its connection to one bank',
    run: bridge({
      body: '{"errlist":[{"code":"con.auth","msg":"Sign in at Cedar Bank again","conn_id":"CON-1"}],"connections":[],"accounts":[{"id":"ACT-1","name":"Giro","conn_id":"CON-1","currency":"USD","balance":"1.00","balance-date":1790000000,"transactions":[]}]}',
    }),
  },
  PAYMENT_REQUIRED: { what: 'a bridge that wants to be paid', run: bridge({ status: 402, body: '' }) },
  TOO_MANY_REQUESTS: {
    what: 'a bridge that got too many requests',
    run: bridge({ status: 429, headers: { 'retry-after': '7200' }, body: '' }),
  },
  DAILY_LIMIT: {
    what: 'more requests to a bridge than it answers in a day',
    run: withAccess(({ access }) => access, ['--since', '2010-01-01']),
  },
  OFX_UNREADABLE: { what: 'an answer without a body', run: fault('empty') },
  ACCOUNT_CHANGED: {
    what: 'another account under the same name, in statement files that do not agree with the stored history',
    run: async (cwd) => {
      const put = (id: string, posted: string) => {
        const account = `{ name: joint, kind: checking, id: "${id}", routing: "011000015" }`;
        const config = `institutions:\n  - name: nodc\n    files: ${id}.qfx\n    accounts: [${account}]\n`;
        writeFileSync(join(cwd, 'accounts.yaml'), config);
        writeFileSync(join(cwd, `${id}.qfx`), bankFile([{ fitid: id, on: posted, amount: '-1.00' }], { account: id }));
      };
      put('11115555', '20261110');
      await runCli(['-q'], { cwd });
      put('22226666', '20261111');
      return runCli(['-q'], { cwd });
    },
  },
  STORE_FAILED: {
    what: 'a store that is not a database',
    run: async (cwd) => {
      mkdirSync(join(cwd, 'data'));
      writeFileSync(
        join(cwd, 'data', 'ofx-sync.db'),
        'this is no database, and long enough to be looked at'.repeat(50),
      );
      return fault('gzip')(cwd);
    },
  },
  STORE_NEWER: {
    what: 'a store of a newer ofx-sync',
    run: async (cwd) => {
      (await openStore(join(cwd, 'data'))).close();
      const database = new Database(join(cwd, 'data', 'ofx-sync.db'));
      database.exec('PRAGMA user_version = 999');
      database.close();
      return fault('gzip')(cwd);
    },
  },
  STORE_OLDER: {
    what: 'a restored backup, which is older than the last export',
    run: async (cwd) => {
      writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name: 'summit', url: 'sandbox://summit' }]));
      (await openStore(join(cwd, 'data'))).close();
      writeFileSync(join(cwd, 'data', 'exports.json'), '{ "version": 1, "consumers": { "hledger": 9 } }');
      return runCli(['export', '--format', 'hledger', '--new'], { cwd });
    },
  },
  STORE_LOCKED: {
    what: 'two runs at once',
    run: async (cwd) => {
      const lock = await lockDataDir(join(cwd, 'data'), { holder: { pid: 4321, since: '2026-11-20T06:30:00Z' } });
      const interruption = new AbortController();
      interruption.abort();
      writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name: 'summit', url: 'sandbox://summit' }]));
      const run = await runCli(['-q'], { cwd, signal: interruption.signal });
      lock.release();
      return run;
    },
  },
  EXPORT_FAILED: {
    what: 'a folder that does not exist',
    run: async (cwd) => {
      writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name: 'summit', url: 'sandbox://summit' }]));
      return runCli(['export', '--format', 'csv', '--output', 'nowhere/2026.csv'], { cwd });
    },
  },
  PUSH_FAILED: {
    what: 'a token that YNAB does not know',
    run: async (cwd) => {
      const server = await startYnab();
      cleanUps.push(() => server.close());
      writeFileSync(
        join(cwd, 'accounts.yaml'),
        `${configText([{ name: 'summit', url: 'sandbox://summit' }])}push: { ynab: { token: env:TOKEN, server: "${server.url}" } }\n`,
      );
      return runCli(['push', 'ynab'], { cwd, env: { TOKEN: 'x' } });
    },
  },
  SCHEDULE_FAILED: {
    what: 'a timer of that name that somebody else made',
    run: async (cwd) => {
      const units = join(cwd, '.config', 'systemd', 'user');
      mkdirSync(units, { recursive: true });
      writeFileSync(join(units, 'ofx-sync.timer'), '[Timer]\nOnCalendar=daily\n');
      writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name: 'summit', url: 'sandbox://summit' }]));
      return runCli(['schedule', 'install', '--system', 'systemd', '--no-enable'], { cwd });
    },
  },
  SERVE_FAILED: {
    what: 'a port that another program uses',
    run: async (cwd) => {
      const taken = createServer();
      await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
      cleanUps.push(() => taken.close());
      const { port } = taken.address() as AddressInfo;
      writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name: 'summit', url: 'sandbox://summit' }]));
      return runCli(['serve', '--listen', `127.0.0.1:${port}`], { cwd });
    },
  },
  NOTIFY_FAILED: {
    what: 'a webhook that nobody serves',
    run: async (cwd) => {
      const text = configText([{ name: 'summit', url: 'sandbox://summit' }]);
      writeFileSync(join(cwd, 'accounts.yaml'), `${text}notify: { webhook: "http://127.0.0.1:9/hook" }\n`);
      return runCli(['notify', 'test'], { cwd });
    },
  },
  INTERRUPTED: {
    what: 'Ctrl-C while an institution hangs',
    run: async (cwd) => {
      const interruption = new AbortController();
      setTimeout(() => interruption.abort(), 300);
      writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name: 'summit', url: 'sandbox://summit?fault=hang' }]));
      return runCli(['-q'], { cwd, signal: interruption.signal });
    },
  },
};

/** Runs a command in a folder with one bank. */
function command(argv: string): (cwd: string) => Promise<Run> {
  return (cwd) => {
    writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name: 'summit', url: 'sandbox://summit' }]));
    return runCli(argv.split(' '), { cwd });
  };
}

/** Further runs with a code that is shown above: a server that does not start, and tokens. */
const FURTHER: readonly (Scene & { readonly code: ErrorCode })[] = [
  {
    code: 'USAGE',
    what: 'a server that other machines would reach without encryption',
    run: command('serve --listen 0.0.0.0:8639'),
  },
  {
    code: 'USAGE',
    what: 'a server for all addresses, without the one by which it is reached',
    run: command('serve --listen 0.0.0.0:8639 --plain-http'),
  },
  { code: 'USAGE', what: 'a token that does not exist', run: command('serve token revoke phone') },
  {
    code: 'USAGE',
    what: 'a token that exists already',
    run: async (cwd) => {
      await command('serve token new phone')(cwd);
      return command('serve token new phone')(cwd);
    },
  },
  {
    code: 'USAGE',
    what: 'a token for an account that does not exist',
    run: command('serve token new phone --accounts sumit'),
  },
  { code: 'SERVE_FAILED', what: 'a certificate that is not there', run: command('serve --cert no.pem --key no.pem') },
  { code: 'USAGE', what: 'a server for cron', run: command('schedule install --serve --system cron') },
];

test('every code has its scene', () => {
  expect(ERROR_CODES.filter((code) => SCENES[code] === undefined && NOT_SHOWN[code] === undefined)).toEqual([]);
});

test('the gallery shows what people see', async () => {
  const parts = [
    '# Gallery of errors',
    '',
    'One real run for each code; volatile parts are replaced by words in capitals. Made by `test/system/errors-gallery.test.ts`.',
    '',
  ];
  for (const code of ERROR_CODES) {
    const scene = SCENES[code];
    if (scene === undefined) {
      parts.push(`## ${code}`, '', `Not shown: ${NOT_SHOWN[code] ?? ''}.`, '');
      continue;
    }
    const cwd = scratchDir();
    const run = await scene.run(cwd);
    expect(run.stderr, code).not.toBe('');
    parts.push(
      `## ${code}`,
      '',
      `${scene.what[0]?.toUpperCase()}${scene.what.slice(1)}; exit ${run.code}.`,
      '',
      '```text',
      normal(run.stderr, cwd),
      '```',
      '',
    );
  }
  parts.push('# Further runs', '');
  for (const { code, what, run } of FURTHER) {
    const cwd = scratchDir();
    const { code: status, stderr } = await run(cwd);
    expect(stderr, what).not.toBe('');
    const title = `${what[0]?.toUpperCase()}${what.slice(1)}`;
    parts.push(`## ${title}`, '', `${code}; exit ${status}.`, '', '```text', normal(stderr, cwd), '```', '');
  }
  await expect(parts.join('\n')).toMatchFileSnapshot('../fixtures/errors/README.md');
});

function normal(text: string, cwd: string): string {
  return text
    .trimEnd()
    .replaceAll(cwd, 'FOLDER')
    .replace(/\n {4}at [\s\S]*/, '\n    at …')
    .replace(/127\.0\.0\.1:\d{4,5}/g, '127.0.0.1:PORT')
    .replace(/(?<=this version supports )\d+/g, 'SCHEMA')
    .replace(/\d{4}-\d\d-\d\d(?=[ :)])/g, 'DATE');
}
