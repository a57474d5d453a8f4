/**
 * Unknown keys: each a problem, with the key that was meant. For the other checks the file is read as if the right key stood
 * there, so that one slip is one problem and what lies below it is checked too.
 */

import type { ConfigProblem } from '../errors.js';
import { nearest } from '../model/nearest.js';
import { columnSchema, layoutSchema, matchSchema, ruleSchema, setSchema, syncCommandSchema } from './export.js';
import { actualSchema, pushSchema, ynabSchema } from './push.js';
import { accountSchema, configSchema, defaultsSchema, institutionSchema, notifySchema } from './schema.js';
import { dotted, isRecord, type Located, type Path, problem } from './yaml/positions.js';

const KEYS = {
  config: Object.keys(configSchema.shape),
  defaults: Object.keys(defaultsSchema.shape),
  notify: Object.keys(notifySchema.shape),
  institution: Object.keys(institutionSchema.shape),
  account: Object.keys(accountSchema.shape),
  push: Object.keys(pushSchema.shape),
  ynab: Object.keys(ynabSchema.shape),
  actual: Object.keys(actualSchema.shape),
  rule: Object.keys(ruleSchema.shape),
  match: Object.keys(matchSchema.shape),
  set: Object.keys(setSchema.shape),
  layout: Object.keys(layoutSchema.shape),
  column: Object.keys(columnSchema.shape),
  syncCommand: Object.keys(syncCommandSchema.shape),
} as const;
type Level = keyof typeof KEYS;

/** What other programs and OFX itself call these keys. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  acctid: 'id',
  accountid: 'id',
  account: 'id',
  number: 'id',
  type: 'kind',
  accttype: 'kind',
  bankid: 'routing',
  routingnumber: 'routing',
  branchid: 'branch',
  broker: 'brokerId',
  user: 'userId',
  username: 'userId',
  login: 'userId',
  pass: 'password',
  passwd: 'password',
  pin: 'password',
  userpass: 'password',
  version: 'ofxVersion',
  days: 'history',
  banks: 'institutions',
  institution: 'institutions',
  bank: 'institutions',
  // Of budgets, where these are no keys of their own.
  password: 'token',
  apikey: 'token',
  accesstoken: 'token',
  url: 'server',
  serverurl: 'server',
  syncid: 'budget',
  plan: 'budget',
  encryption: 'encryptionPassword',
  datadir: 'folder',
};

/** What the entries of a list are. */
const LISTS: Readonly<Record<string, Level>> = {
  'config.institutions': 'institution',
  'institution.accounts': 'account',
  'config.rules': 'rule',
  'config.onSync': 'syncCommand',
  'layout.columns': 'column',
};

export interface Amended {
  readonly value: unknown;
  readonly problems: readonly ConfigProblem[];
  /** The path in the file of a path in `value`. */
  original(path: Path): Path;
  /** Whether the last part of the path was written differently. */
  isRenamed(path: Path): boolean;
}

export function amend(located: Located): Amended {
  const renames = new Map<string, string>();
  const problems: ConfigProblem[] = [];
  const original = (path: Path): Path =>
    path.map((part, index) => renames.get(dotted(path.slice(0, index + 1))) ?? part);

  const visit = (value: unknown, level: Level, path: Path): unknown => {
    if (!isRecord(value)) return value;
    const entries = Object.entries(value).map(([key, child]): [string, unknown] => {
      const known = knownKey(key, level, value);
      if (known.key !== key) {
        const at = original([...path, key]);
        problems.push(
          problem({
            ...located.position(at, 'key'),
            path: dotted(at),
            message: 'unknown key',
            suggestion: known.suggestion,
          }),
        );
      }
      if (known.key === null) return [key, undefined];
      if (known.key !== key) renames.set(dotted([...path, known.key]), key);
      return [known.key, below(child, level, [...path, known.key])];
    });
    return Object.fromEntries(entries.filter(([, child]) => child !== undefined));
  };
  const below = (child: unknown, level: Level, path: Path): unknown => {
    const key = path.at(-1);
    if (level === 'config' && (key === 'defaults' || key === 'notify' || key === 'push'))
      return visit(child, key, path);
    if (level === 'push' && (key === 'ynab' || key === 'actual')) return visit(child, key, path);
    if (level === 'rule' && (key === 'match' || key === 'set')) return visit(child, key, path);
    if (level === 'config' && key === 'csvLayouts' && isRecord(child))
      return Object.fromEntries(
        Object.entries(child).map(([name, one]) => [name, visit(one, 'layout', [...path, name])]),
      );
    const next = LISTS[`${level}.${String(key)}`];
    if (next === undefined || !Array.isArray(child)) return child;
    return child.map((item: unknown, index) => visit(item, next, [...path, index]));
  };

  const value = visit(located.value, 'config', []);
  return { value, problems, original, isRenamed: (path) => renames.has(dotted(path)) };
}

function knownKey(key: string, level: Level, siblings: object): { key: string | null; suggestion?: string } {
  const known = KEYS[level];
  if (known.includes(key)) return { key };
  const plain = key.toLowerCase().replace(/[-_ ]/g, '');
  const other = OTHER_NAMES[plain];
  const meant = other !== undefined && known.includes(other) ? other : null;
  const misplaced = meant === null ? elsewhere(key, level) : null;
  if (misplaced !== null) return { key: null, suggestion: misplaced };
  const near = meant ?? nearest(key.replace(/[-_ ]/g, ''), known);
  if (near === null)
    return { key: null, suggestion: `known here: ${known.slice(0, 11).join(', ')}${known.length > 11 ? ' …' : ''}` };
  if (Object.hasOwn(siblings, near)) return { key: null, suggestion: `\`${near}\` is there already` };
  return { key: near, suggestion: `did you mean \`${near}\`?` };
}

const PLACES: Readonly<Partial<Record<Level, string>>> = {
  config: 'at the top of the file',
  defaults: 'under `defaults:`',
  notify: 'under `notify:`',
  institution: 'to an institution',
  account: 'to an account',
  push: 'under `push:`',
  ynab: 'under `ynab:`',
  actual: 'under `actual:`',
};

/** A right key in the wrong place. */
function elsewhere(key: string, level: Level): string | null {
  if (level === 'rule' && (KEYS.match.includes(key) || KEYS.set.includes(key)))
    return 'it belongs under `match:` (what must fit) or `set:` (what it makes of it)';
  if (PLACES[level] === undefined || level === 'push' || level === 'ynab' || level === 'actual') return null;
  const levels: readonly Level[] = ['institution', 'defaults', 'account', 'config', 'notify', 'push'];
  const home = levels.find((one) => one !== level && KEYS[one].includes(key));
  return home === undefined ? null : `it belongs ${PLACES[home]}`;
}
