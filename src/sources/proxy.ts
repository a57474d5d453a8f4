/** Which proxy a request goes through: that of `proxy:`, else that of the environment, as other programs read it. */

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `proxy:` first; else HTTPS_PROXY (http_proxy for `http:`, in lower case alone, since a CGI server sets the other) unless
 * NO_PROXY names the host. This machine itself is never asked through a proxy of the environment.
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

/** Host and port alone: the address of a proxy may hold a password. */
export function proxyHost(proxy: string): string {
  return new URL(proxy).host;
}

function given(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value.trim();
}

/** `*`, `example.com` and `.example.com` (both with all below), `10.0.0.1`, each with a port or without. */
function isExcepted({ hostname, port, protocol }: URL, list: string): boolean {
  const host = hostname.toLowerCase().replace(/^\[|\]$/g, '');
  if (host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)) return true;
  const ownPort = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((one) => one !== '')
    .some((one) => {
      if (one === '*') return true;
      // An IPv6 address stands in brackets when a port follows.
      const [, inBrackets, plain = one, wantedPort] = /^(?:\[([^\]]*)\]|([^:]*|.*:.*:.*?))(?::(\d+))?$/.exec(one) ?? [];
      const name = inBrackets ?? plain;
      if (wantedPort !== undefined && wantedPort !== ownPort) return false;
      const bare = name.replace(/^\*?\./, '');
      return host === bare || host.endsWith(`.${bare}`);
    });
}
