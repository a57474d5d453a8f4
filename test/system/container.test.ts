/**
 * The root that the Dockerfile makes, assembled here and run in bubblewrap: Node and the packed program, as a user of its own,
 * read-only but for /data and /tmp, without a locale, a shell or a network. What is run there is read from the Dockerfile.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { page, ROOT } from '../support/markdown.js';
import { builtProgram } from '../support/program.js';
import { scratchDir } from '../support/scratch.js';

const DOCKERFILE = page('Dockerfile');
/** The last instruction of a name: that of the image, not of the stage that builds it. */
function instruction(name: string): string {
  const found = [...DOCKERFILE.matchAll(new RegExp(`^${name} (.*)$`, 'gm'))].at(-1)?.[1];
  if (found === undefined) throw new Error(`the Dockerfile has no ${name}`);
  return found;
}
const words = (text: string) => JSON.parse(text) as string[];
const ENV = [...DOCKERFILE.matchAll(/^ENV (\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value] as const);
const COMMAND = words(instruction('CMD'));
const HEALTH = words(instruction('HEALTHCHECK').replace(/^.* CMD /, ''));
const [UID = '', GID = ''] = instruction('USER').split(':');

/** A process inside: starts the server, asks for its health, syncs, makes a token, reads, and ends the server as a container is ended. */
const INSIDE = `
const { execFileSync, spawn, spawnSync } = require('node:child_process');
const { writeFileSync } = require('node:fs');
const { command, health } = JSON.parse(process.argv[1]);
const result = { uid: process.getuid(), writable: [] };
for (const folder of ['/', '/app', '/config', '/usr', '/run/secrets'])
  try { writeFileSync(folder + '/x', ''); result.writable.push(folder); } catch {}
const run = (...argv) => execFileSync('ofx-sync', argv, { encoding: 'utf8' });
(async () => {
  const server = spawn('ofx-sync', command);
  let said = '';
  server.stderr.on('data', (text) => { said += text; });
  server.stdout.on('data', (text) => { said += text; });
  const gone = new Promise((resolve) => server.once('exit', (code, signal) => resolve({ code, signal })));
  while (server.exitCode === null && spawnSync(health[0], health.slice(1)).status !== 0);
  run('sync', '--quiet');
  result.status = JSON.parse(run('status', '--json')).status;
  const access = new URL(run('serve', 'token', 'new', 'x', '--access-url', '--quiet').trim());
  result.host = access.host;
  const authorization = 'Basic ' + Buffer.from(access.username + ':' + access.password).toString('base64');
  const set = await (await fetch('http://127.0.0.1:8639/simplefin/accounts', { headers: { authorization } })).json();
  result.accounts = set.accounts.map(({ name, transactions }) => [name, transactions.length > 10]);
  server.kill('SIGTERM');
  Object.assign(result, await gone, { said });
  console.log(JSON.stringify(result));
})();
`;

const missing = spawnSync('bwrap', ['--version']).status !== 0;
if (missing && process.env['OFX_SYNC_REQUIRE_PROGRAMS'] === '1') throw new Error('bubblewrap is not installed');
const mayIsolate = !missing && spawnSync('bwrap', ['--ro-bind', '/', '/', '--unshare-user', 'true']).status === 0;

test.skipIf(!mayIsolate)(
  'runs as its own user in a root that is read-only',
  () => {
    const root = scratchDir();
    const [app, config, data, secrets] = ['app', 'config', 'data', 'secrets'].map((name) => join(root, name));
    if (app === undefined || config === undefined || data === undefined || secrets === undefined) throw new Error();
    for (const folder of [app, config, data, secrets, join(root, 'bin')]) mkdirSync(folder, { mode: 0o700 });
    // The packed program, as the image has it.
    const home = dirname(dirname(builtProgram()));
    const tarball = execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', root], {
      cwd: home,
      encoding: 'utf8',
    });
    execFileSync('tar', ['-xzf', join(root, tarball.trim()), '--strip-components=1', '-C', app]);
    mkdirSync(join(app, 'node_modules'), { recursive: true });
    chmodSync(join(app, 'dist', 'bin.cjs'), 0o755);
    copyFileSync(process.execPath, join(root, 'bin', 'node'));
    symlinkSync('/app/dist/bin.cjs', join(root, 'bin', 'ofx-sync'));
    writeFileSync(join(root, 'passwd'), `ofx-sync:x:${UID}:${GID}::/data:/usr/sbin/nologin\n`);
    writeFileSync(join(secrets, 'summit'), 'demo\n', { mode: 0o600 });
    writeFileSync(
      join(config, 'accounts.yaml'),
      'institutions:\n  - name: summit\n    url: sandbox://summit\n    userId: demo\n    password: "file:/run/secrets/summit"\n    accounts: [{ name: card, kind: creditcard, id: "4111111111111111" }]\n',
    );
    const libraries = ['/lib', '/lib64', '/usr/lib', '/usr/bin/env'].filter((path) => existsSync(path));
    const { status, stdout, stderr } = spawnSync(
      'bwrap',
      [
        ...['--unshare-all', '--uid', UID, '--gid', GID, '--die-with-parent', '--clearenv'],
        ...libraries.flatMap((path) => ['--ro-bind', path, path]),
        ...['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp'],
        ...['--ro-bind', join(root, 'passwd'), '/etc/passwd'],
        ...['--ro-bind', join(root, 'bin'), '/usr/local/bin'],
        ...['--ro-bind', app, '/app', '--ro-bind', join(ROOT, 'node_modules'), '/app/node_modules'],
        ...['--ro-bind', config, '/config', '--bind', data, '/data', '--ro-bind', secrets, '/run/secrets'],
        ...['--remount-ro', '/', '--chdir', '/'],
        ...[...ENV, ['PATH', '/usr/local/bin'] as const].flatMap(([name, value]) => ['--setenv', name, value]),
        ...['node', '-e', INSIDE, JSON.stringify({ command: COMMAND, health: HEALTH })],
      ],
      { encoding: 'utf8', timeout: 120_000 },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      uid: Number(UID),
      writable: [],
      status: 'ok',
      host: 'ofx-sync:8639',
      accounts: [['summit/card', true]],
      code: 0,
      signal: null,
      said: expect.stringContaining('http://ofx-sync:8639/simplefin'),
    });
    expect(readFileSync(join(data, 'ofx-sync.db')).length).toBeGreaterThan(0);
  },
  180_000,
);

test('the image is built of files that .dockerignore lets in', () => {
  const [everything, ...letIn] = page('.dockerignore').trim().split('\n');
  expect(everything).toBe('*');
  const copied = [...DOCKERFILE.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, sources = '']) =>
    sources.split(' '),
  );
  expect(copied.length).toBeGreaterThan(3);
  expect(copied.filter((path) => !letIn.includes(`!${path}`))).toEqual([]);
});

test('the compose file runs that image, read-only, beside Actual', () => {
  const compose = parse(page('compose.yaml')) as { services: Record<string, Record<string, unknown>> };
  expect(Object.keys(compose.services)).toEqual(['ofx-sync', 'actual']);
  expect(compose.services['ofx-sync']).toMatchObject({ build: '.', read_only: true, cap_drop: ['ALL'] });
  // Loopback alone is published: tokens and balances go unencrypted.
  for (const { ports } of Object.values(compose.services))
    for (const port of ports as string[]) expect(port).toMatch(/^127\.0\.0\.1:/);
});
