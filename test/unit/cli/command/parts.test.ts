/** Parts of the program are loaded once, with what V8 compiled of them before; a damaged file only costs time. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partsBeside } from '../../../../src/cli/command/parts.js';
import { scratchDir } from '../../../support/scratch.js';

const NOW = new Date('2026-03-01T12:00:00Z');
const PARTS = {
  'first.cjs': `const second = () => require('./second.cjs'); exports.name = 'first'; exports.sum = (a, b) => second().add(a, b);`,
  'second.cjs': `exports.add = (a, b) => a + b; exports.first = require('./first.cjs').name; exports.sep = require('node:path').posix.sep;`,
  'third.cjs': `exports.where = [__filename, __dirname, module.exports === exports, this === exports];
exports.imports = () => module.imported('node:path');
throw_later = () => { throw new Error('from the second line'); }; exports.later = throw_later;`,
};

/** A program whose parts no other test has loaded, since each is loaded once a process. */
function program() {
  const dir = scratchDir();
  for (const [name, text] of Object.entries(PARTS)) writeFileSync(join(dir, name), text);
  const folder = scratchDir();
  const file = () => {
    const [name = '', ...others] = readdirSync(folder);
    expect(others).toEqual([]);
    return join(folder, name);
  };
  return { dir, folder, file };
}

function run({ dir, folder }: { dir: string; folder: string }, names: readonly string[], engine = 'v20') {
  // As in a process of its own.
  const { load, keep } = partsBeside(join(dir, 'start.cjs'), { folder, pid: 7, engine });
  const loaded = names.map((name) => load(name));
  keep(NOW);
  forget(load, dir);
  return loaded;
}

function forget(load: (name: string) => unknown, dir: string) {
  const cache: unknown = Reflect.get(Object(load('node:module')), '_cache');
  for (const name of Object.keys(PARTS)) Reflect.deleteProperty(Object(cache), join(dir, name));
}

const indexOf = (path: string) => {
  const bytes = readFileSync(path);
  const rows = JSON.parse(bytes.subarray(4, 4 + bytes.readUInt32LE()).toString()) as { name: string; runs: number }[];
  return Object.fromEntries(rows.map(({ name, runs }) => [name, runs]));
};

test('a part is loaded once, with parts and modules that it loads', async () => {
  const { dir, folder } = program();
  const { load } = partsBeside(join(dir, 'start.cjs'), { folder, pid: 7, engine: 'v20' });
  const first = load('./first.cjs') as { sum: (a: number, b: number) => number };
  expect(first.sum(1, 2)).toBe(3);
  expect(load('./second.cjs')).toEqual({ add: expect.any(Function), first: 'first', sep: '/' });
  expect(load('./first.cjs')).toBe(first);
  const third = load('./third.cjs') as { where: unknown; later: () => void; imports: () => Promise<unknown> };
  expect(third.where).toEqual([join(dir, 'third.cjs'), dir, true, true]);
  expect(await third.imports()).toMatchObject({ sep: expect.any(String) });
  expect(third.later).toThrow('from the second line');
  try {
    third.later();
  } catch (error) {
    expect((error as Error).stack).toContain(`${join(dir, 'third.cjs')}:3:29`);
  }
});

test('a part that fails says so each time that it is loaded', () => {
  const { dir, folder } = program();
  writeFileSync(join(dir, 'failing.cjs'), `exports.half = true; throw new Error('no compiled part for this machine');`);
  const { load } = partsBeside(join(dir, 'start.cjs'), { folder, pid: 7, engine: 'v20' });
  for (const _ of [1, 2]) expect(() => load('./failing.cjs')).toThrow('no compiled part for this machine');
});

test('what was compiled is written in three runs, and for each part that is new', () => {
  const one = program();
  for (const runs of [1, 2, 3]) {
    run(one, ['./first.cjs']);
    expect(indexOf(one.file())).toEqual({ './first.cjs': runs });
  }
  const before = readFileSync(one.file());
  run(one, ['./first.cjs']);
  expect(readFileSync(one.file())).toEqual(before);
  run(one, ['./first.cjs', './second.cjs']);
  expect(indexOf(one.file())).toEqual({ './first.cjs': 4, './second.cjs': 1 });
  run(one, ['./first.cjs', './third.cjs']);
  expect(indexOf(one.file())).toEqual({ './first.cjs': 5, './third.cjs': 1, './second.cjs': 1 });
});

test('another engine, or another program, has a file of its own', () => {
  const one = program();
  run(one, ['./first.cjs']);
  run(one, ['./first.cjs'], 'v22');
  run(one, ['./second.cjs']);
  expect(readdirSync(one.folder)).toHaveLength(3);
});

// Damage to the code itself shows in a process of its own only: here V8 knows the text (test/system/cli-process.test.ts).
test('a file whose index is damaged changes nothing but the time', () => {
  const one = program();
  const names = ['./first.cjs', './second.cjs', './third.cjs'];
  const works = () => {
    const [first] = run(one, names) as [{ sum: (a: number, b: number) => number }];
    expect(first.sum(20, 22)).toBe(42);
  };
  works();
  const path = one.file();
  const whole = readFileSync(path);
  const damaged = fc.oneof(
    fc.nat(whole.length - 1).map((at) => Buffer.from(whole.map((byte, index) => (index === at ? byte ^ 0x55 : byte)))),
    fc.nat(whole.length).map((length) => whole.subarray(0, length)),
    fc.nat(whole.length).map((at) => Buffer.from(whole.map((byte, index) => (index < at ? byte : 0)))),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  );
  fc.assert(
    fc.property(damaged, (bytes) => {
      writeFileSync(path, bytes);
      works();
    }),
    { numRuns: 300 },
  );
});

test('a folder that cannot be written, or is gone, changes nothing', () => {
  const one = program();
  expect(run({ ...one, folder: join(one.folder, 'gone') }, ['./first.cjs'])).toHaveLength(1);
});
