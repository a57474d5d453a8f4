/** What a faster start keeps: in a folder of one's own, readable with accounts.yaml alone, and never a password. */

import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cacheFolder } from '../../../../src/cli/command/cache-folder.js';
import { keptConfig } from '../../../../src/cli/command/config-cache.js';
import { loadConfigText } from '../../../../src/config/load.js';
import { configText } from '../../../support/institutions.js';
import { scratchDir } from '../../../support/scratch.js';

function machine(env: Record<string, string> = {}, platform = 'linux') {
  const home = scratchDir();
  const user = { uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 };
  return { env, cwd: home, home, platform, pid: 7, user, now: () => new Date('2026-03-01T12:00:00Z') };
}

const cacheOf = ({ home }: { home: string }) => join(home, '.cache', 'ofx-sync');

describe.skipIf(process.platform === 'win32')('the folder', () => {
  test('is made for its owner alone, in the place of the system', () => {
    const io = machine();
    expect(cacheFolder(io)).toBe(cacheOf(io));
    expect(cacheFolder(io)).toBe(cacheOf(io));
    const set = join(io.home, 'mine');
    expect(cacheFolder({ ...io, env: { XDG_CACHE_HOME: set } })).toBe(join(set, 'ofx-sync'));
    expect(cacheFolder({ ...io, platform: 'darwin' })).toBe(join(io.home, 'Library', 'Caches', 'ofx-sync'));
  });

  test.each([0o770, 0o707, 0o755, 0o701])('is not used when others can open it (mode %o)', (mode) => {
    const io = machine();
    mkdirSync(cacheOf(io), { recursive: true });
    chmodSync(cacheOf(io), mode);
    expect(cacheFolder(io)).toBeNull();
  });

  test.each([
    ['0777', 0o777, 0, null],
    ['0775 of another group', 0o775, 1, null],
    ['0775 of your group', 0o775, 0, 'used'],
    ['1777, as /tmp', 0o1777, 0, 'used'],
  ] as const)('is not used where others can put another in its place (mode %s)', (_, mode, otherGroup, used) => {
    const io = machine();
    const parent = join(io.home, '.cache');
    mkdirSync(cacheOf(io), { recursive: true, mode: 0o700 });
    chmodSync(parent, mode);
    const user = { ...io.user, gid: statSync(parent).gid + otherGroup };
    const expected = used === null ? null : cacheOf(io);
    expect(cacheFolder({ ...io, user })).toBe(expected);
    const linked = join(io.home, 'linked');
    symlinkSync(parent, linked);
    const env = { XDG_CACHE_HOME: linked };
    expect(cacheFolder({ ...io, user, env })).toBe(used === null ? null : join(linked, 'ofx-sync'));
  });

  test('is not used when others can point the link to its parent elsewhere', () => {
    const io = machine();
    mkdirSync(cacheOf(io), { recursive: true, mode: 0o700 });
    const open = join(io.home, 'open');
    mkdirSync(open);
    chmodSync(open, 0o777);
    symlinkSync(join(io.home, '.cache'), join(open, 'linked'));
    expect(cacheFolder({ ...io, env: { XDG_CACHE_HOME: join(open, 'linked') } })).toBeNull();
  });

  test('is not used when it is a link, a file, of another user, or switched off', () => {
    const linked = machine();
    mkdirSync(join(linked.home, 'planted'), { mode: 0o700 });
    mkdirSync(join(linked.home, '.cache'));
    symlinkSync(join(linked.home, 'planted'), cacheOf(linked));
    expect(cacheFolder(linked)).toBeNull();
    const file = machine();
    mkdirSync(join(file.home, '.cache'));
    writeFileSync(cacheOf(file), '');
    expect(cacheFolder(file)).toBeNull();
    const other = machine();
    mkdirSync(cacheOf(other), { recursive: true, mode: 0o700 });
    expect(cacheFolder({ ...other, user: { uid: other.user.uid + 1, gid: 0 } })).toBeNull();
    expect(cacheFolder(machine({ OFX_SYNC_CACHE: 'off' }))).toBeNull();
  });
});

describe.skipIf(process.platform === 'win32')('a configuration', () => {
  const file = '/home/alex/accounts.yaml';
  const text = `${configText([{ name: 'river', url: 'https://ofx.example/', password: 'env:PW' }])}accountMap: { river/card: "Liabilities:Card" }\n`;
  const configOfFiles = (count: number) => {
    const banks = Array.from({ length: count }, (_, index) => {
      const account = `{ name: card, kind: creditcard, id: "${4_000_000_000_000_000 + index}" }`;
      return `  - { name: bank${index}, files: "~/bank${index}*.ofx", accounts: [${account}] }\n`;
    });
    return `institutions:\n${banks.join('')}`;
  };
  const load = (content: string) => loadConfigText(content, file, { home: '/home/alex' });

  test('is what it was, for the same text, file, home and program only', async () => {
    const io = machine();
    const config = await load(text);
    const kept = await keptConfig({ file, text }, {}, io, 'a');
    expect(kept.config).toBeNull();
    await kept.keep(config);
    expect((await keptConfig({ file, text }, {}, io, 'a')).config).toEqual(config);
    const others = [
      await keptConfig({ file, text: `${text}\n` }, {}, io, 'a'),
      await keptConfig({ file: '/home/sam/accounts.yaml', text }, {}, io, 'a'),
      await keptConfig({ file, text }, { accountsToCome: true }, io, 'a'),
      await keptConfig({ file, text }, {}, io, 'b'),
      await keptConfig({ file, text }, {}, io, null),
    ];
    expect(others.map((one) => one.config)).toEqual(others.map(() => null));
  });

  test('has the numbers of accounts that come through a bridge', async () => {
    const io = machine();
    const content =
      'institutions: [{ name: bridge, simplefin: keychain, accounts: [{ name: giro, kind: checking, id: ACT-1, number: "00 5555" }] }]\n';
    await (await keptConfig({ file, text: content }, {}, io, 'a')).keep(await load(content));
    const { config } = await keptConfig({ file, text: content }, {}, io, 'a');
    expect(config?.institutions[0]?.accounts).toMatchObject([{ id: 'ACT-1', number: '00 5555' }]);
  });

  test('knows the patterns beside each bank again', async () => {
    const io = machine();
    const content = configOfFiles(3);
    const config = await load(content);
    await (await keptConfig({ file, text: content }, {}, io, 'a')).keep(config);
    expect(config.institutions[2]?.filesBeside).toHaveLength(3);
    expect((await keptConfig({ file, text: content }, {}, io, 'a')).config).toEqual(config);
  });

  test('of 5,000 banks with files in one folder is kept in a few megabytes', async () => {
    const io = machine();
    const content = configOfFiles(5_000);
    const config = await load(content);
    await (await keptConfig({ file, text: content }, {}, io, 'a')).keep(config);
    const [name = ''] = readdirSync(cacheOf(io));
    expect(readFileSync(join(cacheOf(io), name)).length).toBeLessThan(5_000_000);
    const { institutions = [] } = (await keptConfig({ file, text: content }, {}, io, 'a')).config ?? {};
    expect(institutions).toHaveLength(5_000);
    expect(institutions[4_999]?.filesBeside).toEqual(config.institutions[4_999]?.filesBeside);
    expect(new Set(institutions.map(({ filesBeside }) => filesBeside)).size).toBe(1);
  });

  test('cannot be read without its text, nor changed', async () => {
    const io = machine();
    await (await keptConfig({ file, text }, {}, io, 'a')).keep(await load(text));
    const [name = ''] = readdirSync(cacheOf(io));
    const path = join(cacheOf(io), name);
    const bytes = readFileSync(path);
    expect(bytes.toString('latin1')).not.toMatch(/river|4111|example/);
    for (const at of [0, 13, 30, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      writeFileSync(path, changed);
      expect((await keptConfig({ file, text }, {}, io, 'a')).config).toBeNull();
    }
    writeFileSync(path, bytes.subarray(0, 10));
    expect((await keptConfig({ file, text }, {}, io, 'a')).config).toBeNull();
  });

  test('is removed with whatever a killed run left, 30 days after it was kept', async () => {
    const io = machine();
    mkdirSync(cacheOf(io), { recursive: true, mode: 0o700 });
    const [old, recent] = [`config-${'0'.repeat(32)}`, `config-${'1'.repeat(32)}`];
    for (const [name, day] of [
      [old, '2026-01-29'],
      [`${old}.41`, '2026-01-29'],
      [recent, '2026-01-31'],
      [`${recent}.41`, '2026-01-31'],
      ['config-notes.txt', '2020-01-01'],
    ] as const) {
      writeFileSync(join(cacheOf(io), name), '');
      utimesSync(join(cacheOf(io), name), new Date(day), new Date(day));
    }
    mkdirSync(join(cacheOf(io), 'compiled'));
    await (await keptConfig({ file, text }, {}, io, 'a')).keep(await load(text));
    const left = readdirSync(cacheOf(io));
    expect(left).toEqual(expect.arrayContaining([recent, `${recent}.41`, 'config-notes.txt', 'compiled']));
    expect(left).toHaveLength(5);
  });

  test('with a password in it is not kept', async () => {
    const io = machine();
    const written = configText([{ name: 'summit', url: 'sandbox://summit' }]);
    const kept = await keptConfig({ file, text: written }, {}, io, 'a');
    await kept.keep(await load(written));
    expect(readdirSync(cacheOf(io))).toEqual([]);
  });
});
