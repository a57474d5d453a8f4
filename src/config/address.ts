/** Which addresses an institution and a proxy may have. Suggestions never repeat user information or a query. */

interface AddressComplaint {
  readonly message: string;
  readonly suggestion: string;
}

/** Whether a password may stand in the file for this address: nothing real is behind it. */
export function isPlayground(url: string | null): boolean {
  if (url === null || !URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'sandbox:' || isLoopback(hostname);
}

/** The NAME of `sandbox://NAME`; `null` for any other address. */
export function sandboxName(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, hostname } = new URL(url);
  return protocol === 'sandbox:' ? hostname : null;
}

export function urlComplaint(url: string): AddressComplaint | null {
  if (!URL.canParse(url)) return { message: 'this is no address', suggestion: bareHost(url) };
  const parsed = new URL(url);
  if (parsed.username !== '' || parsed.password !== '')
    return { message: 'an address holds no user id or password', suggestion: 'userId: and password: of their own' };
  switch (parsed.protocol) {
    case 'https:':
      return null;
    case 'http:':
      return isLoopback(parsed.hostname)
        ? null
        : { message: 'http: is not encrypted', suggestion: `https://${parsed.host}${parsed.pathname}` };
    case 'sandbox:':
      return parsed.hostname === ''
        ? { message: 'a sandbox address names an institution', suggestion: 'sandbox://river' }
        : null;
    default:
      return { message: `${parsed.protocol} does not lead to an institution`, suggestion: 'https://HOST/PATH' };
  }
}

export function webhookComplaint(url: string): AddressComplaint | null {
  const wanted = { message: 'this is no address of a webhook', suggestion: 'https://HOST/PATH' };
  if (!URL.canParse(url)) return wanted;
  const { protocol, username, password } = new URL(url);
  if (username !== '' || password !== '' || protocol === 'sandbox:') return wanted;
  return urlComplaint(url);
}

export function proxyComplaint(url: string): AddressComplaint | null {
  const wanted = { message: 'this is no address of a proxy', suggestion: 'http://HOST:PORT' };
  if (!URL.canParse(url)) return wanted;
  const { protocol, username, password } = new URL(url);
  if (username !== '' || password !== '')
    return {
      message: 'an address holds no user id or password',
      suggestion: 'a proxy on this machine that signs on for you',
    };
  return protocol === 'http:' || protocol === 'https:' ? null : wanted;
}

/** `ofx.river.example/ofx` lacks only its scheme. */
function bareHost(text: string): string {
  return /^[\w-]+(?:\.[\w-]+)+(?:\/[\w./-]*)?$/.test(text) ? `https://${text}` : 'https://HOST/PATH';
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
