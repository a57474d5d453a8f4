/** What no single key shows: duplicates, impossible combinations, secrets in the wrong place. Looks at raw values, so that all mistakes come at once. */

import type { Path } from './positions.js';

export interface RuleProblem {
  readonly path: Path;
  readonly at: 'key' | 'value';
  readonly message: string;
  readonly suggestion?: string;
}

interface RawEntry {
  readonly path: Path;
  readonly value: Readonly<Record<string, unknown>>;
}

const BANK_KINDS = new Set(['checking', 'savings', 'moneymarket', 'creditline', 'cd']);
const REFERENCE = /^(?:keychain|keychain:.+|env:.+|file:.+|prompt)$/;

/** All that is wrong beyond the shape of single keys. */
export function ruleProblems(raw: unknown): RuleProblem[] {
  const institutions = entries(raw, [], 'institutions');
  return [
    ...duplicates(institutions, ({ value }) => text(value['name']), 'name', 'another institution has this name'),
    ...institutions.flatMap(institutionProblems),
  ];
}

/** Whether a password may stand in the file for this address: nothing real is behind it. */
export function isPlayground(url: string | null): boolean {
  if (url === null) return false;
  if (url.startsWith('sandbox://')) return true;
  return URL.canParse(url) && isLoopbackHost(new URL(url).hostname);
}

function institutionProblems(institution: RawEntry): RuleProblem[] {
  const { path, value } = institution;
  const accounts = entries(value, path, 'accounts');
  const id = ({ value: account }: RawEntry) =>
    text(account['id']) === null ? null : [account['kind'], account['id'], account['routing']].join('\n');
  return [
    ...sourceProblems(institution),
    ...secretProblems(institution),
    ...duplicates(
      accounts,
      ({ value: account }) => text(account['name']),
      'name',
      'another account of this institution has this name',
    ),
    ...duplicates(accounts, id, 'id', 'another entry names the same account'),
    ...accounts.flatMap((account) => accountProblems(account, value)),
  ];
}

function sourceProblems({ path, value }: RawEntry): RuleProblem[] {
  const given = ['url', 'directory', 'files'].filter((key) => value[key] !== undefined);
  if (given.length === 0)
    return [
      {
        path,
        at: 'value',
        message: 'an institution needs a url',
        suggestion: 'url: https://…, directory: NAME, or files: FOLDER/*.qfx',
      },
    ];
  if (given.length > 1 && !(given.length === 2 && given[0] === 'url' && given[1] === 'directory')) {
    return [
      {
        path: [...path, given[1] ?? ''],
        at: 'key',
        message: `${given.join(' and ')} exclude each other`,
        suggestion: 'keep one',
      },
    ];
  }
  const url = text(value['url']);
  return url === null ? [] : urlProblems(url, [...path, 'url']);
}

function urlProblems(url: string, path: Path): RuleProblem[] {
  if (!URL.canParse(url))
    return [{ path, at: 'value', message: 'this is no address', suggestion: 'https://HOST/PATH' }];
  const { protocol, hostname, username } = new URL(url);
  if (username !== '')
    return [
      { path, at: 'value', message: 'an address holds no user name or password', suggestion: 'userId: and password:' },
    ];
  if (protocol === 'https:' || protocol === 'sandbox:') return [];
  if (protocol === 'http:' && isLoopbackHost(hostname)) return [];
  if (protocol === 'http:')
    return [{ path, at: 'value', message: 'http: is not encrypted', suggestion: url.replace(/^http:/, 'https:') }];
  return [
    { path, at: 'value', message: `${protocol} is not a way to reach an institution`, suggestion: 'https://HOST/PATH' },
  ];
}

function secretProblems({ path, value }: RawEntry): RuleProblem[] {
  const reached = value['url'] !== undefined || value['directory'] !== undefined;
  const problems: RuleProblem[] = [];
  if (reached && value['userId'] === undefined)
    problems.push({ path, at: 'value', message: 'userId is missing', suggestion: 'userId: NAME' });
  for (const key of ['userId', 'password', 'clientUid']) {
    if (value[key] === undefined) continue;
    if (!reached && value['files'] !== undefined)
      problems.push({ path: [...path, key], at: 'key', message: `an institution of files has no ${key}` });
    if (isLiteral(value[key]) && !isPlayground(text(value['url']))) {
      problems.push({
        path: [...path, key],
        at: 'value',
        message: 'a secret is not written here: literal is for sandbox and loopback addresses',
        suggestion: `keychain, after: ofx-sync secret set ${text(value['name']) ?? 'NAME'}`,
      });
    }
  }
  const password = text(value['password']);
  if (password !== null && !REFERENCE.test(password)) {
    problems.push({
      path: [...path, 'password'],
      at: 'value',
      message: 'a password is not written here, only where to find it',
      suggestion: `keychain, after: ofx-sync secret set ${text(value['name']) ?? 'NAME'}`,
    });
  }
  return problems;
}

function accountProblems({ path, value }: RawEntry, institution: Readonly<Record<string, unknown>>): RuleProblem[] {
  const kind = text(value['kind']) ?? '';
  const problems: RuleProblem[] = [];
  const needsRouting = BANK_KINDS.has(kind) && institution['files'] === undefined && institution['bankId'] !== 'empty';
  if (needsRouting && value['routing'] === undefined)
    problems.push({ path, at: 'value', message: 'routing is missing', suggestion: 'routing: "121000248"' });
  if ((kind === 'creditcard' || kind === 'investment' || kind === 'loan') && value['routing'] !== undefined) {
    problems.push({
      path: [...path, 'routing'],
      at: 'key',
      message: `an account of kind ${kind} has no routing`,
      suggestion: 'leave it out',
    });
  }
  const hasBroker =
    value['brokerId'] !== undefined ||
    institution['brokerId'] !== undefined ||
    institution['directory'] !== undefined ||
    institution['files'] !== undefined;
  if (kind === 'investment' && !hasBroker)
    problems.push({
      path,
      at: 'value',
      message: 'brokerId is missing',
      suggestion: 'brokerId: broker.example, here or at the institution',
    });
  if (kind !== '' && kind !== 'investment' && value['brokerId'] !== undefined)
    problems.push({
      path: [...path, 'brokerId'],
      at: 'key',
      message: `an account of kind ${kind} has no brokerId`,
      suggestion: 'leave it out',
    });
  return problems;
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
    const again = seen.has(key);
    seen.add(key);
    return again
      ? [{ path: [...entry.path, field], at: 'value' as const, message, suggestion: 'each must differ' }]
      : [];
  });
}

function entries(parent: unknown, path: Path, key: string): RawEntry[] {
  const list = isRecord(parent) ? parent[key] : undefined;
  if (!Array.isArray(list)) return [];
  return list.flatMap((value: unknown, index) => (isRecord(value) ? [{ path: [...path, key, index], value }] : []));
}

function isLiteral(value: unknown): boolean {
  return isRecord(value) && value['literal'] !== undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
