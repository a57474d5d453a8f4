/**
 * Whatever a bank does, and whatever a person and a timer do: a refused password is presented once per confirmation, and one
 * that was never accepted twice at most without a verdict; counted at a server that shares no code with the program. One that
 * was accepted goes on by itself.
 */

import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CLEAR, RIGHT, UNCLEAR, type Way } from '../support/counting-bank.js';
import { type CountingScene, countingScene } from '../support/counting-scene.js';
import { fc } from '../support/properties.js';
import { runCli } from '../support/run-cli.js';

const RUNS = { numRuns: Number(process.env['OFX_SYNC_RUNS'] ?? 30) };

const shape = fc.record({
  accounts: fc.integer({ min: 1, max: 4 }),
  accountsPerRequest: fc.constantFrom(null, 1, 2),
  perInstitution: fc.constantFrom(1, 5),
  maxDaysPerRequest: fc.constantFrom(null, null, 30),
  split: fc.boolean(),
  names: fc.constantFrom(['river'], ['river', 'delta']),
  cookies: fc.constantFrom(null, null, 'first', 'always'),
  listless: fc.boolean(),
});
type Shape = typeof shape extends fc.Arbitrary<infer One> ? One : never;

/** Every command that signs on; `true`: a person confirms the password with it. */
const COMMANDS = {
  sync: false,
  'sync --retries 0': false,
  'sync --unattended --spread 0s': false,
  'sync --unattended --spread 0s --retries 0': false,
  check: true,
  'signon NAME': true,
  'discover NAME': false,
  closings: false,
  init: false,
  'sync --force': true,
} as const;
const step = fc.record({
  command: fc.constantFrom(...(Object.keys(COMMANDS) as (keyof typeof COMMANDS)[])),
  ends: fc.constantFrom('well', 'well', 'killed', 'interrupted'),
  renamed: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

async function sceneOf(form: Shape, refuses: Way): Promise<CountingScene> {
  const { accounts, split, cookies, listless } = form;
  const cookieFirst = cookies === 'first' ? (accounts % 2 === 0 ? 200 : 500) : null;
  return countingScene({ refuses, split, listless, cookieFirst, setsCookies: cookies === 'always' }, accounts);
}

/** The program waits a moment only for a bank that never replies, so that a busy machine changes nothing. */
function configure(scene: CountingScene, form: Shape, prefix = ''): string {
  const { accounts, accountsPerRequest, perInstitution, maxDaysPerRequest, names, cookies } = form;
  const { refuses, down } = scene.bank.rules;
  const isSilent = down === 'no reply' || (refuses === 'no reply' && scene.bank.rules.password !== scene.password);
  scene.configure({
    names: names.map((name) => prefix + name),
    cards: Math.floor(accounts / 2),
    more: [
      `perInstitution: ${perInstitution}`,
      `timeout: ${isSilent ? '300ms' : '60s'}`,
      ...(accountsPerRequest === null ? [] : [`accountsPerRequest: ${accountsPerRequest}`]),
      ...(maxDaysPerRequest === null ? [] : [`maxDaysPerRequest: ${maxDaysPerRequest}`]),
      ...(cookies === null ? [] : ['cookies: resend-when-empty']),
    ],
  });
  return prefix + names[0];
}

/** Runs a command; a kill leaves the data folder as it is at the moment at which the bank has got the password. */
async function take(scene: CountingScene, { command, ends }: Step, name: string): Promise<void> {
  const { bank, cwd, password } = scene;
  const data = join(cwd, 'data');
  const snapshot = join(cwd, 'killed');
  const interruption = new AbortController();
  bank.rules.onPresented = () => {
    if (ends === 'killed' && !existsSync(snapshot)) cpSync(data, snapshot, { recursive: true });
    if (ends !== 'well') interruption.abort();
  };
  if (command === 'init') {
    const flags = ['--non-interactive', '--user-id', 'alex', '--password', 'env:PW', '--org', 'COUNT', '--fid', '77'];
    const argv = ['init', bank.url, '--name', `${name}-new`, '--ofx-version', '102', ...flags];
    const config = ['--config', join(cwd, 'new.yaml')];
    await runCli([...argv, ...config], { cwd, env: { PW: password }, signal: interruption.signal, random: () => 0 });
    rmSync(join(cwd, 'new.yaml'), { force: true });
  } else await scene.run(command.replace('NAME', name), interruption.signal);
  bank.rules.onPresented = () => undefined;
  if (!existsSync(snapshot)) return;
  rmSync(data, { recursive: true });
  cpSync(snapshot, data, { recursive: true });
  rmSync(snapshot, { recursive: true });
}

/** Reads the profile first, so that later requests go to both addresses. */
async function readProfile(scene: CountingScene, form: Shape): Promise<void> {
  scene.password = RIGHT;
  configure(scene, form);
  expect((await scene.run('check')).code).toBe(0);
}

/** What the server saw of a password, held against what it may see. */
class Ledger {
  #isRefused = false;
  #unanswered = 0;
  readonly #wasAccepted: boolean;

  constructor(wasAccepted: boolean) {
    this.#wasAccepted = wasAccepted;
  }

  /** @returns what was presented too often in a step. */
  excess({ command, ends }: Step, log: CountingScene['bank']['log']): string[] {
    const isForced = command === 'sync --force';
    if (COMMANDS[command]) this.#unanswered = 0;
    let isRefusedNow = false;
    return log.flatMap(({ answer }, index) => {
      const found: string[] = [];
      if (isRefusedNow || (this.#isRefused && !isForced)) found.push(`${index}: after a refusal`);
      else if (!this.#wasAccepted && this.#unanswered >= 2) found.push(`${index}: after two without a verdict`);
      // The answer to a run that is stopped may not arrive.
      if (answer === 'refused' && ends === 'well') {
        isRefusedNow = true;
        this.#isRefused = true;
        this.#unanswered = 0;
      } else this.#unanswered += 1;
      return found;
    });
  }
}

const way = fc.constantFrom(...([...Object.keys(CLEAR), ...Object.keys(UNCLEAR)] as Way[]));
const unclear = fc.constantFrom(...(Object.keys(UNCLEAR) as Way[]));
const steps = fc.array(step, { minLength: 2, maxLength: 5 });

test('a wrong password: once, or twice without a verdict, for each confirmation', { timeout: 600_000 }, () =>
  fc.assert(
    fc.asyncProperty(shape, way, steps, async (form, refuses, taken) => {
      const scene = await sceneOf(form, refuses);
      const ledger = new Ledger(false);
      for (const one of taken) {
        scene.bank.reset();
        await take(scene, one, configure(scene, form, one.renamed ? 'new-' : ''));
        expect(ledger.excess(one, scene.bank.log)).toEqual([]);
      }
    }),
    RUNS,
  ),
);

test('a password that was right and is refused now: once for each confirmation', { timeout: 600_000 }, () =>
  fc.assert(
    fc.asyncProperty(shape, way, steps, async (form, refuses, taken) => {
      const scene = await sceneOf(form, refuses);
      await readProfile(scene, form);
      scene.bank.rules.password = 'changed at the bank';
      const ledger = new Ledger(true);
      for (const one of taken) {
        scene.bank.reset();
        await take(scene, one, configure(scene, form, one.renamed ? 'new-' : ''));
        expect(ledger.excess(one, scene.bank.log)).toEqual([]);
      }
    }),
    RUNS,
  ),
);

test('a password that was accepted goes on by itself after any kill and any failure', { timeout: 600_000 }, () =>
  fc.assert(
    fc.asyncProperty(shape, unclear, steps, async (form, down, taken) => {
      const scene = await sceneOf(form, 'status 15500');
      await readProfile(scene, form);
      scene.bank.rules.down = down;
      for (const one of taken) await take(scene, one, configure(scene, form));
      scene.bank.rules.down = null;
      configure(scene, form);
      expect(new Set((await scene.sync()).map((line) => line.split(' ')[1]))).toEqual(new Set(['ok']));
      expect(scene.bank.log.some(({ answer }) => answer === 'refused')).toBe(false);
    }),
    RUNS,
  ),
);
