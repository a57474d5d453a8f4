/**
 * `ofx-sync schedule` in a scratch home: what it writes is accepted by systemd-analyze, crontab and the DTD of property lists,
 * its own command line runs in a stripped environment, and removing it leaves nothing behind.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { configText } from '../support/institutions.js';
import { builtProgram } from '../support/program.js';
import { type Run, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const TASK = fileURLToPath(new URL('../fixtures/schedule/task.xsd', import.meta.url));
/** Leads the public name of the DTD to a fixture. */
const CATALOG = fileURLToPath(new URL('../fixtures/schedule/catalog.xml', import.meta.url));
let script = '';
beforeAll(() => {
  script = builtProgram();
});

/** A folder for programs that stand in; whoever runs these tests keeps a crontab of their own. */
function programs(): string {
  const bin = scratchDir();
  program(bin, 'crontab', 'echo "no crontab for you" >&2; exit 1');
  return bin;
}

/** A home with a configuration in a folder whose name has everything that needs quoting. */
function home(): { cwd: string; run: (argv: string, env?: Record<string, string>) => Promise<Run>; before: string[] } {
  const cwd = scratchDir();
  const odd = join(cwd, 'a b$HOME %d "q" \'s\' \\ & <é>');
  mkdirSync(odd);
  const config = join(odd, 'accounts.yaml');
  writeFileSync(config, configText([{ name: 'summit', url: 'sandbox://summit' }]));
  const bin = programs();
  const run = (argv: string, env: Record<string, string> = {}) =>
    runCli(['schedule', ...argv.split(' '), '--config', config, '--data', join(odd, 'data')], {
      cwd,
      script,
      env: { HOME: cwd, PATH: `${bin}:/usr/bin:/bin`, SYSTEMD_OFFLINE: '1', ...env },
      now: () => new Date(2026, 10, 20, 12),
    });
  return { cwd, run, before: tree(cwd) };
}

function program(bin: string, name: string, text: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
  chmodSync(join(bin, name), 0o755);
}

function tree(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' }).toSorted();
}

function has(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

/** A test that needs a program; its absence is an error where all must be there. */
function needs(program: string) {
  const missing = !has(program);
  if (missing && process.env['OFX_SYNC_REQUIRE_PROGRAMS'] === '1') throw new Error(`${program} is not installed`);
  return missing ? test.skip : test;
}

const TIMINGS = [
  '--daily 06:30',
  '--daily 00:05 --weekdays',
  '--every 6h',
  '--every 1h --weekdays',
  '--every 12h',
] as const;

describe('systemd', () => {
  const units = (cwd: string) =>
    ['timer', 'service'].map((kind) => join(cwd, '.config/systemd/user', `ofx-sync.${kind}`));
  const verify = (cwd: string) => {
    const { status, stderr } = spawnSync('systemd-analyze', ['--user', 'verify', '--man=no', ...units(cwd)], {
      env: { PATH: process.env['PATH'], HOME: cwd, XDG_RUNTIME_DIR: scratchDir() },
      encoding: 'utf8',
    });
    return { status, stderr };
  };

  needs('systemd-analyze').each([...TIMINGS, '--calendar Mon,Thu'])(
    'accepts %s without a word, and removing leaves nothing',
    async (timing) => {
      const { cwd, run, before } = home();
      const { code, stdout } = await run(`install --system systemd --no-enable ${timing}`);
      expect(code).toBe(0);
      for (const path of units(cwd)) {
        expect(stdout).toContain(path);
        expect(statSync(path).mode & 0o777).toBe(0o600);
      }
      expect(verify(cwd)).toEqual({ status: 0, stderr: '' });
      expect((await run('remove')).code).toBe(0);
      expect(tree(cwd)).toEqual(before);
    },
  );

  test('the service leaves no core dump, and nothing of it keeps V8 or the keychain from working', async () => {
    const { cwd, run } = home();
    await run('install --system systemd --no-enable');
    const service = readFileSync(units(cwd)[1] ?? '', 'utf8');
    expect(service).toMatch(/^LimitCORE=0$/m);
    expect(service).toMatch(/^RestrictAddressFamilies=.*\bAF_UNIX\b/m);
    expect(service).not.toMatch(/^(?:MemoryDenyWriteExecute|Private\w+|Protect\w+|RestrictNamespaces)=/m);
  });

  needs('systemd-analyze')('a unit that is wrong is noticed by this check', async () => {
    const { cwd, run } = home();
    await run('install --system systemd --no-enable');
    const [timer = ''] = units(cwd);
    writeFileSync(timer, readFileSync(timer, 'utf8').replace('06:30:00', 'Nonday'));
    expect(verify(cwd).status).not.toBe(0);
  });

  needs('systemctl')('systemctl enables and disables it', async () => {
    const { cwd, run, before } = home();
    const env = { XDG_RUNTIME_DIR: scratchDir() };
    const installed = await run('install --system systemd', env);
    expect(installed.stderr + installed.stdout).toContain('runs: systemctl --user enable ofx-sync.timer');
    expect(installed.code).toBe(0);
    expect(existsSync(join(cwd, '.config/systemd/user/timers.target.wants/ofx-sync.timer'))).toBe(true);
    const again = await run('install --system systemd', env);
    expect(again.stdout).toContain('already installed');
    await run('remove', env);
    expect(tree(cwd)).toEqual(before);
  });

  test('the command of the unit syncs in an environment without anything', async () => {
    const { cwd, run } = home();
    await run('install --system systemd --no-enable');
    // A sync by hand says nothing of the timer.
    expect((await run('status')).stdout).toContain('last run  never');
    const [, service = ''] = units(cwd);
    const line = /^ExecStart=(.*)$/m.exec(readFileSync(service, 'utf8'))?.[1] ?? '';
    const words = [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word = ''], index) =>
      word
        .replace(/\\(.)/g, '$1')
        .replaceAll('%%', '%')
        .replaceAll(index === 0 ? '' : '$$', index === 0 ? '' : '$'),
    );
    const [program = '', ...rest] = words;
    const ran = spawnSync('/usr/bin/env', ['-i', program, ...rest], { cwd: '/', encoding: 'utf8' });
    expect(ran.stderr).toContain('summit/card: ok');
    expect(ran.status).toBe(0);
    const { stdout } = await run('status');
    expect(stdout).toMatch(/last run {2}20\d\d-\d\d-\d\d \d\d:\d\d {2}1 ok/);
    expect(stdout).toContain('next run  2026-11-21 06:30');
  });

  test('what ofx-sync did not make is neither overwritten nor removed', async () => {
    const { cwd, run } = home();
    const [timer = ''] = units(cwd);
    mkdirSync(join(cwd, '.config/systemd/user'), { recursive: true });
    writeFileSync(timer, '[Timer]\nOnCalendar=daily\n');
    const { code, stderr } = await run('install --system systemd --no-enable');
    expect(code).toBe(1);
    expect(stderr).toContain('ofx-sync did not write it');
    await run('remove');
    expect(readFileSync(timer, 'utf8')).toBe('[Timer]\nOnCalendar=daily\n');
  });

  test('when the system refuses, nothing is left', async () => {
    const { cwd, run, before } = home();
    const bin = programs();
    program(bin, 'systemctl', 'echo "Failed to connect to bus" >&2; exit 1');
    const { code, stderr } = await run('install --system systemd', { PATH: `${bin}:/usr/bin:/bin` });
    expect(code).toBe(1);
    expect(stderr).toContain('Failed to connect to bus');
    expect(tree(cwd)).toEqual(before);
  });
});

describe('cron', () => {
  /** The real crontab, in a mount namespace whose spool is empty; its other commands go on as they are. */
  const canIsolate = has('crontab') && spawnSync('unshare', ['-m', 'true']).status === 0;
  const isolated = canIsolate ? test : test.skip;

  needs('crontab').each([...TIMINGS, '--calendar @daily'])('crontab takes the lines of %s', async (timing) => {
    const { cwd, run } = home();
    const { stdout } = await run(`install --system cron --json --no-enable ${timing}`);
    const file = join(cwd, 'crontab');
    writeFileSync(file, String((JSON.parse(stdout) as { crontab: string }).crontab));
    expect(spawnSync('crontab', ['-n', file], { encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: 'The syntax of the crontab file was successfully checked.\n',
    });
  });

  needs('crontab')('a PATH with folders that are gone or there twice does not make the line too long', async () => {
    const { cwd, run } = home();
    const gone = Array.from({ length: 40 }, (_, index) => `/home/alex/tools/number-${index}/bin`).join(':');
    const env = { PATH: `/usr/bin:${gone}:/bin:/usr/bin` };
    const { stdout } = await run('install --system cron --json --no-enable', env);
    const line = String((JSON.parse(stdout) as { crontab: string }).crontab);
    expect(line).toContain(' PATH=/usr/bin:/bin ');
    writeFileSync(join(cwd, 'crontab'), line);
    expect(spawnSync('crontab', ['-n', join(cwd, 'crontab')]).status).toBe(0);
  });

  test('a line that is too long all the same is refused with what to do', async () => {
    const { run } = home();
    const bin = programs();
    program(bin, 'crontab', '[ "$1" = -l ] && exit 0; echo "\\"-\\":3: command too long" >&2; exit 1');
    const { code, stderr } = await run('install --system cron -q', { PATH: `${bin}:/usr/bin:/bin` });
    expect(code).toBe(1);
    expect(stderr).toContain('to shorten it: PATH=/usr/local/bin:/usr/bin:/bin ofx-sync schedule install');
  });

  isolated('other lines stay as they are, and the command of the line syncs as cron runs it', async () => {
    const { cwd } = home();
    const config = join(cwd, 'accounts.yaml');
    writeFileSync(config, configText([{ name: 'summit', url: 'sandbox://summit' }]));
    const shell = `
      set -e
      mount -t tmpfs tmpfs /var/spool/cron && mkdir -m 1730 /var/spool/cron/crontabs
      ofx() { "$NODE" "$SCRIPT" "$@" --config "$CONFIG" --data "$DATA"; }
      printf '# mine\\n0 4 * * 0 /bin/true' > mine; printf '\\n' >> mine
      crontab mine; crontab -l > before
      ofx schedule install --system cron --every 6h -q
      ofx schedule install --system cron --daily 06:30 -q
      crontab -l > installed
      ofx schedule status > status
      line=$(grep -v '^#' installed | tail -n 1 | cut -d' ' -f6- | sed 's/\\\\%/%/g; s/--unattended/--unattended --spread 0s/')
      env -i HOME=/ SHELL=/bin/sh PATH=/usr/bin:/bin /bin/sh -c "$line"
      ofx schedule remove -q; crontab -l > after
      crontab -r; DATA="$HOME/other/folder"; find "$HOME" | sort > "$OUT/before"
      ofx schedule install --system cron -q; find "$HOME" | sort > "$OUT/meanwhile"
      ofx schedule remove -q; find "$HOME" | sort > "$OUT/after"
      crontab -l > none 2>&1 || true
    `;
    const data = join(cwd, 'da%ta');
    const out = scratchDir();
    const env = {
      PATH: process.env['PATH'],
      HOME: cwd,
      NODE: process.execPath,
      SCRIPT: script,
      CONFIG: config,
      DATA: data,
      OUT: out,
    };
    const ran = spawnSync('unshare', ['-m', 'sh', '-c', shell], { cwd, env, encoding: 'utf8', timeout: 25_000 });
    expect(ran.stderr.replace(/^warning: no cron daemon seems to run on this machine.*\n/gm, '')).toBe('');
    const text = (name: string) => readFileSync(join(cwd, name), 'utf8');
    expect(text('installed').startsWith(text('before'))).toBe(true);
    expect(text('installed').match(/bin\.js/g)?.length).toBe(2);
    expect(text('status')).toContain('crontab line, every day at 06:30');
    expect(text('after')).toBe(text('before'));
    expect(text('none')).toContain('no crontab for');
    const trees = ['before', 'meanwhile', 'after'].map((name) => readFileSync(join(out, name), 'utf8'));
    expect(trees[1]).toContain('/other/folder\n');
    expect(trees[2]).toBe(trees[0]);
    expect(existsSync(join(data, 'ofx-sync.db'))).toBe(true);
    expect(existsSync(join(data, 'last-run.log'))).toBe(false);
  });
});

describe('launchd and Windows', () => {
  needs('xmllint').each([...TIMINGS])('the agent of %s is a property list', async (timing) => {
    const { cwd, run, before } = home();
    await run(`install --system launchd --no-enable ${timing}`);
    const path = join(cwd, 'Library/LaunchAgents/ofx-sync.plist');
    const checked = spawnSync('xmllint', ['--nonet', '--noout', '--valid', path], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], XML_CATALOG_FILES: CATALOG },
    });
    expect(checked).toMatchObject({ status: 0, stderr: '' });
    await run('remove');
    expect(tree(cwd)).toEqual(before);
  });

  test('launchd is asked again while it still ends the former agent, and the agent goes when it is removed', async () => {
    const { cwd, run, before } = home();
    const bin = programs();
    program(
      bin,
      'launchctl',
      'echo "$*" >> "$(dirname "$0")/calls"; [ "$1" = bootout ] || [ "$(grep -c bootstrap "$(dirname "$0")/calls")" -gt 1 ]',
    );
    expect((await run('install --system launchd', { PATH: `${bin}:/usr/bin:/bin` })).code).toBe(0);
    expect((await run('remove', { PATH: `${bin}:/usr/bin:/bin` })).code).toBe(0);
    const calls = readFileSync(join(bin, 'calls'), 'utf8').trim().split('\n');
    expect(calls.map((call) => call.split(' ')[0])).toEqual(['bootout', 'bootstrap', 'bootstrap', 'print', 'bootout']);
    expect(tree(cwd)).toEqual(before);
  });

  needs('xmllint')('the words of the agent come back as they were', async () => {
    const { cwd, run } = home();
    const { stdout } = await run('install --system launchd --no-enable --json');
    const { command } = JSON.parse(stdout) as { command: string[] };
    const path = join(cwd, 'Library/LaunchAgents/ofx-sync.plist');
    const read =
      'import json,plistlib,sys; p=plistlib.load(open(sys.argv[1],"rb")); print(json.dumps([p["ProgramArguments"],p["StartCalendarInterval"],p["Umask"]]))';
    expect(JSON.parse(execFileSync('/usr/bin/python3', ['-c', read, path], { encoding: 'utf8' }))).toEqual([
      command,
      [{ Hour: 6, Minute: 30 }],
      63,
    ]);
  });

  needs('xmllint').each([...TIMINGS])('the task of %s is UTF-16 that its schema allows', async (timing) => {
    const { cwd, run, before } = home();
    const { stdout } = await run(`install --system windows --no-enable --json ${timing}`);
    const [file] = (JSON.parse(stdout) as { files: { path: string; text: string }[] }).files;
    const path = file?.path ?? '';
    expect([...readFileSync(path).subarray(0, 4)]).toEqual([0xff, 0xfe, 0x3c, 0]);
    const checked = spawnSync('xmllint', ['--nonet', '--noout', '--schema', TASK, path], { encoding: 'utf8' });
    expect(checked).toMatchObject({ status: 0, stderr: `${path} validates\n` });
    await run('remove');
    expect(tree(cwd)).toEqual(before);
  });
});

describe('choices', () => {
  test.each([
    ['install --daily 25:00', 'takes a time'],
    ['install --every 5h', '--every takes 1h, 2h, 3h, 4h, 6h, 8h or 12h, not "5h"'],
    ['install --daily 06:30 --every 6h', 'exclude each other'],
    ['install --system systemdd', '--system takes'],
    ['install --system launchd --calendar daily', 'does not support --calendar'],
    ['install --system cron --calendar daily', 'five fields'],
    ['install --system cron --calendar 60', 'five fields'],
    ['install nobody', 'nobody'],
    ['instal', 'Did you mean: ofx-sync schedule install?'],
    ['status summit', 'takes no names'],
  ])('%s ends with exit 2', async (argv, said) => {
    const { cwd, run, before } = home();
    const { code, stderr } = await run(argv);
    expect(stderr).toContain(said);
    expect(code).toBe(2);
    expect(tree(cwd)).toEqual(before);
  });

  test('a dry run writes nothing', async () => {
    const { cwd, run, before } = home();
    const { stdout } = await run('install --system systemd --dry-run');
    expect(stdout).toContain('OnCalendar=*-*-* 06:30:00');
    expect(tree(cwd)).toEqual(before);
  });

  test('a schedule that no longer fits says so', async () => {
    const { cwd, run } = home();
    expect(await run('status')).toMatchObject({ code: 1 });
    await run('install --system systemd --no-enable --every 6h --weekdays');
    expect(await run('status')).toMatchObject({ code: 0 });
    const timer = join(cwd, '.config/systemd/user/ofx-sync.timer');
    writeFileSync(timer, readFileSync(timer, 'utf8').replace(script, '/gone/bin.js'));
    const { code, stdout } = await run('status');
    expect(code).toBe(1);
    expect(stdout).toContain('the schedule runs /gone/bin.js, which does not exist');
    expect(stdout).toContain('ofx-sync schedule install --every 6h --weekdays');
  });

  needs('systemd-analyze')('a calendar expression that systemd does not know ends with exit 2', async () => {
    const { cwd, run, before } = home();
    const { code, stderr } = await run('install --system systemd --no-enable --calendar Nonday');
    expect(stderr).toContain('--calendar takes systemd.time(7), such as Mon..Fri 06:30, not "Nonday"');
    expect(code).toBe(2);
    expect(tree(cwd)).toEqual(before);
  });

  test('a proxy of the shell is named, since a schedule does not have it', async () => {
    const { cwd } = home();
    writeFileSync(
      join(cwd, 'accounts.yaml'),
      configText([{ name: 'river', url: 'https://ofx.river.example/', password: 'file:/secret' }]),
    );
    const env = { HTTPS_PROXY: 'http://proxy.example:3128' };
    const argv = ['schedule', 'install', '--system', 'systemd', '--dry-run', '-q'];
    const { stderr } = await runCli(argv, { cwd, script, env });
    expect(stderr).toBe(
      'warning: a schedule may run without HTTPS_PROXY of your shell: write the proxy into accounts.yaml (proxy:)\n',
    );
  });

  test('secrets that nobody can give at seven in the morning are named', async () => {
    const { cwd } = home();
    const text = configText([
      { name: 'river', url: 'https://ofx.river.example/', password: 'prompt' },
      { name: 'summit', url: 'https://ofx.summit.example/', password: 'env:SUMMIT' },
      { name: 'meadow', url: 'https://ofx.meadow.example/', password: 'keychain', more: ['userCred1: env:MEADOW_PIN'] },
    ]);
    writeFileSync(join(cwd, 'accounts.yaml'), text);
    const { stderr } = await runCli(['schedule', 'install', '--system', 'cron', '--no-enable', '-q'], { cwd, script });
    expect(stderr).toContain('password of river is asked for on the terminal');
    expect(stderr).toContain('password of summit comes from the environment (SUMMIT)');
    expect(stderr).toContain('password of meadow is in the keychain');
    expect(stderr).toContain('userCred1 of meadow comes from the environment (MEADOW_PIN)');
  });
});
