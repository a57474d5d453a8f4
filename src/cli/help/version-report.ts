/** `ofx-sync --version --verbose`: the version, and whether the store and the schedule fit it. */

import { toOfxSyncError } from '../../errors.js';
import { schedulesOf } from '../../schedule/state.js';
import { timingText } from '../../schedule/timing.js';
import { storeSchema } from '../../store/upgrade.js';
import { version } from '../../version.js';
import type { Invocation } from '../command/command.js';
import { dataDirOf } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { placeOf, scheduleProblems } from '../schedule/fit.js';
import { visible } from '../terminal/escape.js';
import { write } from '../terminal/io.js';

interface Part {
  readonly fits: boolean;
  readonly detail: string;
}

/** Exit 1 when something does not fit. */
export async function versionReport(invocation: Invocation): Promise<number> {
  const { io, options } = invocation;
  const store = storePart(dataDirOf(invocation));
  const schedule = await schedulePart(invocation);
  const fits = store.fits && schedule.fits;
  const text =
    options.json === true
      ? `${JSON.stringify({ version: 1, ofxSync: version(), store, schedule }, null, 2)}\n`
      : `ofx-sync ${version()}\nstore     ${visible(store.detail)}\nschedule  ${visible(schedule.detail)}\n`;
  await write(io.stdout, text);
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
        detail: `${path} was written by a newer ofx-sync (schema ${schema}, this one knows ${known}): update ofx-sync`,
      };
    const state = schema === known ? 'fits' : `is of schema ${schema}, and is brought to ${known} by the next sync`;
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
  const made = one.mark.version === version() ? '' : `, made by ${one.mark.version}`;
  return { fits: true, detail: `${one.system}, ${timingText(one.mark.timing)}${made}: fits` };
}
