/** A broker that does not report a split and lets short options expire: a journal that goes on stays valid, with its positions. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasPeer, runPeer } from '../support/peer-program.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const CONFIG = `institutions:
  - name: broker
    files: "*.qfx"
    accounts: [{ name: ira, kind: investment, id: "77-1", brokerId: broker.example }]
`;

interface Statement {
  readonly from: string;
  readonly to: string;
  readonly trades: readonly string[];
  /** Units by security. */
  readonly positions: Readonly<Record<string, string>>;
  readonly cash: string;
}

const head = (id: string, day: string, security: string) =>
  `<INVTRAN><FITID>${id}<DTTRADE>${day}</INVTRAN><SECID><UNIQUEID>${security}<UNIQUEIDTYPE>TICKER</SECID>`;
const body = (units: string, price: string, total: string) =>
  `<UNITS>${units}<UNITPRICE>${price}<TOTAL>${total}<SUBACCTSEC>CASH<SUBACCTFUND>CASH`;
const buy = (id: string, day: string, units: string, price: string, total: string) =>
  `<BUYSTOCK><INVBUY>${head(id, day, 'ACME')}${body(units, price, total)}</INVBUY><BUYTYPE>BUY</BUYSTOCK>`;
const sell = (id: string, day: string, units: string, price: string, total: string) =>
  `<SELLSTOCK><INVSELL>${head(id, day, 'ACME')}${body(units, price, total)}</INVSELL><SELLTYPE>SELL</SELLSTOCK>`;
const write = (id: string, day: string) =>
  `<SELLOPT><INVSELL>${head(id, day, 'ACMEPUT')}${body('-1', '70', '70.00')}</INVSELL><OPTSELLTYPE>SELLTOOPEN<SHPERCTRCT>100</SELLOPT>`;
const expire = (id: string, day: string) =>
  `<TRANSFER>${head(id, day, 'ACMEPUT')}<SUBACCTSEC>CASH<UNITS>1<TFERACTION>IN<POSTYPE>LONG</TRANSFER>`;

function ofx({ from, to, trades, positions, cash }: Statement): string {
  const held = Object.entries(positions).map(
    ([security, units]) =>
      `<POSSTOCK><INVPOS><SECID><UNIQUEID>${security}<UNIQUEIDTYPE>TICKER</SECID><HELDINACCT>CASH<POSTYPE>LONG<UNITS>${units}<UNITPRICE>12<MKTVAL>${12 * Number(units)}<DTPRICEASOF>${to}</INVPOS></POSSTOCK>`,
  );
  return `OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\nCOMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n
<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>${to}<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>
<INVSTMTMSGSRSV1><INVSTMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><INVSTMTRS><DTASOF>${to}<CURDEF>USD
<INVACCTFROM><BROKERID>broker.example<ACCTID>77-1</INVACCTFROM>
<INVTRANLIST><DTSTART>${from}<DTEND>${to}${trades.join('\n')}</INVTRANLIST>
<INVPOSLIST>${held.join('')}</INVPOSLIST><INVBAL><AVAILCASH>${cash}<MARGINBALANCE>0<SHORTBALANCE>0</INVBAL>
</INVSTMTRS></INVSTMTTRNRS></INVSTMTMSGSRSV1></OFX>`;
}

/** A reverse split, 1 for 10, between the first two; a sale and a split, 2 for 1, between the last two. */
const STATEMENTS: readonly Statement[] = [
  {
    from: '20260101',
    to: '20260131',
    trades: [buy('B1', '20260105', '100', '10', '-1000.00'), write('O1', '20260110')],
    positions: { ACME: '100', ACMEPUT: '-1' },
    cash: '5070.00',
  },
  {
    from: '20260201',
    to: '20260228',
    trades: [expire('O2', '20260206'), sell('S1', '20260210', '-4', '110', '440.00')],
    positions: { ACME: '6' },
    cash: '5510.00',
  },
  {
    from: '20260301',
    to: '20260331',
    trades: [sell('S2', '20260325', '-9', '60', '540.00')],
    positions: { ACME: '3' },
    cash: '6050.00',
  },
  {
    from: '20260401',
    to: '20260430',
    trades: [buy('B2', '20260410', '1', '60', '-60.00')],
    positions: { ACME: '4' },
    cash: '5990.00',
  },
];

const onDayAfter =
  ({ to }: Statement) =>
  () =>
    new Date(`${to.slice(0, 4)}-${to.slice(4, 6)}-${to.slice(6)}T23:00:00Z`);

describe.each([
  ['hledger', 'hledger', ['check', '--strict'], '-f'],
  ['ledger', 'ledger', ['--pedantic', 'balance'], '-f'],
  ['beancount', 'bean-check', [], '-C'],
] as const)('%s', (format, program, args, option) => {
  const begin = () => {
    const cwd = scratchDir();
    writeFileSync(join(cwd, 'accounts.yaml'), CONFIG);
    return cwd;
  };
  const take = async (cwd: string, statement: Statement, number: number) => {
    writeFileSync(join(cwd, `${number}.ofx`), ofx(statement));
    expect((await runCli(['import', `${number}.ofx`, '-q'], { cwd, now: onDayAfter(statement) })).code).toBe(0);
  };
  const check = (cwd: string) => {
    if (!hasPeer(program)) return;
    const { status, stdout, stderr } = runPeer(program, [option, join(cwd, `j.${format}`), ...args]);
    expect({ status, said: status === 0 ? '' : `${stdout}${stderr}` }).toEqual({ status: 0, said: '' });
  };

  test('a journal that is continued after each statement', async () => {
    const cwd = begin();
    const said: string[] = [];
    for (const [number, statement] of STATEMENTS.entries()) {
      await take(cwd, statement, number);
      const argv = ['export', '--format', format, '--new', '--append', '--output', `j.${format}`];
      const { code, stderr } = await runCli(argv, { cwd, now: onDayAfter(statement) });
      expect(code).toBe(0);
      said.push(...stderr.split('\n').filter((line) => line.startsWith('adjusted ')));
      check(cwd);
    }
    // Before the sale of more than is there, and for each statement after ten days without a movement.
    expect(said).toHaveLength(3);
    for (const line of said) expect(line).toMatch(/^adjusted \S+ broker\/ira ACME: the transactions make /);
    expect(readFileSync(join(cwd, `j.${format}`), 'utf8').match(/adjustment: /g)).toHaveLength(said.length);
  });

  test('a journal of everything, with the positions of the last statement', async () => {
    const cwd = begin();
    for (const [number, statement] of STATEMENTS.entries()) await take(cwd, statement, number);
    const { code } = await runCli(['export', '--format', format, '--output', `j.${format}`], { cwd });
    expect(code).toBe(0);
    check(cwd);
    const text = readFileSync(join(cwd, `j.${format}`), 'utf8');
    expect(text).toMatch(format === 'beancount' ? /balance Assets:Broker:Ira:ACME {2}4 ~ 0 ACME/ : /0 ACME = 4 ACME/);
  });
});
