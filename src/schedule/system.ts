/** The interface of a system that runs jobs on a schedule; `systems.ts` is the table of them. */

import type { Job } from './job.js';
import type { PlannedCommand, ProgramResult } from './programs.js';

/** The machine, and the person on it, for whom a schedule is installed. */
export interface Machine {
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
  /** `null` when the system does not report it. */
  readonly active: boolean | null;
  readonly next: Date | null;
}

export interface ScheduleSystem {
  readonly title: string;
  /** Description of what `--calendar` accepts; `null` when the system has no calendar expressions. */
  readonly calendarSyntax: string | null;
  /** True if the system itself delays each run by a random time. */
  readonly spreads: boolean;
  /** True if a run does not need a file for its output. */
  readonly keepsOutput: boolean;
  /** Returns the files to write. @param folders those created for them, for the mark */
  files(job: Job, machine: Machine, folders: readonly string[]): readonly PlannedFile[];
  /** Returns the file whose mark describes what is installed, or `null` for a system without its own file. */
  mainFile(machine: Machine): string | null;
  /** Returns the files that the system itself creates for it. */
  traces(machine: Machine): readonly string[];
  /** Returns the command that asks for its state, whose output `readState` reads; `null` when there is no such command. */
  query(machine: Machine): PlannedCommand | null;
  readState(ran: ProgramResult): ScheduleState;
  enable(machine: Machine): readonly PlannedCommand[];
  disable(machine: Machine): readonly PlannedCommand[];
  /** Returns the commands to run after the files are removed. */
  afterRemoval(machine: Machine): readonly PlannedCommand[];
}
