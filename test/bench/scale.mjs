/**
 * What one machine carries: thousands of institutions that answer at once, as whole processes, against `curl -Z` with the same
 * requests. `OFX_SYNC_PROGRAM=…/dist/bin.js` measures another build; `OFX_SYNC_BENCH_RUNS` changes the number of runs.
 */
import { several, single } from './whole/downloads.mjs';
import { least, openScene } from './whole/scene.mjs';

const RUNS = Number(process.env.OFX_SYNC_BENCH_RUNS ?? 3);
const DEFAULTS = { concurrency: 50 };

export async function scaleBench() {
  const rows = [];
  const perAccount = new Map();
  for (const count of [1000, 5000, 10_000]) {
    const { rows: own, warm } = await measured(`${count} institutions, an account each`, single(count, 0), true);
    rows.push(...own);
    perAccount.set(count, warm.ms / count);
  }
  const linear = perAccount.get(10_000) / perAccount.get(1000);
  rows.push({
    name: 'time of an account among 10,000',
    value: perAccount.get(10_000),
    unit: 'ms',
    ratio: linear,
    against: 'among 1,000',
  });
  rows.push(...(await measured('1,000 institutions, ten accounts each', several(1000, 10), false)).rows);
  return rows;
}

async function measured(name, institutions, withCurl) {
  const scene = await openScene({ institutions, defaults: DEFAULTS });
  try {
    const [first, daily, curl, floor] = [[], [], [], []];
    for (let run = 0; run < RUNS; run += 1) {
      scene.forget();
      first.push(scene.run(['-q']));
      daily.push(scene.run(['-q']));
      if (!withCurl) continue;
      curl.push(scene.curl(DEFAULTS.concurrency));
      floor.push(scene.floor());
    }
    const [cold, warm] = [least(first), least(daily)];
    const against = withCurl ? least(curl).ms : null;
    const row = (what, { ms }) => ({
      name: `${name}: ${what}`,
      value: ms,
      unit: 'ms',
      ...(against === null ? {} : { ratio: ms / against, against: 'curl -Z' }),
    });
    const rows = [row('first run', cold), row('daily run', warm)];
    if (warm.memoryMb > 0) {
      rows.push({ name: '  … its processor time', value: warm.cpuMs, unit: 'ms' });
      rows.push({ name: '  … its peak memory', value: warm.memoryMb, unit: 'MB' });
    }
    if (withCurl) rows.push(row('sent, read, one row stored', least(floor)));
    return { rows, warm };
  } finally {
    scene.close();
  }
}
