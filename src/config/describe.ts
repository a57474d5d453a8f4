/** Descriptions of all keys of accounts.yaml, from the schema itself, for `help config` and the documentation. Pure. */

import { LENGTH_PATTERNS } from './length.js';
import { configJsonSchema } from './schema.js';

interface DescribedKey {
  /** `institutions[].accounts[].id` */
  readonly path: string;
  /** `text`, `a whole number`, `checking, savings …` */
  readonly takes: string;
  readonly isRequired: boolean;
  readonly about: string;
}

/** Returns all keys in the order of the schema: a list or a section before its keys. */
export function describedKeys(): DescribedKey[] {
  return keysOf(configJsonSchema(), '');
}

function keysOf(schema: unknown, at: string): DescribedKey[] {
  const required = list(member(schema, 'required'));
  return Object.entries(record(member(schema, 'properties'))).flatMap(([name, value]) => {
    const path = at === '' ? name : `${at}.${name}`;
    const shape = unwrapped(value);
    const item = unwrapped(member(shape, 'items'));
    const more = member(shape, 'additionalProperties');
    return [
      { path, takes: takes(shape), isRequired: required.includes(name), about: text(member(value, 'description')) },
      ...keysOf(shape, path),
      ...sectionsAmong(shape).flatMap((section) => keysOf(section, path)),
      ...keysOf(item, `${path}[]`),
      ...(typeof more === 'object' ? keysOf(unwrapped(more), `${path}.NAME`) : []),
    ];
  });
}

/** Returns the schema of a value that may also be null without the null. */
function unwrapped(schema: unknown): unknown {
  const ways = list(member(schema, 'anyOf')).filter((way) => member(way, 'type') !== 'null');
  return ways.length === 1 ? unwrapped(ways[0]) : schema;
}

/** Returns the forms of a value that are sections, where it has others as well. */
function sectionsAmong(schema: unknown): readonly unknown[] {
  return list(member(schema, 'anyOf')).filter((way) => takes(way) === 'a section');
}

function takes(schema: unknown): string {
  const words = list(member(schema, 'enum'));
  if (words.length > 0) return words.map(String).join(', ');
  const fixed = member(schema, 'const');
  if (fixed !== undefined) return String(fixed);
  const ways = list(member(schema, 'anyOf')).filter((way) => member(way, 'type') !== 'null');
  if (ways.length > 0) return [...new Set(ways.map((way) => takes(unwrapped(way))))].join('; or ');
  const type = member(schema, 'type');
  // A key that may be empty has `null` beside its type.
  switch (Array.isArray(type) ? type.find((one) => one !== 'null') : type) {
    case 'string':
      return LENGTHS.get(text(member(schema, 'pattern'))) ?? 'text';
    case 'integer':
      return 'a whole number';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'array':
      return `a list of ${plural(takes(unwrapped(member(schema, 'items'))))}`;
    case 'object': {
      const keys = Object.keys(record(member(schema, 'properties')));
      return keys.length === 0 ? 'names with their values' : keys.length <= 3 ? `{ ${keys.join(', ')} }` : 'a section';
    }
    default:
      return 'any value';
  }
}

const LENGTHS: ReadonlyMap<string, string> = new Map([
  [LENGTH_PATTERNS.days.source, 'a number of days such as 90d'],
  // An age is written as a duration is.
  [LENGTH_PATTERNS.duration.source, 'a length of time such as 60s, 12h or 3d'],
]);

function plural(what: string): string {
  return what === 'text' ? 'texts' : what === 'a section' ? 'entries' : what;
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
