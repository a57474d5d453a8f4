/** `push:` of accounts.yaml, the budgets to which `ofx-sync push` adds transactions: its schema, rules and settings. */

import { z } from 'zod';
import type { Config } from '../model/institution.js';
import { PUSH_SECRETS, PUSH_TARGETS, type PushSettings, type PushTargetName } from '../model/push.js';
import type { SecretReference } from '../model/secret.js';
import { isTestAddress, serverComplaint } from './address.js';
import { type ReferenceEntry, referenceComplaint, secretSchema } from './references.js';
import { accountNames, inKey, inValue, missing, type RuleProblem, unknownAccount } from './rule-problem.js';
import { isRecord, type Path, type RawRecord, textOf } from './yaml/positions.js';

const text = (longest: number) => z.string().min(1).max(longest);
const accounts = () =>
  z
    .record(z.string(), text(100))
    .optional()
    .describe(
      'your accounts, each with its name in the budget: institution/account: NAME; all, under their own names, when absent',
    );

export const ynabSchema = z.strictObject({
  token: secretSchema
    .optional()
    .describe(
      'where to find the personal access token, written as for password (keychain; store it: ofx-sync secret set ynab)',
    ),
  budget: text(200).optional().describe('name or id of the budget; may be absent if there is only one'),
  accounts: accounts(),
  server: text(1000).optional().describe('address to use instead of that of YNAB'),
});

export const actualSchema = z.strictObject({
  server: text(1000)
    .optional()
    .describe('address of your Actual server: https://…; when absent, the budgets in folder are used'),
  password: secretSchema
    .optional()
    .describe('where to find the password of the server (keychain; store it: ofx-sync secret set actual)'),
  budget: text(200).optional().describe('name of the budget, its sync id, or the name of its folder'),
  encryptionPassword: secretSchema
    .optional()
    .describe('where to find the password of an end-to-end encrypted budget; written as for password'),
  folder: text(1000)
    .optional()
    .describe('folder of budgets on this machine; with a server, the folder for local copies of its budgets'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional()
    .describe('currency of the budget, such as USD; when absent, that of most accounts, in doubt of the first'),
  accounts: accounts(),
});

/** Each may be empty when all of its keys are commented out. */
export const pushSchema = z.strictObject({
  ynab: ynabSchema.nullish().describe('a budget of YNAB'),
  actual: actualSchema.nullish().describe('a budget of Actual'),
});

type PushEntry = z.infer<typeof pushSchema>;

interface PushContext {
  readonly reference: (entry: ReferenceEntry) => SecretReference;
  readonly absolute: (path: string) => string;
}

/** The keys of all targets. */
type TargetEntry = z.infer<typeof ynabSchema> & z.infer<typeof actualSchema>;

/** Builds the settings of the targets; none when the file has no `push:`. */
export function buildPush(entry: PushEntry | null | undefined, context: PushContext): Pick<Config, 'push'> {
  if (entry == null) return {};
  return {
    push: Object.fromEntries(
      PUSH_TARGETS.flatMap((target) =>
        entry[target] === undefined ? [] : [[target, settingsOf(target, entry[target] ?? {}, context)]],
      ),
    ),
  };
}

function settingsOf(target: PushTargetName, entry: TargetEntry, context: PushContext): PushSettings {
  const references = PUSH_SECRETS[target].flatMap((key) => {
    const given = entry[key] ?? (isRequired(key, entry) ? 'keychain' : null);
    if (given === null) return [];
    const read = context.reference(given);
    return [[key, read.scheme === 'keychain' ? { ...read, name: read.name ?? pushSecretName(target, key) } : read]];
  });
  return {
    server: entry.server ?? null,
    budget: entry.budget ?? null,
    secrets: Object.fromEntries(references),
    folder: entry.folder === undefined ? null : context.absolute(entry.folder),
    currency: entry.currency ?? null,
    accounts: entry.accounts === undefined ? null : new Map(Object.entries(entry.accounts)),
  };
}

/** Returns true for a secret that is in the keychain unless the file names another place. */
function isRequired(key: string, { server }: TargetEntry): boolean {
  return key === 'token' || (key === 'password' && server !== undefined);
}

/** Returns the default name of a secret in the keychain: the target for its first secret, `TARGET-KEY` for the others. */
function pushSecretName(target: PushTargetName, key: string): string {
  return key === PUSH_SECRETS[target][0] ? target : `${target}-${key}`;
}

/** Checks what the schema of a single key cannot. @param raw the whole file */
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

/** Returns true for the path of a secret or of a key in it. */
export function isPushSecretPath([top, target, key]: Path): boolean {
  const known = PUSH_TARGETS.find((one) => one === target);
  return top === 'push' && known !== undefined && PUSH_SECRETS[known].some((one) => one === key);
}

function secretProblems(target: PushTargetName, value: RawRecord, path: Path): RuleProblem[] {
  const isTest = isTestAddress(textOf(value['server']));
  return PUSH_SECRETS[target].flatMap((key) => {
    const place = { key, institution: pushSecretName(target, key), isTest };
    const complaint = value[key] === undefined ? null : referenceComplaint(value[key], place);
    return complaint === null ? [] : [{ path: [...path, key], at: 'value' as const, ...complaint }];
  });
}

function addressProblems(value: RawRecord, path: Path): RuleProblem[] {
  const server = textOf(value['server']);
  if (server === null) return [];
  const complaint = server.startsWith('sandbox:')
    ? { message: 'budgets have no sandbox', suggestion: 'https://HOST' }
    : serverComplaint(server);
  return complaint === null ? [] : [{ path: [...path, 'server'], at: 'value', ...complaint }];
}

function actualProblems(value: RawRecord, path: Path): RuleProblem[] {
  const problems: RuleProblem[] = [];
  if (value['server'] === undefined && value['folder'] === undefined)
    problems.push(missing([...path, 'server'], 'server: https://…, or folder: PATH for budgets without a server'));
  if (value['budget'] === undefined) problems.push(missing([...path, 'budget'], 'budget: NAME, or its sync id'));
  for (const key of PUSH_SECRETS.actual) {
    if (value['server'] === undefined && value['folder'] !== undefined && value[key] !== undefined)
      problems.push(inKey([...path, key], `a budget without a server has no ${key}`, 'remove it, or add server:'));
  }
  return problems;
}

function mapProblems(map: unknown, path: Path, accounts: readonly string[]): RuleProblem[] {
  if (!isRecord(map)) return [];
  const seen = new Set<unknown>();
  return Object.entries(map).flatMap(([key, name]): RuleProblem[] => {
    if (!accounts.includes(key)) return [unknownAccount([...path, key], key, accounts)];
    const isAgain = seen.has(name);
    seen.add(name);
    return isAgain ? [inValue([...path, key], 'another account already goes there', 'each must differ')] : [];
  });
}
