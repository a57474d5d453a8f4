/** Six accounts at six banks, one of which fails in every way that the sandbox knows. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { FAULTS } from '../../../../dist/sandbox/faults.js';
import { CLIENTS } from '../clients/index.mjs';
import { cellsOf, daysAgo, run, startBanks } from '../lab.mjs';

/**
 * Those of a list of accounts do not concern a statement; of the others, `without` names a transaction of its own, and `late`
 * is of the second download.
 */
const NAMES = Object.keys(FAULTS).filter((name) => !name.startsWith('list-') && !['without', 'late'].includes(name));
const BANKS = 6;
/** The bank that fails is neither the first nor the last. */
const FAULTY = 'b2';
/** A fault that has to be told the account. */
const QUERIES = { omit: 'omit&account=9002002' };
const LIMIT_MS = 20_000;
/** In a loop of a shell, where each account has its own run, a user would set such a limit with `timeout`. */
const ALONE_MS = 5_000;

export const faultsRow = {
  key: 'faults',
  title: `One of six accounts fails, in ${NAMES.length} ways`,
  run: async ({ dir, say }) => {
    const measured = (client) => measure(client, join(dir, 'faults', client.name), say);
    return {
      cells: await cellsOf(CLIENTS, measured, { say }),
      counts: { faults: NAMES.length, healthy: NAMES.length * (BANKS - 1) },
    };
  },
};

async function measure(client, dir, say) {
  mkdirSync(dir, { recursive: true });
  const lab = await startBanks(BANKS, { dir });
  const figures = { healthy: 0, alone: 0, right: 0, reported: 0, silent: 0, unended: 0 };
  try {
    const banks = lab.banksFor(client);
    await client.setUp(dir, banks);
    const truth = await trial(client, dir, lab, banks);
    const complete = banks.filter(({ name }) => truth.get(name).length > 0).length;
    if (complete < BANKS)
      throw new Error(`${client.name} downloads ${complete} of ${BANKS} without a fault: ${truth.said}`);
    for (const fault of NAMES) {
      lab.faults.set(FAULTY, QUERIES[fault] ?? fault);
      const got = await trial(client, dir, lab, banks);
      const healthy = healthyOf(got, truth, banks);
      figures.healthy += healthy;
      const isWhole = healthy === BANKS - 1 || client.alone === undefined;
      figures.alone += isWhole ? healthy : healthyOf(await eachAlone(client, dir, lab, banks), truth, banks);
      const outcome = outcomeOf(got, truth);
      figures[outcome] += 1;
      if (!got.isEnded) figures.unended += 1;
      if (process.env.OFX_BENCH_DETAILS)
        say(`${client.name} ${fault}: ${healthy} of 5, ${outcome}${got.isEnded ? '' : ', did not end'}`);
    }
  } finally {
    await lab.close();
  }
  const { healthy, alone, right, reported, silent, unended } = figures;
  say(
    `${client.name}: ${healthy} of ${NAMES.length * (BANKS - 1)} healthy accounts, ${alone} in runs of their own; the faulty one ${right} right, ${reported} reported, ${silent} wrong in silence; ${unended} runs did not end`,
  );
  return figures;
}

/** Runs the client once from nothing. Returns what it has then of each bank, of days that each of them asks for. */
async function trial(client, dir, lab, banks) {
  client.fresh(dir);
  const command = (client.patient ?? client.command)(dir);
  const result = await run(command, { cwd: dir, env: client.env(dir, lab.ca), limit: LIMIT_MS });
  const got = await arrived(client, dir, result, banks);
  return Object.assign(got, {
    isEnded: result.isEnded,
    said: result.stderr.slice(-300),
    isReported: result.isEnded && saysSo(result),
  });
}

/** Runs the client once for each account, from nothing. */
async function eachAlone(client, dir, lab, banks) {
  client.fresh(dir);
  for (const bank of banks)
    await run(client.alone(dir, bank), { cwd: dir, env: client.env(dir, lab.ca), limit: ALONE_MS });
  return arrived(client, dir, { stdout: '' }, banks);
}

async function arrived(client, dir, result, banks) {
  const since = daysAgo(20);
  const kept = (await client.kept(dir, result)).filter(({ day, cents }) => day >= since && cents !== 0);
  return new Map(
    banks.map(({ name, account }) => [
      name,
      kept.filter((one) => one.bank === name || one.account === account).map(({ day, cents }) => `${day} ${cents}`),
    ]),
  );
}

function healthyOf(got, truth, banks) {
  return banks.filter(({ name }) => name !== FAULTY && same(got.get(name), truth.get(name))).length;
}

/** A status, or words of failure: any sign counts. */
function saysSo({ status, stdout, stderr }) {
  return status !== 0 || /error|exception|fail|refused|unable|timed? ?out/i.test(`${stdout}\n${stderr}`);
}

function outcomeOf(got, truth) {
  if (same(got.get(FAULTY), truth.get(FAULTY))) return 'right';
  return got.isReported || !got.isEnded ? 'reported' : 'silent';
}

function same(left, right) {
  return left.length === right.length && left.toSorted().join() === right.toSorted().join();
}
