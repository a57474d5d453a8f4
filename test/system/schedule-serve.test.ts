/** `schedule install --serve`: the service and the agent that keep the server running, beside a timer and in its place. */

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { configText } from '../support/institutions.js';
import { builtProgram } from '../support/program.js';
import { type Run, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const CATALOG = fileURLToPath(new URL('../fixtures/schedule/catalog.xml', import.meta.url));
let script = '';
beforeAll(() => {
  script = builtProgram();
});

function home(): { cwd: string; run: (argv: string) => Promise<Run>; files: () => string[] } {
  const [cwd, bin] = [scratchDir(), scratchDir()];
  writeFileSync(join(bin, 'crontab'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name: 'summit', url: 'sandbox://summit' }]));
  const env = { HOME: cwd, PATH: `${bin}:/usr/bin:/bin`, SYSTEMD_OFFLINE: '1' };
  return {
    cwd,
    run: (argv) =>
      runCli(['schedule', ...argv.split(' ')], { cwd, script, env, now: () => new Date(2026, 10, 20, 12) }),
    files: () => readdirSync(cwd, { recursive: true, encoding: 'utf8' }).toSorted(),
  };
}

/** A test that needs a program; its absence is an error where all must be there. */
function needs(program: string) {
  const missing = spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0;
  if (missing && process.env['OFX_SYNC_REQUIRE_PROGRAMS'] === '1') throw new Error(`${program} is not installed`);
  return missing ? test.skip : test;
}

const SERVER = '--serve --no-enable --system';

describe('systemd', () => {
  const unitOf = (cwd: string) => join(cwd, '.config/systemd/user/ofx-sync-serve.service');

  needs('systemd-analyze')('accepts the service, and removing leaves nothing', async () => {
    const { cwd, run, files } = home();
    const before = files();
    const { code } = await run(
      `install ${SERVER} systemd --every 6h --listen 0.0.0.0:8639 --cert c.pem --key k.pem --public-url https://bank.example`,
    );
    expect(code).toBe(0);
    const path = unitOf(cwd);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const { status, stderr } = spawnSync('systemd-analyze', ['--user', 'verify', '--man=no', path], {
      env: { PATH: process.env['PATH'], HOME: cwd, XDG_RUNTIME_DIR: scratchDir() },
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const text = readFileSync(path, 'utf8');
    expect(text).toContain(
      `"serve" "--listen" "0.0.0.0:8639" "--public-url" "https://bank.example" "--cert" "${cwd}/c.pem"`,
    );
    expect(text).toContain('Restart=on-failure');
    expect((await run('remove')).code).toBe(0);
    expect(files()).toEqual(before);
  });

  test('a second installation changes nothing, and status shows the server', async () => {
    const { run } = home();
    await run(`install ${SERVER} systemd`);
    expect((await run(`install ${SERVER} systemd`)).stdout).toContain(
      'systemd user service, always: already installed',
    );
    expect((await run('status')).stdout).toMatch(
      /^systemd user service, always\n {2}runs {6}.* serve --config .*\n {2}state /,
    );
  });

  test('a server that does not sync stands beside a timer, one that does in its place', async () => {
    const { run } = home();
    await run('install --no-enable --system systemd');
    await run(`install ${SERVER} systemd`);
    const { stdout } = await run('status --json');
    expect(JSON.parse(stdout)).toMatchObject({ schedules: [{ system: 'systemd' }, { system: 'systemd-serve' }] });
    expect(stdout).not.toContain('there are 2 schedules');
    await run(`install ${SERVER} systemd --every 6h`);
    expect((await run('status --json')).stdout).toContain('there are 2 schedules (systemd, systemd-serve)');
  });
});

test.each([
  ['beside a timer', ''],
  ['in the place of a timer', ' --every 6h'],
])('removing a server that was installed %s leaves nothing', async (_, every) => {
  const { run, files } = home();
  const before = files();
  await run('install --no-enable --system systemd');
  await run(`install ${SERVER} systemd${every}`);
  expect((await run(`install ${SERVER} systemd${every}`)).stdout).toContain('already installed');
  expect((await run('remove')).code).toBe(0);
  expect(files()).toEqual(before);
});

describe('launchd', () => {
  needs('xmllint')('the agent is a property list', async () => {
    const { cwd, run, files } = home();
    const before = files();
    await run(`install ${SERVER} launchd --every 6h`);
    const path = join(cwd, 'Library/LaunchAgents/ofx-sync-serve.plist');
    const checked = spawnSync('xmllint', ['--nonet', '--noout', '--valid', path], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], XML_CATALOG_FILES: CATALOG },
    });
    expect(checked).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(path, 'utf8')).toContain('<key>KeepAlive</key>');
    await run('remove');
    expect(files()).toEqual(before);
  });
});

test.each([
  ['--serve --system cron', 'cannot keep a server running'],
  ['--serve --system windows', 'cannot keep a server running'],
  ['--serve --system systemd --daily 06:30', '--serve and --daily exclude each other'],
  ['--serve --system systemd --weekdays', '--serve and --weekdays exclude each other'],
  ['--serve --system systemd summit', '--serve takes no names'],
  ['--serve --system systemd --listen 0.0.0.0:80', 'without encryption'],
  ['--serve --system systemd --every 5m', 'at least 10m'],
  ['--system systemd --listen 127.0.0.1:80', '--listen requires --serve'],
])('install %s: %s', async (options, message) => {
  const { run, files } = home();
  const before = files();
  const { code, stderr } = await run(`install --no-enable ${options}`);
  expect(code).toBe(2);
  expect(stderr.replace(/\s+/g, ' ')).toContain(message);
  expect(files()).toEqual(before);
});
