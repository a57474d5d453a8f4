/** `check --explain`: each value of an institution with where it comes from, why, and how old the evidence is. */

import { type DirectoryRemark, remarkOf } from '../../check/directory-remark.js';
import { type OwnValues, ownValues } from '../../config/own-values.js';
import { type DirectoryInstitution, openDirectory } from '../../institutions/directory.js';
import { openHosts } from '../../institutions/hosts.js';
import type { QuirkLayer } from '../../institutions/listing.js';
import { QUIRK_DEFAULTS } from '../../institutions/quirks.js';
import { resolveQuirks } from '../../institutions/resolve.js';
import type { Config, Institution, Quirks } from '../../model/institution.js';
import type { SecretReference } from '../../model/secret.js';
import { visible } from '../terminal/escape.js';
import { tableOrList, wrapped } from '../terminal/table.js';
import { type Environment, type ExplainedValue, wayValues } from './explain-connection.js';

export interface Explanation {
  readonly name: string;
  readonly values: readonly ExplainedValue[];
  readonly remark: DirectoryRemark | null;
}

/** One for each institution that is reached over a line. */
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
  const { entry } = origins;
  const remark = entry === null ? null : remarkOf(entry);
  if (institution.files !== null)
    return {
      name: institution.name,
      values: [{ key: 'files', value: institution.files, origin: 'accounts.yaml', why: null, overrides: [] }],
      remark,
    };
  return {
    name: institution.name,
    values: [
      ...addressValues(institution, origins),
      ...credentialValues(institution),
      ...wayValues(institution, { defaults: origins.defaults, ownDefaults: origins.mine?.defaults, env: origins.env }),
      ...quirkValues(institution, origins),
    ],
    remark,
  };
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

/** Where a secret is found, and never what it is. */
function credentialValues({ userId, password, clientUid, userCred1, userCred2 }: Institution): ExplainedValue[] {
  const row = (key: string, reference: SecretReference | 'auto' | null | undefined): ExplainedValue[] =>
    reference == null
      ? []
      : [
          {
            key,
            value: reference === 'auto' ? 'auto' : placeOf(reference),
            origin: 'accounts.yaml',
            why: null,
            overrides: [],
          },
        ];
  return [
    ...row('userId', userId),
    ...row('password', password),
    ...row('clientUid', clientUid),
    ...row('userCred1', userCred1),
    ...row('userCred2', userCred2),
  ];
}

function placeOf(reference: SecretReference): string {
  switch (reference.scheme) {
    case 'keychain':
      return reference.name === null ? 'keychain' : `keychain:${reference.name}`;
    case 'env':
      return `env:${reference.name}`;
    case 'file':
      return `file:${reference.path}`;
    case 'plain':
      return 'written in the file';
    default:
      return reference.scheme;
  }
}

function quirkValues(institution: Institution, { mine, entry, processor, host }: Origins): ExplainedValue[] {
  const isSandbox = institution.url?.startsWith('sandbox:') === true;
  const layer: QuirkLayer | null =
    entry?.own ??
    (isSandbox ? { quirks: institution.quirks, why: { ofxVersion: 'the sandbox institution speaks it' } } : null);
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
    if (found === undefined) return { key, value: QUIRK_DEFAULTS[key], origin: 'default', why: null, overrides: [] };
    return {
      key,
      value: typeof found.value === 'string' ? found.value : JSON.stringify(found.value),
      origin: names[found.origin],
      why: found.why,
      overrides: found.overrides.map((origin) => names[origin]),
    };
  });
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
  const rows = values.map(({ key, value, origin, why, overrides }) => [
    `  ${key}`,
    visible(value),
    visible(origin),
    visible(
      [...(why === null ? [] : [why]), ...(overrides.length === 0 ? [] : [`instead of ${overrides.join(', ')}`])].join(
        '; ',
      ),
    ),
  ]);
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
