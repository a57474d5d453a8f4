/** Chooses the proxy of a request: that of `proxy:`, else that of the environment, read as other programs read it. */

import { isLoopback } from '../model/account-identity.js';
import { endpointOf } from './endpoint.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Returns `proxy:`, else HTTPS_PROXY (for `http:` http_proxy, in lower case only, since a CGI server sets the other) unless
 * NO_PROXY names the host. This machine itself is never reached through a proxy of the environment.
 */
export function proxyFor(url: URL, configured: string | null, env: Environment): string | null {
  if (configured !== null) return configured;
  const set =
    url.protocol === 'https:'
      ? (given(env['https_proxy']) ?? given(env['HTTPS_PROXY']) ?? given(env['all_proxy']) ?? given(env['ALL_PROXY']))
      : given(env['http_proxy']);
  if (set === null || set === undefined || isExcepted(url, given(env['no_proxy']) ?? given(env['NO_PROXY']) ?? ''))
    return null;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(set) ? set : `http://${set}`;
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol) ? address : null;
}

/** Returns host and port only: the address of a proxy may hold a password. */
export function proxyHost(proxy: string): string {
  return new URL(proxy).host;
}

function given(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value.trim();
}

/** Matches `*`, `example.com` and `.example.com` (both with all subdomains), `10.0.0.1`, each with or without a port. */
function isExcepted(url: URL, list: string): boolean {
  if (isLoopback(url.hostname)) return true;
  const { host, port } = endpointOf(url);
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((one) => one !== '')
    .some((one) => {
      if (one === '*') return true;
      // An IPv6 address is in brackets when a port follows.
      const [, inBrackets, plain = one, wantedPort] = /^(?:\[([^\]]*)\]|([^:]*|.*:.*:.*?))(?::(\d+))?$/.exec(one) ?? [];
      const name = inBrackets ?? plain;
      if (wantedPort !== undefined && wantedPort !== String(port)) return false;
      const bare = name.replace(/^\*?\./, '');
      return host === bare || host.endsWith(`.${bare}`);
    });
}
