/** Patterns of file names: `*` stands for any characters, `?` for one. Pure. */

import { basename, dirname, join, sep } from 'node:path';

/**
 * Returns true when the whole name matches. Takes time in proportion to the lengths of both, whatever they are.
 * @param heeds `case` matches letters only in the case of the pattern
 */
export function matchesPattern(name: string, pattern: string, heeds: 'case' | 'letters' = 'letters'): boolean {
  const [text, wanted] = [folded(name, heeds), folded(pattern, heeds)];
  let at = 0;
  let star = -1;
  let resume = 0;
  let next = 0;
  while (at < text.length) {
    if (wanted[next] === '*') {
      star = next;
      resume = at;
      next += 1;
    } else if (next < wanted.length && (wanted[next] === '?' || wanted[next] === text[at])) {
      at += 1;
      next += 1;
    } else if (star < 0) return false;
    else {
      // The last star takes one character more.
      resume += 1;
      at = resume;
      next = star + 1;
    }
  }
  return wanted.slice(next).every((one) => one === '*');
}

/** Splits into characters. A letter with an accent is one, however the file system writes it. */
function folded(text: string, heeds: 'case' | 'letters'): readonly string[] {
  const composed = text.normalize('NFC');
  return [...(heeds === 'case' ? composed : composed.toLowerCase())];
}

/**
 * Returns a pattern for a file and those that will be downloaded after it: dates, long numbers, months and counters become
 * `*`, so does the end of the name. Short numbers stay: they may be the last digits of an account.
 */
export function patternFor(name: string): string {
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot <= 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot)];
  const open = VARYING.reduce((text, varying) => text.replace(varying, '*'), `${stem}*`);
  // A run of stars with nothing but punctuation between them is one.
  return open.replace(/\*(?:[\s._()[\],-]*\*)+/g, '*') + extension;
}

/** Returns the pattern of a file and its later downloads for `files:`, with `~` for the home folder. */
export function laterFiles(path: string, home: string): string {
  return withTilde(join(dirname(path), patternFor(basename(path))), home);
}

/** Writes `~` for the home folder. */
export function withTilde(path: string, home: string): string {
  return path === home || path.startsWith(`${home}${sep}`) ? `~${path.slice(home.length)}` : path;
}

/** The longest first. A year needs a month beside it: on its own it may be part of a number. */
const VARYING: readonly RegExp[] = [
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi,
  /(?<!\d)\d{4}([-_. ])(?:\d{1,2}|[a-z]{3,9})\1\d{1,2}(?!\d)/gi,
  /(?<!\d)\d{1,2}([-_. ])(?:\d{1,2}|[a-z]{3,9})\1(?:\d{4}|\d{2})(?!\d)/gi,
  /(?<!\d)\d{4}[-_. ]\d{2}(?!\d)/g,
  /(?<![a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[-_. ]?(?:\d{1,2},?[-_. ]+)?\d{4}(?!\d)/gi,
  /\d{6,}(?:T\d{4,6}Z?)?/g,
  / ?\(\d{1,3}\)/g,
];
