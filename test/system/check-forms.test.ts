/** `check` at banks that want statements requested otherwise: what it sends to find that out, and how often the password. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Answer, PASSWORD, type Received, startDeviantBank } from '../support/deviant-bank.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const signed = (received: readonly Received[]) => received.filter(({ isAnonymous }) => !isAnonymous).length;

async function scene(refuse: (request: Received) => Answer | null) {
  let answer = refuse;
  const bank = await startDeviantBank({ refuse: (request) => answer(request) });
  onTestFinished(bank.close);
  const cwd = scratchDir();
  const accounts = ['000123456', '000123457', '000123458'].map((id, index) => ({
    name: `a${index}`,
    kind: 'checking',
    id,
    routing: '121000248',
  }));
  const institution = { name: 'bank', url: bank.url, userId: 'demo', password: 'env:PW', accounts };
  writeFileSync(join(cwd, 'accounts.yaml'), JSON.stringify({ institutions: [institution] }));
  return {
    bank,
    sync: () => runCli(['sync', '-q', '--retries', '0'], { cwd, env: { PW: PASSWORD } }),
    check: async () => {
      const before = signed(bank.received);
      const { code, stdout } = await runCli(['check'], { cwd, env: { PW: PASSWORD } });
      return { code, text: stdout.replace(/\s+/g, ' '), sent: signed(bank.received) - before };
    },
    becomes: (next: typeof refuse) => {
      answer = next;
    },
  };
}

const wantsEnd = (request: Received) =>
  request.statements === 0 || request.value('DTEND') !== null ? null : { http: 400 };

test('an end date is found with a few requests more, whether the password was accepted before or not', async () => {
  const { check } = await scene(wantsEnd);
  const first = await check();
  expect(first).toMatchObject({ text: expect.stringContaining('Set alwaysDateRange: true.'), code: 3 });
  // All, the list, one by one, and one with an end date.
  expect(first.sent).toBe(6);
  const again = await check();
  expect(again.text).toContain('Set alwaysDateRange: true.');
  expect(again.sent).toBe(6);
});

test.each([400, 403, 500])('a bank that answers every sign-on with HTTP %d gets two of them', async (http) => {
  const { check, bank } = await scene(({ isAnonymous }) => (isAnonymous ? null : { http }));
  const { text, sent } = await check();
  expect(sent).toBe(2);
  expect(text).not.toMatch(/accountsPerRequest|alwaysDateRange|shortDates/);
  expect(bank.refused()).toBe(0);
});

test.each([400, 403])(
  'a password that was accepted and then gets HTTP %d only is not tried in other forms',
  async (http) => {
    const { check, sync, becomes } = await scene(() => null);
    expect((await sync()).code).toBe(0);
    becomes(({ isAnonymous }) => (isAnonymous ? null : { http }));
    expect((await check()).sent).toBeLessThanOrEqual(5);
  },
);

test.each([
  ['the list of accounts', ({ body }: Received) => body.includes('<ACCTINFORQ>')],
  ['the statement of one account', ({ statements }: Received) => statements === 1],
])('a password that is refused in the request for %s is not presented again', async (_, refuses) => {
  const { check, bank } = await scene((request) => {
    if (request.isAnonymous) return null;
    if (refuses(request)) return { signon: 15500 };
    return request.statements > 1 ? { http: 403 } : null;
  });
  await check();
  const at = bank.received.findIndex((request) => !request.isAnonymous && refuses(request));
  expect(at).toBeGreaterThan(0);
  expect(signed(bank.received.slice(at + 1))).toBe(0);
  expect((await check()).text).toMatch(/skipped, since the bank refused the sign-on/);
});

test('a bank that wants one account in a request gets one request for each', async () => {
  const { check } = await scene(({ statements }) => (statements > 1 ? { http: 403 } : null));
  const { code, text, sent } = await check();
  expect([code, sent]).toEqual([0, 5]);
  expect(text).toContain('Set accountsPerRequest: 1.');
  expect(text).not.toContain('minIntervalMs');
});
