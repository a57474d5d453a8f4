/** Input made to hurt: what `inspect` takes for 10 MB of it, the start of the program included. Targets: 2 s and 300 MB. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hostileInputs } from '../support/hostile-inputs.mjs';

const BIN = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));
const SIZE = 10_000_000;
/** Tells peak and processor time of the process at its end. */
const HOOK = `data:text/javascript,${encodeURIComponent("process.on('exit', () => { const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage(); process.stderr.write('\\npeak ' + maxRSS + ' ' + (userCPUTime + systemCPUTime)); });")}`;

export function hostileBench() {
  const dir = mkdtempSync(join(tmpdir(), 'ofx-sync-bench-'));
  const path = join(dir, 'hostile.ofx');
  try {
    return Object.entries(hostileInputs(SIZE)).map(([name, make]) => {
      writeFileSync(path, make());
      const started = performance.now();
      const { stderr, status } = spawnSync(process.execPath, ['--import', HOOK, BIN, 'inspect', path], {
        encoding: 'utf8',
        maxBuffer: 1e9,
      });
      const seconds = (performance.now() - started) / 1000;
      const [, peak = 0, micros = 0] = /peak (\d+) (\d+)$/.exec(stderr) ?? [];
      // Of the processor, which another process on the machine does not change.
      const cpu = `${(micros / 1e6).toFixed(1)} s of the processor`;
      const size = `${((peak * 1024) / 1e6).toFixed(0)} MB`;
      return { name: `${name} (exit ${status}, ${size}, ${cpu})`, value: seconds, unit: 's' };
    });
  } finally {
    rmSync(dir, { recursive: true });
  }
}
