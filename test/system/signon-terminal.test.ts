/** What an institution wants beside a password, as a person meets it: the built program on a real terminal, key after key. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { SANDBOX_TOKEN } from '../../src/sandbox/tenant.js';
import { configText } from '../support/institutions.js';
import { builtProgram } from '../support/program.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { HAS_TMUX, startTerminal, type Terminal } from '../support/terminal.js';

let program = '';
beforeAll(() => {
  program = builtProgram();
});

interface Scene {
  readonly sandbox: Sandbox;
  readonly terminal: Terminal;
  /** Without a terminal, as a timer runs it. */
  readonly unattended: (password?: string) => ReturnType<typeof runCli>;
}

async function scene(wants: string): Promise<Scene> {
  const sandbox = await startSandbox();
  const cwd = scratchDir();
  const url = `"${sandbox.url('summit')}?wants=${wants}"`;
  const entry = { name: 'summit', url, password: 'env:PW', more: ['ofxVersion: "203"', 'clientUid: auto'] };
  writeFileSync(join(cwd, 'accounts.yaml'), configText([entry]));
  const data = join(cwd, 'data');
  const unattended = (password = 'demo') => runCli(['-q', '--data', data], { cwd, env: { PW: password } });
  const before = await unattended();
  expect(before.code).toBe(3);
  expect(before.stderr).toContain('ofx-sync signon summit');
  const argv = [process.execPath, program, '--data', data, 'signon', 'summit'];
  return { sandbox, unattended, terminal: startTerminal(argv, { cwd, env: { PW: 'demo' } }) };
}

async function closed({ sandbox, terminal, unattended }: Scene, password?: string): Promise<void> {
  expect(await terminal.ended()).toBe(0);
  await terminal.shows('accepted the sign-on and lists 1 account');
  expect(await unattended(password)).toMatchObject({ code: 0, stderr: '' });
  expect(sandbox.counts('summit').refusedSignons).toBe(0);
  await sandbox.close();
}

describe.skipIf(!HAS_TMUX)('on a terminal', () => {
  test('15000: a new password, typed twice and never shown', async () => {
    const one = await scene('new-password');
    const { terminal } = one;
    await terminal.shows('new password (Enter keeps the old one):');
    terminal.type('new-canary-71');
    terminal.keys('Enter');
    await terminal.shows('repeat it:');
    terminal.type('new-canary-71');
    terminal.keys('Enter');
    await terminal.shows('summit has accepted the new password');
    await terminal.ended();
    expect(terminal.all()).not.toContain('canary');
    expect(terminal.all().replace(/\s+/g, ' ')).toContain('Store it where accounts.yaml looks for it (env)');
    await closed(one, 'new-canary-71');
  });

  test('15510: waits until the program is confirmed', async () => {
    const one = await scene('confirmed-client-uid');
    const screen = await one.terminal.shows('Press Enter when it is confirmed');
    expect(screen).toContain('secure messages');
    await fetch(`${one.sandbox.url('summit')}/confirm`);
    one.terminal.keys('Enter');
    await closed(one);
  });

  test('15512: a token, under the name that the institution gives it', async () => {
    const one = await scene('token');
    await one.terminal.shows('Access code:');
    one.terminal.type('999999');
    one.terminal.keys('Enter');
    await one.terminal.shows('15513');
    one.terminal.type(SANDBOX_TOKEN);
    one.terminal.keys('Enter');
    await closed(one);
    expect(one.terminal.all()).not.toContain(SANDBOX_TOKEN);
  });

  test('3000: security questions', async () => {
    const one = await scene('questions');
    await one.terminal.shows('Mother’s maiden name:');
    one.terminal.type('Smith');
    one.terminal.keys('Enter');
    await one.terminal.shows('Name of your goldfish:');
    one.terminal.type('Bubbles');
    one.terminal.keys('Enter');
    await closed(one);
    expect(one.terminal.all()).not.toContain('Bubbles');
  });

  test('a profile that demands all of it first: nothing is presented before, and nothing typed is shown or kept', async () => {
    const sandbox = await startSandbox();
    const cwd = scratchDir();
    const data = join(cwd, 'data');
    const url = `"${sandbox.url('summit')}?wants=token,questions,new-password"`;
    const entry = { name: 'summit', url, password: 'env:PW', more: ['ofxVersion: "203"'] };
    writeFileSync(join(cwd, 'accounts.yaml'), configText([entry]));
    const run = (argv: readonly string[], PW = 'demo') => runCli([...argv, '--data', data], { cwd, env: { PW } });
    for (const argv of [['check'], ['sync', '-q'], ['closings', 'summit']]) {
      const { stdout, stderr } = await run(argv);
      expect(`${stdout}${stderr}`.replace(/\s+/g, ' ')).toContain('ofx-sync signon summit');
    }
    expect(sandbox.counts('summit').signons).toBe(0);
    const argv = [process.execPath, program, '--data', data, '--verbose', 'signon', 'summit'];
    const terminal = startTerminal(argv, { cwd, env: { PW: 'demo' } });
    const typed = [
      ['Access code:', SANDBOX_TOKEN],
      ['new password (Enter keeps the old one):', 'new-canary-72'],
      ['repeat it:', 'new-canary-72'],
      ['Mother’s maiden name:', 'Smith'],
      ['Name of your goldfish:', 'Bubbles'],
    ] as const;
    for (const [question, answer] of typed) {
      await terminal.shows(question);
      terminal.type(answer);
      terminal.keys('Enter');
    }
    await closed({ sandbox, terminal, unattended: (password) => run(['-q'], password) }, 'new-canary-72');
    const left = readdirSync(cwd, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => readFileSync(join(one.parentPath, one.name), 'latin1'));
    for (const [, secret] of typed) expect([terminal.all(), ...left].join('\n')).not.toContain(secret);
  });

  test('init leads through the same, and keeps the new password', async () => {
    const sandbox = await startSandbox();
    const cwd = scratchDir();
    const terminal = startTerminal([process.execPath, program, 'init'], { cwd });
    const answer = async (question: string, text: string) => {
      await terminal.shows(question);
      terminal.keys('C-u');
      terminal.type(text);
      terminal.keys('Enter');
    };
    await terminal.shows('Which bank?');
    terminal.type(`${sandbox.url('summit')}?wants=token,new-password`);
    await terminal.shows('> Use the address');
    terminal.keys('Enter');
    await answer('? User id', 'demo');
    await answer('? Password of demo', 'demo');
    await answer('? Access code', SANDBOX_TOKEN);
    await answer('? new password (Enter keeps the old one)', 'new-canary-73');
    await answer('? repeat it', 'new-canary-73');
    await terminal.shows('Signed on: 1 account found');
    expect(sandbox.counts('summit').refusedSignons).toBe(0);
    expect(terminal.all()).not.toContain('new-canary-73');
    expect(terminal.all()).not.toContain(SANDBOX_TOKEN);
    terminal.keys('Enter');
    await terminal.shows('? Write');
    terminal.keys('Down', 'Enter');
    expect(await terminal.ended()).toBe(0);
    const written = (file: string) => readFileSync(join(cwd, '.config', 'ofx-sync', file), 'utf8');
    expect(written('accounts.yaml')).toContain('org: SUMMIT\n    fid: "5001"');
    expect(written('summit.password')).toBe('new-canary-73\n');
    await sandbox.close();
  });

  test('Ctrl-C at a question ends it, and the terminal shows again what is typed', async () => {
    const one = await scene('token');
    await one.terminal.shows('Access code:');
    one.terminal.keys('C-c');
    expect(await one.terminal.ended()).toBe(130);
    await one.sandbox.close();
  });
});
