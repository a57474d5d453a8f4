/** The library beside the commands: the same work by functions, against the sandbox. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  check,
  classifierFor,
  discover,
  importFiles,
  loadConfig,
  lockDataDir,
  OfxSyncError,
  probe,
  replayReplies,
  sync,
  withStore,
} from '../../src/index.js';
import { configText } from '../support/institutions.js';
import { scratchDir } from '../support/scratch.js';

const RULES = 'rules: [{ match: { payee: "/./" }, set: { payee: Somebody, category: "Expenses:Some" } }]\n';

async function scene(extra = '') {
  const dir = scratchDir();
  const file = join(dir, 'accounts.yaml');
  writeFileSync(file, `${configText([{ name: 'summit', url: 'sandbox://summit' }])}${extra}`);
  return { config: await loadConfig(file), data: join(dir, 'data'), dir };
}

test('a consumer of its own receives each transaction once, with the rules applied', async () => {
  const { config, data } = await scene(RULES);
  const accounts = config.institutions.flatMap((one) => one.accounts);
  const served = await withStore(data, async (store) => {
    await sync(config, { store });
    const classify = await classifierFor(config);
    const upTo = store.latestChange();
    const fresh = [...store.transactions({ newFor: 'mine', upTo })].filter(({ pending }) => !pending);
    store.setMark('mine', accounts, upTo);
    return fresh.map((one) => classify(one));
  });
  expect(served.length).toBeGreaterThan(20);
  expect(new Set(served.map(({ payee, category }) => `${payee} ${category}`))).toEqual(
    new Set(['Somebody Expenses:Some']),
  );
  const again = await withStore(data, async (store) => {
    await sync(config, { store });
    return {
      fresh: [...store.transactions({ newFor: 'mine' })].filter(({ pending }) => !pending).length,
      changed: [...store.changesFor('mine', {})].length,
      consumers: store.consumers().map(({ name }) => name),
    };
  });
  expect(again).toEqual({ fresh: 0, changed: 0, consumers: ['mine'] });
});

test('progress that throws rejects the sync, and the store serves the next one', async () => {
  const { config, data } = await scene();
  const onProgress = () => {
    throw new Error('the screen is gone');
  };
  await withStore(data, async (store) => {
    await expect(sync(config, { store, onProgress })).rejects.toThrow('the screen is gone');
    const { outcomes } = await sync(config, { store });
    expect(outcomes.map(({ status }) => status)).toEqual(outcomes.map(() => 'ok'));
  });
});

test('one program at a time has the data folder, and it is free again after a failure', async () => {
  const { data } = await scene();
  await withStore(data, async () => {
    const second = withStore(data, async () => 'in', { waitMs: 0 });
    await expect(second).rejects.toMatchObject({ code: 'STORE_LOCKED' });
    await expect(lockDataDir(data)).rejects.toBeInstanceOf(OfxSyncError);
  });
  await expect(withStore(data, () => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
  expect(await withStore(data, async () => 'in', { waitMs: 0 })).toBe('in');
});

test('check, discover and probe return what the commands print', async () => {
  const { config, data } = await scene();
  await withStore(data, async (store) => {
    const seen: string[] = [];
    const checked = await check(config, { store, onChecked: ({ institution }) => seen.push(institution.name) });
    expect(seen).toEqual(['summit']);
    const steps = checked.flatMap((one) => one.steps);
    expect(steps.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(steps.map(({ step }) => step)).toEqual(expect.arrayContaining(['secrets', 'profile', 'signon', 'account']));
    const found = await discover(config, 'summit', { store });
    expect(found.map(({ state }) => state)).toContain('configured');
    await expect(discover(config, 'sumit', { store })).rejects.toMatchObject({ code: 'USAGE' });
  });
  const { found, attempts } = await probe('sandbox://summit');
  expect(found?.quirks.ofxVersion).toBe(attempts.at(-1)?.tried.ofxVersion);
  expect(attempts.at(-1)?.isGood).toBe(true);
  await expect(probe('ftp://bank.example')).rejects.toMatchObject({ code: 'USAGE' });
});

test('a check that no sign-on passes shows no password, and presents it no more than the guard allows', async () => {
  const dir = scratchDir();
  const wrong = 'Wr0ng-password-of-a-test';
  const text = configText([{ name: 'summit', url: 'sandbox://summit', password: '"env:P"' }]);
  writeFileSync(join(dir, 'accounts.yaml'), text);
  const config = await loadConfig(join(dir, 'accounts.yaml'));
  await withStore(join(dir, 'data'), async (store) => {
    const checked = await check(config, { store, env: { P: wrong } });
    expect(JSON.stringify(checked)).not.toContain(wrong);
    expect(checked.flatMap(({ steps }) => steps).map(({ error }) => error?.code)).toContain('SIGNON_REJECTED');
    await expect(discover(config, 'summit', { store, env: { P: wrong } })).rejects.toMatchObject({
      code: 'SIGNON_BLOCKED',
    });
  });
});

test('files are stored under their accounts, by path and by bytes; one that is unreadable touches no other', async () => {
  const { config, data, dir } = await scene();
  const fixture = 'test/fixtures/statements/credit-card.ofx';
  const account = config.institutions[0]?.accounts.find(({ kind }) => kind === 'creditcard');
  const text = readFileSync(fixture, 'latin1').replace(/<ACCTID>[^<\r\n]*/g, `<ACCTID>${account?.id ?? ''}`);
  writeFileSync(join(dir, 'card.ofx'), text, 'latin1');
  await withStore(data, async (store) => {
    const [broken, card, again, missing] = await importFiles(
      config,
      [
        { name: 'no.ofx', bytes: Buffer.from('<html>') },
        join(dir, 'card.ofx'),
        { name: 'card again', bytes: Buffer.from(text, 'latin1') },
        join(dir, 'none.ofx'),
      ],
      { store },
    );
    expect(broken?.error?.code).toBe('OFX_UNREADABLE');
    expect(missing?.error?.code).toBe('OFX_UNREADABLE');
    expect(card?.saved.map(({ account: { name } }) => name)).toEqual([account?.name]);
    expect(card?.saved[0]?.result.new).toBeGreaterThan(0);
    expect(again?.saved[0]?.result.new).toBe(0);
    const before = [...store.transactions({})];
    const replayed = await replayReplies(config, { store });
    expect(replayed.replies).toBeGreaterThan(0);
    expect([...store.transactions({})]).toEqual(before);
  });
});
