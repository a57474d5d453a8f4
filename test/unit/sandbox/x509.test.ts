/** Certificates of the sandbox, as independent readers see them: Node's own, OpenSSL at its strictest, and a client over TLS. */

import { createPrivateKey, X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { makeCertificate, newKey, pemOf } from '../../../src/sandbox/tls.js';
import { certificateOf } from '../../../src/sandbox/x509.js';
import { hasPeer, runPeer } from '../../support/peer-program.js';
import { scratchDir } from '../../support/scratch.js';

const made = await makeCertificate();
const ownKey = await newKey();
const HAS_OPENSSL = hasPeer('openssl', ['version']);
const DAY_MS = 86_400_000;
const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1';

function written(certificate: { readonly cert: string; readonly ca: string }): { cert: string; ca: string } {
  const dir = scratchDir();
  const [cert, ca] = [join(dir, 'cert.pem'), join(dir, 'ca.pem')];
  writeFileSync(cert, certificate.cert);
  writeFileSync(ca, certificate.ca);
  return { cert, ca };
}

const verify = (files: { cert: string; ca: string }, ...more: readonly string[]) =>
  runPeer('openssl', ['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', files.ca, ...more, files.cert]);

test('Node reads what was written', () => {
  const [server, authority] = [new X509Certificate(made.cert), new X509Certificate(made.ca)];
  expect([server.subject, server.issuer]).toEqual(['CN=localhost', 'CN=ofx-sync sandbox authority']);
  expect([server.ca, authority.ca]).toEqual([false, true]);
  expect(server.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1');
  expect(server.keyUsage).toEqual([SERVER_AUTHENTICATION]);
  expect(server.verify(authority.publicKey)).toBe(true);
  expect(server.verify(server.publicKey)).toBe(false);
  expect(authority.verify(authority.publicKey)).toBe(true);
  expect(server.checkIssued(authority)).toBe(true);
  expect(server.checkPrivateKey(createPrivateKey(made.key))).toBe(true);
  expect(server.checkHost('localhost')).toBe('localhost');
  expect(server.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(server.checkHost('bank.example')).toBeUndefined();
  expect(Date.parse(server.validTo) - Date.parse(server.validFrom)).toBe(365 * DAY_MS);
  expect(server.serialNumber).not.toBe(authority.serialNumber);
  expect(made.cert.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
});

test('names are those that were asked for, and no address beside them', async () => {
  const { cert } = await makeCertificate({ names: ['bank.example', 'ofx.bank.example'] });
  expect(new X509Certificate(cert).subjectAltName).toBe('DNS:bank.example, DNS:ofx.bank.example');
});

test.each([
  ['1999-12-31T23:59:59Z', '2000-01-01T00:00:00Z'],
  ['2020-01-01T00:00:00Z', '2049-12-31T23:59:59Z'],
  ['2050-01-01T00:00:00Z', '2091-01-01T12:30:45Z'],
])('dates to the second, on both sides of 2050: %s to %s', async (from, until) => {
  const { cert } = await makeCertificate({ validFrom: new Date(from), validUntil: new Date(until) });
  const { validFrom, validTo } = new X509Certificate(cert);
  expect([new Date(validFrom), new Date(validTo)]).toEqual([new Date(from), new Date(until)]);
});

test('serial numbers are positive and have no byte too many, however they fall', () => {
  const party = { commonName: 'x', key: ownKey };
  const serials = Array.from({ length: 40 }, () => {
    const pem = certificateOf(party, party, { names: ['x'], validFrom: new Date(), validUntil: new Date() });
    return new X509Certificate(pem).serialNumber;
  });
  expect(serials.every((serial) => /^[4-7][0-9A-F]{31}$/.test(serial))).toBe(true);
  expect(new Set(serials).size).toBe(serials.length);
});

test.skipIf(!HAS_OPENSSL)('OpenSSL accepts it at its strictest, for these names and no other', async () => {
  const files = written(made);
  expect(verify(files)).toMatchObject({ status: 0 });
  expect(verify(files, '-verify_hostname', 'localhost')).toMatchObject({ status: 0 });
  expect(verify(files, '-verify_ip', '127.0.0.1')).toMatchObject({ status: 0 });
  expect(verify(files, '-verify_hostname', 'bank.example').stderr).toContain('hostname mismatch');
});

test.skipIf(!HAS_OPENSSL)('OpenSSL refuses it at another authority, and outside its dates', async () => {
  const { ca } = await makeCertificate();
  expect(verify(written({ cert: made.cert, ca })).status).not.toBe(0);
  const at = (date: string) => verify(written(made), '-attime', String(Date.parse(date) / 1000)).stderr;
  expect(at('2001-01-01')).toContain('not yet valid');
  expect(at('2199-01-01')).toContain('expired');
  const old = await makeCertificate({ validFrom: new Date('2020-01-01'), validUntil: new Date('2021-01-01') });
  expect(verify(written(old)).stderr).toContain('expired');
});

test.each(['TLSv1.2', 'TLSv1.3'] as const)(
  'a client over %s trusts the authority, and nobody without it',
  async (version) => {
    const { key, cert, ca } = made;
    const server = createServer({ key, cert });
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const outcome = (trusted: { readonly ca?: string }, servername = 'localhost') =>
      new Promise<string>((resolve) => {
        const versions = { minVersion: version, maxVersion: version };
        const socket = connect({ port, host: '127.0.0.1', servername, ...versions, ...trusted });
        socket.once('secureConnect', () => resolve(String(socket.getProtocol())));
        socket.once('error', (error: NodeJS.ErrnoException) => resolve(String(error.code)));
        onTestFinished(() => void socket.destroy());
      });
    expect(await outcome({ ca })).toBe(version);
    expect(await outcome({})).toBe('SELF_SIGNED_CERT_IN_CHAIN');
    expect(await outcome({ ca }, 'bank.example')).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  },
);

test('one that signed itself is told from one of an unknown authority', async () => {
  const party = { commonName: '127.0.0.1', key: ownKey };
  const [validFrom, validUntil] = [new Date(), new Date(Date.now() + DAY_MS)];
  const cert = certificateOf(party, party, { names: ['127.0.0.1'], validFrom, validUntil });
  const server = createServer({ key: pemOf(party.key), cert });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const code = await new Promise((resolve) => {
    connect({ port, host: '127.0.0.1' }).once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
  });
  expect(code).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
});
