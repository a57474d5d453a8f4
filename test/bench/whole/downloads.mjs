/** The founding workloads as whole processes, from the start of Node to its end, on a store that knows the banks. */
import { least, openScene } from './scene.mjs';

const RUNS = Number(process.env.OFX_SYNC_BENCH_RUNS ?? 5);
const ONE = { concurrency: 50 };

/** Names the account `index` of institution `at`. */
const idOf = (at, index = 0) => `${String(at).padStart(6, '0')}${String(index).padStart(4, '0')}`;

export const single = (count, ms) =>
  Array.from({ length: count }, (_, at) => ({ path: String(ms), accounts: [idOf(at)] }));

export const several = (count, accounts) =>
  Array.from({ length: count }, (_, at) => ({
    path: '0',
    accounts: Array.from({ length: accounts }, (_account, index) => idOf(at, index)),
  }));

export async function wholeDownloadBench() {
  return [
    await row('whole process: six accounts of 0.6 to 2 s', 2000, 'the longest', {
      institutions: [600, 800, 1000, 1200, 1600, 2000].map((ms, at) => ({ path: String(ms), accounts: [idOf(at)] })),
      defaults: { concurrency: 10 },
    }),
    await row('whole process: 400 institutions of 150 ms through 50 slots', 1200, 'the ideal', {
      institutions: single(400, 150),
      defaults: ONE,
      mostAtOnce: 50,
    }),
    await oneInstitution(),
  ];
}

async function oneInstitution() {
  const random = generator(7);
  const delays = Array.from({ length: 500 }, () => 5 + Math.floor(random() * 90));
  const accounts = delays.map((ms, at) => `${String(at).padStart(6, '0')}${String(ms).padStart(4, '0')}`);
  const ideal = delays.reduce((sum, ms) => sum + ms, 0) / 4;
  return row('whole process: 500 accounts of one institution, 4 at once', ideal, 'the ideal', {
    institutions: [{ path: 'each', accounts, more: 'accountsPerRequest: 1' }],
    defaults: { concurrency: 50, perInstitution: 4 },
    mostAtOnce: 4,
  });
}

async function row(name, ideal, against, { mostAtOnce, ...scene }) {
  const opened = await openScene(scene);
  try {
    opened.run(['-q']);
    await opened.peak();
    const runs = Array.from({ length: RUNS }, () => opened.run(['--json', '--no-progress']));
    const peak = await opened.peak();
    if (mostAtOnce !== undefined && peak > mostAtOnce) throw new Error(`${name}: ${peak} requests at once`);
    for (const { stdout } of runs) refuseDisorder(name, stdout, scene.institutions);
    const { ms } = least(runs);
    return { name, value: ms, unit: 'ms', ratio: ms / ideal, against };
  } finally {
    opened.close();
  }
}

/** The result names every account, in the order of the configuration, and has each downloaded. */
function refuseDisorder(name, stdout, institutions) {
  const { accounts } = JSON.parse(stdout);
  const found = accounts.map((one) => `${one.institution}/${one.account} ${one.status}`);
  const wanted = institutions.flatMap((one, at) => one.accounts.map((_, index) => `i${at}/a${index} ok`));
  if (found.join() !== wanted.join()) throw new Error(`${name}: an account is missing, failed or not in its place`);
}

export function generator(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
