/** A folder of AqBanking's settings, with a user of an OFX server and the accounts that the server lists. */

import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The line of a PIN file for a user of an OFX server. */
export function aqbankingPin(user: string, password: string): string {
  return `OFX%3A%3Auserpass%3A%3A${user} = "${password}"`;
}

/** Sets the institution up as its customer would: a user, then the accounts of that user. */
export async function setUpAqbanking(folder: string, url: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const pins = join(folder, 'pins');
  writeFileSync(pins, `${aqbankingPin('demo', 'demo')}\n`);
  const control = (...words: string[]) =>
    run('aqbanking-cli', ['-n', '-D', folder, '-P', pins, '--control=aqofxconnect', ...words]);
  const program = ['--appid=QWIN', '--appver=2700', '--headerver=102'];
  await control(
    'adduser',
    '-N',
    'Meadow',
    '-b',
    '011000015',
    '-u',
    'demo',
    '-s',
    url,
    '-O',
    'MEADOW',
    '-F',
    '2002',
    ...program,
  );
  // Without any account AqBanking 6.5 drops those that the server lists.
  const specifications = join(folder, 'settings6', 'accountspecs');
  mkdirSync(specifications, { recursive: true });
  const first = join(specifications, '00000099.conf');
  writeFileSync(first, 'int type="0"\nint uniqueId="99"\nchar backendName="aqnone"\nchar accountNumber="0"\n');
  await control('getaccounts', '-u', '1');
  rmSync(first);
  rmSync(pins);
}
