/** Turns the checked entries of accounts.yaml into the institutions and accounts of the model. */

import { resolve } from 'node:path';
import { QUIRK_KEYS } from '../institutions/quirks.js';
import type { Account } from '../model/account.js';
import type { Config, Institution, Quirks } from '../model/institution.js';
import { NOTIFICATION_KINDS, type NotifySettings } from '../model/notifications.js';
import { present } from '../model/present.js';
import type { SecretReference } from '../model/secret.js';
import { ACCOUNT_TYPES } from './account-types.js';
import { buildExport } from './export.js';
import { withFilesBeside } from './files-beside.js';
import { hostQuirks, type LookUps, lookUpInstitution } from './known.js';
import { parseDays, parseDuration } from './length.js';
import { buildPush } from './push.js';
import { type ReferenceEntry, readReference } from './references.js';
import type { AccountEntry, ConfigFile, InstitutionEntry, NotifyEntry } from './schema.js';
import { sandboxOf } from './simplefin-rules.js';

interface BuildContext extends LookUps {
  /** Absolute path of the file. */
  readonly file: string;
  /** Its folder, from which relative paths in the file count. */
  readonly base: string;
  readonly home: string;
}

export function buildConfig(file: ConfigFile, context: BuildContext): Config {
  const { defaults, institutions, notify, push } = file;
  return {
    file: context.file,
    defaults: {
      historyDays: parseDays(defaults?.history ?? '90d'),
      overlapDays: parseDays(defaults?.overlap ?? '10d'),
      timeoutMs: parseDuration(defaults?.timeout ?? '60s'),
      concurrency: defaults?.concurrency ?? 10,
      perInstitution: defaults?.perInstitution ?? 1,
      retries: defaults?.retries ?? 2,
      keepRepliesDays: defaults?.keepReplies ?? 30,
      staleAfterMs: parseDuration(defaults?.staleAfter ?? '3d'),
      atMostEveryMs: parseDuration(defaults?.atMostEvery ?? '30m'),
    },
    institutions: withFilesBeside(institutions.map((entry) => buildInstitution(entry, context))),
    ...(notify == null ? {} : { notify: buildNotify(notify) }),
    exportConfig: buildExport(file),
    ...buildPush(push, {
      reference: (entry) => reference(entry, context),
      absolute: (path) => absolute(path, context),
    }),
  };
}

/** Builds the settings of `notify:`. @param entry checked by the schema and the rules */
export function buildNotify(entry: NotifyEntry): NotifySettings {
  const { command = [], webhook, desktop, timeout, kinds, details } = entry;
  return {
    to: desktop === true ? { desktop } : webhook === undefined ? { command } : { webhook },
    timeoutMs: parseDuration(timeout ?? '10s'),
    kinds: kinds ?? NOTIFICATION_KINDS,
    details: details ?? false,
  };
}

function buildInstitution(entry: InstitutionEntry, context: BuildContext): Institution {
  const { entry: known } = lookUpInstitution({ directory: entry.directory ?? null, url: entry.url ?? null }, context);
  const brokerId = entry.brokerId ?? known?.brokerId ?? null;
  const url = entry.url ?? sandboxOf(entry.simplefin) ?? known?.url ?? null;
  const quirks = { ...hostQuirks(url, context), ...known?.quirks, ...ownQuirks(entry) };
  return {
    name: entry.name,
    title: known?.title ?? null,
    url,
    files: entry.files === undefined ? null : [entry.files].flat().map((pattern) => absolute(pattern, context)),
    ...buildProgram(entry, context),
    ...(entry.simplefin === undefined ? {} : { simplefin: true }),
    org: entry.org ?? known?.org ?? null,
    fid: entry.fid ?? known?.fid ?? null,
    userId: entry.userId === undefined ? null : reference(entry.userId, context),
    password: passwordOf(entry, context),
    clientUid: clientUidOf(entry, quirks, context),
    ...extraCredential(entry, 'userCred1', context),
    ...extraCredential(entry, 'userCred2', context),
    accounts: entry.accounts.map((account) => buildAccount(account, entry.name, brokerId)),
    quirks: entry.each === 'account' ? { ...quirks, accountsPerRequest: 1 } : quirks,
    timeoutMs: timeoutOf(entry),
    perInstitution: entry.perInstitution ?? null,
    ca: entry.ca === undefined ? null : absolute(entry.ca, context),
    proxy: entry.proxy ?? null,
    ...staleAfter(entry),
    ...atMostEvery(entry),
  };
}

/** A portal's exporter may take minutes where a bank takes seconds. */
const PROGRAM_TIMEOUT = '5m';

function timeoutOf({ timeout, command }: InstitutionEntry): number | null {
  const text = timeout ?? (command === undefined ? undefined : PROGRAM_TIMEOUT);
  return text === undefined ? null : parseDuration(text);
}

/** Returns where the password is, or the access URL of a bridge; `null` where nobody signs on. */
function passwordOf({ files, command, simplefin, password }: InstitutionEntry, context: BuildContext) {
  if (files !== undefined || command !== undefined || sandboxOf(simplefin) !== null) return null;
  return reference(simplefin ?? password ?? 'keychain', context);
}

/** In the keychain each secret has a name of its own by default: those of several programs may be called alike. */
function buildProgram(entry: InstitutionEntry, context: BuildContext): Pick<Institution, 'program'> {
  if (entry.command === undefined) return {};
  const secrets = Object.entries(entry.secrets ?? {}).map(([name, given]) => {
    const read = reference(given, context);
    const own = read.scheme === 'keychain' && read.name === null ? { ...read, name: `${entry.name}-${name}` } : read;
    return [name, own] as const;
  });
  return {
    program: { line: entry.command, each: entry.each ?? 'login', secrets: Object.fromEntries(secrets) },
  };
}

function buildAccount(entry: AccountEntry, institution: string, brokerId: string | null): Account {
  const { kind, type } = ACCOUNT_TYPES[entry.kind];
  return {
    institution,
    name: entry.name,
    accountKind: entry.kind,
    kind,
    id: entry.id,
    ...present({ number: entry.number }),
    routing: entry.routing ?? null,
    branch: entry.branch ?? null,
    brokerId: kind === 'investment' ? (entry.brokerId ?? brokerId) : null,
    accountType: kind === 'loan' ? (entry.loanType?.toUpperCase() ?? null) : type,
    ...staleAfter(entry),
  };
}

/** A bridge asks the banks once a day, and answers 24 requests: timers leave most of them to the person. */
const BRIDGE_AT_MOST_EVERY = '3h';

function atMostEvery({ atMostEvery: text, simplefin }: InstitutionEntry): { atMostEveryMs?: number } {
  const length = text ?? (simplefin === undefined ? undefined : BRIDGE_AT_MOST_EVERY);
  return length === undefined ? {} : { atMostEveryMs: parseDuration(length) };
}

function staleAfter({ staleAfter: text }: { readonly staleAfter?: string | undefined }): { staleAfterMs?: number } {
  return text === undefined ? {} : { staleAfterMs: parseDuration(text) };
}

/** Returns the quirks that an entry of the file sets itself. A CLIENTUID that the user gives is to be sent. */
export function ownQuirks(entry: InstitutionEntry): Quirks {
  const quirks: Quirks = Object.fromEntries(
    QUIRK_KEYS.flatMap((key) => (entry[key] === undefined ? [] : [[key, entry[key]]])),
  );
  if (entry.clientUid === undefined) return quirks;
  return {
    ...quirks,
    clientUid: entry.clientUid === 'never' || entry.clientUid === 'always' ? entry.clientUid : 'auto',
  };
}

function clientUidOf({ clientUid }: InstitutionEntry, quirks: Quirks, context: BuildContext): Institution['clientUid'] {
  if (quirks.clientUid === 'never') return null;
  if (clientUid === undefined) return quirks.clientUid === 'always' ? 'auto' : null;
  return clientUid === 'auto' || clientUid === 'always' ? 'auto' : reference(clientUid, context);
}

/** In the keychain a further credential has a name of its own by default: the institution's name belongs to the password. */
function extraCredential(
  entry: InstitutionEntry,
  key: 'userCred1' | 'userCred2',
  context: BuildContext,
): Partial<Record<typeof key, SecretReference>> {
  const given = entry[key];
  if (given === undefined) return {};
  const read = reference(given, context);
  return { [key]: read.scheme === 'keychain' ? { ...read, name: read.name ?? `${entry.name}-${key}` } : read };
}

function reference(entry: ReferenceEntry, context: BuildContext): SecretReference {
  const read = readReference(entry);
  return read.scheme === 'file' ? { ...read, path: absolute(read.path, context) } : read;
}

function absolute(path: string, { base, home }: BuildContext): string {
  return resolve(
    base,
    path.replace(/^~(?=[\\/]|$)/, () => home),
  );
}
