/** Time to start the program, against starting Node and doing nothing. Medians of alternating runs, so that load hits both alike. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));
const RUNS = 21;

export function startupBench() {
  const times = { node: [], '--version': [], '--help': [] };
  for (let run = 0; run < RUNS; run += 1) {
    times.node.push(timed(['-e', '0']));
    times['--version'].push(timed([BIN, '--version']));
    times['--help'].push(timed([BIN, '--help']));
  }
  const base = median(times.node);
  return [
    { name: 'node -e 0', value: base, unit: 'ms' },
    ...['--version', '--help'].map((option) => {
      const value = median(times[option]);
      return { name: `ofx-sync ${option}`, value, unit: 'ms', ratio: value / base, against: 'node -e 0' };
    }),
  ];
}

function timed(args) {
  const started = process.hrtime.bigint();
  execFileSync(process.execPath, args, { stdio: 'ignore' });
  return Number(process.hrtime.bigint() - started) / 1e6;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
