/** Killing the program while the bank has the password: the next runs know that it was presented. */

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { RIGHT } from '../support/counting-bank.js';
import { countingScene } from '../support/counting-scene.js';
import { namedConfig } from '../support/named-config.js';
import { builtProgram } from '../support/program.js';

describe('a run that is killed', () => {
  let program = '';
  beforeAll(() => {
    program = builtProgram();
  });

  async function killedWhenPresented(scene: Awaited<ReturnType<typeof countingScene>>): Promise<boolean> {
    const { bank, cwd, password } = scene;
    const child = spawn(process.execPath, [program, 'sync', '-q'], {
      cwd,
      env: { ...process.env, OFX_SYNC_DATA: join(cwd, 'data'), HOME: cwd, PW: password, ...namedConfig(cwd) },
      stdio: 'ignore',
    });
    let presented = false;
    bank.rules.onPresented = () => {
      presented = true;
      child.kill('SIGKILL');
    };
    await new Promise((resolve) => child.once('exit', resolve));
    bank.rules.onPresented = () => undefined;
    return presented;
  }

  test('while it waits, four times: two sign-ons', async () => {
    const scene = await countingScene({ refuses: 'no reply' });
    const presented = [];
    for (let kill = 0; kill < 4; kill += 1) presented.push(await killedWhenPresented(scene));
    expect(presented).toEqual([true, true, false, false]);
    expect(scene.bank.presented()).toBe(2);
  });

  test('after an acceptance: any number of times, and the next run syncs', async () => {
    const scene = await countingScene();
    scene.password = RIGHT;
    expect((await scene.sync())[0]).toBe('river/a1 ok');
    scene.bank.rules.down = 'no reply';
    for (let kill = 0; kill < 4; kill += 1) expect(await killedWhenPresented(scene)).toBe(true);
    scene.bank.rules.down = null;
    expect(await scene.sync()).toEqual(['river/a1 ok', 'river/a2 ok', 'river/a3 ok']);
  });
});
