/** `ofx-sync --version --verbose`: the version, and a check that the store and the schedule fit it. */

import { toOfxSyncError } from '../../errors.js';
import { schedulesOf } from '../../schedule/state.js';
import { timingText } from '../../schedule/timing.js';
import { storeSchema } from '../../store/upgrade.js';
import { version } from '../../version.js';
import type { Invocation } from '../command/command.js';
import { dataDirOf } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { printResult } from '../command/result.js';
import { placeOf, scheduleProblems } from '../schedule/fit.js';
import { visible } from '../terminal/escape.js';

interface Part {
  readonly fits: boolean;
  readonly detail: string;
}

/** Prints the report. @returns exit status 1 when something does not fit. */
export async function versionReport(invocation: Invocation): Promise<number> {
  const store = storePart(dataDirOf(invocation));
  const schedule = await schedulePart(invocation);
  const fits = store.fits && schedule.fits;
  const text = [`ofx-sync ${version()}`, `store     ${visible(store.detail)}`, `schedule  ${visible(schedule.detail)}`];
  await printResult(invocation, { json: { version: 1, ofxSync: version(), store, schedule }, text, quiet: text });
  return fits ? EXIT.ok : EXIT.someFailed;
}

function storePart(dataDir: string): Part {
  try {
    const fit = storeSchema(dataDir);
    if (fit === null) return { fits: true, detail: `none yet in ${dataDir}` };
    const { path, schema, known } = fit;
    if (schema > known)
      return {
        fits: false,
        detail: `${path} was written by a newer ofx-sync (schema ${schema}, this version knows ${known}): update ofx-sync`,
      };
    const state = schema === known ? 'fits' : `has schema ${schema}; the next sync upgrades it to ${known}`;
    return { fits: true, detail: `${path} ${state}` };
  } catch (error) {
    return { fits: false, detail: toOfxSyncError(error).message };
  }
}

async function schedulePart({ io }: Invocation): Promise<Part> {
  const installed = await schedulesOf(placeOf(io), io.now());
  const [problem] = scheduleProblems(installed, io);
  if (problem !== undefined) return { fits: false, detail: `${problem.message}. ${problem.hint}` };
  const [one] = installed;
  if (one === undefined) return { fits: true, detail: 'none' };
  const made = one.mark.version === version() ? '' : `, installed by ${one.mark.version}`;
  return { fits: true, detail: `${one.system}, ${timingText(one.mark.timing)}${made}: fits` };
}
