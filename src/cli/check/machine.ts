/** Checks of this machine: permissions, store, disk, clock and schedule; each problem with its remedy. */

import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { intrusionInto } from '../../config/trust/ownership.js';
import { bad, type Finding, good } from '../../model/finding.js';
import { STORE_FILE } from '../../store/folder.js';
import { version } from '../../version.js';
import type { Invocation } from '../command/command.js';
import { dataDirOf, storeForReading } from '../command/context.js';
import { placeOf, scheduleProblems } from '../schedule/fit.js';
import { visible } from '../terminal/escape.js';
import type { CliIo } from '../terminal/io.js';
import { momentText } from '../terminal/time-format.js';

const MIN_FREE_BYTES = 50_000_000;
/** Tolerance between the clock and the time of the last run. */
const CLOCK_SLACK_MS = 3_600_000;
const FIRST_YEAR = 2026;

/** Checks this machine without changing anything. */
export async function machineFindings(configFile: string, invocation: Invocation): Promise<Finding[]> {
  const dataDir = dataDirOf(invocation);
  return [
    good('version', `ofx-sync ${version()}`),
    ...configFindings(configFile, invocation.io),
    ...(await storeFindings(dataDir, invocation.io.platform)),
    diskFinding(dataDir),
    await clockFinding(invocation),
    ...(await scheduleFindings(invocation)),
  ];
}

/** Reports a configuration that other users can change: they could redirect passwords. */
function configFindings(file: string, { user }: CliIo): Finding[] {
  if (user === null) return [];
  const intrusion = intrusionInto(file, user);
  return [
    intrusion === null
      ? good('configuration', 'only you can change it')
      : bad('configuration', `${intrusion.message}, and with it where passwords are sent`, intrusion.hint),
  ];
}

async function storeFindings(dataDir: string, platform: string): Promise<Finding[]> {
  if (existsSync(join(dataDir, STORE_FILE))) {
    const { checkStore } = await import('../../store/maintain.js');
    return checkStore(dataDir, { platform }).map((one) => ({ ...one, what: `store ${one.what}` }));
  }
  const folder = nearestFolder(dataDir);
  try {
    accessSync(folder, constants.W_OK);
    return [good('store', `not found in ${dataDir}; the first sync creates it`)];
  } catch {
    return [
      bad(
        'store',
        `cannot be created in ${dataDir}: no permission to write to ${folder}`,
        'Use another folder: --data DIR',
      ),
    ];
  }
}

function nearestFolder(path: string): string {
  let folder = path;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

function diskFinding(dataDir: string): Finding {
  const folder = nearestFolder(dataDir);
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const text = `${free >= 1e10 ? `${Math.floor(free / 1e9)} GB` : `${Math.floor(free / 1e6)} MB`} free in ${folder}`;
  return free < MIN_FREE_BYTES
    ? bad('disk', text, 'Free some space: a sync stores nothing when the disk is full.')
    : good('disk', text);
}

/** Checks the clock: a request carries the time, and institutions refuse one that is far off. */
async function clockFinding(invocation: Invocation): Promise<Finding> {
  const now = invocation.io.now();
  const hint = 'Set the clock (Linux: timedatectl set-ntp true). Certificates and banks require the right time.';
  if (now.getFullYear() < FIRST_YEAR) return bad('clock', `it shows ${momentText(now.toISOString())}`, hint);
  const last = await lastRunAt(invocation);
  if (last !== null && Date.parse(last) > now.getTime() + CLOCK_SLACK_MS)
    return bad(
      'clock',
      `it shows ${momentText(now.toISOString())}, but the last run was at ${momentText(last)}: one of the two is wrong`,
      hint,
    );
  return good('clock', momentText(now.toISOString()));
}

async function lastRunAt(invocation: Invocation): Promise<string | null> {
  try {
    const store = await storeForReading(invocation);
    const last = store?.runs(1)[0]?.startedAt ?? null;
    store?.close();
    return last;
  } catch {
    // A broken store is a finding of its own.
    return null;
  }
}

async function scheduleFindings({ io }: Invocation): Promise<Finding[]> {
  const [{ schedulesOf }, { timingText }] = await Promise.all([
    import('../../schedule/state.js'),
    import('../../schedule/timing.js'),
  ]);
  const installed = await schedulesOf(placeOf(io), io.now());
  const problems = scheduleProblems(installed, io);
  if (problems.length > 0) return problems.map(({ message, hint }) => bad('schedule', message, hint));
  const [one] = installed;
  if (one === undefined) return [good('schedule', 'none')];
  const installer = one.mark.version === version() ? '' : `, installed by ofx-sync ${one.mark.version}`;
  return [good('schedule', `${one.system}, ${timingText(one.mark.timing)}${installer}`)];
}

/** Returns the findings as text, which is empty without findings. */
export function machineLines(findings: readonly Finding[]): string {
  if (findings.length === 0) return '';
  const rows = findings.map(
    ({ what, ok, detail, hint }) =>
      `  ${ok ? '✓' : '✗'} ${what}: ${visible(detail)}\n${hint === null ? '' : `    ${visible(hint)}\n`}`,
  );
  return `this machine\n${rows.join('')}`;
}
