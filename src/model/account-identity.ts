/** Identity of accounts: an account is known by its bank's host, ORG, FID and its own number, whatever its name. Pure. */

import { type Account, maskedId } from './account.js';
import type { Institution } from './institution.js';

export interface AccountIdentity {
  /** Host of the bank; `sandbox://NAME` or {@link LOOPBACK} when nothing real is behind it; `null` for an account of files. */
  readonly host: string | null;
  /** ORG, where known. */
  readonly org: string | null;
  /** FID, where known. */
  readonly fid: string | null;
  /** The account number. */
  readonly id: string;
  /** BANKID, where known. */
  readonly routing: string | null;
  /** BROKERID, where known. */
  readonly brokerId: string | null;
}

/** Stands for every server on this computer: its port and path change from start to start. */
const LOOPBACK = 'loopback';

export function identityOf(
  { id, routing, brokerId }: Account,
  { url, org, fid }: Pick<Institution, 'url' | 'org' | 'fid'>,
): AccountIdentity {
  return { host: hostOf(url), org, fid, id, routing, brokerId };
}

/** Returns the host that an address stands for in an identity; `null` for anything that is not an address. */
export function hostOf(url: string | null): string | null {
  if (url === null) return null;
  if (latest.url !== url) latest = { url, host: hostIn(url) };
  return latest.host;
}

/** The accounts of a bank follow each other. */
let latest: { readonly url: string; readonly host: string | null } = { url: '', host: null };

function hostIn(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, hostname } = new URL(url);
  if (protocol === 'sandbox:') return `sandbox://${hostname}`;
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  return isLoopback(hostname) ? LOOPBACK : hostname;
}

/** Recognizes this machine's own addresses, the only ones that need no encryption. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/** Returns `true` for the sandbox and for servers on this computer: their accounts may be made up. */
export function isTrial({ host }: Pick<AccountIdentity, 'host'>): boolean {
  return host === LOOPBACK || isSandbox({ host });
}

/** Returns `true` for the sandbox, whose accounts are always made up. */
export function isSandbox({ host }: Pick<AccountIdentity, 'host'>): boolean {
  return host?.startsWith('sandbox://') === true;
}

/** Compares two identities. An ORG, FID, BANKID or BROKERID that only one of them has makes no difference. */
export function isSameIdentity(a: AccountIdentity, b: AccountIdentity): boolean {
  return a.host === b.host && a.id === b.id && DETAILS.every((key) => !differ(a[key], b[key]));
}

const DETAILS = ['org', 'fid', 'routing', 'brokerId'] as const;

function differ(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== b;
}

/** Describes two identities by the first thing in which they differ, for a message. */
export function describeDifference(a: AccountIdentity, b: AccountIdentity): readonly [a: string, b: string] {
  if (a.host !== b.host) return [hostTitle(a), hostTitle(b)];
  if (a.id !== b.id) return [`account ${maskedId(a.id)}`, `account ${maskedId(b.id)}`];
  const key = DETAILS.find((one) => differ(a[one], b[one])) ?? 'org';
  return [`${TITLES[key]} ${a[key] ?? 'unknown'}`, `${TITLES[key]} ${b[key] ?? 'unknown'}`];
}

const TITLES = { org: 'ORG', fid: 'FID', routing: 'routing number', brokerId: 'broker' } as const;

function hostTitle({ host }: AccountIdentity): string {
  if (host === null) return 'statement files';
  return host === LOOPBACK ? 'a server on this computer' : host;
}

/** Reads an identity from JSON; `null` for anything else. */
export function readIdentity(value: unknown): AccountIdentity | null {
  if (typeof value !== 'object' || value === null) return null;
  const text = (key: string): string | null => {
    const found: unknown = Reflect.get(value, key);
    return typeof found === 'string' ? found : null;
  };
  const id = text('id');
  if (id === null) return null;
  return {
    host: text('host'),
    org: text('org'),
    fid: text('fid'),
    id,
    routing: text('routing'),
    brokerId: text('brokerId'),
  };
}
