/** An institution as configured, with its quirks already resolved (user › institution › processor › default). */

import type { Account } from './account.js';
import type { ExportConfig } from './export-config.js';
import type { NotifySettings } from './notifications.js';
import type { PushSettings, PushTargetName } from './push.js';
import type { SecretReference } from './secret.js';

/** The OFX versions that can be written. Below 200 is SGML, from 200 on XML. */
export const OFX_VERSIONS = ['102', '103', '151', '160', '200', '201', '202', '203', '210', '211', '220'] as const;
export type OfxVersion = (typeof OFX_VERSIONS)[number];

/**
 * The closed list of ways in which an institution may differ from the specification. An absent key means that it follows
 * the specification. The zod schema (`institutions/quirks.ts`) must satisfy this type.
 */
export interface Quirks {
  readonly ofxVersion?: OfxVersion;
  /** APPID, at most 5 characters. */
  readonly appId?: string;
  /** APPVER, at most 4 digits. */
  readonly appVer?: string;
  /** Write closing tags on SGML leaves. */
  readonly closeTags?: boolean;
  /** Write one element per line. */
  readonly prettyPrint?: boolean;
  readonly lineEnding?: 'crlf' | 'lf';
  /** `none` writes NEWFILEUID:NONE. */
  readonly newFileUid?: 'fresh' | 'none';
  /** `omit` sends SONRQ without the FI aggregate; `empty-fid` sends FID without a value where none is configured. */
  readonly fi?: 'send' | 'omit' | 'empty-fid';
  /** CLIENTUID: `auto` sends it if the version has it and one is configured. */
  readonly clientUid?: 'never' | 'auto' | 'always';
  /** User-Agent text; `none` sends no such header. */
  readonly userAgent?: string;
  /** Accept text. */
  readonly accept?: string;
  /** Further request headers. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Names of the only headers sent, in this order and spelling. */
  readonly headerOrder?: readonly string[];
  readonly httpVersion?: '1.0' | '1.1';
  readonly cookies?: 'none' | 'resend-when-empty' | 'persist';
  /** Least number of milliseconds between two requests to the same host. */
  readonly minIntervalMs?: number;
  readonly tlsMinVersion?: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
  /** OpenSSL cipher list. */
  readonly tlsCiphers?: string;
  /** DTSTART as YYYYMMDD. */
  readonly shortDates?: boolean;
  /** DTCLIENT: no zone bracket, `[0:GMT]`, or local time with its offset. */
  readonly dateZone?: 'none' | 'gmt' | 'local';
  /** Send DTEND, too. */
  readonly alwaysDateRange?: boolean;
  /** Least number of days that each later sync requests again. */
  readonly overlapDays?: number;
  readonly accountsPerRequest?: number;
  readonly maxDaysPerRequest?: number;
  readonly bankId?: 'send' | 'empty';
  /** `own` sends everything to `url`, wherever the profile puts message sets. */
  readonly serviceUrls?: 'profile' | 'own';
  /** `signed`: only after a sign-on; `never`: do not request it. */
  readonly profile?: 'anonymous' | 'signed' | 'never';
  /** Address of the profile, if not `url`. */
  readonly profileUrl?: string;
  readonly acctIdMatch?: 'exact' | 'ignore-leading-zeros' | 'last-four';
  readonly unstableFitid?: boolean;
  /** Number of significant characters of a FITID; the rest changes. */
  readonly fitidLength?: number;
  /**
   * Meaning of LEDGERBAL. `posted`: the sum of posted transactions, of debts negative; `owed`: of debts what is owed, positive;
   * `unreliable`: not the balance of posted transactions; do not reconcile against it. Absent: of debts the sign is found.
   */
  readonly ledgerBalance?: 'posted' | 'owed' | 'unreliable';
  /** `memo`: NAME has only the kind of transaction, and MEMO the payee. */
  readonly payee?: 'name' | 'memo';
  /** `join`: rows with an amount of zero continue the text of the transaction before them. */
  readonly commentRows?: 'keep' | 'join';
  readonly includePending?: boolean;
  /** Request the sums of a retirement plan (INC401K, INC401KBAL). */
  readonly include401k?: boolean;
}

/** A program that prints statements (`command:`), for a bank that offers them some other way. */
export interface StatementProgram {
  /** Program and arguments, in which `{from}`, `{to}` and `{account}` stand for the request; or a line for the shell. */
  readonly line: string | readonly string[];
  /** `account`: run once for each account; `login`: once for all. */
  readonly each: 'login' | 'account';
  /** Secrets that the program gets on standard input, by name, as one JSON object. */
  readonly secrets: Readonly<Record<string, SecretReference>>;
}

export interface Institution {
  /** `name:` in accounts.yaml. */
  readonly name: string;
  /** Display name from the directory. */
  readonly title: string | null;
  /** `https://…`, `http://` on loopback, or `sandbox://NAME`; `null` where there is no address, or only a secret one. */
  readonly url: string | null;
  /** Patterns of statement files to import in the same run; `null` for institutions with a server or a program. */
  readonly files: readonly string[] | null;
  /** Patterns of the other institutions: a file that one of them names in its very case is not imported here. */
  readonly otherFiles?: readonly string[];
  /** Prints the statements; absent for institutions with a server or files. */
  readonly program?: StatementProgram;
  /** A SimpleFIN bridge: `password` is its access URL, which is secret as a whole. */
  readonly simplefin?: true;
  /** ORG */
  readonly org: string | null;
  /** FID */
  readonly fid: string | null;
  readonly userId: SecretReference | null;
  readonly password: SecretReference | null;
  /** `auto`: created once and kept in the store. */
  readonly clientUid: 'auto' | SecretReference | null;
  /** USERCRED1 and USERCRED2, if the institution requires them. */
  readonly userCred1?: SecretReference;
  readonly userCred2?: SecretReference;
  readonly accounts: readonly Account[];
  readonly quirks: Quirks;
  /** Total time of one request. */
  readonly timeoutMs: number | null;
  /** Concurrent requests to this institution. */
  readonly perInstitution: number | null;
  /** PEM file with an extra CA, absolute path. */
  readonly ca: string | null;
  readonly proxy: string | null;
  /** Age at which the last statement of an account counts as stale; absent: the default. */
  readonly staleAfterMs?: number;
  /** Least time between two unattended runs for this institution; absent: the default. */
  readonly atMostEveryMs?: number;
}

/** Names where the statements of an institution come from: an address, files, a command, or a SimpleFIN bridge. */
export function placeOf({
  url,
  files,
  program,
  simplefin,
}: Pick<Institution, 'url' | 'files' | 'program' | 'simplefin'>): string {
  if (program !== undefined) return typeof program.line === 'string' ? program.line : program.line.join(' ');
  if (simplefin === true) return `SimpleFIN${url === null ? '' : ` ${url}`}`;
  return url ?? files?.join(', ') ?? '';
}

/** accounts.yaml, checked. Lengths of time are whole days or milliseconds. */
export interface Config {
  /** Absolute path of the file. */
  readonly file: string;
  readonly defaults: {
    readonly historyDays: number;
    readonly overlapDays: number;
    readonly timeoutMs: number;
    readonly concurrency: number;
    readonly perInstitution: number;
    readonly retries: number;
    readonly keepRepliesDays: number;
    readonly staleAfterMs: number;
    readonly atMostEveryMs: number;
  };
  readonly institutions: readonly Institution[];
  /** Notifications of changes; absent: none. */
  readonly notify?: NotifySettings;
  /** Settings of exports; absent: not configured. */
  readonly exportConfig?: ExportConfig;
  /** Budgets that receive transactions. */
  readonly push?: Readonly<Partial<Record<PushTargetName, PushSettings>>>;
}

/** Returns the secrets of an institution that must be looked up, by their keys in accounts.yaml. */
export function secretReferences(
  institution: Pick<
    Institution,
    'userId' | 'password' | 'clientUid' | 'userCred1' | 'userCred2' | 'program' | 'simplefin'
  >,
): readonly (readonly [key: string, reference: SecretReference])[] {
  const { userId, password, clientUid, userCred1, userCred2, program } = institution;
  const ofProgram = Object.entries(program?.secrets ?? {}).map(([name, one]) => [`secrets.${name}`, one] as const);
  const own = Object.entries({ userId, [passwordKey(institution)]: password, clientUid, userCred1, userCred2 });
  return [...own, ...ofProgram].flatMap(([key, reference]) =>
    reference == null || reference === 'auto' ? [] : [[key, reference] as const],
  );
}

/** Returns the key of accounts.yaml that says where the password is, or the access URL that takes its place. */
export function passwordKey({ simplefin }: Pick<Institution, 'simplefin'>): 'password' | 'simplefin' {
  return simplefin === true ? 'simplefin' : 'password';
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Returns the environment of a command that prints a secret: without the variables that `env:` names for passwords and tokens,
 * except those that `own` names too. User ids stay, since a command may need one that several banks share.
 */
export function withoutOtherSecrets(env: Env, config: Config, own: readonly SecretReference[]): Env {
  const others = [
    ...config.institutions.flatMap((one) =>
      secretReferences(one).flatMap(([key, reference]) => (key === 'userId' ? [] : [reference])),
    ),
    ...Object.values(config.push ?? {}).flatMap((settings) => Object.values(settings?.secrets ?? {})),
  ];
  const kept = new Set(variablesOf(own));
  const omitted = new Set(variablesOf(others).filter((name) => !kept.has(name)));
  return omitted.size === 0 ? env : Object.fromEntries(Object.entries(env).filter(([name]) => !omitted.has(name)));
}

function variablesOf(references: readonly SecretReference[]): string[] {
  return references.flatMap((one) => (one.scheme === 'env' ? [one.name] : []));
}

const DEFAULT_VERSION: OfxVersion = '203';

/** Returns the OFX version of requests to an institution. */
export function versionOf(quirks: Quirks): OfxVersion {
  return quirks.ofxVersion ?? DEFAULT_VERSION;
}

/** Returns APPID and APPVER: the program, and its version, that requests name. */
export function programOf({ appId = 'QWIN', appVer = '2700' }: Quirks): {
  readonly appId: string;
  readonly appVer: string;
} {
  return { appId, appVer };
}

/** Returns `true` when a configured client UID is sent. CLIENTUID came with 1.0.3 and 2.0.3; 1.5.1 and 1.6 do not have it. */
export function sendsClientUid(quirks: Quirks): boolean {
  const version = versionOf(quirks);
  return quirks.clientUid === 'always' || (quirks.clientUid !== 'never' && (version === '103' || version >= '203'));
}
