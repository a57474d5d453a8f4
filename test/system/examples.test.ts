/**
 * Every example of every `--help`, pasted: a real shell takes the line apart, and the command does what it is for, against
 * the sandbox. What can not be done here has its reason beside it.
 */

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.js';
import { configText } from '../support/institutions.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { startYnab, type YnabServer } from '../support/ynab-server.js';

const home = scratchDir();
const bin = join(home, 'bin');
const heard = join(home, 'heard');
const TOKEN = 'examples-token';
let ynab: YnabServer;

/** What the line makes of itself: words and standard input of each `ofx-sync` in it. */
const STUB = `#!/bin/sh
for word in "$@"; do printf '%s\\0' "$word"; done >${heard}/words
if [ -t 0 ]; then :; else cat >${heard}/stdin; fi
echo standard output
`;

/** Exit status and words that are right here, where they are not those of success. */
const OTHERWISE: Readonly<Record<string, readonly [code: number, said: RegExp]>> = {
  // No terminal to ask on.
  'ofx-sync init': [2, /init asks questions and needs a terminal/],
  // No keychain in the session of the tests; keychain.test.ts and first-bank.test.ts have one.
  'pass show river | ofx-sync init sandbox://river --non-interactive --user-id demo --sync': [2, /keychain/],
  'ofx-sync secret set river': [2, /no password was given/],
  'pass show river | ofx-sync secret set river': [1, /keychain/],
  'ofx-sync secret test river': [1, /keychain/],
  // A bank of the sandbox has no such host.
  'ofx-sync trust --bank river --host cards.river.example': [2, /river does not use the host "cards.river.example"/],
  // A certificate that only its owner has.
  'ofx-sync serve --listen 192.168.1.5:8639 --cert fullchain.pem --key privkey.pem': [
    1,
    /fullchain\.pem cannot be read/,
  ],
  // Installed by whoever wants it; test/peers has it.
  'ofx-sync push actual --create': [1, /npm install/],
};
/** Examples that would speak to somebody else's server. */
const OUTSIDE = ['ofx-sync probe https://ofx.river.example/ofx --org RIVER --fid 1001', 'ofx-sync probe becu'];

beforeAll(async () => {
  ynab = await startYnab({
    token: TOKEN,
    accounts: [
      { name: 'river', type: 'checking' },
      { name: 'card', type: 'creditCard' },
    ],
  });
  for (const folder of [bin, heard, 'finance', 'Downloads', '.config/fish/completions', '.zfunc'])
    mkdirSync(join(home, folder.startsWith('/') ? folder.slice(home.length) : folder), { recursive: true });
  const program = (name: string, text: string) => writeFileSync(join(bin, name), text, { mode: 0o755 });
  program('ofx-sync', STUB);
  program('pass', '#!/bin/sh\necho demo\n');
  for (const name of ['systemctl', 'notify-send', 'xdg-open']) program(name, '#!/bin/sh\nexit 0\n');
  writeFileSync(join(heard, 'table'), '');
  program('crontab', `#!/bin/sh\nif [ "$1" = -l ]; then cat ${heard}/table; else cat >${heard}/table; fi\n`);
  const checking = '[{ name: checking, kind: checking, id: "000123456", routing: "121000248" }]';
  const file = join(home, 'accounts.yaml');
  const both = checking.replace(']', ', { name: savings, kind: savings, id: "000123457", routing: "121000248" }]');
  writeFileSync(file, configText([{ name: 'oldbank', url: 'sandbox://river', accounts: both }]));
  await run(['sync']);
  await run(['export', '--format', 'ofx', '--account', 'checking', '--output', 'statement.ofx']);
  for (const copy of ['statement.qfx', 'Downloads/statement.qfx'])
    writeFileSync(
      join(home, copy),
      readFileSync(join(home, 'statement.ofx'), 'utf8').replaceAll('000123456', '000777888'),
    );
  writeFileSync(
    file,
    `${configText([
      { name: 'river', url: 'sandbox://river', accounts: checking },
      { name: 'summit', url: 'sandbox://summit' },
    ])}push:
  ynab: { token: env:TOKEN, server: "${ynab.url}", accounts: { river/checking: river, summit/card: card } }
  actual: { folder: actual, budget: Family }
notify: { command: [notify-send, "{title}"] }
`,
  );
  cpSync(file, join(home, 'finance/accounts.yaml'));
  writeFileSync(join(home, 'main.journal'), '2026-01-02 Cafe\n  Expenses:Food  3 USD\n  Assets:Cash\n');
});
afterAll(() => ynab.close());

function run(argv: readonly string[], stdin = '') {
  // The sandbox serves until it is stopped.
  const signal = AbortSignal.timeout(
    argv[0] === 'sandbox' || (argv[0] === 'serve' && argv[1] !== 'token') ? 500 : 100_000,
  );
  const env = { PATH: `${bin}:/usr/bin:/bin`, TOKEN, SYSTEMD_OFFLINE: '1' };
  return runCli(argv, { cwd: home, env, stdin, signal, script: join(bin, 'ofx-sync') });
}

const EXAMPLES = COMMANDS.flatMap(({ examples }) => examples).filter((example) => !OUTSIDE.includes(example));

test.each(EXAMPLES)('%s', async (example) => {
  rmSync(join(heard, 'stdin'), { force: true });
  const env = { PATH: `${bin}:/usr/bin:/bin`, HOME: home };
  const printed = execFileSync('sh', ['-c', example], { cwd: home, env, encoding: 'utf8', input: '' });
  const words = readFileSync(join(heard, 'words'), 'utf8').split('\0').slice(0, -1);
  const stdin = existsSync(join(heard, 'stdin')) ? readFileSync(join(heard, 'stdin'), 'utf8') : '';
  const { code, stdout, stderr } = await run(words, stdin);
  const [expected, said] = OTHERWISE[example] ?? [0, /(?:)/];
  const isRight = code === expected && said.test(stderr + stdout);
  expect({ code, stderr: isRight ? '' : stderr + stdout }).toEqual({ code: expected, stderr: '' });
  // What was set up is pulled, so that the examples after it find it.
  if (example.includes('--name cornerbank')) await run(['sync', 'cornerbank']);
  // Where the line sends it elsewhere, it is there.
  if (/[^-]>/.test(example)) {
    expect(printed).toBe('');
    expect(stdout.length).toBeGreaterThan(100);
  }
});

test('what cannot be done here is an example still', () => {
  const all = COMMANDS.flatMap(({ examples }) => examples);
  expect(all).toEqual(expect.arrayContaining([...OUTSIDE, ...Object.keys(OTHERWISE)]));
});
