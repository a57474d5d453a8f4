/**
 * Banks of one account each, in a process of their own, that do nothing but answer, after a time: so that a measurement is of
 * the client. `node instant-bank.mjs KEY CERT` prints the ports of http and https. The path is `/bN` or `/bN/MILLISECONDS`.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';

const HEADER =
  'OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\nCOMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n';
const OK = '<STATUS>\r\n<CODE>0\r\n<SEVERITY>INFO\r\n</STATUS>\r\n';

async function answer(request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const asked = Buffer.concat(chunks).toString('latin1');
  const [, number, delay = '0'] = /^\/b(\d+)(?:\/(\d+))?$/.exec(request.url) ?? [];
  const body = HEADER + reply(asked, 9_000_000 + Number(number) * 1001);
  setTimeout(
    () => response.writeHead(200, { 'Content-Type': 'application/x-ofx', 'Content-Length': body.length }).end(body),
    Number(delay),
  );
}

function reply(asked, own) {
  const trnuid = /<TRNUID>([^<\r\n]+)/.exec(asked)?.[1] ?? '0';
  const account = /<ACCTID>(\d+)/.exec(asked)?.[1] ?? String(own);
  const bank = `<BANKACCTFROM>\r\n<BANKID>011000015\r\n<ACCTID>${account}\r\n<ACCTTYPE>CHECKING\r\n</BANKACCTFROM>\r\n`;
  const signon = `<SIGNONMSGSRSV1>\r\n<SONRS>\r\n${OK}<DTSERVER>20261120120000\r\n<LANGUAGE>ENG\r\n<FI>\r\n<ORG>BANK\r\n<FID>4000\r\n</FI>\r\n</SONRS>\r\n</SIGNONMSGSRSV1>\r\n`;
  return `<OFX>\r\n${signon}${asked.includes('<ACCTINFORQ>') ? list(trnuid, bank) : statement(trnuid, bank, account)}</OFX>\r\n`;
}

function list(trnuid, bank) {
  const info = `<ACCTINFO>\r\n<DESC>Checking\r\n<BANKACCTINFO>\r\n${bank}<SUPTXDL>Y\r\n<XFERSRC>N\r\n<XFERDEST>N\r\n<SVCSTATUS>ACTIVE\r\n</BANKACCTINFO>\r\n</ACCTINFO>\r\n`;
  return `<SIGNUPMSGSRSV1>\r\n<ACCTINFOTRNRS>\r\n<TRNUID>${trnuid}\r\n${OK}<ACCTINFORS>\r\n<DTACCTUP>20260101\r\n${info}</ACCTINFORS>\r\n</ACCTINFOTRNRS>\r\n</SIGNUPMSGSRSV1>\r\n`;
}

/** Three transactions of the last three days, as a daily run gets them. */
function statement(trnuid, bank, account) {
  const day = (ago) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  const rows = Array.from(
    { length: 3 },
    (_, index) =>
      `<STMTTRN>\r\n<TRNTYPE>DEBIT\r\n<DTPOSTED>${day(index)}120000\r\n<TRNAMT>-${index + 1}.${account.slice(-2)}\r\n<FITID>${account}-${day(index)}\r\n<NAME>SHOP ${index}\r\n</STMTTRN>\r\n`,
  );
  const list = `<BANKTRANLIST>\r\n<DTSTART>${day(30)}\r\n<DTEND>${day(0)}\r\n${rows.join('')}</BANKTRANLIST>\r\n`;
  const balance = `<LEDGERBAL>\r\n<BALAMT>1000.00\r\n<DTASOF>${day(0)}\r\n</LEDGERBAL>\r\n`;
  return `<BANKMSGSRSV1>\r\n<STMTTRNRS>\r\n<TRNUID>${trnuid}\r\n${OK}<STMTRS>\r\n<CURDEF>USD\r\n${bank}${list}${balance}</STMTRS>\r\n</STMTTRNRS>\r\n</BANKMSGSRSV1>\r\n`;
}

const [, , key, cert] = process.argv.map((path, index) => (index < 2 ? path : readFileSync(path, 'utf8')));
const listener = (request, response) => void answer(request, response);
const servers = [createServer(listener), createTlsServer({ key, cert }, listener)];
for (const server of servers) await new Promise((resolve) => server.listen(0, '127.0.0.1', 1000, resolve));
console.log(servers.map((server) => server.address().port).join(' '));
