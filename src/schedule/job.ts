/**
 * What is to run by itself, and the mark by which ofx-sync knows its own files again: one comment line with JSON, the
 * same in every format, so that what is installed says by itself what it is, and nothing else is ever changed or removed.
 */

import type { Timing } from './timing.js';

export interface Job {
  /** Program and arguments, with absolute paths. */
  readonly command: readonly string[];
  readonly timing: Timing;
  /** PATH of the person who installs it, so that `command:` secrets find their programs. */
  readonly path: string;
  /** Where the output of a run goes; `null` where the system keeps it. */
  readonly log: string | null;
  /** Version of ofx-sync that made it. */
  readonly version: string;
}

export interface Mark {
  readonly version: string;
  readonly timing: Timing;
  readonly command: readonly string[];
  /** Folders that were made for it, deepest first; they go with it. */
  readonly folders: readonly string[];
  /** Where the output of a run goes; `null` where the system keeps it. */
  readonly log: string | null;
}

const MARK = /ofx-sync-schedule: (\{.*\})/;
export const MADE_BY = 'Made by: ofx-sync schedule install. Taken away by: ofx-sync schedule remove.';

/** One line without `--`, which XML comments may not hold. */
export function markLine({ version, timing, command, log }: Job, folders: readonly string[]): string {
  const mark = { version, timing, command, folders, log } satisfies Mark;
  return `ofx-sync-schedule: ${JSON.stringify(mark).replaceAll('--', '-\\u002d')}`;
}

/** The mark in a text, `null` when ofx-sync did not make it. */
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

/** Text inside XML, for property lists and scheduled tasks. Control characters were refused before. */
export function xmlText(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => ENTITIES[letter] ?? letter);
}
