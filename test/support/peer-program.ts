/** Programs that are not ours, run where they are installed. Where OFX_SYNC_REQUIRE_PROGRAMS is set, a missing one is a failure. */

import { spawnSync } from 'node:child_process';

export interface PeerRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function runPeer(
  program: string,
  args: readonly string[],
  options: { readonly input?: string; readonly env?: Readonly<Record<string, string>> } = {},
): PeerRun {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 1e9,
    // Without a UTF-8 locale hledger reads no letter beyond ASCII.
    env: { ...process.env, LC_ALL: 'C.UTF-8', ...options.env },
    ...(options.input === undefined ? {} : { input: options.input }),
  });
  if (error !== undefined) throw error;
  return { status, stdout, stderr };
}

export function hasPeer(program: string, probe: readonly string[] = ['--version']): boolean {
  const { error } = spawnSync(program, probe, { stdio: 'ignore' });
  if (error === undefined) return true;
  if (process.env['OFX_SYNC_REQUIRE_PROGRAMS'] === '1') throw new Error(`${program} is not installed`);
  return false;
}
