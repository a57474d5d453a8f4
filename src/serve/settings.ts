/** Where the server listens, and by which names it is reached. */

import { UsageError } from '../errors.js';
import { isLoopback } from '../model/account-identity.js';

export const DEFAULT_PORT = 8639;
export const DEFAULT_LISTEN = `127.0.0.1:${DEFAULT_PORT}`;
/** Path of the SimpleFIN root: Firefly III's importer refuses setup tokens with another. */
export const SIMPLEFIN_PATH = '/simplefin';

export interface ServeOptions {
  readonly listen: string | undefined;
  readonly publicUrl: string | undefined;
  /** A certificate and its key were given. */
  readonly hasTls: boolean;
  readonly behindProxy: boolean;
  readonly plainHttp: boolean;
}

export interface ServeAddress {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly tls: boolean;
  /** The address by which others reach the server, without a slash at its end; `null` when it follows from the port. */
  readonly publicUrl: string | null;
}

/** Checks the options against each other. @throws UsageError */
export function serveAddress({
  listen = DEFAULT_LISTEN,
  publicUrl,
  hasTls,
  behindProxy,
  plainHttp,
}: ServeOptions): ServeAddress {
  const { host, port } = parseListen(listen);
  if (hasTls && (behindProxy || plainHttp))
    throw new UsageError('--cert excludes --behind-proxy and --plain-http', 'Use one of them.');
  if (!isLoopbackHost(host) && !hasTls && !behindProxy && !plainHttp)
    throw new UsageError(
      `--listen ${listen} is reached from other machines, which would send tokens and balances without encryption`,
      'Give --cert FILE and --key FILE; or --behind-proxy when a proxy in front of it does the encryption; or --plain-http in a network that is yours alone.',
    );
  const url = publicUrl === undefined ? null : parsePublicUrl(publicUrl);
  if (behindProxy && url === null)
    throw new UsageError('--behind-proxy needs --public-url', 'Such as: --public-url https://bank.example');
  if (isWildcard(host) && url === null)
    throw new UsageError(
      `--listen ${listen} needs --public-url, the address by which other programs reach the server`,
      'Such as: --public-url http://ofx-sync:8639',
    );
  return { host, port, tls: hasTls, publicUrl: url };
}

/** Returns the address by which others reach the server that listens on a port. */
export function urlOf({ host, tls, publicUrl }: ServeAddress, port: number): string {
  return publicUrl ?? `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Returns the Hosts that are answered. A page of a stranger cannot have one of them, whatever its name is made to lead to. */
export function allowedHosts(address: ServeAddress, port: number): ReadonlySet<string> {
  const scheme = address.tls ? 'https' : 'http';
  const own = ['127.0.0.1', 'localhost', '[::1]'].map((host) => `${scheme}://${host}:${port}`);
  const hosts = [urlOf(address, port), urlOf({ ...address, publicUrl: null }, port), ...own].flatMap((url) => {
    const { host, hostname, protocol, port: explicit } = new URL(url);
    // A client may name the usual port or omit it.
    const usual = protocol === 'https:' ? 443 : 80;
    return explicit === '' ? [host, `${hostname}:${usual}`] : [host];
  });
  return new Set(hosts.map((host) => host.toLowerCase()));
}

function parseListen(text: string): { host: string; port: number } {
  const [, bracketed, plain, digits] = /^(?:(?:\[([0-9a-fA-F:.]+)\]|([\w.-]+)):)?(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (digits === undefined || port > 65_535)
    throw new UsageError(
      `--listen takes ADDRESS:PORT, not ${JSON.stringify(text)}`,
      `Such as: --listen ${DEFAULT_LISTEN}`,
    );
  return { host: bracketed ?? plain ?? '127.0.0.1', port };
}

/** Reads the address by which others reach the server. @throws UsageError */
export function parsePublicUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isPlain =
    url !== null &&
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    [url.username, url.password, url.search, url.hash].every((part) => part === '') &&
    !/\/\/|@/.test(url.pathname);
  if (!isPlain)
    throw new UsageError(
      `--public-url takes an address such as https://bank.example, not ${JSON.stringify(text)}`,
      'Write scheme, host, port and path, without user name and parameters.',
    );
  return url.href.replace(/\/+$/, '');
}

function isLoopbackHost(host: string): boolean {
  return isLoopback(host) || host === '::1';
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || /^[0:]+$/.test(host);
}
