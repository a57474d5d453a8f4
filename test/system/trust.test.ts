/** An accounts.yaml that lies in the current folder: nothing is read, run or sent for it without a yes, and the yes is given once. */

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.js';
import { configText } from '../support/institutions.js';
import { canRunAs } from '../support/other-user.js';
import { type PlainBank, startBank } from '../support/plain-bank.js';
import { builtProgram } from '../support/program.js';
import { type RunOptions, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

/** Questions come a line at a time. */
const TERMINAL = { TERM: 'dumb' };

let evil: PlainBank;
let program = '';
beforeAll(async () => {
  evil = await startBank((_, response) => response.end());
  program = builtProgram();
});

interface Folder {
  readonly cwd: string;
  readonly file: string;
  readonly run: (line: string, more?: Partial<RunOptions>) => ReturnType<typeof runCli>;
  /** The programs that ran, by the files that they left. */
  readonly ran: () => string[];
}

/** A folder as somebody else might have made it: every way to read, run and send is in its configuration. */
function hostileFolder(): Folder {
  const cwd = scratchDir();
  const file = join(cwd, 'accounts.yaml');
  writeFileSync(join(cwd, 'private'), 'secret of the person\n', { mode: 0o600 });
  const leave = (name: string) => `[sh, -c, "touch ${join(cwd, name)}; echo demo"]`;
  const entry = (name: string, password: string) => ({ name, url: evil.url, password });
  const text = configText([
    entry('a', 'keychain'),
    entry('b', 'env:SECRET'),
    entry('c', 'file:private'),
    entry('d', `{ command: ${leave('ran-password')} }`),
  ]);
  writeFileSync(
    file,
    `${text}push: { ynab: { token: { command: ${leave('ran-token')} }, server: "${evil.url}" } }
notify: { command: ${leave('ran-notify')} }
onSync: [{ command: ${leave('ran-on-sync')} }]
`,
  );
  const run: Folder['run'] = (line, more = {}) =>
    runCli(line.split(' '), { cwd, found: true, ...more, env: { SECRET: 'x', ...TERMINAL, ...more.env } });
  const names = ['ran-password', 'ran-token', 'ran-notify', 'ran-on-sync'];
  return { cwd, file, run, ran: () => names.filter((name) => existsSync(join(cwd, name))) };
}

/** Each command that would read, run or send, and those that only read names and settings. */
const ACTING = [
  'sync',
  'sync --unattended --spread 0s --wait-network 0s',
  'check',
  'check --report report.json',
  'signon d',
  'discover d',
  'discover d --write',
  'closings',
  'probe d',
  'push ynab',
  'notify test',
  'secret list',
  'schedule install --system systemd --no-enable',
  'trust --bank d --host evil.example',
  'serve --every 6h',
  'init sandbox://river --non-interactive --user-id demo --password literal',
];
const READING = [
  'sync --dry-run',
  'check --explain',
  'check --balances',
  'accounts',
  'status',
  'transactions',
  'export --format csv',
  'consumers',
  'rules test',
  'report',
  'serve token list',
  'import --replay',
  'completion names',
  'probe sandbox://river --pause 1ms',
  'schedule status',
  'store check',
  'institutions river',
  'inspect private',
  'help sync',
  'paths',
  'secret test river',
];

test('the lists above name every command but those that need no configuration', () => {
  const named = new Set([...ACTING, ...READING].map((line) => line.split(' ')[0]));
  expect(COMMANDS.map(({ name }) => name).filter((name) => !named.has(name))).toEqual(['sandbox']);
});

test.each(ACTING)('a hostile folder: %s reads, runs and sends nothing', async (line) => {
  const { cwd, run, ran, file } = hostileFolder();
  const { code, stderr } = await run(line, { stdin: 'demo\n' });
  expect({ code, ran: ran(), sent: evil.messages.length }).toEqual({ code: 2, ran: [], sent: 0 });
  expect(stderr).toContain(`${file} was found in the current folder and is not trusted; nothing was read, run or sent`);
  expect(stderr).toContain(`Then trust it: ofx-sync trust ${file}.`);
  expect(existsSync(join(cwd, 'data', 'trust.json'))).toBe(false);
});

test.each(READING)('a hostile folder: %s reads, runs and sends nothing, and asks nothing', async (line) => {
  const { run, ran } = hostileFolder();
  const answers = () => expect.unreachable('asked');
  const { stderr } = await run(line, { answers });
  expect({ ran: ran(), sent: evil.messages.length }).toEqual({ ran: [], sent: 0 });
  expect(stderr).not.toContain('not trusted');
});

test('a hostile folder: check --offline looks nothing up, and says why', async () => {
  const { run, ran } = hostileFolder();
  const { code, stdout } = await run('check --offline --json');
  const { institutions } = JSON.parse(stdout) as { institutions: { secrets: { field: string; error: unknown }[] }[] };
  const passwords = institutions.flatMap(({ secrets }) => secrets).filter(({ field }) => field === 'password');
  expect(passwords).toHaveLength(4);
  for (const { error } of passwords) expect(error).toMatchObject({ code: 'NOT_TRUSTED' });
  expect({ code, ran: ran() }).toEqual({ code: 3, ran: [] });
});

test('a hostile folder: its mistakes do not reach notify: either', async () => {
  const { file, run, ran } = hostileFolder();
  writeFileSync(file, `${readFileSync(file, 'utf8')}unknown: key\n`);
  const { code } = await run('sync --unattended --spread 0s');
  expect({ code, ran: ran() }).toEqual({ code: 2, ran: [] });
});

test('check --offline runs no command of a trusted configuration either', async () => {
  const { run, ran } = hostileFolder();
  expect((await run('trust')).code).toBe(0);
  const { stdout } = await run('check --offline');
  expect(stdout).toContain('✓ password (command): runs only when it is needed');
  expect(ran()).toEqual([]);
});

describe('trust', () => {
  test('says what the configuration may do, and lasts until its content changes', async () => {
    const { cwd, file, run, ran } = hostileFolder();
    const { code, stderr } = await run('trust');
    expect(code).toBe(0);
    expect(stderr).toContain(`${file} is trusted as long as its content stays the same; it may\n`);
    expect(stderr).toContain('  - read from the keychain a\n');
    expect(stderr).toContain('  - read the environment variable SECRET\n');
    expect(stderr).toMatch(/ {2}- run sh -c touch .*ran-password/);
    expect(statSync(join(cwd, 'data', 'trust.json')).mode & 0o777).toBe(0o600);
    expect((await run('notify test')).code).toBe(0);
    expect(ran()).toEqual(['ran-notify']);
    writeFileSync(file, `${readFileSync(file, 'utf8')}# one more line\n`);
    expect((await run('notify test')).code).toBe(2);
  });

  test('is not given where --data leads', async () => {
    const { cwd, file, run } = hostileFolder();
    await run('trust');
    const planted = join(cwd, 'planted');
    mkdirSync(planted);
    writeFileSync(join(planted, 'trust.json'), readFileSync(join(cwd, 'data', 'trust.json')));
    writeFileSync(join(cwd, 'data', 'trust.json'), '{"configurations":{},"keychain":{}}');
    const { code, stderr } = await run(`notify test --data ${planted}`);
    expect({ code, said: stderr.includes(file) }).toEqual({ code: 2, said: true });
  });

  test('is asked for once on a terminal, and what is no yes is a no', async () => {
    const { run, ran } = hostileFolder();
    const asked: string[] = [];
    const say = (answer: string) => (question: string) => {
      asked.push(question);
      return answer;
    };
    expect((await run('notify test', { answers: say('') })).code).toBe(2);
    expect((await run('notify test', { answers: say('<') })).code).toBe(2);
    expect(ran()).toEqual([]);
    const { code, stderr } = await run('notify test', { answers: say('1') });
    expect(code).toBe(0);
    expect(stderr).toContain('is not your personal configuration. It would\n');
    expect((await run('notify test', { answers: say('2') })).code).toBe(0);
    expect(asked).toHaveLength(3);
  });

  test('is not given by Ctrl-C', async () => {
    const { run, ran } = hostileFolder();
    const stop = new AbortController();
    const answers = () => {
      setImmediate(() => stop.abort());
      return new Promise<string>(() => undefined);
    };
    const { code, stderr } = await run('notify test', { answers, signal: stop.signal });
    expect({ code, ran: ran() }).toEqual({ code: 130, ran: [] });
    expect(stderr).toMatch(/ofx-sync: interrupted\n {2}Run again\.\n$/);
    expect((await run('notify test')).code).toBe(2);
  });

  test('is taken back', async () => {
    const { run } = hostileFolder();
    await run('trust');
    expect((await run('trust --remove')).code).toBe(0);
    expect((await run('trust --remove')).code).toBe(1);
    expect((await run('notify test')).code).toBe(2);
  });

  test('is kept when our own command changes the file', async () => {
    const cwd = scratchDir();
    const file = join(cwd, 'accounts.yaml');
    const none = '[]';
    const entry = { name: 'river', url: 'sandbox://river', password: 'env:PW', accounts: none };
    writeFileSync(file, configText([entry]));
    const run = (line: string) => runCli(line.split(' '), { cwd, found: true, env: { PW: 'demo' } });
    expect((await run('discover river --write')).code).toBe(2);
    await run('trust');
    expect((await run('discover river --write')).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('000123456');
    expect((await run('-q sync')).code).toBe(0);
  });

  test('is not needed for a configuration that is named, that is personal, or that has only banks that are made up', async () => {
    const cwd = scratchDir();
    const personal = join(cwd, '.config', 'ofx-sync', 'accounts.yaml');
    mkdirSync(join(personal, '..'), { recursive: true });
    const real = configText([
      {
        name: 'river',
        url: 'sandbox://river',
        password: 'env:PW',
        accounts: '[{ name: checking, kind: checking, id: "000123456", routing: "121000248" }]',
      },
    ]);
    writeFileSync(personal, real);
    writeFileSync(join(cwd, 'mine.yaml'), real);
    const answers = () => expect.unreachable('asked');
    const run = (line: string, env = {}) =>
      runCli(line.split(' '), { cwd, found: true, answers, env: { PW: 'demo', ...TERMINAL, ...env } });
    expect((await run('sync')).code).toBe(0);
    expect((await run('sync --config mine.yaml')).code).toBe(0);
    expect((await run('sync', { OFX_SYNC_CONFIG: 'mine.yaml' })).code).toBe(0);
    writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name: 'summit', url: 'sandbox://summit' }]));
    expect((await run('sync')).code).toBe(0);
  });

  test.each(['personal', 'trusted'])(
    'does not follow a link from another folder to a %s configuration, whose own programs have other paths there',
    async (which) => {
      const home = scratchDir();
      const folder = which === 'personal' ? join(home, '.config', 'ofx-sync') : join(home, 'work');
      const hostile = join(home, 'hostile');
      for (const [dir, what] of [
        [folder, 'echo demo'],
        [hostile, 'touch ran; echo demo'],
      ] as const) {
        mkdirSync(dir, { recursive: true });
        writeFileSync(join(dir, 'password.sh'), `#!/bin/sh\n${what}\n`, { mode: 0o700 });
      }
      const bank = { name: 'summit', url: 'sandbox://summit', password: '{ command: [./password.sh] }' };
      writeFileSync(join(folder, 'accounts.yaml'), configText([bank]));
      symlinkSync(join(folder, 'accounts.yaml'), join(hostile, 'accounts.yaml'));
      const env = { OFX_SYNC_DATA: join(home, 'data'), XDG_CONFIG_HOME: join(home, '.config') };
      const run = (line: string, cwd: string) => runCli(line.split(' '), { cwd, found: true, env });
      if (which === 'trusted') expect((await run('trust', folder)).code).toBe(0);
      expect(await run('sync --quiet', folder)).toMatchObject({ code: 0, stderr: '' });
      const { code, stderr } = await run('sync --quiet', hostile);
      expect(existsSync(join(hostile, 'ran'))).toBe(false);
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('is not trusted') });
    },
  );

  test('is not needed for a pipe, which only the one who named it can write', () => {
    const cwd = scratchDir();
    writeFileSync(join(cwd, 'mine'), configText([{ name: 'summit', url: 'sandbox://summit', password: 'env:PW' }]));
    const env = { PATH: process.env['PATH'], HOME: cwd, PW: 'demo' };
    const line = `"${process.execPath}" "${program}" sync --quiet --data data --config <(cat mine)`;
    const { status, stderr } = spawnSync('bash', ['-c', line], { cwd, env, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('takes no file with mistakes, since they may hide what it does', async () => {
    const { file, run } = hostileFolder();
    writeFileSync(file, `${readFileSync(file, 'utf8')}unknown: key\n`);
    expect(await run('trust')).toMatchObject({ code: 2, stderr: expect.stringContaining('unknown') });
  });
});

describe('somebody else can change the configuration', () => {
  function folder(mode: { readonly file: number; readonly folder: number }): Folder {
    const made = hostileFolder();
    chmodSync(made.file, mode.file);
    chmodSync(made.cwd, mode.folder);
    return made;
  }
  const umask = (bits: number) => folder({ file: 0o666 & ~bits, folder: 0o777 & ~bits });
  const OPEN = [
    ['umask 000', () => umask(0), /other users can change .*accounts.yaml; .* is not used\n {2}chmod go-w /],
    ['a folder of all', () => folder({ file: 0o600, folder: 0o777 }), /other users can change the folder/],
  ] as const;

  test.each(OPEN)('%s: it is refused, whatever was trusted before', async (_, make, said) => {
    const { run, ran } = make();
    for (const line of ['trust', 'notify test', 'status', 'check --offline']) {
      const { code, stderr } = await run(line);
      expect({ line, code, ran: ran() }).toEqual({ line, code: 2, ran: [] });
      expect(stderr).toMatch(line === 'trust' ? /other users can change/ : said);
    }
  });

  test.each(OPEN)('%s: with --config it is a notice, since naming it was the decision', async (_, make) => {
    const { file, run, ran } = make();
    const { code, stderr } = await run(`notify test --config ${file}`);
    expect({ code, ran: ran() }).toEqual({ code: 0, ran: ['ran-notify'] });
    expect(stderr).toMatch(/^notice: other users can change .*: chmod go-w /);
    expect((await run(`notify test --quiet --config ${file}`)).stderr).toBe('');
  });

  test.each([[0o002], [0o022], [0o077]])('umask %o: it is used', async (bits) => {
    const { run } = umask(bits);
    expect((await run('trust')).code).toBe(0);
    expect(await run('notify test')).toMatchObject({ code: 0, stderr: '' });
  });

  test('a sticky folder: it is used', async () => {
    const { run } = folder({ file: 0o600, folder: 0o1777 });
    expect((await run('trust')).code).toBe(0);
  });

  // Only root gives files away; elsewhere the table of ownership.test.ts says the same.
  test.skipIf(!canRunAs(4711))('another user’s file, and root’s, for the installed program of an ordinary user', () => {
    const base = scratchDir();
    chmodSync(base, 0o755);
    const user = { uid: 4711, gid: 4712 };
    const at = (name: string, owner: number, group: number, mode: number) => {
      const cwd = join(base, name);
      mkdirSync(cwd);
      const file = join(cwd, 'accounts.yaml');
      writeFileSync(file, configText([{ name: 'summit', url: 'sandbox://summit', password: 'env:PW' }]));
      chownSync(file, owner, group);
      chmodSync(file, mode);
      chmodSync(cwd, 0o755);
      const home = join(base, `home-${name}`);
      mkdirSync(home);
      chownSync(home, user.uid, user.gid);
      const env = { PATH: process.env['PATH'], HOME: home, PW: 'demo' };
      const { status, stderr } = spawnSync(process.execPath, [program, 'sync', '--quiet'], {
        ...{ cwd, env, encoding: 'utf8' as const },
        ...user,
      });
      return { status, stderr };
    };
    expect(at('foreign', 4713, 4713, 0o644)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/belongs to another user/),
    });
    expect(at('group', 4711, 50, 0o664)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/group 50 can change/),
    });
    // Nobody else can change these: what is left is that nobody has trusted them yet.
    for (const [name, owner, group, mode] of [
      ['of-root', 0, 0, 0o644],
      ['own', 4711, 4712, 0o664],
    ] as const)
      expect(at(name, owner, group, mode)).toMatchObject({
        status: 2,
        stderr: expect.stringMatching(/is not trusted/),
      });
  });
});
