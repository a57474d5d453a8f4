/** The comparison in the documentation: its files go through each program again, and the page holds what comes out. */

import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { hasPeer, runPeer } from '../support/peer-program.js';
import { builtProgram } from '../support/program.js';
import { scratchDir } from '../support/scratch.js';

const PAGE = fileURLToPath(new URL('../../docs/compared.md', import.meta.url));
/** Kind, name or command, language, content. */
const BLOCK = /<!-- (file|output): (.*?) -->\n```(\w+)\n([\s\S]*?)```/g;

test.runIf(hasPeer('ledger-autosync', ['--help']) && hasPeer('hledger'))(
  'the page has what the programs write',
  async () => {
    const dir = scratchDir();
    mkdirSync(join(dir, 'bin'), { recursive: true });
    writeFileSync(join(dir, 'bin', 'ofx-sync'), `#!/bin/sh\nexec ${process.execPath} ${builtProgram()} "$@"\n`);
    chmodSync(join(dir, 'bin', 'ofx-sync'), 0o700);
    writeFileSync(join(dir, 'empty.ledger'), '');
    const page = readFileSync(PAGE, 'utf8');
    const blocks = [...page.matchAll(BLOCK)];
    for (const [, kind, name = '', , content = ''] of blocks)
      if (kind === 'file') writeFileSync(join(dir, name), content.endsWith('\n') ? content : `${content}\n`);
    const outputs = blocks.filter(([, kind]) => kind === 'output');
    expect(outputs).toHaveLength(3);
    const env = {
      HOME: dir,
      OFX_SYNC_CONFIG: join(dir, 'accounts.yaml'),
      OFX_SYNC_DATA: join(dir, 'data'),
      PATH: `${join(dir, 'bin')}:${dirname(process.execPath)}:/usr/bin:/bin`,
    };
    const fresh = page.replace(BLOCK, (block: string, kind: string, command: string, language: string) => {
      if (kind === 'file') return block;
      const { status, stdout, stderr } = runPeer('sh', ['-euc', `cd "$1"; ${command}`, 'sh', dir], { env });
      expect({ command, status, stderr }).toMatchObject({ status: 0 });
      return `<!-- output: ${command} -->\n\`\`\`${language}\n${stdout.trim()}\n\`\`\``;
    });
    await expect(fresh).toMatchFileSnapshot(PAGE);
  },
);

test.runIf(hasPeer('hledger'))('hledger takes our output of the page, with the balance of the statement', () => {
  const page = readFileSync(PAGE, 'utf8');
  const ours = [...page.matchAll(BLOCK)].find(([, , command = '']) => command.includes('ofx-sync export'))?.[4] ?? '';
  const path = join(scratchDir(), 'ours.journal');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, ours);
  expect(runPeer('hledger', ['-f', path, 'check', '--strict'])).toMatchObject({ status: 0, stderr: '' });
  const { stdout } = runPeer('hledger', ['-f', path, 'balance', '-N', '--flat', 'Checking']);
  expect(stdout.trim()).toBe('1654.17 USD  Assets:River:Checking');
});
