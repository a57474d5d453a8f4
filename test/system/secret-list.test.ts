/** `secret list`: where secrets are and whether they are there, and never what they are. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configText } from '../support/institutions.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const CANARY = 'canary-77aa';

test('each secret of accounts.yaml, by place and state', async () => {
  const cwd = scratchDir();
  writeFileSync(join(cwd, 'pw'), CANARY, { mode: 0o600 });
  writeFileSync(join(cwd, 'open'), CANARY, { mode: 0o644 });
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    configText([
      { name: 'a', url: 'sandbox://summit', password: 'env:PW' },
      { name: 'b', url: 'sandbox://summit', password: 'env:NOT_SET' },
      { name: 'c', url: 'sandbox://summit', password: 'file:pw' },
      { name: 'd', url: 'sandbox://summit', password: 'file:open' },
      { name: 'e', url: 'sandbox://summit', password: `{ command: [echo, ${CANARY}] }` },
      { name: 'f', url: 'sandbox://summit', password: 'prompt', more: ['clientUid: env:PW'] },
      { name: 'g', url: 'sandbox://summit', password: `{ literal: ${CANARY} }` },
    ]),
  );
  const run = await runCli(['secret', 'list'], { cwd, env: { PW: CANARY } });
  expect(run.code).toBe(1);
  expect(run.stdout.replaceAll(cwd, '.').replace(/ {2,}/g, '  ')).toBe(`INSTITUTION  FIELD  KEPT IN  STATE
a  password  env:PW  there
b  password  env:NOT_SET  missing  the environment variable NOT_SET is not set
c  password  file:./pw  there
d  password  file:./open  missing  ./open can be read by others (mode 0644)
e  password  command  not tried  the command runs only when it is needed; to try it: ofx-sync check
f  password  prompt  not tried  asked at each run
f  clientUid  env:PW  there
g  password  literal  not tried  in accounts.yaml: only for sandbox and loopback addresses
`);
  const json = await runCli(['secret', 'list', '--json'], { cwd, env: { PW: CANARY } });
  expect(JSON.parse(json.stdout).secrets).toHaveLength(8);
  expect(run.stdout + run.stderr + json.stdout + json.stderr).not.toContain(CANARY);
});

test('nothing anywhere is no error', async () => {
  const run = await runCli(['secret', 'list'], { cwd: scratchDir() });
  expect(run).toEqual({
    code: 0,
    stdout: '',
    stderr: 'no secrets found, neither in accounts.yaml nor in the keychain\n',
  });
});
