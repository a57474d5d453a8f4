/** Programs that are not ours, run where they are installed. Where OFX_SYNC_REQUIRE_PROGRAMS is set, a missing one is a failure. */

import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { removeFolder, scratchDir } from './scratch.js';

export interface PeerRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface PeerOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export function runPeer(program: string, args: readonly string[], options: PeerOptions = {}): PeerRun {
  const { status, stdout, stderr, error } = run(program, args, options);
  if (error !== undefined) throw error;
  return { status, stdout, stderr };
}

export function hasPeer(program: string, probe: readonly string[] = ['--version']): boolean {
  const { error } = run(program, probe);
  if (error === undefined) return true;
  if (process.env['OFX_SYNC_REQUIRE_PROGRAMS'] === '1') throw new Error(`${program} is not installed`);
  return false;
}

function run(program: string, args: readonly string[], { input, env }: PeerOptions = {}): SpawnSyncReturns<string> {
  // Some leave files there.
  const temporary = scratchDir('peer-');
  const finished = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 1e9,
    // Without a UTF-8 locale hledger reads no letter beyond ASCII.
    env: { ...process.env, LC_ALL: 'C.UTF-8', TMPDIR: temporary, ...env },
    ...(input === undefined ? {} : { input }),
  });
  removeFolder(temporary);
  return finished;
}
