import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { daysAgo, run } from '../lab.mjs';

/** AqBanking's command line, the OFX client of GnuCash and KMyMoney: all accounts in one request, into a context file. */
export const aqbanking = {
  name: 'AqBanking',
  wantsTls: false,
  stores: true,
  version: async () => /AqBanking-CLI: (\S+)/.exec((await run(['aqbanking-cli', ['versions']])).stdout)?.[1] ?? '',
  setUp: async (dir, banks) => {
    for (const name of ['given', 'home', 'settings/settings6/accountspecs'])
      mkdirSync(join(dir, name), { recursive: true });
    const pin = ({ user, password }) => `OFX%3A%3Auserpass%3A%3A${user} = "${password}"\n`;
    writeFileSync(join(dir, 'given', 'pins'), pin(banks[0]), { mode: 0o600 });
    // With no account at all AqBanking 6.5 drops every account that it gets: a dummy works round it.
    const dummy = join(dir, 'settings/settings6/accountspecs/00009999.conf');
    writeFileSync(dummy, 'int type="0"\nint uniqueId="9999"\nchar backendName="aqnone"\nchar accountNumber="0"\n');
    for (const [index, { url, user, org, fid }] of banks.entries()) {
      const bank = [
        '-b',
        String(11_000_000 + index),
        '-u',
        user,
        '-s',
        url,
        '-O',
        org,
        '-F',
        fid,
        '-B',
        'b',
        '--appid=QWIN',
        '--appver=2700',
        '--headerver=102',
      ];
      await aq(dir, ['--control=aqofxconnect', 'adduser', '-N', `Bank ${index}`, ...bank]);
      await aq(dir, ['--control=aqofxconnect', 'getaccounts', '-u', String(index + 1)]);
    }
    rmSync(dummy);
    cpSync(join(dir, 'settings'), join(dir, 'given', 'settings'), { recursive: true });
  },
  command: (dir) => requesting(dir, 'all'),
  alone: (dir, { name, account }) => requesting(dir, name, '-a', account),
  /** Removes the locks of a killed run: the next one would wait for them. */
  byHand: (dir) => ['find', [join(dir, 'settings'), '-name', '*.lck*', '-delete']],
  timer: (dir) => aqbanking.command(dir),
  loud: (dir) => aqbanking.command(dir),
  env: (dir) => ({ HOME: join(dir, 'home') }),
  loudEnv: { AQBANKING_LOGLEVEL: 'verbous', GWEN_LOGLEVEL: 'verbous', AQOFXCONNECT_LOG_COMM: '1' },
  fresh: (dir) => {
    for (const path of [...contextsOf(dir), join(dir, 'settings')]) rmSync(path, { recursive: true, force: true });
    cpSync(join(dir, 'given', 'settings'), join(dir, 'settings'), { recursive: true });
  },
  kept: async (dir) => contextsOf(dir).flatMap((path) => inContext(readFileSync(path, 'utf8'))),
};

function requesting(dir, name, ...more) {
  const days = [`--fromdate=${daysAgo(30)}`, `--todate=${daysAgo(0)}`];
  const path = join(dir, `${name}.context`);
  return ['aqbanking-cli', [...where(dir), 'request', '--transactions', ...days, '-c', path, ...more]];
}

function contextsOf(dir) {
  return readdirSync(dir)
    .filter((name) => name.endsWith('.context'))
    .map((name) => join(dir, name));
}

function aq(dir, args) {
  return run(['aqbanking-cli', [...where(dir), ...args]], { env: aqbanking.env(dir), input: '1\n'.repeat(50) });
}

function where(dir) {
  return ['-n', '-A', '-D', join(dir, 'settings'), '-P', join(dir, 'given', 'pins')];
}

export function inContext(text) {
  return text.split(/(?=accountInfo \{)/).flatMap((part) => {
    const [, account] = /accountNumber="([^"]*)"/.exec(part) ?? [];
    return part
      .split(/(?=\btransaction \{)/)
      .slice(1)
      .flatMap((row) => {
        const [, day] = /\b(?:date|valutaDate)="(\d{8})"/.exec(row) ?? [];
        const [, over, under = '1'] = /\bvalue="(-?\d+)(?:%2F(\d+))?%3A/.exec(row) ?? [];
        return day === undefined || over === undefined
          ? []
          : [{ account, day, cents: Math.round((100 * Number(over)) / Number(under)) }];
      });
  });
}
