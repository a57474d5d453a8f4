import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cents, daysAgo } from '../lab.mjs';
import { npmFolder, npmVersion } from '../readers/npm.mjs';

/** npm's banking: a library, so that a script is what its user writes; https only. It keeps nothing. */
export const banking = {
  name: 'banking (npm)',
  wantsTls: true,
  stores: false,
  version: async () => npmVersion('banking'),
  setUp: async (dir, banks) => {
    for (const name of ['given', 'home']) mkdirSync(join(dir, name), { recursive: true });
    writeFileSync(join(dir, 'given', 'banks.json'), JSON.stringify(banks), { mode: 0o600 });
    writeFileSync(join(dir, 'download.cjs'), SCRIPT);
  },
  command: (dir) => [
    process.execPath,
    ['--max-old-space-size=1000', join(dir, 'download.cjs'), npmFolder('banking'), dir, daysAgo(30)],
  ],
  timer: (dir) => banking.command(dir),
  loud: (dir) => banking.command(dir),
  env: (dir, ca) => ({ HOME: join(dir, 'home'), NODE_EXTRA_CA_CERTS: ca }),
  fresh: (dir) => rmSync(join(dir, 'rows'), { force: true }),
  kept: async (_dir, { stdout }) =>
    stdout.split('\n').flatMap((line) => {
      const [account, day, amount] = line.split('|');
      return amount === undefined ? [] : [{ account, day: day.slice(0, 8), cents: cents(amount) }];
    }),
};

const SCRIPT = `const [, , folder, dir, start] = process.argv;
const Banking = require(folder);
const list = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
for (const { url, user, password, org, fid, account, routing } of require(dir + '/given/banks.json')) {
  const client = new Banking({ fid, fidOrg: org, url, user, password, bankId: routing, accId: account, accType: 'CHECKING', ofxVer: '103', clientId: 'f'.repeat(32) });
  client.getStatement({ start, end: '20991231' }, (error, reply) => {
    try {
      if (error) throw error;
      const { BANKTRANLIST } = reply.body.OFX.BANKMSGSRSV1.STMTTRNRS.STMTRS;
      for (const { DTPOSTED, TRNAMT } of list(BANKTRANLIST.STMTTRN)) console.log([account, DTPOSTED, TRNAMT].join('|'));
    } catch (failure) {
      process.exitCode = 1;
      console.error(account + ': ' + failure);
    }
  });
}
`;
