/** `import --replay`: kept replies through today's parser give the same store, and mend what an earlier parser lost. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { change, dump } from '../support/dump.js';
import { configText } from '../support/institutions.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const BANK = '[{ name: checking, kind: checking, id: "000123456", routing: "121000248" }]';
const days = ['2026-10-01', '2026-10-20', '2026-11-18', '2026-11-20'];

const OLD_FILE = `OFXHEADER:100
DATA:OFXSGML
VERSION:102

<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20260910120000<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><TRNUID>0<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>USD
<BANKACCTFROM><BANKID>121000248<ACCTID>000123456<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20260901<DTEND>20260910
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260905<TRNAMT>-5.00<FITID>FILE-1<NAME>FROM A FILE</STMTTRN>
</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
`;

/** Time goes on while a run works. */
async function syncOnDays(cwd: string): Promise<void> {
  for (const day of days) {
    let seconds = 0;
    const now = () => new Date(Date.parse(`${day}T07:00:00`) + 1000 * seconds++);
    await runCli(['--quiet'], { cwd, now });
  }
}

async function syncedOnSeveralDays(): Promise<{ cwd: string; data: string }> {
  const cwd = scratchDir();
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    configText(
      [
        { name: 'river', url: 'sandbox://river', accounts: BANK },
        { name: 'summit', url: 'sandbox://summit' },
        { name: 'refusing', url: 'sandbox://summit?fault=refuse' },
      ],
      '{ keepReplies: 90 }',
    ),
  );
  await syncOnDays(cwd);
  return { cwd, data: join(cwd, 'data') };
}

test('reading everything again changes nothing', async () => {
  const { cwd, data } = await syncedOnSeveralDays();
  const before = dump(data);
  expect(before['transactions']?.length).toBeGreaterThan(30);
  const { code, stdout } = await runCli(['import', '--replay', '--json'], { cwd });
  expect(code).toBe(0);
  const result = JSON.parse(stdout) as {
    replies: number;
    withoutStatement: number;
    accounts: { transactions: object }[];
  };
  expect(result.replies).toBeGreaterThanOrEqual(days.length * 2);
  expect(result.withoutStatement).toBeGreaterThan(0);
  for (const { transactions } of result.accounts)
    expect(transactions).toMatchObject({ new: 0, changed: 0, removed: 0 });
  expect(dump(data)).toEqual(before);
  await runCli(['import', '--replay', '--since', '2026-11-01', '--quiet'], { cwd });
  expect(dump(data)).toEqual(before);
});

test('what a worse parser lost or misread comes back', async () => {
  const { cwd, data } = await syncedOnSeveralDays();
  const contents = () => dump(data)['transactions']?.map(({ public_id, body }) => `${public_id} ${body}`);
  const before = contents();
  change(
    data,
    'DELETE FROM transactions WHERE id IN (SELECT id FROM transactions WHERE pending = 0 ORDER BY id LIMIT 3)',
    `UPDATE transactions SET body = json_set(body, '$.name', 'MISREAD') WHERE id IN
       (SELECT id FROM transactions WHERE pending = 0 ORDER BY id DESC LIMIT 2)`,
  );
  expect(contents()).not.toEqual(before);
  const { stdout } = await runCli(['import', '--replay'], { cwd });
  expect(stdout).toMatch(/kept replies read again/);
  expect(contents()).toEqual(before);
});

test('a file that was imported is read again, too, and an older file does not undo what is newer', async () => {
  const { cwd, data } = await syncedOnSeveralDays();
  writeFileSync(join(cwd, 'old.ofx'), OLD_FILE);
  expect((await runCli(['import', 'old.ofx'], { cwd })).stdout).toContain('1 new');
  const before = dump(data);
  await runCli(['import', '--replay'], { cwd });
  expect(dump(data)).toEqual(before);
});

test('a window that was asked for in pieces', async () => {
  const cwd = scratchDir();
  const more = ['maxDaysPerRequest: 25', 'includePending: true'];
  const summit = { name: 'summit', url: 'sandbox://summit?fault=pending', more };
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    configText(
      [summit, { ...summit, name: 'river', accounts: BANK, url: 'sandbox://river?fault=pending' }],
      '{ keepReplies: 90 }',
    ),
  );
  await syncOnDays(cwd);
  const data = join(cwd, 'data');
  const before = dump(data);
  expect(before['transactions']?.filter(({ pending }) => pending === 1).length).toBeGreaterThan(0);
  expect(
    Number((await runCli(['import', '--replay', '--json'], { cwd })).stdout.match(/"replies": (\d+)/)?.[1]),
  ).toBeGreaterThan(8);
  expect(dump(data)).toEqual(before);
});

test('files and --replay are two different things', async () => {
  const { cwd } = await syncedOnSeveralDays();
  expect((await runCli(['import'], { cwd })).code).toBe(2);
  expect((await runCli(['import', '--replay', 'x.ofx'], { cwd })).code).toBe(2);
});
