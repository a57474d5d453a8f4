/** Changes and removes entries of accounts.yaml by cutting text, so that comments, order and spelling of everything else stay. */

import { type Document, isMap, isScalar, isSeq, type Pair, stringify, type YAMLMap, type YAMLSeq } from 'yaml';
import { ConfigError } from '../../errors.js';
import type { AccountRef } from '../../model/account.js';
import { soundDocument } from './positions.js';

/** Sets a key of one institution: its value is replaced, or the key is added behind the others. @throws ConfigError */
export function setInstitutionKey(text: string, institution: string, key: string, value: unknown): string {
  const map = institutionOf(parse(text), institution);
  return withKey(text, map, { key, value, behind: map.items[0] });
}

/** Adds the number to one account, behind its id. @throws ConfigError */
export function setAccountNumber(text: string, { institution, name }: AccountRef, number: string): string {
  const map = itemOf(accountsOf(parse(text), institution), name);
  return withKey(text, map, { key: 'number', value: number, behind: pairOf(map, 'id') });
}

interface KeyToSet {
  readonly key: string;
  readonly value: unknown;
  /** The pair behind which the key is added. */
  readonly behind: Pair | undefined;
}

function withKey(text: string, map: YAMLMap, { key, value, behind }: KeyToSet): string {
  const written = stringify(value, { lineWidth: 0, collectionStyle: 'flow' }).trimEnd();
  const pair = pairOf(map, key);
  if (pair !== undefined) {
    const colon = text.indexOf(':', endOf(pair.key)) + 1;
    const end = Math.max(colon, text.slice(0, endOf(pair.value)).trimEnd().length);
    return `${text.slice(0, colon)} ${written}${text.slice(end)}`;
  }
  const first = map.items[0];
  const start = isScalar(first?.key) ? (first.key.range?.[0] ?? 0) : 0;
  const end = text.slice(0, endOf(behind?.value)).trimEnd().length;
  if (map.flow === true) return `${text.slice(0, end)}, ${key}: ${written}${text.slice(end)}`;
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
  const line = lineEndOf(text, end);
  return `${text.slice(0, line)}${newlineOf(text)}${indent}${key}: ${written}${text.slice(line)}`;
}

/** Removes an institution with its accounts. The last one leaves an empty list. @throws ConfigError */
export function removeInstitution(text: string, institution: string): string {
  const list = parse(text).get('institutions');
  if (!isSeq(list)) throw notChangeable('it has no list of institutions');
  return withoutItem(text, list, institution);
}

/** Removes one account of an institution. @throws ConfigError */
export function removeAccount(text: string, institution: string, account: string): string {
  return withoutItem(text, accountsOf(parse(text), institution), account);
}

function withoutItem(text: string, list: YAMLSeq, name: string): string {
  const item = itemOf(list, name);
  const at = list.items.indexOf(item);
  const [start, end] = [startOf(item), text.slice(0, endOf(item)).trimEnd().length];
  if (list.items.length === 1) return withEmptyList(text, list);
  if (list.flow === true) return withoutFlowItem(text, list, at);
  const dash = text.lastIndexOf('-', start - 1);
  const from = text.lastIndexOf('\n', dash) + 1;
  return `${text.slice(0, from)}${text.slice(Math.min(text.length, lineEndOf(text, end) + newlineLength(text, end)))}`;
}

/** Cuts an entry of a list in brackets, with one of the commas around it. */
function withoutFlowItem(text: string, list: YAMLSeq, at: number): string {
  const [before, item, after] = [list.items[at - 1], list.items[at], list.items[at + 1]];
  if (after !== undefined) return text.slice(0, startOf(item)) + text.slice(startOf(after));
  return text.slice(0, endOf(before)) + text.slice(endOf(item));
}

/** Replaces a list by an empty one; comments between its key and its first entry stay. */
function withEmptyList(text: string, list: YAMLSeq): string {
  const [start = 0, end = 0] = list.range ?? [];
  const stop = lineEndOf(text, text.slice(0, end).trimEnd().length);
  if (list.flow === true) return `${text.slice(0, start)}[]${text.slice(end)}`;
  const dash = text.lastIndexOf('-', startOf(list.items[0]));
  const head = text.slice(0, text.lastIndexOf('\n', dash) + 1);
  const colon = /:(?=[ ]*(?:#[^\n]*)?(?:\r?\n[ ]*(?:#[^\n]*)?)*$)/.exec(head)?.index ?? start;
  return `${head.slice(0, colon + 1)} []${head.slice(colon + 1).trimEnd()}${text.slice(stop)}`;
}

function parse(text: string): Document.Parsed {
  const document = soundDocument(text);
  if (document === null) throw notChangeable('it has mistakes');
  return document;
}

function institutionOf(document: Document.Parsed, name: string): YAMLMap {
  const list = document.get('institutions');
  const found = isSeq(list) ? list.items.find((one) => isMap(one) && one.get('name') === name) : undefined;
  if (!isMap(found)) throw notChangeable(`it has no bank ${JSON.stringify(name)}`);
  return found;
}

function accountsOf(document: Document.Parsed, institution: string): YAMLSeq {
  const list = institutionOf(document, institution).get('accounts');
  if (!isSeq(list)) throw notChangeable(`${JSON.stringify(institution)} has no list of accounts`);
  return list;
}

function itemOf(list: YAMLSeq, name: string): YAMLMap {
  const item = list.items.find((one) => isMap(one) && one.get('name') === name);
  if (!isMap(item) || item.range == null) throw notChangeable(`it has no entry named ${JSON.stringify(name)}`);
  return item;
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((one) => isScalar(one.key) && one.key.value === key);
}

function startOf(node: unknown): number {
  return isMap(node) || isSeq(node) || isScalar(node) ? (node.range?.[0] ?? 0) : 0;
}

function endOf(node: unknown): number {
  return isMap(node) || isSeq(node) || isScalar(node) ? (node.range?.[1] ?? 0) : 0;
}

/** Returns the end of the line, before its line break; a comment on it belongs to the entry. */
function lineEndOf(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  if (end < 0) return text.length;
  return text[end - 1] === '\r' ? end - 1 : end;
}

function newlineLength(text: string, from: number): number {
  return text.startsWith('\r\n', lineEndOf(text, from)) ? 2 : 1;
}

function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

function notChangeable(why: string): ConfigError {
  return new ConfigError('CONFIG_INVALID', `cannot change accounts.yaml: ${why}`, {
    hint: 'Change the lines yourself, then run: ofx-sync check --offline',
  });
}
