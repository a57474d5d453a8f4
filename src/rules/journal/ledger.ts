/** Reads journals of hledger and ledger: entries and what decides their accounts; everything else is skipped. */

import { isIsoDate } from '../../model/dates.js';
import { completed, type DecimalMark, parseAmount } from './amount.js';
import type { AccountType, Journal, JournalText, OpenPosting } from './entry.js';

/** Blocks that hold text or code. */
const BLOCKS: Readonly<Record<string, RegExp>> = {
  comment: /^(?:!|@)?end(?: comment)?\s*$/,
  test: /^(?:!|@)?end(?: test)?\s*$/,
};

/** Types of accounts as hledger declares them. */
const TYPES: Readonly<Record<string, AccountType>> = {
  a: 'asset',
  asset: 'asset',
  c: 'asset',
  cash: 'asset',
  l: 'liability',
  liability: 'liability',
};

interface State {
  readonly journal: Journal;
  readonly path: string;
  readonly aliases: { readonly from: string; readonly to: string }[];
  readonly prefixes: string[];
  year: string | null;
  mark: DecimalMark;
}

export function readLedger({ path, text }: JournalText, journal: Journal): void {
  const state: State = { journal, path, aliases: [], prefixes: [], year: journal.year, mark: null };
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? '';
    const end = endOfBlock(lines, at);
    if (/^\d/.test(line)) entryOf(lines.slice(at, end), state);
    else if (/^[!@]?[a-zA-Z]/.test(line)) directive(line.replace(/^[!@]/, ''), lines.slice(at + 1, end), state);
    at = end;
  }
}

/** Returns the index after a line and the indented lines below it; of a block of text, after its end. */
function endOfBlock(lines: readonly string[], at: number): number {
  const word = /^[!@]?(comment|test)\b/.exec(lines[at] ?? '')?.[1];
  const closing = word === undefined ? undefined : BLOCKS[word];
  let end = at + 1;
  if (closing !== undefined) {
    while (end < lines.length && !closing.test(lines[end] ?? '')) end += 1;
    return end + 1;
  }
  while (end < lines.length && /^[ \t]+\S/.test(lines[end] ?? '')) end += 1;
  return end;
}

function directive(line: string, below: readonly string[], state: State): void {
  const [, word = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(withoutComment(line)) ?? [];
  switch (word) {
    case 'include':
      state.journal.include(rest.replace(/^"(.*)"$/, '$1'), state.path);
      return;
    case 'account':
      declareType(rest.trim(), [line, ...below], state);
      return;
    case 'alias': {
      const [, from, to] = /^([^/=][^=]*?)\s*=\s*(\S.*?)\s*$/.exec(rest) ?? [];
      if (from !== undefined && to !== undefined) state.aliases.unshift({ from: from.trim(), to });
      return;
    }
    case 'apply':
      if (/^account\s/.test(rest)) state.prefixes.push(rest.replace(/^account\s+/, '').trim());
      else if (/^(?:year|Y)\s/.test(rest)) state.year = /\d{4}/.exec(rest)?.[0] ?? state.year;
      return;
    case 'end':
      if (/^(?:apply )?account/.test(rest)) state.prefixes.pop();
      else if (/^aliases/.test(rest)) state.aliases.splice(0);
      return;
    case 'decimal-mark':
      state.mark = rest.trim() === ',' ? ',' : '.';
      return;
    default: {
      const year = /^(?:Y|year)\s*(\d{4})/.exec(line)?.[1];
      if (year !== undefined) state.year = year;
    }
  }
}

function declareType(account: string, lines: readonly string[], { journal }: State): void {
  const type = lines.flatMap((line) => /;.*\btype:\s*(\w+)/i.exec(line)?.[1]?.toLowerCase() ?? [])[0];
  if (type !== undefined) journal.types.set(account, TYPES[type] ?? 'other');
}

function entryOf([head = '', ...below]: readonly string[], state: State): void {
  const [, day = '', text = '', comment = ''] =
    /^([\d./-]+)(?:=[\d./-]+)?\s*(?:[*!]\s*)?(?:\([^)]*\))?\s*([^;]*)(?:;(.*))?$/.exec(head) ?? [];
  const date = dateOf(day, state.year);
  if (date === null) return;
  const tags = new Map<string, string>();
  noteTags(comment, tags);
  const postings = below.flatMap((line) => postingOf(line, state, tags));
  if (postings.length === 0) return;
  const [payee = '', ...note] = text.split('|');
  state.journal.entries.push({
    date,
    payee: (tags.get('payee') ?? payee).trim(),
    note: note.join('|').trim(),
    tags,
    postings: completed(postings),
  });
}

function postingOf(line: string, state: State, tags: Map<string, string>): OpenPosting[] {
  const at = line.search(/(?:^|\s);/);
  if (at >= 0) noteTags(line.slice(line.indexOf(';', at) + 1), tags);
  const plain = (at < 0 ? line : line.slice(0, at)).replace(/^\s+(?:[*!]\s+|[*!](?=\p{L}))?/u, '').trimEnd();
  const [, account = '', amount = ''] = /^(.+?)(?:(?: {2,}|\t)\s*(.*))?$/.exec(plain) ?? [];
  // Virtual accounts move no money.
  if (account === '' || /^[[(]/.test(account)) return [];
  return [{ account: named(account, state), ...parseAmount(amount, state.mark) }];
}

function named(account: string, { aliases, prefixes }: State): string {
  const alias = aliases.find(({ from }) => account === from || account.startsWith(`${from}:`));
  const own = alias === undefined ? account : `${alias.to}${account.slice(alias.from.length)}`;
  return [...prefixes, own].join(':');
}

function dateOf(text: string, year: string | null): string | null {
  const parts = text.split(/[./-]/);
  const [first = '', month = '', day = ''] = parts.length === 2 && year !== null ? [year, ...parts] : parts;
  const date = `${first}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isIsoDate(date) ? date : null;
}

/** Notes `key: value`, of which hledger reads several between commas. */
function noteTags(comment: string, tags: Map<string, string>): void {
  for (const [, key = '', value = ''] of comment.matchAll(/(?:^|[\s,])([\p{L}\p{N}_-]+):(?=\s|$|[^:\s])\s*([^,]*)/gu))
    if (!tags.has(key.toLowerCase())) tags.set(key.toLowerCase(), value.trim());
}

function withoutComment(line: string): string {
  return line.replace(/\s+;.*$/, '');
}
