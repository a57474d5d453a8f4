/** The requests that a bridge answers in a day, when one of its accounts asks for its whole history at every sync. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Asked, noon, startBridge } from '../support/bridge.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const NOW = new Date('2026-11-20T15:00:00Z');
const HOURS = 3_600_000;

interface Outcome {
  readonly account: string;
  readonly status: string;
  readonly error: { readonly code: string; readonly message: string; readonly hint: string } | null;
}

function accountText(id: string, transactions: string): string {
  return `{"id":"${id}","name":"${id}","conn_id":"CON-${id}","currency":"USD","balance":"10.00","balance-date":${noon('2026-11-20')},"transactions":[${transactions}]}`;
}

/** One booking in each window, of its first day. */
function answerTo({ query }: Asked, errlist: string): string {
  const start = Number(query.get('start-date'));
  const booking = (id: string) =>
    `{"id":"${id}-${start}","posted":${start + 43_200},"amount":"-1.00","description":"SHOP ${start}"}`;
  const accounts = ['A', 'B'].map((id) => accountText(id, booking(id)));
  return `{"errlist":[${errlist}],"connections":[],"accounts":[${accounts.join(',')}]}`;
}

async function scene(errlist: () => string) {
  let at = NOW.getTime();
  const bridge = await startBridge((asked) => ({ body: answerTo(asked, errlist()) }));
  const cwd = scratchDir();
  const accounts = '[{ name: giro, kind: checking, id: A }, { name: card, kind: creditcard, id: B }]';
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    `defaults: { history: 365d }\ninstitutions:\n  - name: bridge\n    simplefin: env:ACCESS\n    accounts: ${accounts}\n`,
  );
  const run = (...argv: string[]) => runCli(argv, { cwd, env: { ACCESS: bridge.access }, now: () => new Date(at) });
  const sync = async (...argv: string[]) => {
    const before = bridge.asked.length;
    const { stdout } = await run('sync', '--json', '--retries', '0', ...argv);
    const { accounts: outcomes } = JSON.parse(stdout) as { accounts: readonly Outcome[] };
    return { outcomes, requests: bridge.asked.length - before };
  };
  const later = (hours: number) => {
    at += hours * HOURS;
  };
  return { sync, run, later };
}

test('a broken account does not take the requests of the others', async () => {
  const one = await scene(() => '{"code":"con.auth","msg":"Sign in again","conn_id":"CON-B"}');
  const seen: unknown[] = [];
  for (let round = 0; round < 8; round += 1) {
    const { outcomes, requests } = await one.sync();
    seen.push([requests, ...outcomes.map(({ status, error }) => error?.code ?? status)]);
    one.later(2.9);
  }
  const whole = [5, 'ok', 'CONNECTION_ATTENTION'];
  const newest = [1, 'ok', 'CONNECTION_ATTENTION'];
  expect(seen).toEqual([whole, whole, whole, newest, newest, newest, newest, newest]);
});

test('what came of an account is stored, and its older days come when requests are free again', async () => {
  let errlist = '{"code":"act.missingdata","msg":"some days","account_id":"B"}';
  const one = await scene(() => errlist);
  for (let round = 0; round < 3; round += 1) {
    await one.sync();
    one.later(1);
  }
  errlist = '';
  const short = await one.sync();
  expect(short.outcomes.map(({ status }) => status)).toEqual(['ok', 'failed']);
  const [, card] = short.outcomes;
  expect(card?.error).toMatchObject({ code: 'DAILY_LIMIT', message: expect.stringContaining('the days before 2026-') });
  expect(card?.error?.hint).toContain('ofx-sync sync bridge/ACCOUNT');
  // Nothing of the older days counts as known, also after the kept answers were read again.
  expect((await one.run('import', '--replay')).code).toBe(0);
  one.later(24);
  const again = await one.sync();
  expect(again.requests).toBe(5);
  expect(again.outcomes.map(({ status }) => status)).toEqual(['ok', 'ok']);
  expect((await one.sync()).requests).toBe(1);
});

test('institutions with the same access URL share its requests, and a new name has those of the old one', async () => {
  const bridge = await startBridge((asked) => ({ body: answerTo(asked, '') }));
  const cwd = scratchDir();
  const configure = (...names: readonly string[]) => {
    const entries = names.map(
      (name, index) =>
        `  - name: ${name}\n    simplefin: env:ACCESS\n    accounts: [{ name: a, kind: checking, id: ${'AB'[index] ?? ''} }]\n`,
    );
    writeFileSync(join(cwd, 'accounts.yaml'), `institutions:\n${entries.join('')}`);
  };
  const sync = () =>
    runCli(['sync', '--json', '--since', '30d'], { cwd, env: { ACCESS: bridge.access }, now: () => NOW });
  configure('one', 'two');
  for (let round = 0; round < 13; round += 1) await sync();
  expect(bridge.asked).toHaveLength(24);
  configure('renamed');
  expect((await sync()).stdout).toContain('DAILY_LIMIT');
  expect(bridge.asked).toHaveLength(24);
});

test('the hint for days that take too many requests is a command that works', async () => {
  const one = await scene(() => '');
  const { outcomes, requests } = await one.sync('--since', '2010-01-01');
  expect(requests).toBe(0);
  expect(outcomes[0]?.error?.code).toBe('DAILY_LIMIT');
  const words = /ofx-sync (sync .+)$/.exec(outcomes[0]?.error?.hint ?? '')?.[1]?.split(' ') ?? [];
  expect(await one.run(...words)).toMatchObject({ code: 0 });
});
