import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BIN, cents, run } from '../lab.mjs';

/** This program, as a user has it: accounts.yaml and a store. */
export const ofxSync = {
  name: 'ofx-sync',
  wantsTls: true,
  stores: true,
  version: async () => (await run([process.execPath, [BIN, '--version']])).stdout.trim(),
  setUp: async (dir, banks) => {
    mkdirSync(join(dir, 'given'), { recursive: true });
    writeFileSync(join(dir, 'given', 'password'), banks[0].password, { mode: 0o600 });
    const entry = ({ name, url, org, fid, account, routing }) =>
      `  - name: ${name}\n    url: ${url}\n    userId: demo\n    password: { file: given/password }\n    org: ${org}\n    fid: "${fid}"\n    ofxVersion: "102"\n    accounts: [{ name: main, kind: checking, id: "${account}", routing: "${routing}" }]\n`;
    // As many at once as `curl -Z` has; without this line there are ten.
    const text = `defaults: { concurrency: 50 }\ninstitutions:\n${banks.map(entry).join('')}`;
    writeFileSync(join(dir, 'accounts.yaml'), text);
  },
  command: (dir) => syncing(dir),
  again: (dir) => syncing(dir),
  /** With the time limit that all get. */
  patient: (dir) => syncing(dir, '--timeout', '5s'),
  /** After two runs that ended without the bank's verdict on a password that it never accepted, a person confirms it. */
  byHand: (dir) => syncing(dir, '--force'),
  timer: (dir) => [process.execPath, [BIN, 'sync', ...where(dir), '--unattended', '--spread', '0s']],
  loud: (dir) => [process.execPath, [BIN, 'sync', ...where(dir), '--verbose']],
  env: (_dir, ca) => ({ NODE_EXTRA_CA_CERTS: ca }),
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

function syncing(dir, ...more) {
  return [process.execPath, [BIN, 'sync', ...where(dir), '--since', '30d', ...more]];
}

function where(dir) {
  return ['--config', join(dir, 'accounts.yaml'), '--data', join(dir, 'data')];
}
