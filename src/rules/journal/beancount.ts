/** Reads journals of beancount: transactions and what decides their accounts; other directives are skipped. */

import { isIsoDate } from '../../model/dates.js';
import { completed, parseAmount } from './amount.js';
import type { AccountType, Journal, JournalText, OpenPosting } from './entry.js';

const ROOT_OPTIONS: Readonly<Record<string, AccountType>> = {
  name_assets: 'asset',
  name_liabilities: 'liability',
  name_equity: 'other',
  name_income: 'other',
  name_expenses: 'other',
};
const STRING = /"((?:[^"\\]|\\.)*)"/gs;

export function readBeancount({ path, text }: JournalText, journal: Journal): void {
  const lines = wholeLines(text);
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? '';
    let end = at + 1;
    if (/^\d/.test(line)) {
      while (end < lines.length && /^[ \t]+\S/.test(lines[end] ?? '')) end += 1;
      entryOf(lines.slice(at, end), journal);
    } else if (line.startsWith('include')) {
      const [pattern] = stringsIn(line);
      if (pattern !== undefined) journal.include(pattern, path);
    } else if (line.startsWith('option')) {
      const [name = '', value = ''] = stringsIn(line);
      const type = ROOT_OPTIONS[name];
      if (type !== undefined) journal.types.set(value, type);
    }
    at = end;
  }
}

/** Returns the lines without comments; a string over several lines is on one. */
function wholeLines(text: string): string[] {
  const lines: string[] = [];
  let open = '';
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)) {
    // A headline of org-mode may hold a single quotation mark.
    const whole = open === '' ? (/^[*:#!&?%]/.test(line) ? '' : line) : `${open}\n${line}`;
    const plain = withoutComment(whole);
    const isOpen = (plain.replace(/\\./gs, '').match(/"/g) ?? []).length % 2 === 1;
    open = isOpen ? whole : '';
    // A line that is only a comment does not end an entry.
    if (!isOpen && (plain === whole || plain.trim() !== '')) lines.push(plain);
  }
  return lines;
}

/** Removes a comment, which begins at a semicolon outside of strings. */
function withoutComment(line: string): string {
  if (!line.includes(';')) return line;
  for (const { 0: part, index } of line.matchAll(/"(?:[^"\\]|\\.)*(?:"|$)|;/gs))
    if (part === ';') return line.slice(0, index);
  return line;
}

function entryOf([head = '', ...below]: readonly string[], journal: Journal): void {
  const [, day = '', text = ''] = /^(\d{4}[-/]\d\d?[-/]\d\d?)\s+(?:txn|[*!&#?%PSTCURM])(?=\s|")(.*)$/s.exec(head) ?? [];
  const date = day
    .split(/[-/]/)
    .map((part) => part.padStart(2, '0'))
    .join('-');
  if (!isIsoDate(date)) return;
  const strings = stringsIn(text);
  const [payee, note] = strings.length > 1 ? strings : [strings[0], ''];
  const tags = new Map<string, string>();
  const postings: OpenPosting[] = [];
  for (const line of below) {
    const [, key, value = ''] = /^\s+([a-z][\w-]*):\s*(.*)$/s.exec(line) ?? [];
    if (key !== undefined) {
      if (!tags.has(key)) tags.set(key, stringsIn(value)[0] ?? value.trim());
      continue;
    }
    const [, account, amount = ''] =
      /^\s+(?:[*!&#?%A-Z]\s+)?([\p{Lu}\p{N}][^\s:]*(?::[^\s:]+)+)\s*(.*)$/su.exec(line) ?? [];
    if (account !== undefined) postings.push({ account, ...parseAmount(amount, '.') });
  }
  if (postings.length > 0)
    journal.entries.push({ date, payee: payee ?? '', note: note ?? '', tags, postings: completed(postings) });
}

function stringsIn(text: string): string[] {
  return [...text.matchAll(STRING)].map(([, value = '']) => value.replace(/\\(.)/gs, '$1').replace(/\s+/g, ' ').trim());
}
