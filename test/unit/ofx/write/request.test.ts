/** Requests, byte for byte: one exact request for each family of versions, then the one visible change of each quirk. */

import { describe, expect, test } from 'vitest';
import { isoDate } from '../../../../src/model/dates.js';
import { OFX_VERSIONS, type Quirks } from '../../../../src/model/institution.js';
import type { Inquiry, Login } from '../../../../src/model/login.js';
import { Secret } from '../../../../src/model/secret.js';
import {
  maskedStatementRequest,
  type RequestStamp,
  writeInquiry,
  writeStatementRequest,
} from '../../../../src/ofx/write/request.js';
import { account, card, institution, login } from '../../../support/builders.js';

function stamp(): RequestStamp {
  let count = 0;
  return { now: new Date('2026-11-20T06:30:00Z'), zoneMinutes: 90, newUid: () => `UID-${++count}` };
}

const FROM = isoDate('2026-08-22');
const wanted = (to: string | null = null) => [
  { account: account(), from: FROM, to: to === null ? null : isoDate(to), trnuid: 'T-1' },
  { account: card(), from: FROM, to: null, trnuid: 'T-2' },
];

function text(quirks: Quirks, to: string | null = null): string {
  return Buffer.from(writeStatementRequest({ login: login(quirks), wanted: wanted(to) }, stamp()).bytes).toString(
    'latin1',
  );
}

test('1.0.2: SGML, CRLF, one blank line, unclosed values, everything escaped', () => {
  expect(text({ ofxVersion: '102' }).split('\r\n')).toEqual(
    `OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:UID-1

<OFX>
<SIGNONMSGSRQV1>
<SONRQ>
<DTCLIENT>20261120063000
<USERID>alex
<USERPASS>p&amp;s&lt;w
<LANGUAGE>ENG
<FI>
<ORG>RIVER
<FID>1001
</FI>
<APPID>QWIN
<APPVER>2700
</SONRQ>
</SIGNONMSGSRQV1>
<BANKMSGSRQV1>
<STMTTRNRQ>
<TRNUID>T-1
<STMTRQ>
<BANKACCTFROM>
<BANKID>121000248
<ACCTID>000123456
<ACCTTYPE>CHECKING
</BANKACCTFROM>
<INCTRAN>
<DTSTART>20260822000000
<INCLUDE>Y
</INCTRAN>
</STMTRQ>
</STMTTRNRQ>
</BANKMSGSRQV1>
<CREDITCARDMSGSRQV1>
<CCSTMTTRNRQ>
<TRNUID>T-2
<CCSTMTRQ>
<CCACCTFROM>
<ACCTID>4111111111111111
</CCACCTFROM>
<INCTRAN>
<DTSTART>20260822000000
<INCLUDE>Y
</INCTRAN>
</CCSTMTRQ>
</CCSTMTTRNRQ>
</CREDITCARDMSGSRQV1>
</OFX>
`.split('\n'),
  );
});

test('2.0.3: XML with both instructions and closed values', () => {
  const lines = text({ ofxVersion: '203' }).split('\r\n');
  expect(lines.slice(0, 3)).toEqual([
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>',
    '<?OFX OFXHEADER="200" VERSION="203" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="UID-1"?>',
    '<OFX>',
  ]);
  expect(lines).toContain('<USERPASS>p&amp;s&lt;w</USERPASS>');
});

/** Each quirk and its one change. */
const QUIRKS: readonly (readonly [quirks: Quirks, has: string | RegExp, hasNot: string | RegExp | null])[] = [
  [{ appId: 'QBKS', appVer: '1700' }, '<APPID>QBKS\r\n<APPVER>1700', null],
  [{ closeTags: true }, '<USERID>alex</USERID>', null],
  [{ prettyPrint: false }, '<OFX><SIGNONMSGSRQV1><SONRQ><DTCLIENT>20261120063000<USERID>alex<', null],
  [{ lineEnding: 'lf' }, 'OFXHEADER:100\nDATA', '\r'],
  [{ newFileUid: 'none' }, 'NEWFILEUID:NONE', null],
  [{ fi: 'omit' }, '<LANGUAGE>ENG\r\n<APPID>', '<FI>'],
  [{ shortDates: true }, '<DTSTART>20260822\r', null],
  [{ dateZone: 'gmt' }, '<DTCLIENT>20261120063000.000[0:GMT]', null],
  // East of Greenwich the offset is written without a plus sign, which makes some servers fail.
  [{ dateZone: 'local' }, '<DTCLIENT>20261120080000.000[1.5]', '+'],
  [{ bankId: 'empty' }, '<BANKID>\r\n<ACCTID>', null],
  [{ includePending: true }, '</INCTRAN>\r\n<INCLUDEPENDING>Y\r\n</STMTRQ>', null],
];

test.each(QUIRKS)('quirk %j', (quirks, has, hasNot) => {
  const written = text({ ofxVersion: '102', ...quirks });
  expect(written).toContain(has);
  expect(text({ ofxVersion: '102' })).not.toContain(has);
  if (hasNot !== null) expect(written).not.toContain(hasNot);
});

describe('CLIENTUID', () => {
  const sent = (quirks: Quirks) => {
    const written = writeStatementRequest(
      { login: login(quirks, { clientUid: new Secret('C-UID') }), wanted: wanted() },
      stamp(),
    ).bytes;
    return Buffer.from(written).includes('<CLIENTUID>C-UID');
  };

  test.each(OFX_VERSIONS)('%s: only where the version has it', (ofxVersion) => {
    expect(sent({ ofxVersion })).toBe(ofxVersion === '103' || ofxVersion >= '203');
  });

  test('always and never override the version', () => {
    expect(sent({ ofxVersion: '102', clientUid: 'always' })).toBe(true);
    expect(sent({ ofxVersion: '103', clientUid: 'never' })).toBe(false);
  });
});

test('the end of the window is the last second of its day; as a short date the day after', () => {
  expect(text({ ofxVersion: '102' }, '2026-11-19')).toContain('<DTEND>20261119235959\r\n<INCLUDE>');
  expect(text({ ofxVersion: '102', shortDates: true }, '2026-11-19')).toContain('<DTEND>20261120\r\n<INCLUDE>');
});

test('letters beyond windows-1252 make the document UTF-8, and the header says so', () => {
  const written = (password: string) =>
    Buffer.from(
      writeStatementRequest(
        { login: login({ ofxVersion: '102' }, { password: new Secret(password) }), wanted: wanted() },
        stamp(),
      ).bytes,
    );
  expect(written('pä€').includes(Buffer.from([0x70, 0xe4, 0x80]))).toBe(true);
  expect(written('pä€').toString('latin1')).toContain('ENCODING:USASCII\r\nCHARSET:1252');
  expect(written('пароль').toString('utf8')).toMatch(/ENCODING:UTF-8\r\nCHARSET:NONE[\s\S]*<USERPASS>пароль/);
});

test('a value cannot end its element', () => {
  const bytes = writeStatementRequest(
    { login: login({ ofxVersion: '102' }, { userId: new Secret('alex\r\n<USERPASS>x\u0000') }), wanted: wanted() },
    stamp(),
  ).bytes;
  expect(Buffer.from(bytes).toString('latin1')).toContain('<USERID>alex&lt;USERPASS&gt;x\r\n');
});

test('the masked text is the request with a mask for each secret', () => {
  const request = { login: login({ ofxVersion: '103' }, { clientUid: new Secret('C-UID') }), wanted: wanted() };
  const real = Buffer.from(writeStatementRequest(request, stamp()).bytes).toString('latin1');
  const masked = maskedStatementRequest(request, stamp());
  expect(masked).toBe(
    real
      .replace('<USERID>alex', '<USERID>********')
      .replace('<USERPASS>p&amp;s&lt;w', '<USERPASS>********')
      .replace('<CLIENTUID>C-UID', '<CLIENTUID>********'),
  );
});

test('investment and loan requests have all elements that older DTDs require', () => {
  const investment = account({
    kind: 'investment',
    accountKind: 'investment',
    routing: null,
    brokerId: 'broker.example',
    accountType: null,
  });
  const loan = account({ kind: 'loan', accountKind: 'loan', routing: null, accountType: null, id: 'L-1' });
  const bytes = writeStatementRequest(
    {
      login: login({ ofxVersion: '102' }),
      wanted: [loan, investment].map((one, index) => ({ account: one, from: FROM, to: null, trnuid: `T-${index}` })),
    },
    stamp(),
  ).bytes;
  const written = Buffer.from(bytes).toString('latin1').replaceAll('\r\n', '');
  expect(written).toContain(
    '<INVSTMTRQ><INVACCTFROM><BROKERID>broker.example<ACCTID>000123456</INVACCTFROM><INCTRAN><DTSTART>20260822000000<INCLUDE>Y</INCTRAN><INCOO>Y<INCPOS><INCLUDE>Y</INCPOS><INCBAL>Y</INVSTMTRQ>',
  );
  expect(written).toContain('<LOANSTMTRQ><LOANACCTFROM><LOANACCTID>L-1<LOANACCTTYPE>AUTO</LOANACCTFROM>');
  expect(written.indexOf('INVSTMTMSGSRQV1')).toBeLessThan(written.indexOf('LOANMSGSRQV1'));
});

test('profile and account list', () => {
  const anonymous = `anonymous${'0'.repeat(23)}`;
  const asked = (who: Login['institution'], inquiry: Inquiry) =>
    Buffer.from(writeInquiry(who, inquiry, stamp()).bytes)
      .toString('latin1')
      .replaceAll('\r\n', '');
  const profile = asked(institution({}, { ofxVersion: '102' }), { kind: 'profile', login: null, updated: null });
  expect(profile).toContain(`<USERID>${anonymous}<USERPASS>${anonymous}`);
  expect(profile).toContain('<PROFRQ><CLIENTROUTING>NONE<DTPROFUP>19900101</PROFRQ>');
  const whose = login({ ofxVersion: '102' });
  const list = asked(whose.institution, { kind: 'accounts', login: whose });
  expect(list).toContain('<ACCTINFORQ><DTACCTUP>19900101</ACCTINFORQ>');
});
