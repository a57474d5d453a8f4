/**
 * A bank in a process of its own. Each path is an institution: `/NAME/MS` answers after that many milliseconds, or, for
 * `/NAME/each`, after as many as the account id says at its end. Writes its port to standard output.
 */
import { createServer } from 'node:http';

/** Small statements, as a daily run gets them. */
const TRANSACTIONS = Number(process.argv[2] ?? 3);

let open = 0;
let peak = 0;

const server = createServer((request, response) => {
  if (request.url === '/peak') {
    response.end(String(peak));
    peak = 0;
    return;
  }
  open += 1;
  peak = Math.max(peak, open);
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString('latin1');
    const delay = request.url.slice(request.url.lastIndexOf('/') + 1);
    const answer = () => {
      open -= 1;
      response.end(reply(body));
    };
    const ms = delay === 'each' ? Number(/<ACCTID>\d*?(\d{4})</.exec(body)?.[1] ?? 0) : Number(delay);
    if (ms > 0) setTimeout(answer, ms);
    else answer();
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));

function reply(body) {
  const statements = body
    .split('<STMTTRNRQ>')
    .slice(1)
    .map((part) => statement(/<ACCTID>([^<\r\n]+)/.exec(part)?.[1] ?? '', /<TRNUID>([^<\r\n]+)/.exec(part)?.[1] ?? ''));
  return `<?xml version="1.0"?><?OFX OFXHEADER="200" VERSION="203" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?><OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS><DTSERVER>${today}</DTSERVER><LANGUAGE>ENG</LANGUAGE></SONRS></SIGNONMSGSRSV1><BANKMSGSRSV1>${statements.join('')}</BANKMSGSRSV1></OFX>`;
}

const today = new Date().toISOString().slice(0, 10).replaceAll('-', '');

function statement(id, trnuid) {
  const list = Array.from(
    { length: TRANSACTIONS },
    (_, index) =>
      `<STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>${today}</DTPOSTED><TRNAMT>-${index + 1}.25</TRNAMT><FITID>${id}${index}</FITID><NAME>SHOP ${index}</NAME></STMTTRN>`,
  );
  return `<STMTTRNRS><TRNUID>${trnuid}</TRNUID><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS><STMTRS><CURDEF>USD</CURDEF><BANKACCTFROM><BANKID>1</BANKID><ACCTID>${id}</ACCTID><ACCTTYPE>CHECKING</ACCTTYPE></BANKACCTFROM><BANKTRANLIST><DTSTART>${today}</DTSTART><DTEND>${today}</DTEND>${list.join('')}</BANKTRANLIST><LEDGERBAL><BALAMT>100.00</BALAMT><DTASOF>${today}</DTASOF></LEDGERBAL></STMTRS></STMTTRNRS>`;
}
