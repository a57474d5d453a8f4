/** Host names that nobody looks up, in a process with a resolv.conf of its own; needs root, and is skipped otherwise. */

import { spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/server.js';
import { configText, type Entry } from '../support/institutions.js';
import { builtProgram, type Started, startCommand } from '../support/program.js';
import { scratchDir } from '../support/scratch.js';

const NAME_SERVER = '127.77.0.53';
const GOOD = 'ofx.summit.example';
const HEADER_LENGTH = 12;

/** Answers questions for the addresses of one name, and no others (RFC 1035 section 4). */
function answer(question: Buffer): Buffer | null {
  const asked = question.subarray(HEADER_LENGTH);
  const name = asked
    .subarray(0, asked.indexOf(0))
    .toString('latin1')
    .replace(/[\0-\x1f]/g, '.');
  if (name !== `.${GOOD}`) return null;
  const end = asked.indexOf(0) + 5;
  const isForV4 = asked[end - 3] === 1;
  const header = Buffer.from([...question.subarray(0, 2), 0x81, 0x80, 0, 1, 0, isForV4 ? 1 : 0, 0, 0, 0, 0]);
  const address = [0xc0, HEADER_LENGTH, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1];
  return Buffer.concat([header, asked.subarray(0, end), Buffer.from(isForV4 ? address : [])]);
}

describe('a name server that does not answer', async () => {
  const server = createSocket('udp4').bind(53, NAME_SERVER);
  server.on('message', (question, { port, address }) => {
    const known = answer(question);
    if (known !== null) server.send(known, port, address);
  });
  const isThere = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  const mayMount = isThere && spawnSync('unshare', ['-m', 'true']).status === 0;
  afterAll(() => server.close());

  function run(
    entries: readonly Entry[],
    { options, argv = [], ca = '' }: { options: string; argv?: readonly string[]; ca?: string },
  ): Started {
    const cwd = scratchDir();
    writeFileSync(join(cwd, 'accounts.yaml'), configText(entries));
    writeFileSync(join(cwd, 'ca.pem'), ca);
    writeFileSync(join(cwd, 'resolv.conf'), `nameserver ${NAME_SERVER}\noptions ${options}\n`);
    const script = 'mount --bind resolv.conf /etc/resolv.conf && exec "$0" "$@"';
    return startCommand(['unshare', '-m', 'sh', '-c', script, process.execPath, builtProgram(), ...argv], cwd, {
      PW: 'demo',
    });
  }

  const dead = (name: string): Entry => ({ name, url: `https://${name}.example/`, password: 'env:PW' });

  test.skipIf(!mayMount)(
    'holds up no SIGINT',
    async () => {
      const { child, finished } = run([dead('dead')], { options: 'timeout:30 attempts:4' });
      await once(server, 'message');
      child.kill('SIGINT');
      const { stdout } = await finished;
      expect(stdout).toMatch(/^– dead › card ••••\d+: interrupted /);
      // A shell calls it 130.
      expect(child.signalCode).toBe('SIGINT');
      // The look-up would take two minutes.
    },
    60_000,
  );

  test.skipIf(!mayMount)('holds up no bank but those that it is asked for', async () => {
    const { port, ca, close } = await startSandbox({ tls: { names: [GOOD] } });
    try {
      const good = { name: 'good', url: `https://${GOOD}:${port}/summit`, password: 'env:PW', more: ['ca: ca.pem'] };
      const entries = [...['one', 'two'].map(dead), good];
      const argv = ['--no-progress', '--retries', '0', '--timeout', '4s'];
      const { stdout } = await run(entries, { options: 'timeout:8 attempts:1', argv, ca: ca ?? '' }).finished;
      expect(stdout).toContain('✓ good › card');
      expect(stdout.match(/no connection to \w+\.example within 4 s/g)).toHaveLength(2);
    } finally {
      await close();
    }
  });
});
