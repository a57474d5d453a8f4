/** The contract of a sync as a bank sees it that is not our sandbox. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { configText } from '../support/institutions.js';
import {
  type Answering,
  type Message,
  type PlainBank,
  refusal,
  reply,
  send,
  startBank,
  statement,
} from '../support/plain-bank.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const ACCOUNTS =
  '[{ name: a, kind: checking, id: "000000001", routing: "121000248" }, { name: b, kind: checking, id: "000000002", routing: "121000248" }, { name: c, kind: creditcard, id: "4111111111111003" }]';
const NOON = () => new Date('2026-11-21T12:00:00Z');
const PAGE = '<!DOCTYPE html><html><head><title>Error report</title></head><body>Server error</body></html>';

interface Outcome {
  readonly account: string;
  readonly status: string;
  readonly attempts: number;
  readonly transactions: { readonly new: number } | null;
  readonly notices: readonly { readonly message: string }[];
  readonly error: { readonly code: string; readonly message: string; readonly ofxStatus: number | null } | null;
}

interface Synced {
  readonly code: number;
  readonly accounts: readonly Outcome[];
}

interface Scene {
  readonly bank: PlainBank;
  readonly sync: (...args: string[]) => Promise<Synced>;
  /** Writes accounts.yaml again, with further lines of the institution. */
  readonly configure: (...lines: string[]) => void;
}

/** Three accounts of one login at a bank that answers as told. */
async function scene(answer: Answering): Promise<Scene> {
  const bank = await startBank(answer);
  const cwd = scratchDir();
  const configure = (...more: string[]) =>
    writeFileSync(
      join(cwd, 'accounts.yaml'),
      configText([{ name: 'plain', url: bank.url, accounts: ACCOUNTS, password: 'env:PW', more }]),
    );
  configure();
  return {
    bank,
    configure,
    sync: async (...args) => {
      const run = await runCli(['sync', '--json', ...args], {
        cwd,
        env: { PW: 'pa55word' },
        random: () => 0,
        now: NOON,
      });
      return { code: run.code, accounts: (JSON.parse(run.stdout) as { accounts: Outcome[] }).accounts };
    },
  };
}

const hasB = ({ asked }: Message) => asked.some(({ id }) => id.endsWith('2'));
const cutOff: Answering = (message, response) => {
  const text = reply(message);
  response.writeHead(200, { 'Content-Length': String(text.length) });
  response.write(text.slice(0, text.length - 100), () => setTimeout(() => response.destroy(), 20));
};

/** Ways in which a server may break on one account, and what that account's failure is then called. */
const BREAKS: readonly (readonly [what: string, answer: Answering, code: string])[] = [
  ['HTTP 400', (_, response) => send(response, 'Bad Request', 400), 'HTTP_STATUS'],
  ['HTTP 400 with a page', (_, response) => send(response, PAGE, 400), 'HTTP_STATUS'],
  ['HTTP 500', (_, response) => send(response, '', 500), 'SERVER_UNAVAILABLE'],
  ['HTTP 500 with a page', (_, response) => send(response, PAGE, 500), 'SERVER_UNAVAILABLE'],
  ['HTTP 503 with a page', (_, response) => send(response, PAGE, 503), 'SERVER_UNAVAILABLE'],
  ['a page', (_, response) => send(response, PAGE), 'WEB_PAGE'],
  ['a stack trace', (_, response) => send(response, 'java.lang.NullPointerException'), 'OFX_UNREADABLE'],
  [
    'the general error as signon',
    (message, response) => send(response, reply(message, statement, 2000)),
    'STATEMENT_REFUSED',
  ],
  [
    'the general error for each statement',
    (message, response) =>
      send(
        response,
        reply(message, (one) => refusal(one, 2000)),
      ),
    'STATEMENT_REFUSED',
  ],
  ['a reply that breaks off', cutOff, 'CONNECTION_FAILED'],
  [
    'what cannot be unpacked',
    (_, response) => send(response, 'no gzip', 200, { 'Content-Encoding': 'gzip' }),
    'CONNECTION_FAILED',
  ],
];

test.each(BREAKS)('%s because of one account leaves the other two alone', async (what, answer, code) => {
  const { bank, sync } = await scene((message, response) =>
    hasB(message) ? answer(message, response) : send(response, reply(message)),
  );
  const { code: exit, accounts } = await sync('--retries', '0');
  expect(accounts.map(({ account, status, error }) => [account, status, error?.code ?? null])).toEqual([
    ['a', 'ok', null],
    ['b', 'failed', code],
    ['c', 'ok', null],
  ]);
  expect(exit).toBe(1);
  // Unless the sign-on was accepted already, the list of accounts shows that the password is not to blame.
  const confirmed = what === 'the general error for each statement' ? [] : [''];
  expect(bank.ids()).toEqual(['001 002 003', ...confirmed, '001', '002', '003']);
});

test.each([400, 401, 403, 500, 503])('a signon that is refused with HTTP %i is presented once', async (httpStatus) => {
  const { bank, sync } = await scene((message, response) =>
    send(response, reply(message, statement, 15500), httpStatus),
  );
  const first = await sync();
  expect(first.accounts.map(({ error }) => [error?.code, error?.ofxStatus])).toEqual(
    Array.from({ length: 3 }, () => ['SIGNON_REJECTED', 15500]),
  );
  const second = await sync();
  expect(second.accounts.map(({ error }) => error?.code)).toEqual(Array.from({ length: 3 }, () => 'SIGNON_BLOCKED'));
  expect(bank.messages).toHaveLength(1);
});

test('a refused version blocks no login: the next run tries what accounts.yaml says by then', async () => {
  const { sync, configure } = await scene((message, response) =>
    send(response, reply(message, statement, message.body.includes('VERSION:103') ? 0 : 2021)),
  );
  expect((await sync()).accounts.map(({ error }) => [error?.code, error?.ofxStatus])).toEqual(
    Array.from({ length: 3 }, () => ['SIGNON_NEEDS_ACTION', 2021]),
  );
  configure('ofxVersion: "103"');
  expect((await sync()).code).toBe(0);
});

test('statements that come with HTTP 500 are statements', async () => {
  const { bank, sync } = await scene((message, response) => send(response, reply(message), 500));
  expect((await sync()).code).toBe(0);
  expect(bank.messages).toHaveLength(1);
});

test('what the institution warns of beside a statement is told', async () => {
  const warning = '<STATUS><CODE>2028<SEVERITY>WARN<MESSAGE>Checks are not available today</STATUS>';
  const { sync } = await scene((message, response) =>
    send(
      response,
      reply(message, (one) => statement(one).replace(/<STATUS>.*?<\/STATUS>/, warning)),
    ),
  );
  const { code, accounts } = await sync();
  expect(code).toBe(0);
  expect(accounts.map(({ notices }) => notices.map(({ message }) => message))).toEqual(
    Array.from({ length: 3 }, () => ['requested element unknown (2028): “Checks are not available today”']),
  );
});

test('Retry-After is honoured when a page comes with it, and no id is used twice', async () => {
  const times: number[] = [];
  const { bank, sync } = await scene((message, response) => {
    times.push(performance.now());
    if (message.number === 1) send(response, PAGE, 503, { 'Retry-After': '1' });
    else send(response, reply(message));
  });
  const { code, accounts } = await sync();
  expect([code, accounts.map(({ attempts }) => attempts)]).toEqual([0, [2, 2, 2]]);
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(990);
  const ids = bank.messages.flatMap(({ asked }) => asked.map(({ trnuid }) => trnuid));
  expect(new Set(ids).size).toBe(6);
});

test('the first window has the history, later ones the overlap, and an end only when it was asked for', async () => {
  const { bank, sync } = await scene((message, response) => send(response, reply(message)));
  await sync();
  await sync();
  await sync('--since', '30d');
  await sync('--since', '2026-01-05', '--until', '2026-02-01');
  const windows = bank.messages.map(({ asked }) => [...new Set(asked.map(({ start, end }) => `${start} ${end}`))]);
  expect(windows).toEqual([
    ['20260823000000 null'],
    ['20261111000000 null'],
    ['20261022000000 null'],
    ['20260105000000 20260201235959'],
  ]);
});

const ANSWERS: readonly (readonly [what: string, answer: Answering])[] = [
  ['in another order', (message, response) => send(response, reply({ ...message, asked: message.asked.toReversed() }))],
  [
    'with TRNUIDs of its own',
    (message, response) =>
      send(
        response,
        reply(message, (one) => statement({ ...one, trnuid: '0' })),
      ),
  ],
  [
    'with masked numbers',
    (message, response) =>
      send(
        response,
        reply(message, (one) => statement({ ...one, id: `****${one.id.slice(-4)}` })),
      ),
  ],
  [
    'compressed and in pieces',
    (message, response) => {
      const packed = gzipSync(Buffer.from(reply(message), 'latin1'));
      response.writeHead(200, { 'Content-Encoding': 'gzip', 'Set-Cookie': 'a=b; Path=/' });
      response.write(packed.subarray(0, 50), () => response.end(packed.subarray(50)));
    },
  ],
];

test.each(ANSWERS)('statements %s find their accounts', async (_, answer) => {
  const { bank, sync } = await scene(answer);
  const { code, accounts } = await sync();
  expect([code, bank.messages.length]).toEqual([0, 1]);
  expect(accounts.map(({ account, transactions }) => [account, transactions?.new])).toEqual([
    ['a', 1],
    ['b', 1],
    ['c', 1],
  ]);
});
