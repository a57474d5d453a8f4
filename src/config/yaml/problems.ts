/** Collects the problems of a file with their positions: unknown keys, the issues of the schema, and those of `rules.ts`. */

import type { z } from 'zod';
import type { ConfigProblem } from '../../errors.js';
import { nearest } from '../../model/nearest.js';
import { isPushSecretPath } from '../push.js';
import { type RuleContext, ruleProblems, SECRET_KEYS } from '../rules.js';
import { configSchema } from '../schema.js';
import { type CorrectedKeys, correctKeys } from '../unknown-keys.js';
import { dotted, type ParsedYaml, type Path } from './positions.js';
import { problem } from './problem.js';

type Issue = z.core.$ZodIssue;

/** Names of these values in other programs and in OFX itself. */
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

/** Examples of missing keys. */
const EXAMPLES: Readonly<Record<string, string>> = {
  institutions: 'institutions: with a list',
  accounts: 'accounts: [{ name: checking, kind: checking, id: "…", routing: "…" }]',
  kind: 'kind: checking, savings, creditcard, investment …',
  id: 'id: "…" with the account number in quotes',
  name: 'name: a name of your choice',
};

/** Returns every problem of the file, in the order of its lines. */
export function allProblems(yaml: ParsedYaml, context: RuleContext): ConfigProblem[] {
  const corrected = correctKeys(yaml);
  const parsed = configSchema.safeParse(corrected.value);
  const issues = parsed.success ? [] : parsed.error.issues;
  const shape = issues.flatMap((issue) => shapeProblems(issue, { yaml, corrected }));
  const reported = new Set(shape.map(({ path }) => path));
  const rules = ruleProblems(corrected.value, context)
    .map(({ path, at, message, suggestion }) => {
      const original = corrected.original(path);
      return problem({ ...yaml.position(original, at), path: dotted(original), message, suggestion });
    })
    .filter(({ path }) => !reported.has(path));
  return [...yaml.problems, ...corrected.problems, ...shape, ...rules].toSorted(
    (a, b) => a.line - b.line || a.column - b.column,
  );
}

interface CheckedFile {
  readonly yaml: ParsedYaml;
  readonly corrected: CorrectedKeys;
}

function shapeProblems(issue: Issue, { yaml, corrected }: CheckedFile): ConfigProblem[] {
  const path = issue.path.filter((part): part is string | number => typeof part !== 'symbol');
  // `rules.ts` checks secrets, since it knows where a literal is accepted. A misspelled key is a problem already.
  if (isSecretPath(path) || corrected.isRenamed(path)) return [];
  const original = corrected.original(path);
  const report = (message: string, suggestion?: string) => [
    problem({ ...yaml.position(original), path: dotted(original), message, suggestion }),
  ];
  const key = String(path.at(-1) ?? '');
  const value = valueAt(corrected.value, path);
  if (value === undefined) return report('missing', EXAMPLES[key]);
  const [message = '', suggestion] = issue.message.split('\n');
  if (suggestion !== undefined) return report(message, suggestion);
  if (value === null) return report('empty', EXAMPLES[key] ?? 'give it a value, or remove the line');
  if (issue.code === 'unrecognized_keys') return report(`unknown key ${issue.keys.join(', ')}`);
  if (issue.code === 'invalid_union') {
    const form = formOf(issue, value);
    if (form !== null)
      return form.flatMap((inner) =>
        shapeProblems({ ...inner, path: [...issue.path, ...inner.path] }, { yaml, corrected }),
      );
  }
  if (wantsText(issue) && (typeof value === 'number' || typeof value === 'boolean'))
    return report(
      `expected text in quotes, received ${typeof value === 'number' ? 'a number' : typeName(typeof value)}`,
      `"${yaml.source(original) ?? String(value)}"`,
    );
  return report(describe(issue, value, path), expectation(issue, value));
}

/** Returns the issues of that form of a value which was probably meant, where it may have several. */
function formOf({ errors }: Extract<Issue, { code: 'invalid_union' }>, value: unknown): readonly Issue[] | null {
  const ofThisType = errors.filter(
    (form) => !form.some(({ code, path }) => code === 'invalid_type' && path.length === 0),
  );
  if (ofThisType.length === 1) return ofThisType[0] ?? null;
  const isScalar = typeof value === 'number' || typeof value === 'boolean';
  return (isScalar ? errors.find(([issue]) => issue !== undefined && wantsText(issue)) : null) ?? null;
}

/** Returns true for `institutions.N.password`, `institutions.N.secrets.NAME`, `push.TARGET.token` and the like, and for keys in them. */
function isSecretPath(path: Path): boolean {
  const isOfInstitution = path[0] === 'institutions' && path.length >= 3;
  const isOfProgram = isOfInstitution && path[2] === 'secrets' && path.length > 3;
  return (isOfInstitution && SECRET_KEYS.some((key) => key === path[2])) || isOfProgram || isPushSecretPath(path);
}

function describe(issue: Issue, value: unknown, path: Path): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${typeName(issue.expected)}, received ${typeName(kindOf(value))}`;
    case 'invalid_value':
      return `${shown(value, path)} is not a valid value`;
    case 'too_small':
      return typeof value === 'number' ? `must be at least ${issue.minimum}` : 'empty';
    case 'too_big':
      return typeof value === 'number'
        ? `must be at most ${issue.maximum}`
        : `longer than ${issue.maximum} ${Array.isArray(value) ? 'entries' : 'characters'}`;
    case 'invalid_union': {
      const types = issue.errors.flatMap(([first]) => (first?.code === 'invalid_type' ? typeName(first.expected) : []));
      return types.length < 2
        ? `${shown(value, path)} is invalid`
        : `expected ${types.join(' or ')}, received ${typeName(kindOf(value))}`;
    }
    default:
      return `${shown(value, path)} is invalid`;
  }
}

function expectation(issue: Issue, value: unknown): string | undefined {
  if (issue.code === 'invalid_value') return enumeration(issue.values.map(String), value);
  if (issue.code !== 'invalid_type') return undefined;
  if (issue.expected === 'boolean') return /^(?:yes|on|true|y)$/i.test(String(value)) ? 'true' : 'true or false';
  if (typeof value === 'string' && /^\d+$/.test(value) && /^(?:number|int)$/.test(issue.expected))
    return `${value}, without quotes`;
  return issue.expected === 'array' ? 'write one entry per line, each after a dash' : undefined;
}

function enumeration(values: readonly string[], value: unknown): string {
  const text = typeof value === 'string' ? value : '';
  const near = OTHER_VALUES[text.toLowerCase()] ?? nearest(text, values);
  return near !== null && values.includes(near) ? `did you mean \`${near}\`?` : `one of ${values.join(', ')}`;
}

function wantsText(issue: Issue): boolean {
  return issue.code === 'invalid_type' && issue.expected === 'string';
}

/** Quotes a value, unless it may be secret: headers carry tokens, and addresses user ids. */
function shown(value: unknown, path: Path): string {
  const isPrivate = path.includes('headers') || /:\/\/|@/.test(String(value));
  if (isPrivate && typeof value === 'string') return 'this value';
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  return typeof value === 'number' ? String(value) : 'this entry';
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
