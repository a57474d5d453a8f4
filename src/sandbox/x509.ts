/** Writes X.509 certificates (RFC 5280) with RSA keys, as far as a sandbox needs them: DER by hand, signatures by node:crypto. */

import { createHash, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** A name and the private key that belongs to it. */
interface Party {
  readonly commonName: string;
  readonly key: KeyObject;
}

interface Wanted {
  readonly validFrom: Date;
  readonly validUntil: Date;
  /** Host names and IPv4 addresses of a server; an authority has none. */
  readonly names: readonly string[] | 'authority';
}

const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
const SEQUENCE = 0x30;
const SET = 0x31;
/** In a tag that counts within its structure: it holds further values, or a value itself. */
const HOLDS = 0xa0;
const IS = 0x80;

const TRUE = Buffer.from([0x01, 0x01, 0xff]);
const NULL = Buffer.from([0x05, 0x00]);
const SHA256_WITH_RSA = der(SEQUENCE, oid(1, 2, 840, 113549, 1, 1, 11), NULL);

/** Returns the certificate of a subject in PEM; an issuer that is the subject has signed itself. */
export function certificateOf(subject: Party, issuer: Party, wanted: Wanted): string {
  const content = der(
    SEQUENCE,
    der(HOLDS, der(INTEGER, Buffer.from([2]))), // version 3
    der(INTEGER, serialNumber()),
    SHA256_WITH_RSA,
    nameOf(issuer),
    der(SEQUENCE, timeOf(wanted.validFrom), timeOf(wanted.validUntil)),
    nameOf(subject),
    publicKeyOf(subject),
    der(HOLDS + 3, der(SEQUENCE, ...extensionsOf(subject, issuer, wanted.names))),
  );
  const signature = sign('sha256', content, issuer.key);
  return pem(der(SEQUENCE, content, SHA256_WITH_RSA, bitString(0, signature)));
}

function extensionsOf(subject: Party, issuer: Party, names: Wanted['names']): Buffer[] {
  const keys = [
    extension(14, der(OCTET_STRING, keyIdentifier(subject))),
    extension(35, der(SEQUENCE, der(IS, keyIdentifier(issuer)))),
  ];
  if (names === 'authority') {
    // It signs certificates and lists of revoked ones: bits 5 and 6.
    return [extension(19, der(SEQUENCE, TRUE), true), extension(15, bitString(1, Buffer.from([0x06])), true), ...keys];
  }
  return [
    extension(19, der(SEQUENCE), true),
    // It signs handshakes and takes keys encrypted for it, which the oldest clients send: bits 0 and 2.
    extension(15, bitString(5, Buffer.from([0xa0])), true),
    extension(37, der(SEQUENCE, oid(1, 3, 6, 1, 5, 5, 7, 3, 1))), // a server's authentication
    extension(17, der(SEQUENCE, ...names.map(alternativeName))),
    ...keys,
  ];
}

/** One of the extensions that RFC 5280 section 4.2.1 lists, by the last number of its identifier. */
function extension(number: number, value: Buffer, isCritical = false): Buffer {
  return der(SEQUENCE, oid(2, 5, 29, number), ...(isCritical ? [TRUE] : []), der(OCTET_STRING, value));
}

function alternativeName(name: string): Buffer {
  return isIPv4(name) ? der(IS + 7, Buffer.from(name.split('.').map(Number))) : der(IS + 2, Buffer.from(name, 'ascii'));
}

function nameOf({ commonName }: Party): Buffer {
  return der(SEQUENCE, der(SET, der(SEQUENCE, oid(2, 5, 4, 3), der(UTF8_STRING, Buffer.from(commonName, 'utf8')))));
}

function publicKeyOf({ key }: Party): Buffer {
  return createPublicKey(key.export({ type: 'pkcs8', format: 'pem' })).export({ type: 'spki', format: 'der' });
}

function keyIdentifier(party: Party): Buffer {
  return createHash('sha256').update(publicKeyOf(party)).digest().subarray(0, 20);
}

/** Positive, and without a leading zero, which DER forbids. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes;
}

/** Two digits of the year up to 2049, four from then on (RFC 5280 section 4.1.2.5). */
function timeOf(date: Date): Buffer {
  const digits = `${date.toISOString().slice(0, 19).replaceAll(/\D/g, '')}Z`;
  return date.getUTCFullYear() < 2050
    ? der(UTC_TIME, Buffer.from(digits.slice(2), 'ascii'))
    : der(GENERALIZED_TIME, Buffer.from(digits, 'ascii'));
}

function bitString(unusedBits: number, bits: Uint8Array): Buffer {
  return der(BIT_STRING, Buffer.from([unusedBits]), bits);
}

function oid(first: number, second: number, ...rest: readonly number[]): Buffer {
  const groups = rest.flatMap((number) => {
    const sevens = [number & 0x7f];
    for (let left = number >> 7; left > 0; left >>= 7) sevens.unshift((left & 0x7f) | 0x80);
    return sevens;
  });
  return der(0x06, Buffer.from([first * 40 + second, ...groups]));
}

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...lengthBytes(content.length)]), content]);
}

/** Up to 127 in one byte; else the number of bytes, then the length in them. */
function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
