import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BIN, cents, run } from '../lab.mjs';

/** This program, as a user has it: accounts.yaml and a store. */
export const ofxSync = {
  name: 'ofx-sync',
  wantsTls: false,
  stores: true,
  version: async () => (await run([process.execPath, [BIN, '--version']])).stdout.trim(),
  setUp: async (dir, banks) => {
    mkdirSync(join(dir, 'given'), { recursive: true });
    writeFileSync(join(dir, 'given', 'password'), banks[0].password, { mode: 0o600 });
    const entry = ({ name, url, org, fid, account, routing }) =>
      `  - name: ${name}\n    url: ${url}\n    userId: demo\n    password: { file: given/password }\n    org: ${org}\n    fid: "${fid}"\n    ofxVersion: "102"\n    accounts: [{ name: main, kind: checking, id: "${account}", routing: "${routing}" }]\n`;
    writeFileSync(join(dir, 'accounts.yaml'), `institutions:\n${banks.map(entry).join('')}`);
  },
  /** A time limit that others have not; a person would leave it at a minute. */
  command: (dir, { since = '30d', more = ['--timeout', '5s'] } = {}) => [
    process.execPath,
    [BIN, 'sync', ...where(dir), '--since', since, ...more],
  ],
  /** After two runs that ended without the bank's verdict on a new password, a person confirms it. */
  last: (dir) => [process.execPath, [BIN, 'sync', ...where(dir), '--since', '30d', '--force']],
  timer: (dir) => [process.execPath, [BIN, 'sync', ...where(dir), '--unattended', '--spread', '0s']],
  loud: (dir) => [process.execPath, [BIN, 'sync', ...where(dir), '--verbose']],
  env: () => ({}),
  fresh: (dir) => rmSync(join(dir, 'data'), { recursive: true, force: true }),
  outputs: async (dir) => {
    const formats = ['hledger', 'ledger', 'beancount', 'ofx', 'qif'];
    for (const format of formats)
      await run([
        process.execPath,
        [BIN, 'export', ...where(dir), '--format', format, '--output', join(dir, `out.${format}`)],
      ]);
    return formats.map((format) => ({ format, path: join(dir, `out.${format}`) }));
  },
  kept: async (dir) => {
    const { stdout } = await run([process.execPath, [BIN, 'transactions', ...where(dir), '--json']]);
    const { transactions = [] } = stdout === '' ? {} : JSON.parse(stdout);
    return transactions
      .filter(({ pending }) => !pending)
      .map(({ institution, postedOn, amount }) => ({
        bank: institution,
        day: postedOn.replaceAll('-', ''),
        cents: cents(amount),
      }));
  },
};

function where(dir) {
  return ['--config', join(dir, 'accounts.yaml'), '--data', join(dir, 'data')];
}
