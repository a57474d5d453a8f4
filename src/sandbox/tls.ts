/** A certificate for loopback with an authority of its own, made at each start and kept in memory only. */

import { generate } from 'selfsigned';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** PEM of the authority, for clients to trust. */
  readonly ca: string;
}

export interface CertificateOptions {
  /** Host names beside localhost. */
  readonly names?: readonly string[];
  readonly validFrom?: Date;
  readonly validUntil?: Date;
}

/** @param options with a bad date for a bad certificate. */
export async function makeCertificate(options: CertificateOptions = {}): Promise<Certificate> {
  const { names = ['localhost'], validFrom, validUntil } = options;
  const authority = await generate([{ name: 'commonName', value: 'ofx-sync sandbox authority' }], {
    keySize: 2048,
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: 'localhost' }], {
    keySize: 2048,
    algorithm: 'sha256',
    ca: { key: authority.private, cert: authority.cert },
    ...(validFrom === undefined ? {} : { notBeforeDate: validFrom }),
    ...(validUntil === undefined ? {} : { notAfterDate: validUntil }),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...names.map((value) => ({ type: 2 as const, value })),
          ...(names.includes('localhost') ? [{ type: 7 as const, ip: '127.0.0.1' }] : []),
        ],
      },
    ],
  });
  return { key: server.private, cert: `${server.cert}\n${authority.cert}`, ca: authority.cert };
}
