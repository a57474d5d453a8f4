/** Everything on this machine that a sync hangs on: permissions, store, schedule, clock, disk; each with how to mend it. */

import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bad, type Finding, good } from '../../model/finding.js';
import { shellWord } from '../../model/shell-word.js';
import { STORE_FILE } from '../../store/folder.js';
import { version } from '../../version.js';
import type { Invocation } from '../command/command.js';
import { dataDirOf, storeForReading } from '../command/context.js';
import { placeOf, scheduleProblems } from '../schedule/fit.js';
import { visible } from '../terminal/escape.js';
import { momentText } from '../terminal/time-format.js';

const LEAST_FREE = 50_000_000;
/** Clocks differ by moments, and summer time is no difference. */
const CLOCK_SLACK_MS = 3_600_000;
const FIRST_YEAR = 2026;

/** Looks at all of it and changes nothing. */
export async function machineFindings(configFile: string, invocation: Invocation): Promise<Finding[]> {
  const dataDir = dataDirOf(invocation);
  return [
    good('version', `ofx-sync ${version()}`),
    ...configFindings(configFile, invocation.io.platform),
    ...(await storeFindings(dataDir, invocation.io.platform)),
    diskFinding(dataDir),
    await clockFinding(invocation),
    ...(await scheduleFindings(invocation)),
  ];
}

/** Whoever can change the file can change where passwords are sent. */
function configFindings(file: string, platform: string): Finding[] {
  if (platform === 'win32') return [];
  const isOpen = (statSync(file).mode & 0o022) !== 0;
  return [
    isOpen
      ? bad(
          'configuration',
          `others may change ${file}, and with it where passwords are sent`,
          `chmod go-w ${shellWord(file)}`,
        )
      : good('configuration', 'yours alone to change'),
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
    return [good('store', `none yet; the first sync makes it in ${dataDir}`)];
  } catch {
    return [
      bad('store', `cannot be made in ${dataDir}: ${folder} is not yours to write`, 'Use another folder: --data DIR'),
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
  return free < LEAST_FREE
    ? bad('disk', text, 'Make room: a sync that finds the disk full stores nothing.')
    : good('disk', text);
}

/** Institutions are told the time of a request, and refuse one that is far off. */
async function clockFinding(invocation: Invocation): Promise<Finding> {
  const now = invocation.io.now();
  const hint = 'Set the clock (Linux: timedatectl set-ntp true); certificates and institutions need the right time.';
  if (now.getFullYear() < FIRST_YEAR) return bad('clock', `it says ${momentText(now.toISOString())}`, hint);
  const last = await lastRunAt(invocation);
  if (last !== null && Date.parse(last) > now.getTime() + CLOCK_SLACK_MS)
    return bad(
      'clock',
      `it says ${momentText(now.toISOString())}, and the last run was at ${momentText(last)}: one of them was wrong`,
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
    // What is wrong with the store is a finding of its own.
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
  const made = one.mark.version === version() ? '' : `, made by ofx-sync ${one.mark.version}`;
  return [good('schedule', `${one.system}, ${timingText(one.mark.timing)}${made}`)];
}

/** Empty when there is nothing to say. */
export function machineLines(findings: readonly Finding[]): string {
  if (findings.length === 0) return '';
  const rows = findings.map(
    ({ what, ok, detail, hint }) =>
      `  ${ok ? '✓' : '✗'} ${what}: ${visible(detail)}\n${hint === null ? '' : `    ${visible(hint)}\n`}`,
  );
  return `this machine\n${rows.join('')}`;
}
