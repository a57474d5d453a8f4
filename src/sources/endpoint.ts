/** The host and port that an address names, and how they are connected to. */

import { isIP } from 'node:net';

interface Endpoint {
  /** An IPv6 address without its brackets. */
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
}

export function endpointOf(url: URL): Endpoint {
  const isTls = url.protocol === 'https:';
  const port = url.port === '' ? (isTls ? 443 : 80) : Number(url.port);
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port, isTls };
}

/** Returns the server name that TLS sends: an address of numbers is none (RFC 6066 section 3). */
export function serverNameOf(host: string): string {
  return isIP(host) === 0 ? host : '';
}

/**
 * Each address of a host is tried for 2,000 ms before the next. Node's own 250 give up a line that is merely slow, and the
 * connection fails when the other addresses cannot be reached (nodejs/node#54359).
 */
export const EACH_ADDRESS = { autoSelectFamilyAttemptTimeout: 2_000 } as const;
