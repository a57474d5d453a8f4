/** When secrets are fetched: once a login, all at once, and only those of what is pulled. The commands that give them keep the record. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

/** Notes that it was asked, and answers when as many are waiting as the second word says, or after a long time with nothing. */
const SCRIPT = `#!/bin/sh
echo "$1" >>asked
tries=0
while [ "$(wc -l <asked)" -lt "$2" ]; do
  tries=$((tries + 1))
  [ "$tries" -gt 80 ] && exit 1
  sleep 0.1
done
echo demo
`;

function project(together: number): string {
  const cwd = scratchDir();
  writeFileSync(join(cwd, 'give.sh'), SCRIPT, { mode: 0o700 });
  const give = (name: string) => `{ command: [./give.sh, ${name}, "${together}"] }`;
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    `institutions:
  - name: river
    url: sandbox://river
    userId: ${give('river-user')}
    password: ${give('river-password')}
    accountsPerRequest: 1
    accounts:
      - { name: checking, kind: checking, id: "000123456", routing: "121000248" }
      - { name: savings, kind: savings, id: "000123457", routing: "121000248" }
  - name: summit
    url: sandbox://summit?fault=http-503&times=1
    userId: demo
    password: ${give('summit-password')}
    accounts: [{ name: card, kind: creditcard, id: "4111111111111111" }]
  - name: meadow
    url: sandbox://meadow
    userId: demo
    password: ${give('meadow-password')}
    accounts: [{ name: joint, kind: checking, id: "0044881200", routing: "011000015" }]
`,
  );
  return cwd;
}

function asked(cwd: string): string[] {
  try {
    return readFileSync(join(cwd, 'asked'), 'utf8').trimEnd().split('\n').toSorted();
  } catch {
    return [];
  }
}

test('all at once, each once, also where a login has several requests and one of them is sent again', async () => {
  const cwd = project(3);
  const { code, stderr } = await runCli(['river', 'summit', '--concurrency', '1', '-q'], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(asked(cwd)).toEqual(['river-password', 'river-user', 'summit-password']);
});

test('of one account only those of its login', async () => {
  const cwd = project(1);
  expect((await runCli(['summit/card', '-q'], { cwd })).code).toBe(0);
  expect(asked(cwd)).toEqual(['summit-password']);
});

const WITHOUT = [
  'sync --dry-run',
  'accounts',
  'status',
  'transactions',
  'export --format hledger',
  'check --explain',
  'check --balances',
  'schedule status',
  'completion bash',
];

test.each(WITHOUT)('none for %s', async (line) => {
  const cwd = project(1);
  await runCli(line.split(' '), { cwd });
  expect(asked(cwd)).toEqual([]);
});
