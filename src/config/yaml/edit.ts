/**
 * Adds to accounts.yaml by inserting text at one position, so that comments, order and spelling of everything else stay byte for
 * byte.
 */

import { type Document, isMap, isScalar, isSeq, stringify, type YAMLMap, type YAMLSeq } from 'yaml';
import { ConfigError } from '../../errors.js';
import type { AccountEntry } from '../schema.js';
import { soundDocument } from './positions.js';

/** An institution to write: its keys in their order, and separately its accounts. */
export interface NewInstitution {
  readonly keys: Readonly<Record<string, unknown>>;
  readonly accounts: readonly AccountEntry[];
}

const HEADER = `# The accounts that ofx-sync pulls. accounts.example.yaml shows every key.

institutions:
`;

/**
 * Adds an institution after the existing ones. Empty text becomes a new file.
 * @throws ConfigError CONFIG_INVALID when the text is not a configuration with a list of institutions.
 */
export function addInstitution(text: string, institution: NewInstitution): string {
  const lines = [
    ...keyLines(institution.keys),
    institution.accounts.length === 0 ? 'accounts: []' : 'accounts:',
    ...institution.accounts.map((account) => `  - ${flow(account)}`),
  ];
  if (text.trim() === '') return `${HEADER}${item(lines, '  ')}\n`;
  const started = withInstitutions(text);
  const list = parse(started).get('institutions');
  if (!isSeq(list)) throw notEditable('institutions is not a list');
  return insert(started, list, { lines, flow: flow({ ...institution.keys, accounts: institution.accounts }) });
}

/**
 * Adds accounts to one institution, after its existing ones.
 * @throws ConfigError CONFIG_INVALID when the institution is not found.
 */
export function addAccounts(text: string, institution: string, accounts: readonly AccountEntry[]): string {
  return accounts.reduce((current, account) => {
    const started = withList(current, institutionOf(parse(current), institution));
    const list = institutionOf(parse(started), institution).get('accounts');
    if (!isSeq(list)) throw notEditable(`accounts of ${JSON.stringify(institution)} is not a list`);
    return insert(started, list, { lines: [flow(account)], flow: flow(account) });
  }, text);
}

/** Returns an account as one line of a list, without the dash. */
export function accountLine(account: AccountEntry): string {
  return flow(account);
}

/** Returns keys as lines of YAML. */
export function keyLines(keys: Readonly<Record<string, unknown>>): string[] {
  return stringify(keys, STYLE).trimEnd().split('\n');
}

const STYLE = { lineWidth: 0 } as const;

interface Item {
  readonly lines: readonly string[];
  /** The same on one line, for a list in brackets. */
  readonly flow: string;
}

function parse(text: string): Document.Parsed {
  const document = soundDocument(text);
  if (document === null) throw notEditable('it has mistakes');
  return document;
}

function institutionOf(document: Document.Parsed, name: string): YAMLMap {
  const institutions = document.get('institutions');
  const found = isSeq(institutions)
    ? institutions.items.find((entry) => isMap(entry) && entry.get('name') === name)
    : undefined;
  if (!isMap(found)) throw notEditable(`it has no institution ${JSON.stringify(name)}`);
  return found;
}

/** Adds an empty list of institutions to a file with other settings only. */
function withInstitutions(text: string): string {
  const document = parse(text);
  if (document.get('institutions') != null || !isMap(document.contents)) return text;
  const key = document.contents.items.find((one) => isScalar(one.key) && one.key.value === 'institutions')?.key;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const colon = key === undefined ? -1 : text.indexOf(':', endOf(key) ?? 0) + 1;
  if (colon > 0) return `${text.slice(0, colon)} []${text.slice(colon).replace(/^[ ]*(?:~|null)/, '')}`;
  return `${text.trimEnd()}${newline}${newline}institutions: []${newline}`;
}

/** Adds an empty list of accounts to an institution without one: after its key, or as its last key. */
function withList(text: string, institution: YAMLMap): string {
  const found = institution.items.find(({ key }) => isScalar(key) && key.value === 'accounts');
  if (found !== undefined) {
    if (institution.get('accounts') != null) return text;
    const colon = text.indexOf(':', endOf(found.key) ?? 0) + 1;
    // `null` or `~` is replaced; the node of an absent value lies after the comments that follow.
    const isWritten = isScalar(found.value) && (found.value.source ?? '') !== '';
    return `${text.slice(0, colon)} []${text.slice(isWritten ? (endOf(found.value) ?? colon) : colon)}`;
  }
  const last = institution.items.at(-1);
  const end = endOf(last?.value) ?? endOf(last?.key);
  if (end === null) throw notEditable('it has an institution without a key');
  if (institution.flow === true) return `${text.slice(0, end)}, accounts: []${text.slice(end)}`;
  return addLines(text, 'accounts: []', { after: end, like: institution.range?.[0] ?? 0 });
}

/** Inserts lines below the line that ends at or after `after`, indented like the text at `like`. */
function addLines(text: string, lines: string, { after, like }: { after: number; like: number }): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const indent = text.slice(text.lastIndexOf('\n', like - 1) + 1, like).replace(/[^ ]/g, ' ');
  const added = lines
    .split('\n')
    .map((line) => indent + line)
    .join(newline);
  // The end of a block value may be at the start of the next line; a comment after the value belongs to it.
  const before = text.slice(0, after).trimEnd().length;
  const lineEnd = text.indexOf('\n', before);
  if (lineEnd < 0) return `${text}${newline}${added}${newline}`;
  return `${text.slice(0, lineEnd + 1)}${added}${newline}${text.slice(lineEnd + 1)}`;
}

function insert(text: string, list: YAMLSeq, { lines, flow: inline }: Item): string {
  const [start, valueEnd] = list.range ?? [0, 0];
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  if (list.flow === true) {
    const last = endOf(list.items.at(-1));
    const own = last === null ? null : ownLine(text, list, last);
    if (last !== null && own !== null) return `${own.head}${newline}${own.indent}${inline},${text.slice(own.end)}`;
    if (last !== null) return `${text.slice(0, last)}, ${inline}${text.slice(last)}`;
    const block = emptyKey(text, start, valueEnd);
    if (block === null) return `${text.slice(0, start)}[${inline}]${text.slice(valueEnd)}`;
    const items = item(lines, block.indent).replaceAll('\n', newline);
    return `${block.head}${block.behind}${newline}${items}${text.slice(block.end)}`;
  }
  return addLines(text, item(lines, ''), { after: endOf(list.items.at(-1)) ?? valueEnd, like: start });
}

/** For brackets over several lines whose last entry has its own lines: the text up to its end, and its indentation. */
function ownLine(
  text: string,
  list: YAMLSeq,
  last: number,
): { readonly head: string; readonly indent: string; readonly end: number } | null {
  const node = list.items.at(-1);
  const start = isMap(node) || isSeq(node) || isScalar(node) ? (node.range?.[0] ?? 0) : 0;
  const indent = /(?:^|\n)([ ]*)$/.exec(text.slice(0, start))?.[1];
  const behind = /^([ ]*)(,?)([ ]*(?:#[^\r\n]*)?)(?=\r?\n)/.exec(text.slice(last));
  if (indent === undefined || behind === null) return null;
  const [all, gap = '', , comment = ''] = behind;
  return { head: `${text.slice(0, last)},${gap}${comment}`, indent, end: last + all.length };
}

/** Finds `accounts: []` alone on its line, which becomes the key of a block list; a comment after it stays. */
function emptyKey(
  text: string,
  start: number,
  end: number,
): { head: string; behind: string; indent: string; end: number } | null {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const key = /^([ -]*)[\w-]+:[ ]*$/.exec(text.slice(lineStart, start))?.[1];
  if (key === undefined || !/^\[[ ]*\]$/.test(text.slice(start, end))) return null;
  const behind = /^[ ]*(?:#[^\r\n]*)?/.exec(text.slice(end))?.[0] ?? '';
  return {
    head: text.slice(0, start).trimEnd(),
    behind: behind.trimEnd() === '' ? '' : ` ${behind.trim()}`,
    indent: `${key.replace(/-/g, ' ')}  `,
    end: end + behind.length,
  };
}

function item(lines: readonly string[], indent: string): string {
  return lines.map((line, index) => `${indent}${index === 0 ? '- ' : '  '}${line}`).join('\n');
}

function endOf(node: unknown): number | null {
  if (!(isMap(node) || isSeq(node) || isScalar(node))) return null;
  return node.range?.[1] ?? null;
}

/** Writes `{ name: checking, kind: checking, id: "000123456" }`, with quotes around text that looks like a number. */
function flow(value: object): string {
  return stringify(value, { ...STYLE, collectionStyle: 'flow' }).trimEnd();
}

function notEditable(why: string): ConfigError {
  return new ConfigError('CONFIG_INVALID', `cannot add to accounts.yaml: ${why}`, {
    hint: 'Run ofx-sync check --offline to see the mistakes, or paste the lines yourself.',
  });
}
