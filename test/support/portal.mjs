/**
 * A program that brings statements from some portal, for `command:`. Everything that it was given goes to a journal; `ways` make it
 * misbehave.
 *
 *     node portal.mjs JOURNAL WAY FROM TO [ACCOUNT]
 */

import { spawn } from 'node:child_process';
import { appendFileSync, openSync, readFileSync } from 'node:fs';

const [journal = '', way = 'good', from = '', to = '', account = ''] = process.argv.slice(2);
const readsInput = way === 'good' || way === 'echo' || way === 'refused' || way === 'blames';
const input = readsInput && process.env.PORTAL_STDIN !== 'no' ? readFileSync(0, 'utf8') : '';
const { env } = process;
appendFileSync(journal, `${JSON.stringify({ from, to, account, input, env, pid: process.pid, cwd: process.cwd() })}\n`);

const day = (text) => text.replaceAll('-', '');

function transaction(id, date, amount, name) {
  return `<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>${day(date)}<TRNAMT>${amount}<FITID>${id}<NAME>${name}</STMTTRN>`;
}

function statement(id) {
  return `<STMTTRNRS><TRNUID>0<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>011000015<ACCTID>${id}<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>${day(from)}<DTEND>${day(to)}${transaction(`${id}-1`, to, '-12.34', 'PORTAL SHOP')}</BANKTRANLIST><LEDGERBAL><BALAMT>100.00<DTASOF>${day(to)}</LEDGERBAL></STMTRS></STMTTRNRS>`;
}

function document(ids, message = '') {
  return `OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:UTF-8\nCHARSET:NONE\nCOMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO${message}</STATUS><DTSERVER>${day(to)}<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1><BANKMSGSRSV1>${ids.map((id) => statement(id)).join('')}</BANKMSGSRSV1></OFX>\n`;
}

const good = (message) => document(account === '' ? ['7777', '8888'] : [account], message);

const WAYS = {
  good: () => process.stdout.write(good()),
  echo: () => process.stdout.write(good(`<MESSAGE>signed on with ${JSON.parse(input).pin}`)),
  two: () => process.stdout.write(document(['7777']) + document(['8888'])),
  one: () => process.stdout.write(document(['7777'])),
  half: () => process.stdout.write(good().slice(0, 700)),
  html: () =>
    process.stdout.write('<!DOCTYPE html><html><title>Sign in</title><form><input type="password"></form></html>'),
  empty: () => undefined,
  late: () => {
    process.stdout.write(good());
    process.stderr.write('warming up\nthe portal said: come back tomorrow\n');
    process.exitCode = 3;
  },
  blames: () => {
    process.stderr.write(`wrong pin ${JSON.parse(input).pin} at \u001b[31mthe portal\n`);
    process.exitCode = 1;
  },
  refused: () =>
    process.stdout.write(
      'OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:UTF-8\nCHARSET:NONE\nCOMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>15500<SEVERITY>ERROR<MESSAGE>wrong pin</STATUS><DTSERVER>20261121<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1></OFX>\n',
    ),
  hang: () => setInterval(() => undefined, 1000),
  flood: () => {
    const chunk = 'x'.repeat(1_048_576);
    const more = () => {
      while (process.stdout.write(chunk));
      process.stdout.once('drain', more);
    };
    more();
  },
  fork: () => {
    // A child that outlives it and keeps the pipes open.
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
    appendFileSync(journal, `${JSON.stringify({ child: child.pid })}\n`);
    setInterval(() => undefined, 1000);
  },
  leaves: () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
    appendFileSync(journal, `${JSON.stringify({ child: child.pid })}\n`);
    process.stdout.write(good(), () => process.exit(0));
  },
  terminal: () => {
    try {
      openSync('/dev/tty', 'r+');
      process.stdout.write(good());
    } catch (error) {
      process.stderr.write(`cannot ask for the code: ${error.code}\n`);
      process.exitCode = 1;
    }
  },
};

WAYS[way]();
