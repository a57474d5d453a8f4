/**
 * Sends bytes to one institution over HTTP and returns the bytes of the reply, whatever they mean. No other file knows HTTP
 * requests: https only except on loopback, certificates always verified, no redirects, limits for time and size.
 */

import { HttpError, type OfxSyncError } from '../errors.js';
import { isLoopback } from '../model/account-identity.js';
import type { Institution } from '../model/institution.js';
import { present } from '../model/present.js';
import { refusalText } from '../ofx/unpack/refusal-text.js';
import { webPage } from '../ofx/unpack/web-page.js';
import type { FetchContext, Reply } from '../ports.js';
import { Connections, type Route, type TlsSettings, tlsSettings } from './connections.js';
import { dispatched } from './dispatched.js';
import { type ExchangedReply, type ExchangeOptions, exchange, type Reception, targetOf } from './exchange.js';
import { cookieFirst, type Destination, destinationOf, httpError, pageError, textError } from './failures.js';
import { orderedPost, requestHeaders } from './headers.js';
import { proxyFor } from './proxy.js';

export interface HttpClientOptions extends ExchangeOptions {
  /** Shared by the sources of a run, and closed by their creator; without it the client has connections of its own. */
  readonly connections?: Connections;
  /** Returns the address to use: `sandbox://NAME` becomes a loopback address, others stay the same. */
  readonly resolveUrl: (url: string) => Promise<string>;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Contains HTTPS_PROXY and NO_PROXY. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

interface HttpClient {
  /** Sends to the institution's own address, or to another one that its profile names. */
  send(outgoing: Outgoing, address: string | null, context: FetchContext): Promise<Reply>;
  close(): Promise<void>;
}

interface Outgoing {
  readonly bytes: Uint8Array;
  /** Masks the secrets that the reply repeats, before anything else reads it. */
  readonly clean: (reply: Uint8Array) => Promise<Pick<Reply, 'body' | 'packed'>>;
}

interface RawReply extends ExchangedReply {
  /** The reply sets a cookie that is not to be kept. */
  readonly setsCookie: boolean;
}

/** Creates a client whose connections and cookies are kept for the next request of the same run. */
export function createHttpClient(institution: Institution, options: HttpClientOptions): HttpClient {
  const { quirks, name } = institution;
  const connections = options.connections ?? new Connections();
  let tls: Promise<TlsSettings> | null = null;
  const jar = new CookieJar();
  const wantsCookies = quirks.cookies === 'resend-when-empty' || quirks.cookies === 'persist';

  async function post(body: Uint8Array, url: URL, context: FetchContext, isAgain = false): Promise<RawReply> {
    tls ??= tlsSettings(institution);
    const headers = requestHeaders(quirks, { cookies: jar.for(url.host), host: url.host, length: body.byteLength });
    const route: Route = {
      tls: await tls,
      proxy: proxyFor(url, institution.proxy, options.env ?? {}),
      timeoutMs: context.timeoutMs,
    };
    const request = { ...targetOf(url), method: 'POST', body, headers: headers.flat() } as const;
    const send = (reception: Reception) =>
      quirks.headerOrder === undefined && quirks.httpVersion !== '1.0'
        ? dispatched(connections.for(route), request, reception)
        : orderedPost({ url, body, headers, route, httpVersion: quirks.httpVersion ?? '1.1' }, reception);
    const to = destinationOf(name, url, route);
    const wait = connections.nextTurn(url.host);
    if (wait > 0) await options.sleep(wait, context.signal).catch(() => undefined);
    const raw = await exchange({ send, isAgain, to, context, options });
    if (wantsCookies) jar.keep(url.host, raw.cookies);
    return { ...raw, setsCookie: raw.cookies.length > 0 && !wantsCookies };
  }

  return {
    send: async ({ bytes, clean }, address, context) => {
      const url = await checkedUrl(institution, address, options.resolveUrl);
      connections.keepInterval(url.host, quirks.minIntervalMs ?? 0);
      let raw = await post(bytes, url, context);
      if (wantsCookies && isAboutCookies(raw) && ((await context.mayResend?.()) ?? true))
        raw = await post(bytes, url, context, true);
      const { body, packed } = await clean(raw.body);
      raw = { ...raw, body };
      const to = { institution: name, host: url.host, timeoutMs: context.timeoutMs };
      const refused = refusalOf(raw, to);
      if (refused !== null && !isOfx(raw.body)) throw refused;
      const refusal = raw.body.byteLength === 0 && raw.setsCookie ? cookieFirst(to, raw.status) : refused;
      return {
        body,
        ...present({ packed }),
        httpStatus: raw.status,
        origin: `${url.protocol}//${url.host}${url.pathname}`,
        ...(refusal === null ? {} : { refusal }),
        ...(raw.setsCookie ? { setsCookie: true } : {}),
      };
    },
    close: async () => {
      if (options.connections === undefined) await connections.close();
    },
  };
}

/** The cookies of a run, by host: no host gets those of another. */
class CookieJar {
  readonly #byHost = new Map<string, Map<string, string>>();

  for(host: string): readonly string[] {
    return [...(this.#byHost.get(host)?.values() ?? [])];
  }

  /** Keeps cookies of the form `name=value`; a later one replaces an earlier one of the same name. */
  keep(host: string, cookies: readonly string[]): void {
    const kept = this.#byHost.get(host) ?? new Map<string, string>();
    for (const cookie of cookies) kept.set(cookie.slice(0, Math.max(0, cookie.indexOf('='))), cookie);
    this.#byHost.set(host, kept);
  }
}

/** @throws HttpError INSECURE_URL for an address to which a password would be sent without encryption. */
export async function checkedUrl(
  institution: Pick<Institution, 'name' | 'url'>,
  address: string | null,
  resolveUrl: (url: string) => Promise<string>,
): Promise<URL> {
  const url = new URL(await resolveUrl(address ?? institution.url ?? ''));
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) return url;
  throw new HttpError('INSECURE_URL', `${institution.name}: ${url.protocol}//${url.host} is not encrypted`, {
    hint: 'Passwords are sent over https: only. Ask the bank for its https address.',
    unsent: true,
  });
}

/** Recognizes a reply that only sets cookies for the next request. */
function isAboutCookies({ status, body, cookies }: RawReply): boolean {
  // 401 refuses the sign-on.
  if (cookies.length === 0 || status === 401) return false;
  return body.byteLength === 0 || (status === 500 && !isOfx(body) && refusalText(body) === null);
}

/** Returns the error for a bad HTTP status, or a text in the place of a reply; `null` for a good reply. */
function refusalOf(raw: RawReply, to: Destination): OfxSyncError | null {
  const isGood = raw.status >= 200 && raw.status <= 299;
  const page = raw.status >= 300 && raw.status < 400 ? null : webPage(raw.body);
  const said = isOfx(raw.body) ? null : refusalText(raw.body);
  const reply = { ...raw, refusalText: said };
  if (page !== null) return pageError(page, reply, to);
  if (!isGood) return httpError(reply, to);
  return said === null ? null : textError(said, raw.status, to);
}

/** Looks at the body, not at the Content-Type, which servers set at will. */
function isOfx(body: Uint8Array): boolean {
  return /<OFX\b|OFXHEADER/i.test(new TextDecoder('latin1').decode(body.subarray(0, 4096)));
}
