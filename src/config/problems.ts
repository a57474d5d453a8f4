/** zod's issues as problems with places: what is wrong, what to write instead, and the near miss. Never a value that may be a secret. */

import type { z } from 'zod';
import type { ConfigProblem } from '../errors.js';
import { nearest } from '../model/nearest.js';
import { type Located, type Path, problem } from './positions.js';
import { ruleProblems } from './rules.js';
import { accountSchema, configSchema, institutionSchema } from './schema.js';

type Issue = z.core.$ZodIssue;

const SECRET_KEYS = new Set(['userId', 'password', 'clientUid']);
const OTHER_SPELLINGS: Readonly<Record<string, string>> = {
  card: 'creditcard',
  credit: 'creditcard',
  'credit-card': 'creditcard',
  ccard: 'creditcard',
  bank: 'checking',
  current: 'checking',
  moneymrkt: 'moneymarket',
  brokerage: 'investment',
  broker: 'investment',
  deposit: 'cd',
  acctid: 'id',
  number: 'id',
  bankid: 'routing',
  username: 'userId',
  user: 'userId',
};

/** Every problem of the file, in the order of its lines. */
export function allProblems(located: Located): ConfigProblem[] {
  const parsed = configSchema.safeParse(located.value);
  const shape = parsed.success ? [] : parsed.error.issues.flatMap((issue) => shapeProblems(issue, located));
  const told = new Set(shape.map(({ path }) => path));
  const rules = ruleProblems(located.value)
    .map(({ path, at, message, suggestion }) =>
      problem({ ...located.position(path, at), path: dotted(path), message, suggestion }),
    )
    .filter(({ path }) => !told.has(path));
  return [...shape, ...rules].toSorted((a, b) => a.line - b.line || a.column - b.column);
}

function shapeProblems(issue: Issue, located: Located): ConfigProblem[] {
  const path = issue.path.filter((part): part is string | number => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...path, key], located));
  const value = valueAt(located.value, path);
  const key = String(path.at(-1) ?? '');
  if (value === undefined)
    return [
      problem({
        ...located.position(path),
        path: dotted(path),
        message: 'missing',
        suggestion: expectation(issue, key),
      }),
    ];
  const at = located.position(path);
  if (SECRET_KEYS.has(key))
    return [
      problem({
        ...at,
        path: dotted(path),
        message: 'this is no way to name a secret',
        suggestion: 'keychain, env:NAME, file:PATH, prompt, { command: […] }',
      }),
    ];
  if (typeof value === 'number' && (issue.message === 'QUOTE' || expectsText(issue))) {
    return [
      problem({
        ...at,
        path: dotted(path),
        message: 'expected text in quotes, received a number',
        suggestion: `"${located.source(path) ?? String(value)}"`,
      }),
    ];
  }
  return [
    problem({ ...at, path: dotted(path), message: describe(issue, value), suggestion: expectation(issue, key, value) }),
  ];
}

function unknownKey(path: Path, located: Located): ConfigProblem {
  const key = String(path.at(-1));
  const known = knownKeys(path);
  const near = OTHER_SPELLINGS[key.toLowerCase()] ?? nearest(key, known);
  const suggestion =
    near !== null && known.includes(near)
      ? `did you mean \`${near}\`?`
      : `known here: ${known.slice(0, 12).join(', ')}${known.length > 12 ? ' …' : ''}`;
  return problem({ ...located.position(path, 'key'), path: dotted(path), message: 'unknown key', suggestion });
}

function knownKeys(path: Path): readonly string[] {
  if (path[0] === 'defaults') return Object.keys(configSchema.shape.defaults.unwrap().shape);
  if (path.length <= 1) return Object.keys(configSchema.shape);
  if (path.length === 3) return Object.keys(institutionSchema.shape);
  if (path[2] === 'accounts') return Object.keys(accountSchema.shape);
  return ['keychain', 'env', 'file', 'command', 'literal'];
}

function describe(issue: Issue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${typeName(issue.expected)}, received ${typeName(kindOf(value))}`;
    case 'invalid_value':
      return `${JSON.stringify(value)} is not one of its values`;
    case 'too_small':
      return typeof value === 'number'
        ? `must be at least ${issue.minimum}`
        : issue.message.startsWith('name ')
          ? 'empty'
          : 'too short';
    case 'too_big':
      return typeof value === 'number'
        ? `must be at most ${issue.maximum}`
        : `longer than ${issue.maximum} ${Array.isArray(value) ? 'entries' : 'characters'}`;
    default:
      return `${typeof value === 'string' ? `${JSON.stringify(value.slice(0, 40))} ` : 'this '}does not fit`;
  }
}

function expectation(issue: Issue, key: string, value?: unknown): string | undefined {
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String);
    const near = typeof value === 'string' ? (OTHER_SPELLINGS[value.toLowerCase()] ?? nearest(value, values)) : null;
    if (near !== null && values.includes(near)) return `did you mean \`${near}\`?`;
    return `one of ${values.join(', ')}`;
  }
  if (/^(?:write|use|name) /.test(issue.message)) return issue.message;
  if (issue.code === 'invalid_type') return `${key}: ${typeName(issue.expected)}`;
  return undefined;
}

function expectsText(issue: Issue): boolean {
  return issue.code === 'invalid_type' && issue.expected === 'string';
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function typeName(type: string): string {
  const names: Readonly<Record<string, string>> = {
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    array: 'a list',
    object: 'keys with values',
    record: 'keys with values',
    boolean: 'true or false',
    null: 'nothing',
  };
  return names[type] ?? type;
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((current, part) => {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, part)) return undefined;
    return Array.isArray(current)
      ? (current[Number(part)] as unknown)
      : (current as Record<string, unknown>)[String(part)];
  }, root);
}

function dotted(path: Path): string {
  return path.join('.');
}
