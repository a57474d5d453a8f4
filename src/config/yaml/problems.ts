/** Everything that is wrong with a file, each with its place: unknown keys, zod's issues, and what `rules.ts` finds. */

import type { z } from 'zod';
import type { ConfigProblem } from '../../errors.js';
import { nearest } from '../../model/nearest.js';
import { type Amended, amend } from '../near-misses.js';
import { isPushSecretPath } from '../push.js';
import { type RuleContext, ruleProblems, SECRET_KEYS } from '../rules.js';
import { configSchema } from '../schema.js';
import { dotted, type Located, type Path, problem } from './positions.js';

type Issue = z.core.$ZodIssue;

/** What other programs and OFX itself call these values. */
const OTHER_VALUES: Readonly<Record<string, string>> = {
  card: 'creditcard',
  credit: 'creditcard',
  'credit card': 'creditcard',
  'credit-card': 'creditcard',
  ccard: 'creditcard',
  bank: 'checking',
  current: 'checking',
  giro: 'checking',
  saving: 'savings',
  moneymrkt: 'moneymarket',
  mma: 'moneymarket',
  heloc: 'creditline',
  loc: 'creditline',
  brokerage: 'investment',
  broker: 'investment',
  ira: 'investment',
  '401k': 'investment',
  mortgage: 'loan',
  certificate: 'cd',
};

/** What a missing key looks like when it is there. */
const EXAMPLES: Readonly<Record<string, string>> = {
  institutions: 'institutions: and a list',
  accounts: 'accounts: [{ name: checking, kind: checking, id: "…", routing: "…" }]',
  kind: 'kind: checking, savings, creditcard, investment …',
  id: 'id: "…" with the account number in quotes',
  name: 'name: a name of your choice',
};

/** Every problem of the file, in the order of its lines. */
export function allProblems(located: Located, context: RuleContext): ConfigProblem[] {
  const amended = amend(located);
  const parsed = configSchema.safeParse(amended.value);
  const issues = parsed.success ? [] : parsed.error.issues;
  const shape = issues.flatMap((issue) => shapeProblems(issue, { located, amended }));
  const told = new Set(shape.map(({ path }) => path));
  const rules = ruleProblems(amended.value, context)
    .map(({ path, at, message, suggestion }) => {
      const original = amended.original(path);
      return problem({ ...located.position(original, at), path: dotted(original), message, suggestion });
    })
    .filter(({ path }) => !told.has(path));
  return [...located.problems, ...amended.problems, ...shape, ...rules].toSorted(
    (a, b) => a.line - b.line || a.column - b.column,
  );
}

interface Seen {
  readonly located: Located;
  readonly amended: Amended;
}

function shapeProblems(issue: Issue, { located, amended }: Seen): ConfigProblem[] {
  const path = issue.path.filter((part): part is string | number => typeof part !== 'symbol');
  // Secrets are judged by `rules.ts`, which knows where a literal is accepted; a slip of the key alone is one problem.
  if (isSecretPath(path) || amended.isRenamed(path)) return [];
  const original = amended.original(path);
  const report = (message: string, suggestion?: string) => [
    problem({ ...located.position(original), path: dotted(original), message, suggestion }),
  ];
  const key = String(path.at(-1) ?? '');
  const value = valueAt(amended.value, path);
  if (value === undefined) return report('missing', EXAMPLES[key]);
  const [message = '', suggestion] = issue.message.split('\n');
  if (suggestion !== undefined) return report(message, suggestion);
  if (value === null) return report('empty', EXAMPLES[key] ?? 'give it a value, or leave the line out');
  if (issue.code === 'unrecognized_keys') return report(`unknown key ${issue.keys.join(', ')}`);
  if (wantsText(issue) && (typeof value === 'number' || typeof value === 'boolean'))
    return report(
      `expected text in quotes, received ${typeof value === 'number' ? 'a number' : typeName(typeof value)}`,
      `"${located.source(original) ?? String(value)}"`,
    );
  return report(describe(issue, value), expectation(issue, value));
}

/** `institutions.N.password`, `push.TARGET.token` and whatever is below them. */
function isSecretPath(path: Path): boolean {
  const isOfInstitution = path[0] === 'institutions' && path.length >= 3;
  return (isOfInstitution && SECRET_KEYS.some((key) => key === path[2])) || isPushSecretPath(path);
}

function describe(issue: Issue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${typeName(issue.expected)}, received ${typeName(kindOf(value))}`;
    case 'invalid_value':
      return `${shown(value)} is not one of its values`;
    case 'too_small':
      return typeof value === 'number' ? `must be at least ${issue.minimum}` : 'empty';
    case 'too_big':
      return typeof value === 'number'
        ? `must be at most ${issue.maximum}`
        : `longer than ${issue.maximum} ${Array.isArray(value) ? 'entries' : 'characters'}`;
    default:
      return `${shown(value)} does not fit`;
  }
}

function expectation(issue: Issue, value: unknown): string | undefined {
  if (issue.code === 'invalid_value') return enumeration(issue.values.map(String), value);
  if (issue.code !== 'invalid_type') return undefined;
  if (issue.expected === 'boolean') return /^(?:yes|on|true|y)$/i.test(String(value)) ? 'true' : 'true or false';
  if (typeof value === 'string' && /^\d+$/.test(value) && /^(?:number|int)$/.test(issue.expected))
    return `${value}, without quotes`;
  return issue.expected === 'array' ? 'one entry a line, each after a dash' : undefined;
}

function enumeration(values: readonly string[], value: unknown): string {
  const text = typeof value === 'string' ? value : '';
  const near = OTHER_VALUES[text.toLowerCase()] ?? nearest(text, values);
  return near !== null && values.includes(near) ? `did you mean \`${near}\`?` : `one of ${values.join(', ')}`;
}

function wantsText(issue: Issue): boolean {
  return issue.code === 'invalid_type' && issue.expected === 'string';
}

function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  return typeof value === 'number' ? String(value) : 'this';
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' && !Number.isInteger(value) ? 'fraction' : typeof value;
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a whole number',
  int: 'a whole number',
  fraction: 'a fraction',
  array: 'a list',
  object: 'keys with values',
  record: 'keys with values',
  boolean: 'true or false',
};

function typeName(type: string): string {
  return TYPE_NAMES[type] ?? type;
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((current, part) => {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, part)) return undefined;
    return Reflect.get(current, part);
  }, root);
}
