/** Input made to hurt: what `inspect` takes for 10 MB of it, the start of the program included. Targets: 2 s and 300 MB. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hostileInputs } from '../support/hostile-inputs.mjs';

const BIN = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));
const SIZE = 10_000_000;
/** Tells the peak of the process at its end. */
const HOOK = `data:text/javascript,${encodeURIComponent("process.on('exit', () => process.stderr.write('\\npeak ' + process.resourceUsage().maxRSS));")}`;

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
      const peak = Number(/peak (\d+)$/.exec(stderr)?.[1] ?? 0) * 1024;
      return { name: `${name} (exit ${status}, ${(peak / 1e6).toFixed(0)} MB)`, value: seconds, unit: 's' };
    });
  } finally {
    rmSync(dir, { recursive: true });
  }
}
