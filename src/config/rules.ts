/**
 * Checks what the schema of a single key cannot: duplicates, impossible combinations, secrets in the wrong place. Works on raw
 * values of any type, so that these mistakes are reported together with those of single keys.
 */

import type { PatternMaker } from '../model/rules/pattern.js';
import { shellWord } from '../model/shell-word.js';
import { isBankKind } from './account-types.js';
import { isTestAddress, proxyComplaint, urlComplaint, webhookComplaint } from './address.js';
import { exportProblems } from './export.js';
import { type DirectoryEntry, type LookUpResult, type LookUps, lookUpInstitution } from './known.js';
import { codeComplaint } from './notify-command.js';
import { programRules } from './program-rules.js';
import { pushProblems } from './push.js';
import { referenceComplaint } from './references.js';
import { entries, inKey, inValue, missing, type RawEntry, type RuleProblem } from './rule-problem.js';
import { simplefinRules } from './simplefin-rules.js';
import { isRecord, type Path, textOf } from './yaml/positions.js';

interface RawInstitution extends RawEntry {
  readonly known: DirectoryEntry | null;
}

export const SECRET_KEYS = ['userId', 'password', 'clientUid', 'userCred1', 'userCred2'] as const;
/** Sources of statements other than a server. */
const OWN_SOURCES = ['files', 'command', 'simplefin'] as const;
/** Keys of a connection, which an institution with `files:` or `command:` does not have. */
const CONNECTION_KEYS = [...SECRET_KEYS, 'ca', 'proxy', 'accountsPerRequest', 'timeout', 'perInstitution'];
/** Keys of these that a source does have. */
const KEYS_OF: Readonly<Record<(typeof OWN_SOURCES)[number], readonly string[]>> = {
  files: [],
  command: ['timeout', 'perInstitution'],
  simplefin: ['timeout', 'perInstitution', 'ca', 'proxy'],
};

export interface RuleContext extends LookUps {
  /** Accepts institutions without accounts. */
  readonly accountsToCome: boolean;
  /** Checks a regular expression of `rules:`; none is checked when absent. */
  readonly pattern?: PatternMaker;
}

/** Returns all problems beyond the schema of single keys. */
export function ruleProblems(raw: unknown, context: RuleContext): RuleProblem[] {
  const institutions = entries(raw, [], 'institutions');
  return [
    ...(context.accountsToCome ? [] : noInstitutions(raw)),
    ...duplicates(institutions, ({ value }) => textOf(value['name']), 'name', 'another bank already has this name'),
    ...institutions.flatMap((institution) => institutionRules(institution, context)),
    ...notifyRules(raw),
    ...pushProblems(raw),
    ...exportProblems(raw, context.pattern ?? null),
  ];
}

/** Checks that `notify:` has one receiver: an encrypted webhook, the desktop, or a command that runs nothing of a message. */
export function notifyRules(raw: unknown): RuleProblem[] {
  const value = isRecord(raw) && isRecord(raw['notify']) ? raw['notify'] : null;
  if (value === null) return [];
  const webhook = textOf(value['webhook']);
  const has = (key: string) => value[key] !== undefined;
  const receivers = ['command', 'webhook', 'desktop'].filter(has);
  if (receivers.length !== 1)
    return [
      inKey(
        ['notify'],
        receivers.length > 1 ? `${receivers.join(' and ')} cannot be combined` : 'needs a command or a webhook',
        'write notify: desktop, command: [PROGRAM, "{title}", "{text}"] or webhook: https://HOST/PATH',
      ),
    ];
  const complaint = webhook === null ? commandComplaint(value['command']) : webhookComplaint(webhook);
  return complaint === null
    ? []
    : [{ path: ['notify', webhook === null ? 'command' : 'webhook'], at: 'value', ...complaint }];
}

function commandComplaint(command: unknown): ReturnType<typeof codeComplaint> {
  const words: readonly unknown[] = Array.isArray(command) ? command : [];
  return codeComplaint(words.flatMap((word) => textOf(word) ?? []));
}

function institutionRules({ path, value }: RawEntry, context: RuleContext): RuleProblem[] {
  const { entry, unknown } = lookUpInstitution(
    { directory: textOf(value['directory']), url: textOf(value['url']) },
    context,
  );
  const institution = { path, value, known: entry };
  const accounts = entries(value, path, 'accounts');
  return [
    ...sourceRules(institution),
    ...(unknown === null ? [] : [unknownName(path, unknown)]),
    ...secretRules(institution),
    ...(context.accountsToCome ? [] : noAccounts(institution)),
    ...duplicates(
      accounts,
      ({ value: account }) => textOf(account['name']),
      'name',
      'another account of this bank already has this name',
    ),
    ...duplicates(accounts, identity('id'), 'id', 'another account of this bank already has this kind and id'),
    ...duplicates(
      accounts,
      identity('number'),
      'number',
      'another account of this bank already has this kind and number',
    ),
    ...numbersOfOthers(accounts),
    ...accounts.flatMap((account) => accountRules(account, institution)),
  ];
}

function unknownName(path: Path, { key, name, near }: NonNullable<LookUpResult['unknown']>): RuleProblem {
  const isDirectory = key === 'directory';
  const shown = /:\/\/|@/.test(name) ? 'this name' : JSON.stringify(name.slice(0, 60));
  const spelt = near.slice(0, 3).map((one) => `\`${isDirectory ? '' : 'sandbox://'}${one}\``);
  return {
    path: [...path, key],
    at: 'value',
    message: isDirectory ? `${shown} is not in the built-in directory` : `the sandbox has no bank ${shown}`,
    suggestion: spelt.length === 0 ? 'write url, org and fid instead' : `did you mean ${spelt.join(', ')}?`,
  };
}

function sourceRules({ path, value, known }: RawInstitution): RuleProblem[] {
  const has = (key: string) => value[key] !== undefined;
  const problems: RuleProblem[] = [];
  const sources = ['url', 'directory', ...OWN_SOURCES].filter(has);
  if (sources.length === 0)
    problems.push(
      missing(
        [...path, 'url'],
        'url: https://…, directory: NAME, files: FOLDER/*.qfx, command: [PROGRAM], or simplefin: keychain',
      ),
    );
  for (const key of OWN_SOURCES) {
    const other = sources.find((one) => one !== key);
    if (has(key) && other !== undefined)
      problems.push(inKey([...path, key], `${key} and ${other} cannot be combined`, 'keep one'));
  }
  problems.push(...programRules({ path, value }), ...simplefinRules({ path, value }));
  const url = textOf(value['url']);
  const complaint = url === null ? null : urlComplaint(url);
  if (complaint !== null) problems.push({ path: [...path, 'url'], at: 'value', ...complaint });
  const proxy = textOf(value['proxy']);
  const proxied = proxy === null ? null : proxyComplaint(proxy);
  if (proxied !== null) problems.push({ path: [...path, 'proxy'], at: 'value', ...proxied });
  if (known !== null && has('directory') && !has('url')) problems.push(...endedProblems(path, known));
  return problems;
}

/** Reports a name of the directory that leads to no server. One whose end became known later goes on to fail by itself. */
function endedProblems(path: Path, { title, url, ended, loads }: DirectoryEntry): RuleProblem[] {
  const hasEnded = typeof ended === 'string' && loads !== true;
  if (url !== null && !hasEnded) return [];
  return [
    {
      path: [...path, 'directory'],
      at: 'value',
      message: hasEnded ? `${title} can no longer be reached: ${ended}` : `the directory has no address for ${title}`,
      suggestion: 'files: FOLDER/*.qfx for statements that you download yourself, or your own url',
    },
  ];
}

function noInstitutions(raw: unknown): RuleProblem[] {
  const list = isRecord(raw) ? raw['institutions'] : null;
  const isEmpty = Array.isArray(list) && list.length === 0;
  return isEmpty ? [inValue(['institutions'], 'empty', '- name: …, with url and accounts')] : [];
}

/** Reports an empty list of accounts, which a bank that is reached over the network can fill. */
function noAccounts({ path, value }: RawInstitution): RuleProblem[] {
  const list = value['accounts'];
  if (!Array.isArray(list) || list.length > 0) return [];
  const entry = '{ name: checking, kind: checking, id: "…", routing: "…" }';
  const name = textOf(value['name']);
  const suggestion =
    name === null || value['files'] !== undefined || value['command'] !== undefined
      ? `- ${entry}`
      : `- ${entry}; or ask the bank: ofx-sync discover ${shellWord(name)} --write`;
  return [inValue([...path, 'accounts'], 'empty', suggestion)];
}

function secretRules({ path, value }: RawInstitution): RuleProblem[] {
  const own = OWN_SOURCES.find((key) => value[key] !== undefined);
  const isReached = value['url'] !== undefined || value['directory'] !== undefined;
  const place = { institution: textOf(value['name']), isTest: isTestAddress(textOf(value['url'])) };
  const problems: RuleProblem[] = [];
  if (isReached && value['userId'] === undefined) problems.push(missing([...path, 'userId'], 'userId: NAME'));
  for (const key of SECRET_KEYS) {
    const complaint = value[key] === undefined ? null : referenceComplaint(value[key], { ...place, key });
    if (complaint !== null) problems.push({ path: [...path, key], at: 'value', ...complaint });
  }
  if (own === undefined || isReached) return problems;
  const unused = CONNECTION_KEYS.filter((key) => value[key] !== undefined && !KEYS_OF[own].includes(key));
  return [...problems, ...unused.map((key) => inKey([...path, key], `${key} is not used with ${own}`, 'remove it'))];
}

function accountRules({ path, value }: RawEntry, institution: RawInstitution): RuleProblem[] {
  const kind = textOf(value['kind']) ?? '';
  const isServer = OWN_SOURCES.every((key) => institution.value[key] === undefined);
  const unexpected = (key: string) => inKey([...path, key], `an account of kind ${kind} has no ${key}`, 'remove it');
  const problems: RuleProblem[] = [];
  if (isBankKind(kind)) {
    const bankId = institution.value['bankId'] ?? institution.known?.quirks.bankId;
    if (isServer && bankId !== 'empty' && value['routing'] === undefined)
      problems.push(
        missing([...path, 'routing'], `routing: "…" with the routing number, which a ${kind} account needs`),
      );
    for (const key of ['brokerId', 'loanType']) if (value[key] !== undefined) problems.push(unexpected(key));
  } else if (kind === 'creditcard' || kind === 'loan' || kind === 'investment') {
    for (const key of ['routing', 'branch']) if (value[key] !== undefined) problems.push(unexpected(key));
    if (kind !== 'loan' && value['loanType'] !== undefined) problems.push(unexpected('loanType'));
    if (kind !== 'investment' && value['brokerId'] !== undefined) problems.push(unexpected('brokerId'));
  }
  const broker = value['brokerId'] ?? institution.value['brokerId'] ?? institution.known?.brokerId ?? null;
  const isUnknown = institution.value['directory'] !== undefined && institution.known === null;
  if (kind === 'investment' && broker === null && isServer && !isUnknown)
    problems.push(missing([...path, 'brokerId'], 'brokerId: broker.example, here, or for the whole bank'));
  return problems;
}

/** Returns the identity of an account by one of its ids: kind, id, routing number and branch. */
function identity(key: 'id' | 'number'): (entry: RawEntry) => string | null {
  // As JSON, since a value may be of any type.
  return ({ value }) =>
    textOf(value[key]) === null ? null : JSON.stringify([value['kind'], value[key], value['routing'], value['branch']]);
}

/** Reports numbers that are the ids of other accounts: a statement that has one of them could be of either. */
function numbersOfOthers(accounts: readonly RawEntry[]): RuleProblem[] {
  const [byId, byNumber] = [identity('id'), identity('number')];
  const owners = new Map(accounts.map((account) => [byId(account), account]));
  return accounts.flatMap((account) => {
    const number = byNumber(account);
    const owner = number === null ? account : (owners.get(number) ?? account);
    const message = 'another account of this bank has this kind and number as its id';
    return owner === account ? [] : [inValue([...account.path, 'number'], message, 'each must differ')];
  });
}

function duplicates(
  list: readonly RawEntry[],
  keyOf: (entry: RawEntry) => string | null,
  field: string,
  message: string,
): RuleProblem[] {
  const seen = new Set<string>();
  return list.flatMap((entry) => {
    const key = keyOf(entry);
    if (key === null) return [];
    const isAgain = seen.has(key);
    seen.add(key);
    return isAgain ? [inValue([...entry.path, field], message, 'each must differ')] : [];
  });
}
