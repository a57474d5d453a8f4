/**
 * `ofx-sync schedule` with a systemd user manager that is real: the timer is started, the hardened service syncs with a
 * password from the keychain, a missed run is made up for, a refusal takes nothing away, and removing leaves the home as it was.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { configText } from '../support/institutions.js';
import { builtProgram, start } from '../support/program.js';
import { scratchDir } from '../support/scratch.js';

const MANAGER = fileURLToPath(new URL('../support/user-manager.sh', import.meta.url));
let script = '';
beforeAll(() => {
  script = builtProgram();
});

function lackingPrograms(): string | null {
  const look = ['systemctl', 'dbus-daemon', 'gnome-keyring-daemon', '/usr/lib/systemd/systemd']
    .map((program) => `command -v ${program} >&2`)
    .join(' && ');
  return spawnSync('sh', ['-c', look]).status === 0 ? null : 'systemd, dbus or gnome-keyring is not installed';
}
const absent = lackingPrograms();
if (absent !== null && process.env['OFX_SYNC_REQUIRE_PROGRAMS'] === '1') throw new Error(absent);
const isolates = spawnSync('unshare', ['-m', 'true']).status === 0;
const lacking = absent ?? (isolates ? null : 'a mount namespace needs root');

/** Files of the home, and what was heard, are written into the folder of the test. */
const SESSION = `
  set -e
  ofx() { "$NODE" "$SCRIPT" "$@" --config "$OUT/accounts.yaml" --data "$OUT/data"; }
  UNITS="$HOME/.config/systemd/user"
  tree() { find "$HOME" -path "$HOME/.cache" -prune -o -print | sort; }
  printf 'demo\\n' | ofx secret set summit -q
  tree > "$OUT/before"
  ofx schedule install --daily 06:30 > "$OUT/installed" 2> "$OUT/warned"
  systemctl --user show ofx-sync.timer --property=UnitFileState,Persistent,RandomizedDelayUSec > "$OUT/timer"
  systemctl --user start ofx-sync.service
  ofx schedule status > "$OUT/ran"
  cp "$OUT/data/last-attempt.json" "$OUT/first"
  mkdir "$UNITS/ofx-sync.timer.d"
  printf '[Timer]\\nRandomizedDelaySec=0\\nAccuracySec=1s\\n' > "$UNITS/ofx-sync.timer.d/at-once.conf"
  systemctl --user stop ofx-sync.timer
  touch -d '2 days ago' "$HOME/.local/share/systemd/timers/stamp-ofx-sync.timer"
  systemctl --user daemon-reload
  systemctl --user start ofx-sync.timer
  while cmp -s "$OUT/first" "$OUT/data/last-attempt.json"; do sleep 0.1; done
  ofx schedule status > "$OUT/made-up-for"
  rm -r "$UNITS/ofx-sync.timer.d"
  touch "$OUT/refuse"
  ofx schedule install --every 6h -q 2> "$OUT/refused" || true
  ofx schedule status --json > "$OUT/going-on"
  systemctl --user stop ofx-sync.timer
  ofx schedule status > "$OUT/stopped" || true
  ofx schedule remove -q
  tree > "$OUT/after"
  touch "$OUT/refuse"
  ofx schedule install -q 2> "$OUT/refused-at-first" || true
  tree > "$OUT/after-refusal"
`;

/** The next time that a timer is to be restarted, it is refused. */
const SYSTEMCTL = `#!/bin/sh
if [ "$2" = restart ] && [ -e "$OUT/refuse" ]; then rm "$OUT/refuse"; echo "Failed to restart" >&2; exit 1; fi
exec /usr/bin/systemctl "$@"
`;

test.skipIf(lacking !== null)(
  `in a session of its own${lacking === null ? '' : ` (${lacking})`}`,
  () => {
    const [home, out, bin] = [scratchDir(), scratchDir(), scratchDir()];
    writeFileSync(
      join(out, 'accounts.yaml'),
      configText([{ name: 'summit', url: 'sandbox://summit', password: 'keychain' }]),
    );
    writeFileSync(join(bin, 'systemctl'), SYSTEMCTL, { mode: 0o755 });
    const ran = spawnSync('unshare', ['-m', MANAGER, 'sh', '-c', SESSION], {
      env: { PATH: `${bin}:/usr/bin:/bin`, HOME: home, OUT: out, NODE: process.execPath, SCRIPT: script },
      encoding: 'utf8',
      timeout: 240_000,
    });
    expect(ran).toMatchObject({ status: 0, stderr: '', stdout: '' });
    const text = (name: string) => readFileSync(join(out, name), 'utf8');

    expect(text('installed')).toMatch(/every day at 06:30: installed; next run 20\d\d-\d\d-\d\d 06:[34]\d\n$/);
    expect(text('warned')).toBe('');
    expect(text('timer').trim().split('\n').toSorted()).toEqual([
      'Persistent=yes',
      'RandomizedDelayUSec=15min',
      'UnitFileState=enabled',
    ]);
    expect(text('ran')).toMatch(/last run {2}20\d\d-\d\d-\d\d \d\d:\d\d {2}1 ok {2}\(.*, by timer\)/);

    // A run that was missed is made up for; who was asked a moment ago is left in peace.
    expect(text('made-up-for')).toMatch(
      /last run {2}20\d\d-\d\d-\d\d \d\d:\d\d {2}no bank was due\n +20\d\d-\d\d-\d\d \d\d:\d\d {2}1 ok/,
    );

    expect(text('refused')).toContain('Failed to restart');
    expect(JSON.parse(text('going-on'))).toMatchObject({
      schedules: [{ timing: 'every day at 06:30', active: true, nextRunAt: expect.stringMatching(/T\d\d:[34]\d:/) }],
      problems: [],
    });
    expect(text('stopped')).toContain('next run  none, it is not started');
    expect(text('stopped')).toContain('systemctl --user restart ofx-sync.timer');

    expect(text('after')).toBe(text('before'));
    expect(text('refused-at-first')).toContain('Failed to restart');
    expect(text('after-refusal')).toBe(text('before'));
  },
  300_000,
);

const SERVER_SESSION = `
  set -e
  serving() {
    while ! "$NODE" -e "fetch('http://127.0.0.1:$PORT/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"; do sleep 0.1; done
  }
  ofx() { "$NODE" "$SCRIPT" "$@" --config "$OUT/accounts.yaml" --data "$OUT/data"; }
  tree() { find "$HOME" -path "$HOME/.cache" -prune -o -print | sort; }
  tree > "$OUT/before"
  ofx schedule install --serve --listen 127.0.0.1:$PORT > "$OUT/installed" 2> "$OUT/warned"
  serving
  ofx schedule status > "$OUT/running"
  "$NODE" -e "process.kill($(systemctl --user show ofx-sync-serve.service --property=MainPID --value), 'SIGKILL')"
  systemctl --user show ofx-sync-serve.service --property=Restart,RestartUSec > "$OUT/restarts"
  systemctl --user restart ofx-sync-serve.service
  serving
  systemctl --user stop ofx-sync-serve.service
  systemctl --user show ofx-sync-serve.service --property=Result,ExecMainStatus > "$OUT/stopped"
  ofx schedule remove -q
  tree > "$OUT/after"
`;

test.skipIf(lacking !== null)(
  `the server in a session of its own${lacking === null ? '' : ` (${lacking})`}`,
  () => {
    const [home, out] = [scratchDir(), scratchDir()];
    writeFileSync(join(out, 'accounts.yaml'), configText([{ name: 'summit', url: 'sandbox://summit' }]));
    const ran = spawnSync('unshare', ['-m', MANAGER, 'sh', '-c', SERVER_SESSION], {
      env: { PATH: '/usr/bin:/bin', HOME: home, OUT: out, NODE: process.execPath, SCRIPT: script, PORT: '18639' },
      encoding: 'utf8',
      timeout: 120_000,
    });
    expect(ran).toMatchObject({ status: 0, stderr: '', stdout: '' });
    const text = (name: string) => readFileSync(join(out, name), 'utf8');
    expect(text('installed')).toMatch(/systemd user service, always: installed\n$/);
    expect(text('running')).toContain('  state     running');
    expect(text('restarts').trim().split('\n').toSorted()).toEqual(['Restart=on-failure', 'RestartUSec=30s']);
    expect(text('stopped').trim().split('\n').toSorted()).toEqual(['ExecMainStatus=0', 'Result=success']);
    expect(text('after')).toBe(text('before'));
  },
  180_000,
);

/** The unit files of docs/scale.md: each names its path in the first line of a block of its own. */
function templateUnits(places: Readonly<Record<string, string>>): readonly { name: string; text: string }[] {
  const page = readFileSync(new URL('../../docs/scale.md', import.meta.url), 'utf8');
  const block = /```ini\n(.*?)```/s.exec(page)?.[1] ?? '';
  return block
    .split(/^(?=# \/etc\/)/m)
    .filter((text) => text.trim() !== '')
    .map((text) => ({
      name: basename(/^# (\S+)/.exec(text)?.[1] ?? ''),
      text: Object.entries(places).reduce((changed, [from, to]) => {
        if (text.includes('[Service]')) expect(changed).toContain(from);
        return changed.replaceAll(from, to);
      }, text),
    }));
}

const CLIENTS_SESSION = `
  set -e
  systemctl --user daemon-reload
  systemctl --user enable --now -q ofx-sync@river.timer
  systemctl --user show ofx-sync@river.timer --property=ActiveState,Persistent,RandomizedDelayUSec,FixedRandomDelay > "$OUT/timer"
  for client in river harbor; do systemctl --user start "ofx-sync@$client.service"; done
  systemctl --user show ofx-sync@harbor.service --property=Result,ExecMainStatus,Slice > "$OUT/service"
  systemctl --user disable --now -q ofx-sync@river.timer
`;

test.skipIf(lacking !== null)(
  `the units of docs/scale.md, for two clients${lacking === null ? '' : ` (${lacking})`}`,
  async () => {
    const [home, out] = [scratchDir(), scratchDir()];
    const units = templateUnits({
      '/srv/clients': join(out, 'clients'),
      '/usr/local/bin/ofx-sync': `${process.execPath} ${script}`,
      // A manager of one user starts services of this user only.
      'User=ofx-sync\n': '',
    });
    expect(units.map(({ name }) => name)).toEqual(['ofx-sync@.service', 'ofx-sync@.timer']);
    const folder = join(home, '.config', 'systemd', 'user');
    mkdirSync(folder, { recursive: true });
    for (const { name, text } of units) writeFileSync(join(folder, name), text);
    for (const client of ['river', 'harbor']) {
      mkdirSync(join(out, 'clients', client), { recursive: true });
      const config = configText([{ name: 'summit', url: 'sandbox://summit' }]);
      writeFileSync(join(out, 'clients', client, 'accounts.yaml'), config, { mode: 0o600 });
    }
    const ran = spawnSync('unshare', ['-m', MANAGER, 'sh', '-c', CLIENTS_SESSION], {
      env: { PATH: '/usr/bin:/bin', HOME: home, OUT: out },
      encoding: 'utf8',
      timeout: 120_000,
    });
    expect(ran).toMatchObject({ status: 0, stderr: '', stdout: '' });
    const lines = (name: string) => readFileSync(join(out, name), 'utf8').trim().split('\n').toSorted();
    expect(lines('timer')).toEqual([
      'ActiveState=active',
      'FixedRandomDelay=yes',
      'Persistent=yes',
      'RandomizedDelayUSec=2h',
    ]);
    expect(lines('service')).toEqual(['ExecMainStatus=0', 'Result=success', 'Slice=ofx-sync.slice']);
    for (const client of ['river', 'harbor']) {
      const data = join(out, 'clients', client, 'data');
      const { stdout } = await start([script, 'accounts', '--json', '--data', data], join(out, 'clients', client))
        .finished;
      expect(JSON.parse(stdout)).toMatchObject({
        accounts: [{ account: 'card', lastSuccessAt: expect.any(String), transactions: expect.any(Number) }],
      });
    }
  },
  180_000,
);
