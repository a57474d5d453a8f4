/**
 * The banks of test/fixtures/version-0.1 on loopback, under their own names: a proxy that leads every host to one TLS server.
 * They share no code with the program, and keep what they were asked.
 */

import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { BOOKS, type Booking, type Listing, shift } from './version-0.1-bookings.js';

export interface Asked {
  readonly host: string;
  readonly body: string;
}

export interface Banks {
  /** For HTTPS_PROXY. */
  readonly proxy: string;
  /** Port of plain HTTP, where `/loopback` is a bank like river. */
  readonly port: number;
  readonly asked: Asked[];
  /** Instant that the banks believe in. */
  now: () => Date;
  /** Passwords by the bank's name. */
  readonly passwords: Map<string, string>;
  /** Banks that answer HTTP 503. */
  readonly down: Set<string>;
  close(): Promise<void>;
}

interface Bank {
  readonly hosts: readonly string[];
  readonly xml?: true;
  readonly fid: string;
  readonly currency?: string;
  /** Whether a signon is given an access key for the next one. */
  readonly keys?: true;
  /** Where its profile puts statements. */
  readonly elsewhere?: string;
}

const BANKS: Readonly<Record<string, Bank>> = {
  river: {
    hosts: ['ofx.river.example', 'statements.river.example'],
    fid: '1001',
    elsewhere: 'https://statements.river.example/ofx',
  },
  summit: {
    hosts: ['ofx.summit.example', 'cards.processor.example'],
    xml: true,
    fid: '5001',
    keys: true,
    elsewhere: 'https://cards.processor.example/summit/ofx',
  },
  harbor: { hosts: ['ofx.harbor.example'], fid: '6006' },
  quarry: { hosts: ['ofx.quarry.example'], fid: '8008' },
  linden: { hosts: ['ofx.linden.example'], fid: '4004', currency: 'EUR' },
  meadow: { hosts: ['ofx.meadow.example'], fid: '2002' },
  birch: { hosts: ['ofx.birch.example'], fid: '9009' },
  loopback: { hosts: [], fid: '1111' },
};
/** Which account of which bank an account id is. */
const ACCOUNTS: Readonly<Record<string, keyof typeof BOOKS>> = {
  '000123456': 'river checking',
  '000123457': 'river savings',
  '4111111111111111': 'summit card',
  '880012': 'quarry checking',
  '20041010050500013': 'linden courant',
  '0044881200': 'meadow joint',
  '77-1234': 'harbor ira',
  '700200': 'river checking',
};
const TLS = fileURLToPath(new URL('../fixtures/version-0.1/tls/', import.meta.url));

export async function startBanks(): Promise<Banks> {
  const banks: Omit<Banks, 'proxy' | 'port' | 'close'> = {
    asked: [],
    now: () => new Date(),
    passwords: new Map(),
    down: new Set(),
  };
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answer(request, response, { body: Buffer.concat(chunks).toString('latin1'), banks }));
  };
  const tls = createTlsServer(
    { key: readFileSync(`${TLS}banks.key`), cert: readFileSync(`${TLS}banks.pem`) },
    listener,
  );
  const plain = createServer(listener);
  const proxy = createServer();
  const servers = [tls, plain, proxy];
  const [tlsPort, port, proxyPort] = [await listening(tls), await listening(plain), await listening(proxy)];
  proxy.on('connect', (_request, socket) => {
    const behind = connect(tlsPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      behind.pipe(socket);
      socket.pipe(behind);
    });
    behind.on('error', () => socket.destroy());
    socket.on('error', () => behind.destroy());
  });
  return Object.assign(banks, {
    port,
    proxy: `http://127.0.0.1:${proxyPort}`,
    close: async () => {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    },
  });
}

async function listening(server: Pick<Server, 'listen' | 'address'>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { body, banks }: { readonly body: string; readonly banks: Omit<Banks, 'proxy' | 'port' | 'close'> },
): void {
  const host = (request.headers.host ?? '').replace(/:.*/, '');
  const [name, bank] = Object.entries(BANKS).find(([, { hosts }]) => hosts.includes(host)) ?? [
    'loopback',
    BANKS['loopback'],
  ];
  banks.asked.push({ host: name === 'loopback' ? name : host, body });
  if (bank === undefined || banks.down.has(name)) {
    response.writeHead(503).end('down');
    return;
  }
  response.writeHead(200, { 'Content-Type': 'application/x-ofx' });
  const isAccepted =
    value(body, 'USERID').startsWith('anonymous') || value(body, 'USERPASS') === banks.passwords.get(name);
  const writer = writerOf(bank);
  const sets = isAccepted ? (/<PROFRQ>/.test(body) ? profile(bank, body, writer) : statements(body, bank, banks)) : '';
  response.end(`${writer.head}<OFX>${signon(bank, banks, isAccepted)}${sets}</OFX>`);
}

interface Writer {
  readonly head: string;
  readonly v: (name: string, text: string) => string;
}

function writerOf({ xml }: Bank): Writer {
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return xml === true
    ? {
        head: '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\r\n<?OFX OFXHEADER="200" VERSION="220" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>\r\n',
        v: (name, text) => `<${name}>${escaped(text)}</${name}>`,
      }
    : {
        head: 'OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\nCOMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n',
        v: (name, text) => `<${name}>${escaped(text)}\r\n`,
      };
}

function value(text: string, name: string): string {
  return new RegExp(`<${name}>([^<\\r\\n]*)`).exec(text)?.[1] ?? '';
}

const stampOf = (now: Date) =>
  `${now
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/\D/g, '')}[0:GMT]`;
const noon = (day: string) => `${day.replaceAll('-', '')}120000[0:GMT]`;
const money = (cents: number) => (cents / 100).toFixed(2);

function signon(bank: Bank, { now }: Pick<Banks, 'now'>, isAccepted: boolean): string {
  const { v } = writerOf(bank);
  const status = `<STATUS>${v('CODE', isAccepted ? '0' : '15500')}${v('SEVERITY', isAccepted ? 'INFO' : 'ERROR')}</STATUS>`;
  const key = bank.keys === true && isAccepted ? v('ACCESSKEY', `KEY-${now().toISOString().slice(0, 10)}`) : '';
  const values = `${v('DTSERVER', stampOf(now()))}${v('LANGUAGE', 'ENG')}<FI>${v('ORG', 'BANKS')}${v('FID', bank.fid)}</FI>`;
  return `<SIGNONMSGSRSV1><SONRS>${status}${values}${key}</SONRS></SIGNONMSGSRSV1>`;
}

function profile(bank: Bank, body: string, { v }: Writer): string {
  const own = `https://${bank.hosts[0]}/ofx`;
  const set = (name: string, url: string, more = '') =>
    `<${name}MSGSET><${name}MSGSETV1><MSGSETCORE>${v('VER', '1')}${v('URL', url)}${v('OFXSEC', 'NONE')}${v('TRANSPSEC', 'Y')}${v('SIGNONREALM', 'ALL')}${v('LANGUAGE', 'ENG')}${v('SYNCMODE', 'LITE')}${v('RESPFILEER', 'N')}</MSGSETCORE>${more}</${name}MSGSETV1></${name}MSGSET>`;
  const there = bank.elsewhere ?? own;
  const sets = [
    set('SIGNON', own),
    set('BANK', there, v('CLOSINGAVAIL', 'N')),
    set('CREDITCARD', there, v('CLOSINGAVAIL', 'N')),
    set('INVSTMT', there),
    set('PROF', own),
  ].join('');
  const info = `<SIGNONINFOLIST><SIGNONINFO>${v('SIGNONREALM', 'ALL')}${v('MIN', '4')}${v('MAX', '32')}${v('CHARTYPE', 'ALPHAORNUMERIC')}${v('CASESEN', 'Y')}${v('SPECIAL', 'Y')}${v('SPACES', 'N')}${v('PINCH', 'N')}</SIGNONINFO></SIGNONINFOLIST>`;
  return `<PROFMSGSRSV1><PROFTRNRS>${v('TRNUID', value(body, 'TRNUID'))}${ok(v)}<PROFRS><MSGSETLIST>${sets}</MSGSETLIST>${info}${v('DTPROFUP', '20250101000000')}${v('FINAME', bank.hosts[0] ?? '')}${v('ADDR1', '1 Example Street')}${v('CITY', 'Exampleton')}${v('STATE', 'NY')}${v('POSTALCODE', '10001')}${v('COUNTRY', 'USA')}</PROFRS></PROFTRNRS></PROFMSGSRSV1>`;
}

const ok = (v: Writer['v']) => `<STATUS>${v('CODE', '0')}${v('SEVERITY', 'INFO')}</STATUS>`;
const SETS = { STMT: 'BANK', CCSTMT: 'CREDITCARD', INVSTMT: 'INVSTMT' } as const;

function statements(body: string, bank: Bank, { now }: Pick<Banks, 'now'>): string {
  const today = now().toISOString().slice(0, 10);
  return (['STMT', 'CCSTMT', 'INVSTMT'] as const)
    .map((kind) => {
      const wrappers = [...body.matchAll(new RegExp(`<${kind}TRNRQ>([\\s\\S]*?)</${kind}TRNRQ>`, 'g'))];
      const parts = wrappers.map(([, text = '']) => statement(text, bank, { kind, today }));
      return parts.length === 0 ? '' : `<${SETS[kind]}MSGSRSV1>${parts.join('')}</${SETS[kind]}MSGSRSV1>`;
    })
    .join('');
}

function statement(
  text: string,
  bank: Bank,
  { kind, today }: { readonly kind: keyof typeof SETS; readonly today: string },
): string {
  const { v } = writerOf(bank);
  const id = value(text, 'ACCTID');
  const books = ACCOUNTS[id];
  const listing = books === undefined ? { posted: [], pending: [], cents: 0 } : BOOKS[books](today);
  const from = value(text, 'DTSTART').replace(/^(\d{4})(\d\d)(\d\d).*/, '$1-$2-$3');
  const context: Context = { v, id, from, today, currency: bank.currency ?? 'USD' };
  const inside = { ...listing, posted: listing.posted.filter(({ day }) => day >= from) };
  const content = kind === 'INVSTMT' ? investment(inside, listing, context) : cash(inside, text, { ...context, kind });
  const wrapper = `${kind}TRNRS`;
  return `<${wrapper}>${v('TRNUID', value(text, 'TRNUID'))}${ok(v)}<${kind}RS>${content}</${kind}RS></${wrapper}>`;
}

interface Context {
  readonly v: Writer['v'];
  readonly id: string;
  readonly from: string;
  readonly today: string;
  readonly currency: string;
}

function cash(
  { posted, pending, cents }: Listing,
  request: string,
  { v, id, from, today, currency, kind }: Context & { readonly kind: 'STMT' | 'CCSTMT' },
): string {
  const account =
    kind === 'CCSTMT'
      ? `<CCACCTFROM>${v('ACCTID', id)}</CCACCTFROM>`
      : `<BANKACCTFROM>${v('BANKID', value(request, 'BANKID'))}${v('ACCTID', id)}${v('ACCTTYPE', value(request, 'ACCTTYPE'))}</BANKACCTFROM>`;
  const list = `<BANKTRANLIST>${v('DTSTART', noon(from))}${v('DTEND', noon(today))}${posted.map((one) => row(one, v)).join('')}</BANKTRANLIST>`;
  const waiting = pending.map(
    ({ day, cents: amount, name }) =>
      `<STMTTRNP>${v('TRNTYPE', 'DEBIT')}${v('DTTRAN', noon(day))}${v('TRNAMT', money(amount))}${v('NAME', name)}</STMTTRNP>`,
  );
  const later = /<INCLUDEPENDING>/.test(request)
    ? `<BANKTRANLISTP>${v('DTASOF', noon(today))}${waiting.join('')}</BANKTRANLISTP>`
    : '';
  const balance = (name: string, amount: number) =>
    `<${name}>${v('BALAMT', money(amount))}${v('DTASOF', noon(today))}</${name}>`;
  return `${v('CURDEF', currency)}${account}${list}${balance('LEDGERBAL', cents)}${balance('AVAILBAL', cents)}${later}`;
}

function row({ fitid, day, cents, type, name, memo, corrects }: Booking, v: Writer['v']): string {
  const correction =
    corrects === undefined ? '' : `${v('CORRECTFITID', corrects.fitid)}${v('CORRECTACTION', corrects.action)}`;
  return `<STMTTRN>${v('TRNTYPE', type)}${v('DTPOSTED', noon(day))}${v('TRNAMT', money(cents))}${v('FITID', fitid)}${correction}${v('NAME', name)}${memo === undefined ? '' : v('MEMO', memo)}</STMTTRN>`;
}

const UNITS_A_MONTH = 10;

function investment({ posted }: Listing, all: Listing, { v, id, from, today, currency }: Context): string {
  const security = `<SECID>${v('UNIQUEID', '037833100')}${v('UNIQUEIDTYPE', 'CUSIP')}</SECID>`;
  const places = `${v('SUBACCTSEC', 'CASH')}${v('SUBACCTFUND', 'CASH')}`;
  const rows = posted.map((one) => {
    const transaction = `<INVTRAN>${v('FITID', one.fitid)}${v('DTTRADE', noon(one.day))}</INVTRAN>`;
    const total = v('TOTAL', money(one.cents));
    if (one.type === 'BUYSTOCK')
      return `<BUYSTOCK><INVBUY>${transaction}${security}${v('UNITS', String(UNITS_A_MONTH))}${v('UNITPRICE', '25.00')}${v('COMMISSION', '4.95')}${total}${places}</INVBUY>${v('BUYTYPE', 'BUY')}</BUYSTOCK>`;
    if (one.type === 'INCOME')
      return `<INCOME>${transaction}${security}${v('INCOMETYPE', 'DIV')}${total}${places}</INCOME>`;
    return `<INVBANKTRAN>${row(one, v)}${v('SUBACCTFUND', 'CASH')}</INVBANKTRAN>`;
  });
  const units = all.posted.filter(({ type }) => type === 'BUYSTOCK').length * UNITS_A_MONTH;
  const position = `<POSSTOCK><INVPOS>${security}${v('HELDINACCT', 'CASH')}${v('POSTYPE', 'LONG')}${v('UNITS', String(units))}${v('UNITPRICE', '26.00')}${v('MKTVAL', money(units * 2600))}${v('DTPRICEASOF', noon(today))}</INVPOS></POSSTOCK>`;
  const cashNow = `<INVBAL>${v('AVAILCASH', money(all.cents + 100_000))}${v('MARGINBALANCE', '0.00')}${v('SHORTBALANCE', '0.00')}</INVBAL>`;
  return `${v('DTASOF', noon(today))}${v('CURDEF', currency)}<INVACCTFROM>${v('BROKERID', 'harbor.example')}${v('ACCTID', id)}</INVACCTFROM><INVTRANLIST>${v('DTSTART', noon(from))}${v('DTEND', noon(today))}${rows.join('')}</INVTRANLIST><INVPOSLIST>${position}</INVPOSLIST>${cashNow}`;
}

/** A statement file of orchard, downloaded on a day, of so many days before it. */
export function orchardFile(day: string, days: number): string {
  const { head, v } = writerOf({ hosts: [], fid: '' });
  const { posted, cents } = BOOKS['orchard joint'](day);
  const rows = posted
    .filter((one) => one.day >= shift(day, -days))
    .map((one) => row(one, v).replace(/<FITID>\r\n/, ''));
  const list = `<BANKTRANLIST>${v('DTSTART', noon(shift(day, -days)))}${v('DTEND', noon(day))}${rows.join('')}</BANKTRANLIST>`;
  const from = `<BANKACCTFROM>${v('BANKID', '011000015')}${v('ACCTID', '5555')}${v('ACCTTYPE', 'CHECKING')}</BANKACCTFROM>`;
  const balance = `<LEDGERBAL>${v('BALAMT', money(cents))}${v('DTASOF', noon(day))}</LEDGERBAL>`;
  const signedOn = `<SIGNONMSGSRSV1><SONRS>${ok(v)}${v('DTSERVER', noon(day))}${v('LANGUAGE', 'ENG')}</SONRS></SIGNONMSGSRSV1>`;
  return `${head}<OFX>${signedOn}<BANKMSGSRSV1><STMTTRNRS>${v('TRNUID', '1')}${ok(v)}<STMTRS>${v('CURDEF', 'USD')}${from}${list}${balance}</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\r\n`;
}
