/**
 * The failures that an account set reports beside its accounts: `errlist` of version 2, by connection and account, and the
 * sentences of version 1, of which one names a connection. A union of both says the same twice, so that `errlist` counts.
 */

import type { Status } from '../model/statement.js';
import type { NoticeList } from '../ofx/notices.js';
import { type JsonObject, listOf, member } from './json.js';
import { textOf } from './values.js';

/** A failure with what it is about; without either it is about the whole answer. */
export interface Problem {
  readonly status: Status;
  readonly connection: string | null;
  readonly account: string | null;
  /** Version 1 names the organisation. */
  readonly organisation: string | null;
}

/** Words that readers of version 1 go by. */
const ATTENTION = /^Connection to (.+?) may need attention\b/i;

/** Reads the failures of an account set, without repetitions. */
export function readProblems(set: JsonObject, notices: NoticeList): Problem[] {
  const listed = listOf(member(set, 'errlist'));
  const told = listOf(member(set, 'errors'));
  if (listed === null || told === null) notices.add('bad-errors', 'the list of failures is not a list');
  const problems = (listed ?? []).flatMap((one) => problemOf(one));
  const all = problems.length > 0 ? problems : (told ?? []).flatMap((one) => sentenceOf(one));
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

function problemOf(value: unknown): Problem[] {
  const [word, message] = [textOf(member(value, 'code')), textOf(member(value, 'msg'))];
  if (word === null && message === null) return [];
  return [
    {
      status: failure(word ?? 'gen.', message),
      connection: textOf(member(value, 'conn_id')),
      account: textOf(member(value, 'account_id')),
      organisation: null,
    },
  ];
}

function sentenceOf(value: unknown): Problem[] {
  const message = textOf(value) ?? textOf(member(value, 'msg')) ?? textOf(member(value, 'description'));
  if (message === null) return [];
  const organisation = ATTENTION.exec(message)?.[1] ?? null;
  return [
    {
      status: failure(organisation === null ? '' : 'con.auth', message),
      connection: null,
      account: null,
      organisation,
    },
  ];
}

function failure(word: string, message: string | null): Status {
  return { code: 2000, severity: 'ERROR', message, word: word.toLowerCase().slice(0, 60) };
}

/** Returns true for a failure that says only that days are missing. */
export function isAboutMissingData({ status }: Problem): boolean {
  return status.word === 'act.missingdata';
}

/** Words of the public bridge: a range that it advises against, and one of which it left days out. */
const ADVICE = /\bexceeds recommended range\b/i;
const CAPPED = /\bwas capped\b/i;

/** Returns true for advice to developers, which changes nothing in the answer. */
export function isAdvice({ status }: Problem): boolean {
  return ADVICE.test(status.message ?? '');
}

/** Returns true for a failure of the whole answer, by which it may lack days of any account. */
export function isAboutWholeAnswer({ status }: Problem): boolean {
  if (CAPPED.test(status.message ?? '')) return true;
  // How a program uses the bridge, such as too often, says nothing about the answer.
  return status.word?.startsWith('gen.') === true && status.word !== 'gen.api';
}

/** Returns true for a failure of the access itself. */
export function isAboutAccess({ status }: Problem): boolean {
  return status.word === 'gen.auth';
}
