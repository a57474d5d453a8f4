/** `check --explain`: each value of an institution with its origin, the reason for it, and the age of the evidence. */

import { type DirectoryRemark, remarkOf } from '../../check/directory-remark.js';
import { type OwnValues, ownValues } from '../../config/own-values.js';
import { type DirectoryInstitution, openDirectory } from '../../institutions/directory.js';
import { openHosts } from '../../institutions/hosts.js';
import type { QuirkLayer } from '../../institutions/listing.js';
import { QUIRK_DEFAULTS } from '../../institutions/quirks.js';
import { resolveQuirks } from '../../institutions/resolve.js';
import {
  type Config,
  type Institution,
  placeOf,
  type Quirks,
  sendsClientUid,
  versionOf,
} from '../../model/institution.js';
import { storageOf } from '../../model/secret.js';
import { proxyFor, proxyHost } from '../../sources/proxy.js';
import { visible } from '../terminal/escape.js';
import { tableOrList, wrapped } from '../terminal/table.js';
import { seconds } from '../terminal/wording.js';

interface ExplainedValue {
  readonly key: string;
  readonly value: string;
  /** `accounts.yaml`, `directory ID`, `processor HOST`, `sandbox`, `default`. */
  readonly origin: string;
  /** The directory's reason with its date. */
  readonly why: string | null;
  /** The origins whose values this one replaces. */
  readonly overrides: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

export interface Explanation {
  readonly name: string;
  readonly values: readonly ExplainedValue[];
  readonly remark: DirectoryRemark | null;
}

/** Explains every institution of the configuration. @param text accounts.yaml */
export async function explainAll(text: string, config: Config, env: Environment): Promise<Explanation[]> {
  const own = ownValues(text.replace(/^\ufeff/, ''));
  const directory = own.some((one) => one.directory !== null) ? await openDirectory() : null;
  const hostOf = await openHosts();
  return config.institutions.map((institution) => {
    const mine = own.find(({ name }) => name === institution.name) ?? null;
    const found = mine?.directory == null ? null : (directory?.lookUp(mine.directory) ?? null);
    const entry = found === null || 'suggestions' in found ? null : found;
    const host = institution.url !== null && URL.canParse(institution.url) ? new URL(institution.url).hostname : '';
    const processor = hostOf(host);
    return explainOne(institution, {
      mine,
      entry,
      processor: processor === null ? null : { quirks: processor.quirks ?? {}, why: processor.why ?? {} },
      host,
      defaults: config.defaults,
      env,
    });
  });
}

interface Origins {
  readonly mine: OwnValues | null;
  readonly entry: DirectoryInstitution | null;
  readonly processor: QuirkLayer | null;
  readonly host: string;
  readonly defaults: Config['defaults'];
  readonly env: Environment;
}

function explainOne(institution: Institution, origins: Origins): Explanation {
  const { name, files } = institution;
  const remark = origins.entry === null ? null : remarkOf(origins.entry);
  const { program, simplefin } = institution;
  if (program !== undefined)
    return {
      name,
      values: [row('command', placeOf(institution), 'accounts.yaml'), row('each', program.each, 'accounts.yaml')],
      remark,
    };
  if (simplefin === true)
    return { name, values: [row('simplefin', simplefinValue(institution), 'accounts.yaml')], remark };
  if (files !== null) return { name, values: [row('files', files.join(', '), 'accounts.yaml')], remark };
  const values = [
    ...addressValues(institution, origins),
    ...credentialValues(institution),
    ...connectionValues(institution, origins),
    ...quirkValues(institution, origins),
  ];
  return { name, values, remark };
}

/** Names the bridge of the sandbox, else the place of the access URL. */
function simplefinValue({ name, url, password }: Institution): string {
  return url ?? (password === null ? 'none' : storageOf(password, name));
}

function addressValues(institution: Institution, { mine, entry }: Origins): ExplainedValue[] {
  const known = entry === null ? 'sandbox' : `directory ${entry.id}`;
  const brokers = institution.accounts.flatMap(({ brokerId }) => (brokerId === null ? [] : [brokerId]));
  const brokerId = mine?.brokerId ?? entry?.brokerId ?? brokers[0] ?? null;
  const values = { url: institution.url, org: institution.org, fid: institution.fid, brokerId };
  const keys = ['url', 'org', 'fid', ...(brokers.length === 0 ? [] : (['brokerId'] as const))] as const;
  return keys.map((key) => {
    const value = values[key];
    const isMine = mine?.[key] != null || (key === 'brokerId' && entry?.brokerId == null);
    return {
      key,
      value: value ?? 'none',
      origin: isMine ? 'accounts.yaml' : value === null ? 'default' : known,
      why: !isMine && value !== null && entry !== null ? entry.evidence.text : null,
      overrides: isMine && entry?.[key] != null && entry[key] !== value ? [known] : [],
    };
  });
}

/** Names where each secret is kept, never its value. */
function credentialValues({ userId, password, clientUid, userCred1, userCred2 }: Institution): ExplainedValue[] {
  return Object.entries({ userId, password, clientUid, userCred1, userCred2 }).flatMap(([key, reference]) =>
    reference == null ? [] : [row(key, reference === 'auto' ? 'auto' : storageOf(reference), 'accounts.yaml')],
  );
}

function connectionValues(institution: Institution, { mine, defaults, env }: Origins): ExplainedValue[] {
  const { timeoutMs, perInstitution, ca } = institution;
  const originOf = (key: string, own: unknown) =>
    own !== null ? 'accounts.yaml' : mine?.defaults.has(key) === true ? 'accounts.yaml, defaults' : 'default';
  return [
    row('timeout', seconds(timeoutMs ?? defaults.timeoutMs), originOf('timeout', timeoutMs)),
    row(
      'perInstitution',
      String(perInstitution ?? defaults.perInstitution),
      originOf('perInstitution', perInstitution),
    ),
    row('ca', ca ?? 'those of this program', ca === null ? 'default' : 'accounts.yaml'),
    proxyValue(institution, env),
  ];
}

/** Names host and port of the proxy only: its address may hold a password. */
function proxyValue({ url, proxy }: Institution, env: Environment): ExplainedValue {
  if (proxy !== null) return row('proxy', proxyHost(proxy), 'accounts.yaml');
  const found = url === null || !URL.canParse(url) ? null : proxyFor(new URL(url), null, env);
  return found === null ? row('proxy', 'none', 'default') : row('proxy', proxyHost(found), 'environment');
}

function row(key: string, value: string, origin: string): ExplainedValue {
  return { key, value, origin, why: null, overrides: [] };
}

function quirkValues(institution: Institution, { mine, entry, processor, host }: Origins): ExplainedValue[] {
  const isSandbox = institution.url?.startsWith('sandbox:') === true;
  const layer: QuirkLayer | null =
    entry?.own ??
    (isSandbox ? { quirks: institution.quirks, why: { ofxVersion: 'the sandbox bank uses this version' } } : null);
  const names = {
    user: 'accounts.yaml',
    institution: entry === null ? 'sandbox' : `directory ${entry.id}`,
    processor: `processor ${host}`,
  };
  const resolved = new Map(
    resolveQuirks({ user: mine?.quirks ?? {}, institution: layer, processor }).map((one) => [one.key, one]),
  );
  return quirkKeys().map((key) => {
    const found = resolved.get(key);
    const unsent = key === 'clientUid' ? unsentClientUid(institution) : null;
    if (found === undefined)
      return unsent === null
        ? row(key, QUIRK_DEFAULTS[key], 'default')
        : { ...row(key, 'not sent', 'default'), why: unsent };
    return {
      key,
      value: typeof found.value === 'string' ? found.value : JSON.stringify(found.value),
      origin: names[found.origin],
      why: unsent ?? found.why,
      overrides: found.overrides.map((origin) => names[origin]),
    };
  });
}

/** Returns the reason why no CLIENTUID is sent although nothing forbids it, `null` when it is sent or forbidden. */
function unsentClientUid({ clientUid, quirks }: Institution): string | null {
  if (quirks.clientUid === 'never') return null;
  if (clientUid === null) return 'clientUid: auto makes one, keeps it and sends it';
  if (sendsClientUid(quirks)) return null;
  return `not sent: OFX ${versionOf(quirks)} has no element for it; clientUid: always sends it`;
}

function quirkKeys(): readonly (keyof Quirks)[] {
  return Object.keys(QUIRK_DEFAULTS).filter((key): key is keyof Quirks => key in QUIRK_DEFAULTS);
}

const COLUMNS = [
  { align: 'left' },
  { align: 'left', flexible: true },
  { align: 'left' },
  { align: 'left', flexible: true },
] as const;

export function explanationLines({ name, values, remark }: Explanation, width: number): string[] {
  const rows = values.map(({ key, value, origin, why, overrides }) => {
    const remarks = [why ?? [], overrides.length === 0 ? [] : `instead of ${overrides.join(', ')}`].flat();
    return [`  ${key}`, visible(value), visible(origin), visible(remarks.join('; '))];
  });
  return [
    visible(name),
    ...(remark === null ? [] : [`  ${remark.isStale ? '! ' : ''}${visible(remark.evidence)}`]),
    ...(remark?.note == null ? [] : wrapped(visible(remark.note), width - 2).map((line) => `  ${line}`)),
    ...tableOrList({ head: null, rows }, COLUMNS, width),
  ];
}

export function explanationJson({ name, values, remark }: Explanation): object {
  return { institution: name, evidence: remark, values };
}
