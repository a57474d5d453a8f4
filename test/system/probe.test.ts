/** `probe` against the sandbox: few requests, none too many, and YAML that can be used. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { configText } from '../support/institutions.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

/** Time limits of those that leave a request without an answer; the second leaves only the first without one. */
const LIMITS: Readonly<Record<string, string>> = { '?fault=hang': '400ms', '?wants=no-user-agent': '4s' };

async function probe(name: string, query = '', ...argv: string[]) {
  const before = sandbox.counts(name);
  const limit = LIMITS[query] ?? '100s';
  const run = await runCli(['probe', `${sandbox.url(name)}${query}`, '--pause', '1ms', '--timeout', limit, ...argv], {
    cwd: scratchDir(),
  });
  const after = sandbox.counts(name);
  return { ...run, requests: after.requests - before.requests, signons: after.signons - before.signons };
}

describe('the first good answer ends it', () => {
  test.each([
    ['river', '', { ofxVersion: '103' }, 2],
    ['summit', '', { ofxVersion: '203' }, 1],
    ['summit', '?wants=no-user-agent', { ofxVersion: '203', userAgent: 'none' }, 2],
    ['summit', '?wants=accept-q', { ofxVersion: '203', accept: '*/*, application/x-ofx, application/xml;q=0.9' }, 3],
    ['summit', '?fault=cookie-first', { ofxVersion: '203', cookies: 'resend-when-empty' }, 3],
    ['linden', '?wants=closed-values', { ofxVersion: '102', closeTags: true }, 4],
  ])('%s%s', async (name, query, quirks, requests) => {
    const run = await probe(name, query, '--json');
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout).found).toMatchObject(quirks);
    expect(run.requests).toBe(requests);
    expect(run.signons).toBe(0);
  });

  test('four headers in their order', async () => {
    const run = await probe('summit', '?wants=four-headers', '--json');
    expect(JSON.parse(run.stdout).found.headerOrder).toEqual(['Content-Type', 'Host', 'Content-Length', 'Connection']);
    expect(run.requests).toBe(4);
  });
});

describe('it stops where more requests would say nothing new', () => {
  test.each([
    ['http-404', 1, /no OFX server at this address/],
    ['http-503', 1, /it is busy/],
    ['redirect', 1, /moved/],
    ['reset', 1, /the server cannot be reached/],
    ['hang', 5, /User-Agent/],
    ['html-akamai', 5, /blocks this program/],
    ['http-400', 10, /does not accept this form/],
  ])('%s: %i', async (fault, requests, meaning) => {
    const run = await probe('summit', `?fault=${fault}`);
    expect(run.code).toBe(1);
    expect(run.requests).toBe(requests);
    expect(run.stderr).toMatch(meaning);
    expect(run.stdout).toBe('');
  });
});

test('a server that gives its profile only to customers accepts the form all the same', async () => {
  const run = await probe('summit', '?fault=signon-15500');
  expect(run.code).toBe(0);
  expect(run.stderr).toContain('gives its profile only to customers');
});

test('YAML of an institution to be filled in, with what the server says of itself', async () => {
  const { stdout, stderr } = await probe('summit', '?wants=confirmed-client-uid');
  expect(parse(stdout)).toEqual({
    institutions: [
      {
        name: '127',
        url: expect.stringContaining('/summit?wants=confirmed-client-uid'),
        org: 'SUMMIT',
        fid: '5001',
        clientUid: 'auto',
        ofxVersion: '203',
        userId: 'YOUR-USER-ID',
        accounts: [],
      },
    ],
  });
  expect(stdout).toContain('# The server calls itself Summit Card Services');
  expect(stderr).toContain('does not prove that statements work');
});

test('a configured institution: the keys to put under it', async () => {
  const cwd = scratchDir();
  writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name: 'mine', url: sandbox.url('river') }]));
  const run = await runCli(['probe', 'mine', '--pause', '1ms', '-q'], { cwd });
  expect(run.stderr).toBe('');
  expect(parse(run.stdout)).toEqual({ org: 'RIVER', fid: '1001', ofxVersion: '103' });
});

test.each([
  [['probe', 'http://ofx.example/'], /not encrypted/],
  [['probe', 'becuu'], /Did you mean becu/],
  [['probe', 'https://ofx.example/', '--pause', '10ms'], /at least 1s/],
])('%j', async (argv, message) => {
  const run = await runCli(argv, { cwd: scratchDir() });
  expect(run.code).toBe(2);
  expect(run.stderr).toMatch(message);
});
