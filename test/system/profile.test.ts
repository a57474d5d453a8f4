/** The profile is kept and asked for with its date; tokens of a signon go back with the next. */

import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { addressesOf, requestProfile } from '../../src/discovery/profile.js';
import type { Institution } from '../../src/model/institution.js';
import { readOfx } from '../../src/ofx/read.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { directConnect } from '../../src/sources/direct-connect.js';
import { openStore } from '../../src/store/open.js';
import { createGuard } from '../../src/sync/signon-guard.js';
import { institution } from '../support/builders.js';
import { configText } from '../support/institutions.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const cleanUps: (() => unknown)[] = [];
afterAll(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});

async function sandbox(): Promise<Sandbox> {
  const made = await startSandbox();
  cleanUps.push(() => made.close());
  return made;
}

async function portsOf() {
  const store = await openStore(scratchDir());
  cleanUps.push(() => store.close());
  const source = (one: Institution) =>
    directConnect(one, {
      stamp: () => ({ now: new Date(), zoneMinutes: 0, newUid: () => crypto.randomUUID() }),
      now: () => new Date(),
      resolveUrl: async (url) => url,
      sleep: async () => undefined,
    });
  return {
    store,
    guard: createGuard(store, { force: false, now: () => new Date() }),
    sourceFor: async (one: Institution) => source(one),
    resolveUrl: async (url: string) => url,
    read: readOfx,
    timeoutMs: 5000,
    signal: new AbortController().signal,
  };
}

test('the second time it is unchanged (status 1), and what is kept stays', async () => {
  const { url } = await sandbox();
  const ports = await portsOf();
  const one = institution({ url: `${url('summit')}?fault=split-urls` }, { ofxVersion: '203' });
  const first = await requestProfile(one, null, { ...ports, refresh: false });
  expect(first.profile?.name).toBe('Summit Card Services');
  const kept = ports.store.loginState(one.name).profile;
  expect(kept?.addresses).toEqual({ creditcard: `${url('summit')}/statements` });
  const second = await requestProfile(one, null, { ...ports, refresh: false });
  expect(second).toMatchObject({ isUnchanged: true, profile: first.profile });
  expect(ports.store.loginState(one.name).profile).toEqual(kept);
  expect((await requestProfile(one, null, { ...ports, refresh: true })).isUnchanged).toBe(false);
});

test('what was kept by a version that wrote it otherwise is asked for anew', async () => {
  const { url } = await sandbox();
  const ports = await portsOf();
  const one = institution({ url: url('summit') }, { ofxVersion: '203' });
  await requestProfile(one, null, { ...ports, refresh: false });
  const kept = ports.store.loginState(one.name).profile;
  expect(kept?.said).not.toBeNull();
  for (const said of [null, 'x', {}, { messageSets: [], signons: [{}] }, { messageSets: [7], signons: [] }]) {
    if (kept !== null) ports.store.setLoginState(one.name, { profile: { ...kept, said } });
    const answer = await requestProfile(one, null, { ...ports, refresh: false });
    expect(answer.isUnchanged).toBe(false);
    expect(answer.profile?.name).toBe('Summit Card Services');
  }
});

test('check asks with the date of the profile that is here, and knows what it said', async () => {
  const { url } = await sandbox();
  const cwd = scratchDir();
  const entry = { name: 'summit', url: `${url('summit')}?wants=credential`, more: ['ofxVersion: "203"'] };
  writeFileSync(join(cwd, 'accounts.yaml'), configText([entry]));
  const [first, second] = [await runCli(['check'], { cwd }), await runCli(['check'], { cwd })];
  expect(first.stdout).toMatch(/! profile +Summit Card Services; of 20190101; signon signup creditcard prof\n/);
  expect(second.stdout).toMatch(/! profile +Summit Card Services; of 20190101; .*; unchanged\n/);
  for (const { stdout } of [first, second]) expect(stdout).toContain('it wants a further credential (Telephone PIN)');
});

test.each([
  ['check', 'it wants SECURITY TYPE1 (encrypted passwords), which ofx-sync does not support'],
  ['probe', '# It requires SECURITY TYPE1 (encrypted passwords), which ofx-sync does not support.'],
])('%s names SECURITY TYPE1, and nothing is guessed at', async (command, sentence) => {
  const target = await sandbox();
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const answered = await fetch(target.url('summit'), {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-ofx' },
      body: Buffer.concat(chunks),
    });
    response.end((await answered.text()).replaceAll('<OFXSEC>NONE', '<OFXSEC>TYPE1'));
  };
  const front = createServer((request, response) => void pass(request, response));
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  cleanUps.push(() => front.close());
  const address = front.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const cwd = scratchDir();
  const url = `http://127.0.0.1:${port}/`;
  writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name: 'summit', url, more: ['ofxVersion: "203"'] }]));
  const run = await runCli(command === 'check' ? ['check'] : ['probe', url, '--pause', '1ms'], { cwd });
  expect(run.stdout.replace(/\s+/g, ' ')).toContain(sentence);
});

test('a profile of another address is none', async () => {
  const { url } = await sandbox();
  const ports = await portsOf();
  const one = institution({ url: `${url('summit')}?fault=split-urls` }, { ofxVersion: '203' });
  await requestProfile(one, null, { ...ports, refresh: false });
  const { profile } = ports.store.loginState(one.name);
  expect(Object.keys(addressesOf(one, profile))).toEqual(['creditcard']);
  expect(addressesOf({ ...one, url: url('summit') }, profile)).toEqual({});
  expect(addressesOf({ ...one, quirks: { serviceUrls: 'own' } }, profile)).toEqual({});
});

test.each([
  'http://ofx.elsewhere.example/',
  'https://alex:secret@ofx.elsewhere.example/',
  'ftp://ofx.elsewhere.example/',
  'not an address',
])('a password never goes to %s, whatever the profile says', async (address) => {
  const { url } = await sandbox();
  const ports = await portsOf();
  const one = institution({ url: url('summit') }, { ofxVersion: '203' });
  await requestProfile(one, null, {
    ...ports,
    refresh: true,
    read: async (bytes, signal) => {
      const file = await readOfx(bytes, signal);
      const sets = file.profile?.messageSets.map((set) => ({ ...set, url: address })) ?? [];
      return { ...file, profile: file.profile === null ? null : { ...file.profile, messageSets: sets } };
    },
  });
  expect(ports.store.loginState(one.name).profile?.addresses).toEqual({});
});

test('where the profile leads nowhere, the address itself is asked', async () => {
  const { url } = await sandbox();
  const ports = await portsOf();
  const one = institution({ url: url('summit') }, { ofxVersion: '203' });
  const login = {
    institution: one,
    ...(await demo()),
    addresses: { creditcard: 'https://127.0.0.1:9/gone' },
  };
  const { account, from } = await wantedCard();
  const wanted = [{ account, from, to: null, trnuid: crypto.randomUUID() }];
  const reply = await (await ports.sourceFor(one)).fetch({ login, wanted }, ports);
  expect(reply.origin).toBe(url('summit'));
});

async function demo() {
  const { Secret } = await import('../../src/model/secret.js');
  return { userId: new Secret('demo'), password: new Secret('demo'), clientUid: null };
}

async function wantedCard() {
  const { card } = await import('../support/builders.js');
  const { isoDate } = await import('../../src/model/dates.js');
  return { account: card(), from: isoDate('2026-11-01') };
}

test('SESSCOOKIE and ACCESSKEY of an answer stand in the next request, and go when a signon is refused', async () => {
  const target = await sandbox();
  const requests: string[] = [];
  let refuse = false;
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    requests.push(Buffer.concat(chunks).toString('utf8'));
    const answered = await fetch(`${target.url('summit')}${refuse ? '?fault=signon-15500' : ''}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-ofx', 'Accept-Encoding': 'identity' },
      body: Buffer.concat(chunks),
    });
    const text = await answered.text();
    response.writeHead(200, { 'Content-Type': 'application/x-ofx' });
    const tokens = `<SESSCOOKIE>cookie-${requests.length}</SESSCOOKIE><ACCESSKEY>key-${requests.length}</ACCESSKEY>`;
    response.end(refuse ? text : text.replace('</FI>', `</FI>${tokens}`));
  };
  const front = createServer((request, response) => void pass(request, response));
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  cleanUps.push(() => front.close());
  const address = front.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const cwd = scratchDir();
  const entry = { name: 'summit', url: `http://127.0.0.1:${port}/`, more: ['ofxVersion: "203"'] };
  writeFileSync(join(cwd, 'accounts.yaml'), configText([entry]));
  const sync = () => runCli(['-q', '--force', '--retries', '0'], { cwd });
  expect((await sync()).code).toBe(0);
  expect((await sync()).code).toBe(0);
  refuse = true;
  expect((await sync()).code).toBe(3);
  refuse = false;
  expect((await sync()).code).toBe(0);
  const tokens = requests.map((text) => [
    /<SESSCOOKIE>([^<]*)/.exec(text)?.[1] ?? null,
    /<ACCESSKEY>([^<]*)/.exec(text)?.[1] ?? null,
  ]);
  expect(tokens).toEqual([
    [null, null],
    ['cookie-1', 'key-1'],
    ['cookie-2', 'key-2'],
    [null, null],
  ]);
});
