/**
 * Reads account sets of SimpleFIN, versions 1 and 2 and their union, into the statements that the OFX reader makes: what comes
 * after reading does not know the difference. One answer may be several account sets, one after another on lines of their own,
 * as a source joins those of several windows.
 */

import { OfxError } from '../errors.js';
import type { AccountId } from '../model/account.js';
import { type Balance, EMPTY_STATEMENT, type Statement, type Status } from '../model/statement.js';
import type { AccountInfo, OfxFile } from '../ofx/file.js';
import { excerpt, NoticeList } from '../ofx/notices.js';
import { isObject, type JsonObject, listOf, member, parseJson } from './json.js';
import {
  isAboutAccess,
  isAboutMissingData,
  isAboutWholeAnswer,
  isAdvice,
  type Problem,
  readProblems,
} from './problems.js';
import { readHolding, readTransaction } from './transaction.js';
import { currencyOf, dayOf, moneyOf, NO_CURRENCY, textOf } from './values.js';

const SUCCESS: Status = { code: 0, severity: 'INFO', message: null };
const HEAD_LENGTH = 4_096;

/** Returns true for bytes that may be an account set: a JSON object that has its members near the beginning. */
export function looksLikeAccountSet(bytes: Uint8Array): boolean {
  const head = new TextDecoder().decode(bytes.subarray(0, HEAD_LENGTH));
  return /^\s*\{\s*"/.test(head) && /"(?:accounts|errlist|errors|connections)"\s*:/.test(head);
}

/**
 * Reads the account sets of an answer or a file.
 * @throws OfxError SIMPLEFIN_UNREADABLE when it has none.
 */
export function readAccountSets(bytes: Uint8Array): OfxFile {
  const notices = new NoticeList();
  const sets = setsOf(new TextDecoder().decode(bytes));
  const read = sets.map((set) => readSet(set, notices));
  const access = read.flatMap(({ problems }) => problems).find(isAboutAccess);
  return {
    header: { ofxVersion: null, charset: 'utf-8', declaredCharset: null, syntax: 'json', newFileUid: null },
    signon: { ...NO_SIGNON, status: access?.status ?? SUCCESS },
    statements: read.flatMap(({ statements }) => statements),
    accounts: [...new Map(read.flatMap(({ accounts }) => accounts).map((one) => [one.account.id, one])).values()],
    profile: null,
    challenges: [],
    // It lists accounts, as the answer to a request for them.
    replies: [{ name: 'ACCTINFOTRNRS', trnuid: null, status: SUCCESS }],
    problems: read.flatMap(({ unplaced }) => unplaced.map(({ status }) => status)),
    notices: notices.toArray(),
  };
}

const NO_SIGNON = {
  org: null,
  fid: null,
  dtServer: null,
  language: null,
  sessionCookie: null,
  accessKey: null,
  userKey: null,
} as const;

/** Parses the whole text as one account set, else each of its lines. @throws OfxError SIMPLEFIN_UNREADABLE */
function setsOf(text: string): JsonObject[] {
  const whole = parsed(text);
  const sets =
    whole === undefined ? text.split(/\r?\n/).flatMap((line) => (line.trim() === '' ? [] : [parsed(line)])) : [whole];
  if (sets.length > 0 && sets.every(isAccountSet)) return sets;
  const isCut = sets.some((one) => one === undefined);
  const how =
    text.trim() === ''
      ? 'is empty'
      : isCut
        ? 'is not JSON, or was cut off before its end'
        : 'is JSON, but no account set';
  throw new OfxError('SIMPLEFIN_UNREADABLE', `the answer of the bridge ${how}; nothing of it was stored`, {
    hint: 'The fault lies with the bridge: try again later. If it repeats, report it there.',
  });
}

function isAccountSet(value: unknown): value is JsonObject {
  return isObject(value) && (Array.isArray(member(value, 'accounts')) || Array.isArray(member(value, 'errlist')));
}

function parsed(text: string): unknown {
  try {
    return parseJson(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}

interface ReadSet {
  readonly statements: readonly Statement[];
  readonly accounts: readonly AccountInfo[];
  readonly problems: readonly Problem[];
  /** Problems of none of the accounts. */
  readonly unplaced: readonly Problem[];
}

function readSet(set: JsonObject, notices: NoticeList): ReadSet {
  const problems = readProblems(set, notices);
  const given = listOf(member(set, 'accounts'));
  if (given === null) notices.add('bad-accounts', 'the list of accounts is not a list');
  const connections = connectionNames(set);
  const placed = new Set<Problem>();
  const read = (given ?? []).flatMap((value) => {
    const id = textOf(member(value, 'id'));
    if (!isObject(value) || id === null) {
      notices.add('bad-account', 'an account without an id was skipped');
      return [];
    }
    const mine = problems.filter((problem) => isAbout(problem, { value, id, connections }));
    for (const problem of mine) placed.add(problem);
    return [{ statement: readAccount(value, id, mine), info: infoOf(value, id, connections) }];
  });
  const unnamed = problems.filter((one) => !placed.has(one) && one.account !== null);
  const unplaced = problems.filter((one) => !placed.has(one) && one.account === null && !isAdvice(one));
  for (const one of unplaced) if (!isAboutAccess(one)) notices.add('bridge-warns', sayingOf(one.status));
  const isPartial = unplaced.some(isAboutWholeAnswer);
  return {
    statements: [
      ...read.map(({ statement }) => (isPartial ? incomplete(statement) : statement)),
      ...unnamed.map(absentAccount),
    ],
    accounts: read.map(({ info }) => info),
    problems,
    unplaced,
  };
}

/** Names of connections by their ids, in lower case. */
function connectionNames(set: JsonObject): ReadonlyMap<string, string> {
  const pairs = (listOf(member(set, 'connections')) ?? []).flatMap((one): [string, string][] => {
    const [id, name] = [textOf(member(one, 'conn_id')), textOf(member(one, 'name')) ?? textOf(member(one, 'org_name'))];
    return id === null || name === null ? [] : [[id, name]];
  });
  return new Map(pairs);
}

interface Named {
  readonly value: JsonObject;
  readonly id: string;
  readonly connections: ReadonlyMap<string, string>;
}

/** Returns true for a problem of an account: by its own id, its connection, or the name of its organisation. */
function isAbout(problem: Problem, named: Named): boolean {
  if (problem.account !== null) return problem.account === named.id;
  if (problem.connection !== null) return problem.connection === textOf(member(named.value, 'conn_id'));
  if (problem.organisation === null) return false;
  const wanted = problem.organisation.toLowerCase();
  return organisationsOf(named).some((name) => name.toLowerCase() === wanted);
}

/** Lists the names under which the bank of an account appears. */
function organisationsOf({ value, connections }: Omit<Named, 'id'>): string[] {
  const org = member(value, 'org');
  const connection = connections.get(textOf(member(value, 'conn_id')) ?? '');
  const names = [
    connection,
    textOf(member(org, 'name')),
    textOf(member(value, 'conn_name')),
    textOf(member(org, 'domain')),
  ];
  return names.flatMap((name) => name ?? []);
}

function accountOf(id: string): AccountId {
  return { kind: 'bank', id, routing: null, branch: null, brokerId: null, accountType: null, anyKind: true };
}

function infoOf(value: JsonObject, id: string, connections: Named['connections']): AccountInfo {
  const bank = organisationsOf({ value, connections })[0];
  const name = textOf(member(value, 'name'));
  const description = [bank, name].filter((text) => text != null && text !== '').join(' · ');
  return { account: accountOf(id), description: description === '' ? null : description, status: null };
}

function readAccount(value: JsonObject, id: string, problems: readonly Problem[]): Statement {
  const notices = new NoticeList();
  const currency = currencyOf(member(value, 'currency'));
  if (!/^[A-Za-z]{3}$/.test(textOf(member(value, 'currency')) ?? ''))
    notices.add('custom-currency', `the currency is not one of ISO 4217; its amounts are kept in ${currency}`);
  const seenOn = dayOf(member(value, 'balance-date'));
  const inside = { currency, seenOn, notices };
  const list = (key: string): readonly unknown[] => {
    const found = listOf(member(value, key));
    if (found === null) notices.add('bad-transaction', `the list of ${key} is not a list`);
    return found ?? [];
  };
  const transactions = list('transactions').flatMap((one) => readTransaction(one, inside) ?? []);
  const positions = list('holdings').flatMap((one) => readHolding(one, inside) ?? []);
  const balance = (key: string): Balance | null => {
    const amount = moneyOf(member(value, key), currency);
    return amount === null ? null : { amount, currency, asOf: seenOn };
  };
  const failures = problems.filter((one) => !isAboutMissingData(one));
  for (const one of problems.filter(isAboutMissingData)) notices.add('missing-data', sayingOf(one.status));
  for (const { status } of failures.slice(1)) notices.add('bridge-warns', sayingOf(status));
  return {
    ...EMPTY_STATEMENT,
    kind: 'bank',
    status: failures[0]?.status ?? SUCCESS,
    account: accountOf(id),
    currency: currency === NO_CURRENCY ? null : currency,
    ledgerBalance: balance('balance'),
    availableBalance: balance('available-balance'),
    transactions,
    positions,
    ...(problems.length > 0 ? { incomplete: true } : {}),
    notices: notices.toArray(),
  };
}

function incomplete(statement: Statement): Statement {
  return { ...statement, incomplete: true };
}

/** An account that only a failure names. */
function absentAccount({ status, account }: Problem): Statement {
  return { ...EMPTY_STATEMENT, kind: 'bank', status, account: accountOf(account ?? ''), incomplete: true };
}

function sayingOf({ word, message }: Status): string {
  const said = message === null ? '' : `: ${quoted(message)}`;
  return `the bridge reports ${word === undefined || word === '' ? 'a problem' : word}${said}`;
}

function quoted(text: string): string {
  return text.length > 200 ? excerpt(text) : `“${text}”`;
}
