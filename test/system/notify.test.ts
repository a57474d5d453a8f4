/** `notify:` with real programs and a real webhook: once a change, also when a run is killed or nobody takes the message. */

import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/config/load.js';
import type { Message } from '../../src/model/notifications.js';
import { notifyOfChanges } from '../../src/notify/deliver.js';
import { openStore } from '../../src/store/open.js';
import { configText } from '../support/institutions.js';
import { builtProgram, start } from '../support/program.js';
import { fc } from '../support/properties.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { startWebhook, type Webhook } from '../support/webhook.js';

let webhook: Webhook;
let program = '';
beforeAll(async () => {
  program = builtProgram();
  webhook = await startWebhook();
});
afterEach(() => {
  webhook.answer = 200;
  webhook.onArrival = () => undefined;
});
afterAll(() => webhook.close());

const at = (day: number) => () => new Date(2026, 10, day, 6, 30);

interface Project {
  readonly cwd: string;
  /** Syncs on a day with a fault, and gives the messages that arrived meanwhile. */
  readonly day: (
    day: number,
    fault?: string,
    more?: readonly string[],
  ) => Promise<{ messages: string[]; stderr: string; code: number }>;
}

function project(notify = `{ webhook: "${webhook.url}" }`): Project {
  const cwd = scratchDir();
  return {
    cwd,
    day: async (day, fault = '', more = []) => {
      writeFileSync(
        join(cwd, 'accounts.yaml'),
        `${configText([{ name: 'summit', url: `sandbox://summit${fault}` }], '{ retries: 0 }')}notify: ${notify}\n`,
      );
      const before = webhook.arrived.length;
      const { stderr, code } = await runCli(['-q', ...more], { cwd, now: at(day) });
      return { messages: webhook.arrived.slice(before).map(({ text }) => text), stderr, code };
    },
  };
}

describe('a webhook', () => {
  test('hears of each change once, and of nothing else', async () => {
    const { day } = project();
    const heard: [number, string[]][] = [];
    const faults = [
      '',
      '?fault=http-503',
      '?fault=http-503',
      '?fault=http-503',
      '?fault=http-503',
      '',
      '',
      '?fault=signon-15500',
      '',
      '',
    ];
    for (const [index, fault] of faults.entries()) {
      const { messages } = await day(index + 1, fault);
      if (messages.length > 0)
        heard.push([index + 1, messages.map((text) => text.replace(/127\.0\.0\.1:\d+/, 'HOST'))]);
    }
    expect(heard).toEqual([
      [
        2,
        [
          'summit (card): no statement: HOST is not available now (HTTP 503). The fault lies with the bank: try again later.',
        ],
      ],
      [5, ['summit (card): the last statement is of 2026-11-01.']],
      [6, ['summit (card): works again.']],
      [
        8,
        [
          'summit: the sign-on needs you: sign-on refused (15500): “Signon invalid”. Check user id and password, then correct accounts.yaml',
        ],
      ],
    ]);
    // The blocked login is left out, with nothing new to tell, until a person forces it.
    expect((await day(11, '', ['--force'])).messages).toEqual(['summit: works again.']);
    const last = webhook.arrived.at(-1);
    expect(last).toMatchObject({
      title: 'ofx-sync: summit works again',
      news: [{ kind: 'recovered', over: 'signon' }],
    });
    expect(last?.idempotencyKey).toBe(last?.id);
  });

  test('that fails gets the message at the next run, the same one and in order', async () => {
    const { day } = project();
    await day(1);
    webhook.answer = 500;
    const first = await day(2, '?fault=http-503');
    expect(first.stderr).toContain('could not be delivered; the next run tries again: the webhook at 127.0.0.1:');
    expect(first.stderr).toContain('answered HTTP 500');
    expect(first.stderr).not.toContain('canary-token');
    expect(first.messages).toHaveLength(1);
    const id = webhook.arrived.at(-1)?.id;
    webhook.answer = 200;
    expect((await day(3)).messages.map((text) => text.slice(0, 30))).toEqual([
      'summit (card): no statement: 1',
      'summit (card): works again.',
    ]);
    expect(webhook.arrived.at(-2)?.id).toBe(id);
    expect((await day(4)).messages).toEqual([]);
  });

  test('that does not answer costs its time limit and no more, and changes nothing for the sync', async () => {
    const { day } = project(`{ webhook: "${webhook.url}", timeout: 200ms }`);
    await day(1);
    await day(2, '?fault=http-503');
    webhook.answer = 'hang';
    const { code, stderr } = await day(3);
    expect(code).toBe(0);
    expect(stderr).toContain('did not answer in time');
  });

  test('that did not take a message is seen in status, until it does', async () => {
    const { cwd, day } = project();
    await day(1);
    await day(2, '?fault=http-503');
    webhook.answer = 500;
    await day(3);
    const status = async () => {
      const { code, stdout } = await runCli(['status'], { cwd, now: at(3) });
      return { code, told: stdout.includes('1 message not delivered yet; to find out why: ofx-sync notify test') };
    };
    expect(await status()).toEqual({ code: 1, told: true });
    webhook.answer = 200;
    // Nobody is due so soon, and what waits is delivered all the same.
    await day(3, '', ['--unattended', '--spread', '0s']);
    expect(await status()).toEqual({ code: 0, told: false });
  });

  test('is told of what grows stale when there is no network either', async () => {
    const { cwd, day } = project();
    await day(1);
    const file = join(cwd, 'accounts.yaml');
    const text = readFileSync(file, 'utf8')
      .replace(/url: .*/, 'url: https://ofx.summit.invalid/')
      .replace('{ literal: demo }', 'env:SUMMIT');
    writeFileSync(file, text);
    const before = webhook.arrived.length;
    const { code } = await runCli(['--unattended', '--spread', '0s', '--wait-network', '0s', '-q'], {
      cwd,
      now: at(9),
    });
    expect(code).toBe(1);
    expect(webhook.arrived.slice(before).map(({ text: told }) => told)).toEqual([
      'summit (card): the last statement is of 2026-11-01.',
    ]);
  });

  test('is not followed elsewhere', async () => {
    const { cwd, day } = project();
    await day(1);
    webhook.answer = 302;
    const { code, stderr } = await runCli(['notify', 'test'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('answered HTTP 302');
  });

  test('hears it once although runs are killed while it listens', async () => {
    const { cwd, day } = project();
    await day(1);
    writeFileSync(
      join(cwd, 'accounts.yaml'),
      readFileSync(join(cwd, 'accounts.yaml'), 'utf8').replace('sandbox://summit', 'sandbox://summit?fault=http-503'),
    );
    const before = webhook.arrived.length;
    for (let kill = 0; kill < 2; kill += 1) {
      const { child, finished } = start([program, '-q'], cwd);
      webhook.answer = 'hang';
      webhook.onArrival = () => child.kill('SIGKILL');
      expect((await finished).code).toBeNull();
    }
    webhook.onArrival = () => undefined;
    webhook.answer = 200;
    for (let run = 0; run < 2; run += 1) await start([program, '-q'], cwd).finished;
    const ids = webhook.arrived.slice(before).map(({ id }) => id);
    // Twice it was cut off before it could say yes; the id tells the receiver that it is one message.
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
  });
});

describe('a command', () => {
  function command(body: string): { readonly words: string; readonly path: string; readonly cwd: string } {
    const cwd = scratchDir();
    const path = join(cwd, 'told.sh');
    writeFileSync(path, `#!/bin/sh\n${body}\n`);
    chmodSync(path, 0o755);
    return { words: `[${JSON.stringify(path)}, "{title}", "-- {text} --"]`, path, cwd };
  }

  test('gets the message in its words, untouched by any shell, and as JSON on its standard input', async () => {
    const { words, cwd } = command('printf "%s\\n" "$1" "$2" > "$(dirname "$0")/words"; cat > "$(dirname "$0")/json"');
    const { day } = project(`{ command: ${words} }`);
    await day(1, '?fault=signon-15500');
    expect(readFileSync(join(cwd, 'words'), 'utf8')).toBe(
      'ofx-sync: summit needs you\n-- summit: the sign-on needs you: sign-on refused (15500): “Signon invalid”. Check user id and password, then correct accounts.yaml --\n',
    );
    expect(JSON.parse(readFileSync(join(cwd, 'json'), 'utf8'))).toMatchObject({
      version: 1,
      news: [{ kind: 'signon', institution: 'summit', code: 'SIGNON_REJECTED' }],
    });
  });

  test.each([
    ['fails', 'echo "no display" >&2; exit 3', 'failed: no display'],
    ['does not end', 'sleep 20', 'did not end in time'],
    ['does not read', 'exit 0', null],
  ])('that %s', async (_, body, said) => {
    const { words } = command(body);
    const { cwd, day } = project(`{ command: ${words}, timeout: 300ms }`);
    await day(1);
    const { code, stderr } = await runCli(['notify', 'test'], { cwd });
    expect(code).toBe(said === null ? 0 : 1);
    if (said !== null) expect(stderr).toContain(said);
  });

  test('that is not there', async () => {
    const { cwd, day } = project('{ command: [/nowhere/told] }');
    await day(1);
    const { code, stderr } = await runCli(['notify', 'test', '--json'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('the command /nowhere/told cannot be run');
  });
});

test('each change is delivered once, in order, wherever delivery and run are cut off', async () => {
  type Step = { readonly failing: boolean; readonly cut: 'before' | 'during' | 'after' | 'never' };
  const step: fc.Arbitrary<Step> = fc.record({
    failing: fc.boolean(),
    cut: fc.constantFrom('before', 'during', 'after', 'never'),
  });
  const config = parseConfig(
    `${configText([{ name: 'summit', url: 'sandbox://summit' }])}notify: { command: [told] }\n`,
    '/home/alex/accounts.yaml',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const dir = scratchDir();
      const store = await openStore(dir);
      const taken: Message[] = [];
      let ids = 0;
      let expected = 0;
      let state = false;
      for (const { failing, cut } of [...steps, { failing: false, cut: 'never' } as const]) {
        // A change that began and ended between two looks was none.
        const looks = cut !== 'before';
        if (looks && failing !== state) expected += 1;
        if (looks) state = failing;
        if (!looks) continue;
        await notifyOfChanges(config, {
          store: {
            ...store,
            status: (accounts) =>
              accounts.map(({ institution, name }) => ({
                institution,
                account: name,
                lastSuccessAt: '2026-11-20T06:30:00Z',
                lastFailure: null,
                failures: failing ? 1 : 0,
                failingSince: null,
                unread: [],
              })),
          },
          now: () => new Date('2026-11-20T06:30:00Z'),
          newId: () => `id-${++ids}`,
          send: async (message) => {
            if (cut === 'during') throw new Error('killed before it was sent');
            taken.push(message);
            if (cut === 'after') throw new Error('killed before it was noted');
          },
        });
      }
      const distinct = [...new Set(taken.map(({ id }) => id))];
      expect(distinct).toHaveLength(expected);
      expect(distinct).toEqual(distinct.toSorted((a, b) => Number(a.slice(3)) - Number(b.slice(3))));
      expect(store.unsentMessages()).toEqual([]);
      store.close();
    }),
    { numRuns: 25 },
  );
});

describe('accounts.yaml', () => {
  const problems = (notify: string) => {
    try {
      parseConfig(
        `${configText([{ name: 'summit', url: 'sandbox://summit' }])}notify: ${notify}\n`,
        '/home/alex/accounts.yaml',
      );
      return [];
    } catch (error) {
      return error instanceof Error && 'problems' in error && Array.isArray(error.problems)
        ? error.problems.map(({ path, message }: { path: string; message: string }) => `${path}: ${message}`)
        : [String(error)];
    }
  };

  test.each([
    ['{ command: [told] }', []],
    ['{ webhook: "https://hook.example/x" }', []],
    ['{ webhook: "http://localhost:8080/x" }', []],
    ['{ webhook: "http://hook.example/x" }', ['notify.webhook: http: is not encrypted']],
    ['{ webhook: "sandbox://river" }', ['notify.webhook: not a valid webhook address']],
    ['{ webhook: "https://me:secret@hook.example/" }', ['notify.webhook: not a valid webhook address']],
    ['{ command: [told], webhook: "https://hook.example/x" }', ['notify: command and webhook cannot be combined']],
    ['{ timeout: 5s }', ['notify: needs a command or a webhook']],
    ['{ comand: [told] }', ['notify.comand: unknown key']],
    ['{ command: told }', ['notify.command: expected a list, received text']],
  ])('%s', (notify, expected) => {
    expect(problems(notify)).toEqual(expected);
  });

  test('without notify: there is nothing to test, and nothing is told', async () => {
    const cwd = scratchDir();
    writeFileSync(
      join(cwd, 'accounts.yaml'),
      configText([{ name: 'summit', url: 'sandbox://summit?fault=http-503' }], '{ retries: 0 }'),
    );
    expect(await runCli(['notify', 'test'], { cwd })).toMatchObject({ code: 2 });
    expect((await runCli(['-q'], { cwd })).code).toBe(3);
  });
});
