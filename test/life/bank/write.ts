/** Writes statements as OFX, SGML 1.0.2 or XML 2.0.3. Shares nothing with the reader and the writers of the program. */

import { clockAt, ofxDay } from '../calendar.js';
import type { Listed, Stated, Statement } from './behaviour.js';

export interface Letter {
  readonly version: '102' | '203';
  readonly accountId: string;
  /** `null` in a file. */
  readonly trnuid: string | null;
  /** Moment of DTSERVER. */
  readonly serverMoment: number;
}

const HEADERS = {
  '102':
    'OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\nCOMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n',
  '203':
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\r\n<?OFX OFXHEADER="200" VERSION="203" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>\r\n',
};
const OK = '<STATUS><CODE>0<SEVERITY>INFO</STATUS>';
const ROUTING = '121000248';

export function writeStatement(statement: Statement, { version, accountId, trnuid, serverMoment }: Letter): string {
  const { rows, from, to } = statement;
  const posted = rows.filter(({ isPending }) => !isPending);
  const pending = rows.filter(({ isPending }) => isPending);
  const list = `<BANKTRANLIST><DTSTART>${ofxDay(from)}<DTEND>${ofxDay(to)}${posted.map(transaction).join('')}</BANKTRANLIST>`;
  const account = `<BANKACCTFROM><BANKID>${ROUTING}<ACCTID>${accountId}<ACCTTYPE>CHECKING</BANKACCTFROM>`;
  const balances = `${balanceOf('LEDGERBAL', statement.balance)}${balanceOf('AVAILBAL', statement.available)}`;
  const notYet =
    pending.length === 0
      ? ''
      : `<BANKTRANLISTP><DTASOF>${ofxDay(to)}${pending.map(pendingTransaction).join('')}</BANKTRANLISTP>`;
  const body = `<STMTRS><CURDEF>USD${account}${list}${balances}${notYet}</STMTRS>`;
  const reply = `<BANKMSGSRSV1><STMTTRNRS><TRNUID>${trnuid ?? '0'}${OK}${body}</STMTTRNRS></BANKMSGSRSV1>`;
  const text = `<OFX><SIGNONMSGSRSV1><SONRS>${OK}<DTSERVER>${instant(serverMoment)}<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>${reply}</OFX>`;
  return HEADERS[version] + (version === '203' ? closed(text) : text);
}

function transaction({ cents, day, fitid, name, memo, corrects, correctsFitid }: Listed): string {
  const correction = corrects === null ? '' : `<CORRECTFITID>${correctsFitid ?? ''}<CORRECTACTION>${corrects.action}`;
  const id = fitid === null ? '' : `<FITID>${fitid}`;
  const text = `<NAME>${escaped(name)}${memo === null ? '' : `<MEMO>${escaped(memo)}`}`;
  return `<STMTTRN><TRNTYPE>${cents < 0 ? 'DEBIT' : 'CREDIT'}<DTPOSTED>${ofxDay(day)}<TRNAMT>${money(cents)}${id}${correction}${text}</STMTTRN>`;
}

function pendingTransaction({ cents, day, name, memo }: Listed): string {
  const text = `<NAME>${escaped(name)}${memo === null ? '' : `<MEMO>${escaped(memo)}`}`;
  return `<STMTTRNP><TRNTYPE>${cents < 0 ? 'DEBIT' : 'CREDIT'}<DTTRAN>${ofxDay(day)}<TRNAMT>${money(cents)}${text}</STMTTRNP>`;
}

function balanceOf(element: string, stated: Stated | null): string {
  if (stated === null) return '';
  const hour = stated.hour === undefined ? '' : `${String(stated.hour).padStart(2, '0')}0000`;
  return `<${element}><BALAMT>${money(stated.cents)}<DTASOF>${ofxDay(stated.day)}${hour}</${element}>`;
}

export function money(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function instant(moment: number): string {
  return clockAt(moment).toISOString().replace(/\D/g, '').slice(0, 14);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Closes the elements that have a value, which SGML leaves open. */
function closed(text: string): string {
  return text.replace(/<([A-Z0-9]+)>([^<]+)/g, '<$1>$2</$1>');
}
