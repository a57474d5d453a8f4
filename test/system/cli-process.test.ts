/** What only a process of its own shows: what is loaded, signals, pipes that close, a disk that is full. */

import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { configText } from '../support/institutions.js';
import { ROOT } from '../support/markdown.js';
import { builtProgram, start } from '../support/program.js';
import { scratchDir } from '../support/scratch.js';

let bin = '';
beforeAll(() => {
  bin = builtProgram();
});

function project(text: string): string {
  const dir = scratchDir();
  writeFileSync(join(dir, 'accounts.yaml'), text);
  return dir;
}

/** Names of the packages and of the parts of the program that a run loads. */
async function loaded(argv: readonly string[], cwd = scratchDir()): Promise<{ packages: string[]; parts: string[] }> {
  const hook = join(scratchDir(), 'loaded.cjs');
  const report =
    "require('node:fs').writeSync(2, Object.keys(require.cache).map((path) => 'LOADED ' + path + '\\n').join(''))";
  writeFileSync(hook, `process.on('exit', () => ${report});`);
  const { stderr } = await start(['--require', hook, bin, ...argv], cwd).finished;
  const paths = [...stderr.matchAll(/^LOADED (.+)$/gm)].map(([, path]) => path ?? '');
  const names = (pattern: RegExp) => [...new Set(paths.flatMap((path) => pattern.exec(path)?.[1] ?? []))].sort();
  return {
    packages: names(/node_modules\/((?:@[^/]+\/)?[^/.][^/]*)\//),
    parts: names(/\/dist\/([^/]+?)(?:-[\w-]{8})?\.cjs$/),
  };
}

test('many banks that cannot be reached are waited for without a warning of Node', async () => {
  const banks = Array.from({ length: 12 }, (_, at) => ({
    name: `bank${at}`,
    url: `http://127.0.0.1:9/${at}`,
    password: 'env:PW',
  }));
  const cwd = project(configText(banks, '{ concurrency: 12, retries: 1 }'));
  const { stderr, code } = await start([bin, 'sync', '-q', '--no-progress'], cwd, { PW: 'demo' }).finished;
  expect(stderr).not.toContain('Warning');
  expect(code).toBe(3);
});

test('--version loads no package and little of ours', async () => {
  const { packages, parts } = await loaded(['--version']);
  expect({ packages, parts }).toEqual({ packages: [], parts: ['bin', 'cli', 'places', 'rolldown-runtime', 'version'] });
});

/** Parts with the store, the format, connections, and the schema of accounts.yaml. */
const LARGE = /^(?:account-identity|context|database|load|open|proxy-agent|read|schema|.+-command)$/;

test.each([[['--help']], [['sync', '--help']]])('%j loads the parser alone', async (argv) => {
  const { packages, parts } = await loaded(argv);
  expect(packages).toEqual([]);
  expect(parts).toContain('program');
  expect(parts.filter((part) => LARGE.test(part))).toEqual([]);
});

test('a configuration is checked once, and again when it has changed', async () => {
  const cwd = project(configText([{ name: 'quick', url: 'https://ofx.example/', password: 'env:PW' }]));
  const checks = async () => (await loaded(['accounts'], cwd)).parts.filter((part) => /^(?:load|schema)$/.test(part));
  expect(await checks()).toEqual(['load', 'schema']);
  expect(await checks()).toEqual([]);
  const file = join(cwd, 'accounts.yaml');
  writeFileSync(file, `${readFileSync(file, 'utf8')}# a remark\n`);
  expect(await checks()).toEqual(['load', 'schema']);
});

describe.skipIf(process.platform === 'win32')('the compiled program', () => {
  const codeIn = (cwd: string) => {
    const folder = join(cwd, '.cache', 'ofx-sync');
    return existsSync(folder)
      ? readdirSync(folder).flatMap((name) => (name.startsWith('code-') ? [join(folder, name)] : []))
      : [];
  };
  const version = { code: 0, stdout: `${packageJson.version}\n`, stderr: '' };

  test('is kept for the next run, and damage to it is not noticed', async () => {
    const cwd = scratchDir();
    const run = () => start([bin, '--version'], cwd).finished;
    expect(await run()).toEqual(version);
    const [path = '', ...others] = codeIn(cwd);
    expect(others).toEqual([]);
    const whole = readFileSync(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const behindIndex = 4 + whole.readUInt32LE();
    const flipped = (isHit: (at: number) => boolean) => whole.map((byte, at) => (isHit(at) ? byte ^ 0x55 : byte));
    const damages = [
      flipped(() => true),
      flipped((at) => at < behindIndex && at % 7 === 0),
      // Behind its own header V8 checks nothing.
      flipped((at) => at > behindIndex && at % 101 === 0),
      whole.map((byte, at) => (at < whole.length / 2 ? byte : 0)),
      whole.subarray(0, 99),
    ];
    for (const damaged of damages) {
      writeFileSync(path, damaged);
      expect(await run()).toEqual(version);
      expect(codeIn(cwd)).toEqual([path]);
    }
  });

  test('is neither kept nor used when it is switched off, or when others could have written it', async () => {
    const off = scratchDir();
    expect(await start([bin, '--version'], off, { OFX_SYNC_CACHE: 'off' }).finished).toEqual(version);
    expect(codeIn(off)).toEqual([]);
    const open = scratchDir();
    mkdirSync(join(open, '.cache', 'ofx-sync'), { recursive: true });
    chmodSync(join(open, '.cache', 'ofx-sync'), 0o777);
    expect(await start([bin, '--version'], open).finished).toEqual(version);
    expect(codeIn(open)).toEqual([]);
  });
});

test('--version prints the version of the package', async () => {
  expect(await start([bin, '--version'], scratchDir()).finished).toEqual({
    code: 0,
    stdout: `${packageJson.version}\n`,
    stderr: '',
  });
});

describe.skipIf(process.platform !== 'linux')('a folder that can never exist', () => {
  /** Runs the program there; a loop without end hears no other signal than SIGKILL. */
  const run = (argv: readonly string[], env: Readonly<Record<string, string>>) => {
    const options = { env, cwd: scratchDir(), encoding: 'utf8', timeout: 30_000, killSignal: 'SIGKILL' } as const;
    const { status, signal, stdout, stderr } = spawnSync(process.execPath, [bin, ...argv], options);
    return { status, signal, stdout, stderr };
  };
  const fine = { status: 0, signal: null, stdout: `${packageJson.version}\n`, stderr: '' };

  test.each([
    { HOME: '/proc/x' },
    { HOME: '/tmp', XDG_CACHE_HOME: '/proc/x/y' },
    { HOME: '/tmp', XDG_CACHE_HOME: '/dev/null/x' },
  ])('holds up no command as the place of the cache: %j', (env) => {
    expect(run(['--version'], env)).toEqual(fine);
  });

  const init = ['init', 'sandbox://river', '--non-interactive', '--user-id', 'demo', '--password', 'env:PW'];
  test.each([
    [2, ['completion', 'bash', '--install'], '/proc/x/.local/share/bash-completion/completions/ofx-sync cannot be'],
    [
      2,
      [...init, '--data', scratchDir(), '--config', '/proc/x/accounts.yaml'],
      '/proc/x/accounts.yaml cannot be written: its folder cannot',
    ],
    [1, ['sync', '--config', join(ROOT, 'accounts.example.yaml')], 'the data folder /proc/x/.local/share/ofx-sync'],
  ])('is named by what wants to write there: %i %j', (status, argv, message) => {
    const stderr = expect.stringContaining(message);
    expect(run(argv, { HOME: '/proc/x', PW: 'demo' })).toMatchObject({ status, signal: null, stderr });
  });
});

test('SIGINT ends a sync with 130, and what had arrived is stored', async () => {
  const cwd = project(
    configText([
      { name: 'quick', url: 'sandbox://summit' },
      { name: 'hanging', url: 'sandbox://summit?fault=hang' },
    ]),
  );
  const run = start([bin], cwd);
  await run.said('quick/card: ok');
  run.child.kill('SIGINT');
  const { code, stdout } = await run.finished;
  expect(code).toBe(130);
  expect(stdout).toMatch(
    /^✓ quick › card .*\n– hanging › card ••••1111: interrupted .*\ninterrupted · 1 of 2 accounts, 1 skipped · /,
  );
  const list = await start([bin, 'transactions', '--json'], cwd).finished;
  expect(JSON.parse(list.stdout).transactions.length).toBeGreaterThan(20);
});

test('a bank whose connection is never made holds up no SIGINT, and has seen no sign-on', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  const sockets: Socket[] = [];
  silent.on('connection', (socket) => sockets.push(socket));
  await once(silent, 'listening');
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const cwd = project(configText([{ name: 'dead', url: `https://127.0.0.1:${port}/`, password: 'env:PW' }]));
  // Two sign-ons without a verdict would leave the login alone.
  for (const _ of [1, 2, 3]) {
    const run = start([bin], cwd, { PW: 'river' });
    await once(silent, 'connection');
    run.child.kill('SIGINT');
    const { code, stdout } = await run.finished;
    expect(stdout).toMatch(/^– dead › card ••••\d+: interrupted /);
    expect(code).toBe(130);
  }
  for (const socket of sockets) socket.destroy();
  silent.close();
  // undici would wait for each connection for 15 seconds.
}, 40_000);

test.each(['SIGINT', 'SIGTERM'] as const)('the sandbox serves until %s, and leaves nothing behind', async (signal) => {
  const run = start([bin, 'sandbox', '--tls'], scratchDir());
  await run.said('serving until');
  run.child.kill(signal);
  const { code, stdout, stderr } = await run.finished;
  expect(code).toBe(0);
  expect(existsSync(dirname(/authority: (.*)/.exec(stderr)?.[1] ?? '/'))).toBe(false);
  for (const line of stdout.trimEnd().split('\n'))
    expect(line).toMatch(
      /^https:\/\/(?:127\.0\.0\.1:\d+\/\S+ user=\S+ password=\S+ .*|demo:demo@127\.0\.0\.1:\d+\/simplefin\/bridge setup-token=\S+ )accounts=\S+$/,
    );
});

test('a reader that goes away ends the output quietly', async () => {
  const cwd = project(configText([{ name: 'summit', url: 'sandbox://summit' }], '{ history: 900d }'));
  expect((await start([bin, '-q'], cwd).finished).code).toBe(0);
  const run = start([bin, 'transactions', '--json'], cwd);
  run.child.stdout?.destroy();
  expect(await run.finished).toMatchObject({ code: 0, stderr: '' });
});

test.skipIf(!existsSync('/dev/full'))('a full disk is told of and is a failure', () => {
  const run = () =>
    execFileSync('/bin/sh', ['-c', '"$0" "$1" --help > /dev/full', process.execPath, bin], {
      stdio: 'pipe',
      encoding: 'utf8',
    });
  expect(run).toThrow(/the output could not be written: ENOSPC/);
});
