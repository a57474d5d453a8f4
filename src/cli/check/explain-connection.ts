/** How an institution is reached, for `check --explain`: limits, authority and proxy, each with where it is from. */

import type { Config, Institution } from '../../model/institution.js';
import { proxyFor, proxyHost } from '../../sources/proxy.js';
import { seconds } from '../terminal/wording.js';

export interface ExplainedValue {
  readonly key: string;
  readonly value: string;
  /** `accounts.yaml`, `directory ID`, `processor HOST`, `sandbox`, `default`. */
  readonly origin: string;
  /** The directory's reason with its date. */
  readonly why: string | null;
  /** Origins whose value this one takes the place of. */
  readonly overrides: readonly string[];
}

export type Environment = Readonly<Record<string, string | undefined>>;

interface WayOrigins {
  readonly defaults: Config['defaults'];
  readonly ownDefaults: ReadonlySet<string> | undefined;
  readonly env: Environment;
}

export function wayValues(institution: Institution, { defaults, ownDefaults, env }: WayOrigins): ExplainedValue[] {
  const { timeoutMs, perInstitution, ca } = institution;
  const originOf = (key: string, own: unknown) =>
    own !== null ? 'accounts.yaml' : ownDefaults?.has(key) === true ? 'accounts.yaml, defaults' : 'default';
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

/** Host and port alone: its address may hold a password. */
function proxyValue({ url, proxy }: Institution, env: Environment): ExplainedValue {
  if (proxy !== null) return row('proxy', proxyHost(proxy), 'accounts.yaml');
  const found = url === null || !URL.canParse(url) ? null : proxyFor(new URL(url), null, env);
  return found === null ? row('proxy', 'none', 'default') : row('proxy', proxyHost(found), 'environment');
}

function row(key: string, value: string, origin: string): ExplainedValue {
  return { key, value, origin, why: null, overrides: [] };
}
