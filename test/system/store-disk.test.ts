/** The store on a disk that is full, or cannot be written: a small file system of its own for each. */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { configText } from '../support/institutions.js';
import { builtProgram } from '../support/program.js';
import { scratchDir } from '../support/scratch.js';

const SUMMIT = configText([{ name: 'summit', url: 'sandbox://summit' }]);

function project(text: string = SUMMIT): { cwd: string } {
  const cwd = scratchDir();
  writeFileSync(join(cwd, 'accounts.yaml'), text);
  return { cwd };
}

const canMount = spawnSync('unshare', ['-rm', 'true']).status === 0;

describe.skipIf(!canMount)('on a file system of its own (needs user namespaces)', () => {
  let program = '';
  beforeAll(() => {
    program = builtProgram();
  });

  /** Runs a shell script with a small file system mounted at `$cwd/data`. */
  function onDisk(cwd: string, size: string, script: string): string {
    mkdirSync(join(cwd, 'data'), { recursive: true });
    const mounted = `mount -t tmpfs -o size=${size},mode=0700 none data; run() { "${process.execPath}" "${program}" "$@"; echo "exit $?"; }; ${script}`;
    return execFileSync('unshare', ['-rm', 'sh', '-c', mounted], {
      cwd,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: cwd, OFX_SYNC_DATA: join(cwd, 'data'), NO_COLOR: '1' },
    });
  }

  test('a full disk leaves what was stored, and the next run with room completes it', () => {
    const { cwd } = project(
      configText([{ name: 'summit', url: 'sandbox://summit' }], '{ history: 700d, keepReplies: 0 }'),
    );
    const said = onDisk(
      cwd,
      '1m',
      'run -q --since 20d 2>&1; head -c 610000 /dev/zero > data/ballast; run -q --since 700d 2>&1; run store check; rm data/ballast; run -q --since 90d 2>&1; run store check',
    );
    expect(said.match(/exit \d+/g)).toEqual([
      'exit 0',
      expect.stringMatching(/exit [13]/),
      'exit 0',
      'exit 0',
      'exit 0',
    ]);
    expect(said).toMatch(/the disk is full/);
    expect(said).not.toContain('SQLITE');
  });

  test('a disk without any room is a failure that says so, not a bug', () => {
    const { cwd } = project();
    const said = onDisk(
      cwd,
      '1m',
      'run -q 2>&1; cat /dev/zero > data/ballast 2>&1; run -q --since 700d 2>&1; rm data/ballast; run -q 2>&1',
    );
    expect(said.match(/exit \d+/g)).toEqual(['exit 0', expect.stringMatching(/exit [13]/), 'exit 0']);
    expect(said).toMatch(/the disk is full/);
  });

  test('a read-only disk can be read, and says that it cannot be written', () => {
    const { cwd } = project();
    const said = onDisk(
      cwd,
      '8m',
      'run -q 2>&1; mount -o remount,ro data; run 2>&1; run transactions --limit 2; run accounts; run store check',
    );
    expect(said.match(/exit \d+/g)).toEqual(['exit 0', 'exit 1', 'exit 0', 'exit 0', 'exit 0']);
    expect(said).toMatch(/read-only|permissions/);
    expect(said).toMatch(/summit\/card/);
  });
});
