/**
 * kill -9 at random moments of a run: what is left can be used, and the next run completes it. Twenty folders are killed ten
 * times each; what was kept before must still be there after each, and the last, undisturbed run must bring everything once.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CLIENTS } from '../clients/index.mjs';
import { inPairs, run, startBanks } from '../lab.mjs';

const FOLDERS = 20;
const KILLS = 10;
const BANKS = 3;

export const killRow = {
  key: 'kill',
  title: `kill -9 at ${FOLDERS * KILLS} random moments`,
  run: async ({ dir, say }) => {
    const storing = CLIENTS.filter(({ stores }) => stores);
    const measured = await inPairs(
      storing.map((client) => async () => [client.name, await measure(client, join(dir, 'kill', client.name), say)]),
    );
    const byName = new Map(measured);
    return {
      cells: Object.fromEntries(CLIENTS.map(({ name }) => [name, byName.get(name) ?? null])),
      counts: { kills: FOLDERS * KILLS },
    };
  },
};

async function measure(client, dir, say) {
  mkdirSync(dir, { recursive: true });
  const lab = await startBanks(BANKS, { dir });
  const figures = { damaged: 0, lost: 0, wrong: 0 };
  const random = generator(7);
  try {
    await client.setUp(dir, lab.banksFor(client));
    const command = client.again ?? client.command;
    const once = (killAfter = null, what = command) =>
      run(what(dir), { cwd: dir, env: client.env(dir, lab.ca), limit: 30_000, killAfter });
    const content = async (result) =>
      (await client.kept(dir, result))
        .map(({ bank, account, day, cents }) => `${bank ?? account} ${day} ${cents}`)
        .toSorted();
    client.fresh(dir);
    const undisturbed = await once();
    const whole = await content(undisturbed);
    if (whole.length === 0) throw new Error(`${client.name} downloads nothing: ${undisturbed.stderr}`);
    for (let folder = 0; folder < FOLDERS; folder += 1) {
      client.fresh(dir);
      let before = [];
      for (let kill = 0; kill < KILLS; kill += 1) {
        await once(random() * undisturbed.ms);
        if (isDamaged(client, dir)) figures.damaged += 1;
        const now = await content({ stdout: '' });
        if (!includes(now, before)) figures.lost += 1;
        before = now;
      }
      await once(null, client.last);
      if ((await content({ stdout: '' })).join() !== whole.join()) figures.wrong += 1;
    }
  } finally {
    await lab.close();
  }
  say(
    `${client.name}: ${figures.damaged} times damaged, ${figures.lost} times something was gone, ${figures.wrong} of ${FOLDERS} wrong in the end`,
  );
  return figures;
}

/** By the program that reads it next. */
function isDamaged(client, dir) {
  const check = (file, args) => spawnSync(file, args, { encoding: 'utf8', env: { PATH: process.env.PATH, HOME: dir } });
  const has = (name) => existsSync(join(dir, name));
  switch (client.name) {
    case 'ofx-sync':
      return (
        has('data/ofx-sync.db') &&
        check('sqlite3', [join(dir, 'data/ofx-sync.db'), 'PRAGMA integrity_check']).stdout.trim() !== 'ok'
      );
    case 'ledger-autosync':
      return check('ledger', ['-f', join(dir, 'journal.ledger'), 'balance']).status !== 0;
    case 'AqBanking':
      return (
        has('context') &&
        check('aqbanking-cli', ['-n', '-D', join(dir, 'settings'), 'listtrans', '-c', join(dir, 'context')]).status !==
          0
      );
    default:
      return (
        has('all.ofx') &&
        (statSync(join(dir, 'all.ofx')).size === 0 || check('ofxdump', [join(dir, 'all.ofx')]).status === 255)
      );
  }
}

/** Returns `true` if nothing that was there is gone. */
function includes(now, before) {
  const rest = [...now];
  return before.every((one) => {
    const at = rest.indexOf(one);
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
}

function generator(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
