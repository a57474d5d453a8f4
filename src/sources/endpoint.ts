/** The host and port that an address names. */

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
