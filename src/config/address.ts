/** Checks the addresses of institutions, webhooks and proxies. Suggestions never repeat user information or a query. */

import { isLoopback } from '../model/account-identity.js';

interface AddressComplaint {
  readonly message: string;
  readonly suggestion: string;
}

/** Returns true for sandbox and loopback addresses: nothing real is behind them, so the file may hold their password. */
export function isTestAddress(url: string | null): boolean {
  if (url === null || !URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'sandbox:' || isLoopback(hostname);
}

/** Returns the NAME of `sandbox://NAME`, or `null` for any other address. */
export function sandboxName(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, hostname } = new URL(url);
  return protocol === 'sandbox:' ? hostname : null;
}

const KNOWN_SCHEMES: ReadonlySet<string> = new Set([
  'ftp:',
  'sftp:',
  'file:',
  'ws:',
  'wss:',
  'mailto:',
  'socks:',
  'ssh:',
]);

/** Returns the problem of an institution's address, or `null` when it is valid. */
export function urlComplaint(url: string): AddressComplaint | null {
  if (!URL.canParse(url)) return { message: 'not a valid address', suggestion: withScheme(url) };
  const parsed = new URL(url);
  if (parsed.username !== '' || parsed.password !== '')
    return { message: 'an address must not contain a user id or password', suggestion: 'use userId: and password:' };
  switch (parsed.protocol) {
    case 'https:':
      return null;
    case 'http:':
      return isLoopback(parsed.hostname)
        ? null
        : { message: 'http: is not encrypted', suggestion: `https://${parsed.host}${parsed.pathname}` };
    case 'sandbox:':
      return parsed.hostname === ''
        ? { message: 'a sandbox address needs the name of a bank', suggestion: 'sandbox://river' }
        : null;
    default:
      // The first word may be a user id: `alex:password@host`.
      return KNOWN_SCHEMES.has(parsed.protocol)
        ? { message: `${parsed.protocol} is not supported`, suggestion: 'https://HOST/PATH' }
        : { message: 'not a valid address', suggestion: 'https://HOST/PATH' };
  }
}

/** Returns the problem of a webhook's address, whose path is secret. */
export function webhookComplaint(url: string): AddressComplaint | null {
  const invalid = { message: 'not a valid webhook address', suggestion: 'https://HOST/PATH' };
  if (!URL.canParse(url)) return invalid;
  const { protocol, username, password } = new URL(url);
  if (username !== '' || password !== '' || protocol === 'sandbox:') return invalid;
  return withoutPath(urlComplaint(url), url);
}

/** Returns the problem of a budget's server, whose path may be secret. */
export function serverComplaint(url: string): AddressComplaint | null {
  return withoutPath(urlComplaint(url), url);
}

function withoutPath(complaint: AddressComplaint | null, url: string): AddressComplaint | null {
  if (complaint === null || !URL.canParse(url)) return complaint;
  const { protocol, host } = new URL(url);
  return protocol === 'http:' ? { ...complaint, suggestion: `https://${host}/…` } : complaint;
}

export function proxyComplaint(url: string): AddressComplaint | null {
  const invalid = { message: 'not a valid proxy address', suggestion: 'http://HOST:PORT' };
  if (!URL.canParse(url)) return invalid;
  const { protocol, username, password } = new URL(url);
  if (username !== '' || password !== '')
    return {
      message: 'an address must not contain a user id or password',
      suggestion: 'use a proxy on this machine that signs on for you',
    };
  return protocol === 'http:' || protocol === 'https:' ? null : invalid;
}

/** Adds the scheme to an address that lacks only that, such as `ofx.river.example/ofx`. */
function withScheme(text: string): string {
  return /^[\w-]+(?:\.[\w-]+)+(?:\/[\w./-]*)?$/.test(text) ? `https://${text}` : 'https://HOST/PATH';
}
