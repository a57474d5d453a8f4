/** Requests through a proxy: CONNECT, then TLS to the institution itself, whose name only the proxy can reach. */

import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { configText } from '../support/institutions.js';
import { builtProgram, start } from '../support/program.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const HOST = 'ofx.summit.example';
let sandbox: Sandbox;
let proxy: string;
const targets: string[] = [];
const server = createServer();

beforeAll(async () => {
  sandbox = await startSandbox({ tls: { names: [HOST] } });
  server.on('connect', (request, socket) => {
    targets.push(request.url ?? '');
    const behind = connect(sandbox.port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      behind.pipe(socket);
      socket.pipe(behind);
    });
    behind.on('error', () => socket.destroy());
    socket.on('error', () => behind.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  proxy = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await sandbox.close();
});

function folder(more: readonly string[] = []): string {
  const cwd = scratchDir();
  writeFileSync(join(cwd, 'ca.pem'), sandbox.ca ?? '');
  const lines = ['ca: ca.pem', 'ofxVersion: "203"', ...more];
  const entry = { name: 'summit', url: `https://${HOST}/summit`, password: 'env:PW', more: lines };
  writeFileSync(join(cwd, 'accounts.yaml'), configText([entry], '{ retries: 0 }'));
  return cwd;
}

describe('the proxy of the environment', () => {
  test('is used', async () => {
    const run = await runCli(['-q'], { cwd: folder(), env: { PW: 'demo', HTTPS_PROXY: proxy } });
    expect(run.stderr).toBe('');
    expect(run.code).toBe(0);
    expect(targets).toContain(`${HOST}:443`);
  });

  test('is used with ordered headers too', async () => {
    const cwd = folder(['headerOrder: [Content-Type, Host, Content-Length, Connection]']);
    const run = await runCli(['-q'], { cwd, env: { PW: 'demo', HTTPS_PROXY: proxy } });
    expect(run.stderr).toBe('');
    expect(run.code).toBe(0);
  });

  test('is used by the program as it is installed, too', async () => {
    const cwd = folder();
    const before = targets.length;
    const run = await start([builtProgram(), '-q'], cwd, { PW: 'demo', HTTPS_PROXY: proxy }).finished;
    expect(run).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(targets.slice(before)).toEqual([`${HOST}:443`]);
  });

  test('check goes the same way and says so', async () => {
    const run = await runCli(['check'], { cwd: folder(), env: { PW: 'demo', HTTPS_PROXY: proxy } });
    expect(run.stdout).toMatch(/✓ proxy +through 127\.0\.0\.1:\d+/);
    expect(run.stdout).toMatch(/✓ tls +TLSv1\.3/);
    expect(run.code).toBe(0);
  });
});

test('proxy: of an institution goes before that of the environment', async () => {
  const cwd = folder([`proxy: ${proxy}`]);
  const run = await runCli(['-q'], { cwd, env: { PW: 'demo', HTTPS_PROXY: 'http://127.0.0.1:9' } });
  expect(run.code).toBe(0);
});

test('the certificate is that of the institution, whoever stands between', async () => {
  const cwd = folder();
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    configText([{ name: 'summit', url: 'https://ofx.other.example/summit', password: 'env:PW', more: ['ca: ca.pem'] }]),
  );
  const run = await runCli(['-q', '--retries', '0'], { cwd, env: { PW: 'demo', HTTPS_PROXY: proxy } });
  expect(run.stderr).toContain('its certificate is for another name');
  expect(run.code).toBe(3);
});
