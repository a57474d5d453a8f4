/** A certificate for loopback with an authority of its own, made at each start and kept in memory only. */

import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { certificateOf } from './x509.js';

interface Certificate {
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

const YEAR_MS = 365 * 86_400_000;

/** @param options with a bad date for a bad certificate. */
export async function makeCertificate(options: CertificateOptions = {}): Promise<Certificate> {
  const { names = ['localhost'], validFrom = new Date(), validUntil = new Date(Date.now() + YEAR_MS) } = options;
  const [authorityKey, serverKey] = await Promise.all([newKey(), newKey()]);
  const authority = { commonName: 'ofx-sync sandbox authority', key: authorityKey };
  const ca = certificateOf(authority, authority, {
    names: 'authority',
    validFrom: new Date(),
    validUntil: new Date(Date.now() + YEAR_MS),
  });
  const server = { commonName: 'localhost', key: serverKey };
  const cert = certificateOf(server, authority, {
    names: names.includes('localhost') ? [...names, '127.0.0.1'] : names,
    validFrom,
    validUntil,
  });
  return { key: pemOf(serverKey), cert: `${cert}${ca}`, ca };
}

/** Returns a private key of RSA, which the oldest ciphers that an institution may still want need. */
export async function newKey(): Promise<KeyObject> {
  return (await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })).privateKey;
}

export function pemOf(key: KeyObject): string {
  return String(key.export({ type: 'pkcs8', format: 'pem' }));
}
