/** What a system that runs things by itself must be able to do; `systems.ts` is the table of them. */

import type { Job } from './job.js';
import type { PlannedCommand, Ran } from './programs.js';

/** The person and the machine for whom it is installed. */
export interface Place {
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  /** -1 on Windows. */
  readonly uid: number;
}

export interface PlannedFile {
  readonly path: string;
  readonly text: string;
  /** `utf16le` is written with its byte order mark. */
  readonly encoding: 'utf8' | 'utf16le';
}

export interface ScheduleState {
  /** `null`: the system does not say. */
  readonly active: boolean | null;
  readonly next: Date | null;
}

export interface ScheduleSystem {
  readonly title: string;
  /** Words for what `--calendar` takes here, `null` when it cannot be said. */
  readonly takesCalendar: string | null;
  /** Delays each run by a random time itself. */
  readonly spreads: boolean;
  /** Needs no file for the output of a run. */
  readonly keepsOutput: boolean;
  /** Whole files; `folders` are those that are made for them. */
  files(job: Job, place: Place, folders: readonly string[]): readonly PlannedFile[];
  /** The file whose mark says what is installed, `null` where it is no file of its own. */
  mainFile(place: Place): string | null;
  /** Files that the system makes for it by itself. */
  traces(place: Place): readonly string[];
  /** Asks whether it is at work, `null` where nobody says; `readState` takes the answer. */
  query(place: Place): PlannedCommand | null;
  readState(ran: Ran): ScheduleState;
  enable(place: Place): readonly PlannedCommand[];
  disable(place: Place): readonly PlannedCommand[];
  /** When the files are gone. */
  afterRemoval(place: Place): readonly PlannedCommand[];
}
