/** The secrets of a bridge go nowhere else: not to a bank as its password, and not into what a command prints. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BRIDGE_PASSWORD, startBridge } from '../support/bridge.js';
import { configText } from '../support/institutions.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

test.each(['access', 'token'] as const)(
  'a bank is never sent the secret of a bridge (%s) as its password',
  async (which) => {
    const server = await startBridge(() => ({ body: '' }));
    const cwd = scratchDir();
    const url = `http://${server.host}/ofx`;
    writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name: 'river', url, password: 'env:RIVER' }]));
    const { stdout, stderr, code } = await runCli(['sync', '--retries', '0'], { cwd, env: { RIVER: server[which] } });
    const said = `${stdout}${stderr}`;
    expect(said).toContain('is a secret of a SimpleFIN bridge');
    expect(said).toContain('set $RIVER');
    expect(said).not.toContain(server[which]);
    expect(said).not.toContain(BRIDGE_PASSWORD);
    expect(code).toBe(3);
    expect(server.asked).toEqual([]);
  },
);

test.each(['access', 'token'] as const)(
  'init does not repeat the secret of a bridge (%s) that is given as a word',
  async (which) => {
    const server = await startBridge(() => ({ body: '' }));
    const cwd = scratchDir();
    const { stdout, stderr, code } = await runCli(['init', server[which], '--non-interactive'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('on standard input');
    expect(`${stdout}${stderr}`).not.toContain(server[which]);
    expect(`${stdout}${stderr}`).not.toContain(BRIDGE_PASSWORD);
    expect(server.asked).toEqual([]);
  },
);
