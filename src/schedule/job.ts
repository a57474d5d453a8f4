/**
 * The job to schedule, and the mark by which ofx-sync recognizes its own files: one comment line with JSON, the same in every
 * format. It describes what is installed, and files without it are never changed or removed.
 */

import type { Timing } from './timing.js';

export interface Job {
  /** Program and arguments, with absolute paths. */
  readonly command: readonly string[];
  readonly timing: Timing;
  /** PATH of the person who installs it, so that the programs of `command:` secrets are found. */
  readonly path: string;
  /** File for the output of a run; `null` where the system keeps it. */
  readonly log: string | null;
  /** Version of ofx-sync that installed it. */
  readonly version: string;
}

export interface Mark extends Omit<Job, 'path'> {
  /** Folders that were created for it, deepest first; they are removed with it. */
  readonly folders: readonly string[];
}

const MARK = /ofx-sync-schedule: (\{.*\})/;
/** Stands in every installed file; it is compared, so that its words stay. */
export const MADE_BY = 'Made by: ofx-sync schedule install. Taken away by: ofx-sync schedule remove.';

/** Returns the mark as one line without `--`, which XML comments must not contain. */
export function markLine({ version, timing, command, log }: Job, folders: readonly string[]): string {
  const mark = { version, timing, command, folders, log } satisfies Mark;
  return `ofx-sync-schedule: ${JSON.stringify(mark).replaceAll('--', '-\\u002d')}`;
}

/** Finds the mark in a text; `null` when ofx-sync did not write it. */
export function markOf(text: string): Mark | null {
  const json = MARK.exec(text)?.[1];
  if (json === undefined) return null;
  try {
    const value: unknown = JSON.parse(json);
    return isMark(value) ? value : null;
  } catch {
    return null;
  }
}

function isMark(value: unknown): value is Mark {
  if (typeof value !== 'object' || value === null) return false;
  const { version, timing, command, folders, log } = value as Readonly<Record<string, unknown>>;
  const texts = typeof version === 'string' && (log === null || typeof log === 'string');
  return texts && isTiming(timing) && areTexts(command) && areTexts(folders);
}

function isTiming(value: unknown): value is Timing {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  if (value.kind === 'always') return true;
  if (value.kind === 'calendar') return 'expression' in value && typeof value.expression === 'string';
  return (
    value.kind === 'times' &&
    'minutes' in value &&
    Array.isArray(value.minutes) &&
    value.minutes.every((one) => typeof one === 'number') &&
    'weekdays' in value &&
    typeof value.weekdays === 'boolean'
  );
}

function areTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Escapes text for the XML of property lists and scheduled tasks. Control characters were rejected before. */
export function xmlText(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => ENTITIES[letter] ?? letter);
}
