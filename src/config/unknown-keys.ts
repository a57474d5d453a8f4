/**
 * Unknown keys: each is a problem, with the key that was probably meant. The other checks read the file as if that key were
 * there, so that one typo is one problem and the values below it are checked too.
 */

import type { ConfigProblem } from '../errors.js';
import { nearest } from '../model/nearest.js';
import { columnSchema, layoutSchema, syncCommandSchema } from './export.js';
import { conditionsSchema, matchSchema, ruleSchema, setSchema, splitSchema } from './export-rules.js';
import { actualSchema, pushSchema, ynabSchema } from './push.js';
import { accountSchema, configSchema, defaultsSchema, institutionSchema, notifySchema } from './schema.js';
import { dotted, isRecord, type ParsedYaml, type Path } from './yaml/positions.js';
import { problem } from './yaml/problem.js';

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
  not: Object.keys(conditionsSchema.shape),
  set: Object.keys(setSchema.shape),
  split: Object.keys(splitSchema.shape),
  layout: Object.keys(layoutSchema.shape),
  column: Object.keys(columnSchema.shape),
  syncCommand: Object.keys(syncCommandSchema.shape),
} as const;
type Level = keyof typeof KEYS;

/** Names of these keys in other programs and in OFX itself. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  acctid: 'id',
  accountid: 'id',
  account: 'id',
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
  // For budgets, which do not have these keys.
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

/** The level of the entries of each list. */
const LISTS: Readonly<Record<string, Level>> = {
  'config.institutions': 'institution',
  'institution.accounts': 'account',
  'config.rules': 'rule',
  'set.splits': 'split',
  'config.onSync': 'syncCommand',
  'layout.columns': 'column',
};

export interface CorrectedKeys {
  readonly value: unknown;
  readonly problems: readonly ConfigProblem[];
  /** Returns the path in the file of a path in `value`. */
  original(path: Path): Path;
  /** Returns true if the last key of the path is misspelled in the file. */
  isRenamed(path: Path): boolean;
}

/** Reads the file as if misspelled keys were right, and reports each unknown key. */
export function correctKeys(yaml: ParsedYaml): CorrectedKeys {
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
            ...yaml.position(at, 'key'),
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
    if (level === 'match' && key === 'not') return visit(child, key, path);
    if (level === 'config' && key === 'csvLayouts' && isRecord(child))
      return Object.fromEntries(
        Object.entries(child).map(([name, one]) => [name, visit(one, 'layout', [...path, name])]),
      );
    const next = LISTS[`${level}.${String(key)}`];
    if (next === undefined || !Array.isArray(child)) return child;
    return child.map((item: unknown, index) => visit(item, next, [...path, index]));
  };

  const value = visit(yaml.value, 'config', []);
  return { value, problems, original, isRenamed: (path) => renames.has(dotted(path)) };
}

function knownKey(key: string, level: Level, siblings: object): { key: string | null; suggestion?: string } {
  const known = KEYS[level];
  if (known.includes(key)) return { key };
  const plain = key.toLowerCase().replace(/[-_ ]/g, '');
  const other = OTHER_NAMES[plain];
  const meant = other !== undefined && known.includes(other) ? other : null;
  const misplaced = meant === null ? misplacedKey(key, level) : null;
  if (misplaced !== null) return { key: null, suggestion: misplaced };
  const near = meant ?? nearest(key.replace(/[-_ ]/g, ''), known);
  if (near === null)
    return { key: null, suggestion: `keys here: ${known.slice(0, 11).join(', ')}${known.length > 11 ? ' …' : ''}` };
  if (Object.hasOwn(siblings, near)) return { key: null, suggestion: `\`${near}\` is already set` };
  return { key: near, suggestion: `did you mean \`${near}\`?` };
}

const LEVEL_WORDS: Readonly<Partial<Record<Level, string>>> = {
  config: 'at the top of the file',
  defaults: 'under `defaults:`',
  notify: 'under `notify:`',
  institution: 'to an institution',
  account: 'to an account',
  push: 'under `push:`',
  ynab: 'under `ynab:`',
  actual: 'under `actual:`',
};

/** Says where a valid key in the wrong place belongs. */
function misplacedKey(key: string, level: Level): string | null {
  if (level === 'rule' && (KEYS.match.includes(key) || KEYS.set.includes(key)))
    return 'it belongs under `match:` (conditions) or `set:` (values)';
  if (LEVEL_WORDS[level] === undefined || level === 'push' || level === 'ynab' || level === 'actual') return null;
  const levels: readonly Level[] = ['institution', 'defaults', 'account', 'config', 'notify', 'push'];
  const home = levels.find((one) => one !== level && KEYS[one].includes(key));
  return home === undefined ? null : `it belongs ${LEVEL_WORDS[home]}`;
}
