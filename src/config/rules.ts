/**
 * What no single key shows: duplicates, impossible combinations, secrets in the wrong place. Looks at raw values of any type,
 * so that these come together with the mistakes of single keys.
 */

import { shellWord } from '../model/shell-word.js';
import { isBankKind } from './account-types.js';
import { isPlayground, proxyComplaint, urlComplaint, webhookComplaint } from './address.js';
import { exportProblems, type PatternComplaint } from './export.js';
import { type DirectoryEntry, type Known, knownOf, type LookUps } from './known.js';
import { pushProblems } from './push.js';
import { referenceComplaint } from './references.js';
import { entries, missing, type RawEntry, type RuleProblem } from './rule-problem.js';
import { isRecord, type Path, textOf } from './yaml/positions.js';

interface RawInstitution extends RawEntry {
  readonly known: DirectoryEntry | null;
}

export const SECRET_KEYS = ['userId', 'password', 'clientUid', 'userCred1', 'userCred2'] as const;
/** Keys of a connection, which an institution of files does not have. */
const CONNECTION_KEYS = [...SECRET_KEYS, 'timeout', 'ca', 'proxy', 'perInstitution', 'accountsPerRequest'];

export interface RuleContext extends LookUps {
  /** An institution may have no accounts yet. */
  readonly accountsToCome: boolean;
  /** What is wrong with a regular expression of `rules:`; none is looked at when absent. */
  readonly patternComplaint?: PatternComplaint;
}

/** All that is wrong beyond the shape of single keys. */
export function ruleProblems(raw: unknown, context: RuleContext): RuleProblem[] {
  const institutions = entries(raw, [], 'institutions');
  return [
    ...duplicates(institutions, ({ value }) => textOf(value['name']), 'name', 'another institution has this name'),
    ...institutions.flatMap((institution) => institutionRules(institution, context)),
    ...notifyRules(raw),
    ...pushProblems(raw),
    ...exportProblems(raw, context.patternComplaint ?? (() => null)),
  ];
}

/** A message goes one way, and encrypted. */
export function notifyRules(raw: unknown): RuleProblem[] {
  const value = isRecord(raw) && isRecord(raw['notify']) ? raw['notify'] : null;
  if (value === null) return [];
  const webhook = textOf(value['webhook']);
  const has = (key: string) => value[key] !== undefined;
  if (has('command') === has('webhook'))
    return [
      {
        path: ['notify'],
        at: 'key',
        message: has('command') ? 'command and webhook exclude each other' : 'neither a command nor a webhook',
        suggestion: 'one of command: [PROGRAM, "{title}", "{text}"] and webhook: https://HOST/PATH',
      },
    ];
  const complaint = webhook === null ? null : webhookComplaint(webhook);
  return complaint === null ? [] : [{ path: ['notify', 'webhook'], at: 'value', ...complaint }];
}

function institutionRules({ path, value }: RawEntry, context: RuleContext): RuleProblem[] {
  const { entry, unknown } = knownOf({ directory: textOf(value['directory']), url: textOf(value['url']) }, context);
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
      'another account of this institution has this name',
    ),
    ...duplicates(accounts, identity, 'id', 'another account of this institution has this kind and id'),
    ...accounts.flatMap((account) => accountRules(account, institution)),
  ];
}

function unknownName(path: Path, { key, name, near }: NonNullable<Known['unknown']>): RuleProblem {
  const isDirectory = key === 'directory';
  const shown = JSON.stringify(name.slice(0, 60));
  const spelt = near.slice(0, 3).map((one) => `\`${isDirectory ? '' : 'sandbox://'}${one}\``);
  return {
    path: [...path, key],
    at: 'value',
    message: isDirectory ? `${shown} is not in the built-in directory` : `there is no sandbox institution ${shown}`,
    suggestion: spelt.length === 0 ? 'write url, org and fid instead' : `did you mean ${spelt.join(', ')}?`,
  };
}

function sourceRules({ path, value, known }: RawInstitution): RuleProblem[] {
  const has = (key: string) => value[key] !== undefined;
  const problems: RuleProblem[] = [];
  if (!has('url') && !has('directory') && !has('files'))
    problems.push(missing([...path, 'url'], 'url: https://…, directory: NAME, or files: FOLDER/*.qfx'));
  for (const key of ['url', 'directory']) {
    if (has(key) && has('files'))
      problems.push({
        path: [...path, 'files'],
        at: 'key',
        message: `files and ${key} exclude each other`,
        suggestion: 'keep one',
      });
  }
  const url = textOf(value['url']);
  const complaint = url === null ? null : urlComplaint(url);
  if (complaint !== null) problems.push({ path: [...path, 'url'], at: 'value', ...complaint });
  const proxy = textOf(value['proxy']);
  const proxied = proxy === null ? null : proxyComplaint(proxy);
  if (proxied !== null) problems.push({ path: [...path, 'proxy'], at: 'value', ...proxied });
  if (known !== null && has('directory') && !has('url') && (known.url === null || typeof known.ended === 'string'))
    problems.push({
      path: [...path, 'directory'],
      at: 'value',
      message:
        typeof known.ended === 'string'
          ? `${known.title} cannot be reached any more: ${known.ended}`
          : `the directory knows no address of ${known.title}`,
      suggestion: 'files: FOLDER/*.qfx for statements that you download yourself, or a url of your own',
    });
  return problems;
}

/** A list without accounts, which can be filled by asking where somebody can be asked. */
function noAccounts({ path, value }: RawInstitution): RuleProblem[] {
  const list = value['accounts'];
  if (!Array.isArray(list) || list.length > 0) return [];
  const entry = '{ name: checking, kind: checking, id: "…", routing: "…" }';
  const name = textOf(value['name']);
  const suggestion =
    name === null || value['files'] !== undefined
      ? `- ${entry}`
      : `- ${entry}; or ask the institution: ofx-sync discover ${shellWord(name)} --write`;
  return [{ path: [...path, 'accounts'], at: 'value', message: 'empty', suggestion }];
}

function secretRules({ path, value }: RawInstitution): RuleProblem[] {
  const isFiles = value['files'] !== undefined;
  const isReached = value['url'] !== undefined || value['directory'] !== undefined;
  const place = { institution: textOf(value['name']), playground: isPlayground(textOf(value['url'])) };
  const problems: RuleProblem[] = [];
  if (isReached && value['userId'] === undefined) problems.push(missing([...path, 'userId'], 'userId: NAME'));
  for (const key of SECRET_KEYS) {
    const complaint = value[key] === undefined ? null : referenceComplaint(value[key], { ...place, key });
    if (complaint !== null) problems.push({ path: [...path, key], at: 'value', ...complaint });
  }
  for (const key of CONNECTION_KEYS) {
    if (isFiles && !isReached && value[key] !== undefined)
      problems.push({
        path: [...path, key],
        at: 'key',
        message: `files are read without ${key}`,
        suggestion: 'leave it out',
      });
  }
  return problems;
}

function accountRules({ path, value }: RawEntry, institution: RawInstitution): RuleProblem[] {
  const kind = textOf(value['kind']) ?? '';
  const isFiles = institution.value['files'] !== undefined;
  const strange = (key: string): RuleProblem => ({
    path: [...path, key],
    at: 'key',
    message: `an account of kind ${kind} has no ${key}`,
    suggestion: 'leave it out',
  });
  const problems: RuleProblem[] = [];
  if (isBankKind(kind)) {
    const bankId = institution.value['bankId'] ?? institution.known?.quirks.bankId;
    if (!isFiles && bankId !== 'empty' && value['routing'] === undefined)
      problems.push(
        missing([...path, 'routing'], `routing: "…" with the routing number, which a ${kind} account needs`),
      );
    for (const key of ['brokerId', 'loanType']) if (value[key] !== undefined) problems.push(strange(key));
  } else if (kind === 'creditcard' || kind === 'loan' || kind === 'investment') {
    for (const key of ['routing', 'branch']) if (value[key] !== undefined) problems.push(strange(key));
    if (kind !== 'loan' && value['loanType'] !== undefined) problems.push(strange('loanType'));
    if (kind !== 'investment' && value['brokerId'] !== undefined) problems.push(strange('brokerId'));
  }
  const broker = value['brokerId'] ?? institution.value['brokerId'] ?? institution.known?.brokerId ?? null;
  const isUnknown = institution.value['directory'] !== undefined && institution.known === null;
  if (kind === 'investment' && broker === null && !isFiles && !isUnknown)
    problems.push(missing([...path, 'brokerId'], 'brokerId: broker.example, here or at the institution'));
  return problems;
}

/** Two accounts of one kind with one id (and routing number) are the same account. */
function identity({ value }: RawEntry): string | null {
  // As JSON, since any value may stand in the place of a text.
  return textOf(value['id']) === null
    ? null
    : JSON.stringify([value['kind'], value['id'], value['routing'], value['branch']]);
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
    return isAgain
      ? [{ path: [...entry.path, field], at: 'value' as const, message, suggestion: 'each must differ' }]
      : [];
  });
}
