/** What no single key of `push:` shows: secrets in the wrong place, addresses, accounts that do not exist. */

import { nearest } from '../model/nearest.js';
import { PUSH_SECRETS, PUSH_TARGETS, type PushTargetName } from '../model/push.js';
import { isPlayground, urlComplaint } from './address.js';
import { pushSecretName } from './build-push.js';
import { referenceComplaint } from './references.js';
import type { RuleProblem } from './rule-problem.js';
import type { Path } from './yaml/positions.js';
import { isRecord, type RawRecord, textOf } from './yaml/raw-value.js';

/** @param raw the whole file. */
export function pushProblems(raw: unknown): RuleProblem[] {
  const push = isRecord(raw) ? raw['push'] : undefined;
  if (!isRecord(raw) || !isRecord(push)) return [];
  const accounts = accountNames(raw);
  return PUSH_TARGETS.flatMap((target) => {
    const entry = push[target];
    if (entry === undefined || (entry !== null && !isRecord(entry))) return [];
    const path = ['push', target];
    const value = entry ?? {};
    return [
      ...secretProblems(target, value, path),
      ...addressProblems(value, path),
      ...(target === 'actual' ? actualProblems(value, path) : []),
      ...mapProblems(value['accounts'], [...path, 'accounts'], accounts),
    ];
  });
}

/** `institution/account` of all that are configured. */
function accountNames(raw: RawRecord): string[] {
  return records(raw['institutions']).flatMap((institution) =>
    records(institution['accounts']).map((account) => `${String(institution['name'])}/${String(account['name'])}`),
  );
}

function records(list: unknown): RawRecord[] {
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

/** Whether a path is that of a secret, or below one. */
export function isPushSecretPath([top, target, key]: Path): boolean {
  const known = PUSH_TARGETS.find((one) => one === target);
  return top === 'push' && known !== undefined && PUSH_SECRETS[known].some((one) => one === key);
}

function secretProblems(target: PushTargetName, value: RawRecord, path: Path): RuleProblem[] {
  const playground = isPlayground(textOf(value['server']));
  return PUSH_SECRETS[target].flatMap((key) => {
    const place = { key, institution: pushSecretName(target, key), playground };
    const complaint = value[key] === undefined ? null : referenceComplaint(value[key], place);
    return complaint === null ? [] : [{ path: [...path, key], at: 'value' as const, ...complaint }];
  });
}

function addressProblems(value: RawRecord, path: Path): RuleProblem[] {
  const server = textOf(value['server']);
  if (server === null) return [];
  const complaint = server.startsWith('sandbox:')
    ? { message: 'there is no sandbox for budgets', suggestion: 'https://HOST' }
    : urlComplaint(server);
  return complaint === null ? [] : [{ path: [...path, 'server'], at: 'value', ...complaint }];
}

function actualProblems(value: RawRecord, path: Path): RuleProblem[] {
  const lacks = (key: string, suggestion: string): RuleProblem => ({
    path: [...path, key],
    at: 'value',
    message: 'missing',
    suggestion,
  });
  const problems: RuleProblem[] = [];
  if (value['server'] === undefined && value['folder'] === undefined)
    problems.push(lacks('server', 'server: https://…, or folder: PATH for budgets without a server'));
  if (value['budget'] === undefined) problems.push(lacks('budget', 'budget: and its name, or its sync id'));
  for (const key of PUSH_SECRETS.actual) {
    if (value['server'] === undefined && value['folder'] !== undefined && value[key] !== undefined)
      problems.push({
        path: [...path, key],
        at: 'key',
        message: `a budget without a server has no ${key}`,
        suggestion: 'leave it out, or name the server',
      });
  }
  return problems;
}

function mapProblems(map: unknown, path: Path, accounts: readonly string[]): RuleProblem[] {
  if (!isRecord(map)) return [];
  const seen = new Set<unknown>();
  return Object.entries(map).flatMap(([key, name]): RuleProblem[] => {
    if (!accounts.includes(key))
      return [
        { path: [...path, key], at: 'key', message: 'there is no such account', suggestion: meant(key, accounts) },
      ];
    const isAgain = seen.has(name);
    seen.add(name);
    return isAgain
      ? [
          {
            path: [...path, key],
            at: 'value',
            message: 'another account goes there already',
            suggestion: 'each must differ',
          },
        ]
      : [];
  });
}

function meant(key: string, accounts: readonly string[]): string {
  const near = accounts.find((one) => one.endsWith(`/${key}`)) ?? nearest(key, accounts);
  return near === null ? 'institution/account, as ofx-sync accounts lists them' : `did you mean \`${near}\`?`;
}
