/**
 * kill -9 at random moments. A round is two runs killed one after the other, from nothing or over what an undisturbed run has
 * stored, and then a run that nobody disturbs: it must bring everything, once, by itself. Where it does not, the user does what
 * the program's message or manual says (`byHand`), and runs it again.
 */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CLIENTS } from '../clients/index.mjs';
import { cellsOf, run, startBanks } from '../lab.mjs';

const KILLS = Number(process.env.OFX_BENCH_KILLS ?? 200);
const BANKS = 2;
/** A run after a kill gets ten times what it usually takes, and no less than this. */
const LIMIT_MS = 5_000;

export const killRow = {
  key: 'kill',
  title: `kill -9 at ${KILLS} random moments`,
  run: async ({ dir, say }) => {
    const storing = CLIENTS.filter(({ stores }) => stores);
    const measured = (client) => measure(client, join(dir, 'kill', client.name), say);
    return { cells: await cellsOf(storing, measured, { say }), counts: { kills: KILLS } };
  },
};

async function measure(client, dir, say) {
  mkdirSync(dir, { recursive: true });
  const lab = await startBanks(BANKS, { dir });
  const figures = { kills: 0, gone: 0, rounds: 0, hand: 0, wrong: 0 };
  try {
    await client.setUp(dir, lab.banksFor(client));
    const trial = await prepared(client, dir, lab);
    for (; figures.kills < KILLS; figures.rounds += 1) {
      const said = await round(trial, figures, figures.rounds % 2 === 1);
      if (process.env.OFX_BENCH_DETAILS && said !== '') say(`${client.name}, round ${figures.rounds}: ${said}`);
    }
  } finally {
    await lab.close();
  }
  const { kills, gone, rounds, hand, wrong } = figures;
  say(
    `${client.name}: ${kills} kills, after ${gone} of them something was gone; of ${rounds} next runs ${hand} needed a hand, ${wrong} were wrong in the end`,
  );
  return figures;
}

/** What an undisturbed run brings and takes, and how to run the client and look at what it has. */
async function prepared(client, dir, lab) {
  const random = generator(7);
  const env = client.env(dir, lab.ca);
  const once = (command, limits) => run(command, { cwd: dir, env, ...limits });
  const command = () => (client.again ?? client.command)(dir);
  const content = async (result) =>
    (await client.kept(dir, result))
      .map(({ bank, account, day, cents }) => `${bank ?? account} ${day} ${cents}`)
      .toSorted();
  const timed = async (isWarm) => {
    if (!isWarm) client.fresh(dir);
    return once(command());
  };
  const cold = [await timed(false), await timed(false)];
  const whole = await content(cold[1]);
  if (whole.length === 0) throw new Error(`${client.name} downloads nothing: ${cold[1].stderr.slice(-300)}`);
  const usual = [cold, [await timed(true), await timed(true)]].map((runs) => Math.min(...runs.map(({ ms }) => ms)));
  const synced = `${dir} synced`;
  cpSync(dir, synced, { recursive: true });
  return {
    whole,
    start: (isWarm) => {
      if (!isWarm) return client.fresh(dir);
      rmSync(dir, { recursive: true });
      cpSync(synced, dir, { recursive: true });
    },
    content: () => content({ stdout: '' }),
    killed: (isWarm) => once(command(), { killAfter: random() * usual[Number(isWarm)] }),
    next: () => once(command(), { limit: Math.max(LIMIT_MS, 10 * usual[0]) }),
    byHand: async () => {
      const advised = client.byHand?.(dir) ?? null;
      if (advised !== null) await once(advised);
    },
  };
}

/** Counts in `figures`. Returns what the next run said if it did not bring everything, else nothing. */
async function round({ whole, start, content, killed, next, byHand }, figures, isWarm) {
  start(isWarm);
  let before = isWarm ? whole : [];
  for (let kill = 0; kill < 2; kill += 1) {
    const { isEnded } = await killed(isWarm);
    if (!isEnded) figures.kills += 1;
    const now = await content();
    if (!includes(now, before)) figures.gone += 1;
    before = now;
  }
  const result = await next();
  if ((await content()).join() === whole.join() && result.status === 0) return '';
  await byHand();
  const last = await next();
  const isRight = (await content()).join() === whole.join();
  figures[isRight ? 'hand' : 'wrong'] += 1;
  const ends = [result, ...(isRight ? [] : [last])].map(({ isEnded, status, stderr }) =>
    isEnded ? `status ${status}: ${stderr.slice(-300)}` : 'did not end',
  );
  return ends.join('; then ');
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
