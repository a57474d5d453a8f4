/**
 * Writing requests: signon plus statement requests of one login's accounts (OFX 2.2 sections 2.5.1 SONRQ, 11.4.2 STMTRQ,
 * 11.4.3 CCSTMTRQ, 13.9.1 INVSTMTRQ, 18.3 LOANSTMTRQ), a profile request (7.1) and an account list request (8.5).
 *
 * The only file that reveals secrets. The masked text for people comes from the same code with other values in their
 * places, so that what `--dry-run` shows is what is sent.
 */

import { addDays, type IsoDate } from '../model/dates.js';
import type { OfxVersion, Quirks } from '../model/institution.js';
import type { Secret } from '../model/secret.js';
import type { Login, StatementRequest, Wanted } from '../ports.js';
import { type Element, encodeSgml, type Layout, writeElement } from './element.js';

/** What a request needs from outside: made anew for each attempt. */
export interface RequestStamp {
  readonly now: Date;
  /** Minutes east of UTC, for the quirk `dateZone: local`. */
  readonly zoneMinutes: number;
  readonly newUid: () => string;
}

/** A request as bytes, with the value that the answer's NEWFILEUID should echo. */
export interface WrittenRequest {
  readonly bytes: Uint8Array;
  readonly newFileUid: string;
}

type Reveal = (secret: Secret) => string;

const DEFAULT_VERSION: OfxVersion = '203';
/** USERID and USERPASS of an anonymous signon (OFX 2.2 section 2.5.1): the word and 23 zeros. */
const ANONYMOUS = `anonymous${'0'.repeat(23)}`;
/** "Everything": a date that all servers take, as other clients send it. */
const FROM_THE_BEGINNING = '19900101';
const MASK = '********';

/** The request for statements, exactly as it goes out. */
export function writeStatementRequest(request: StatementRequest, stamp: RequestStamp): WrittenRequest {
  return write(
    request.login.institution.quirks,
    stamp,
    statementSets(request, stamp, (secret) => secret.reveal()),
  );
}

/** The same request as text in which every secret is masked. */
export function maskedStatementRequest(request: StatementRequest, stamp: RequestStamp): string {
  const { bytes } = write(
    request.login.institution.quirks,
    stamp,
    statementSets(request, stamp, () => MASK),
  );
  return new TextDecoder().decode(bytes);
}

/** PROFRQ, anonymous unless a login is given: which services and addresses the institution has. */
export function writeProfileRequest(
  institution: Login['institution'],
  login: Login | null,
  stamp: RequestStamp,
): WrittenRequest {
  const profile: Element = [
    'PROFMSGSRQV1',
    [
      [
        'PROFTRNRQ',
        [
          ['TRNUID', stamp.newUid()],
          [
            'PROFRQ',
            [
              ['CLIENTROUTING', 'NONE'],
              ['DTPROFUP', FROM_THE_BEGINNING],
            ],
          ],
        ],
      ],
    ],
  ];
  return write(institution.quirks, stamp, [
    signon(institution, login, { stamp, reveal: (secret) => secret.reveal() }),
    profile,
  ]);
}

/** ACCTINFORQ: which accounts the login has. */
export function writeAccountListRequest(login: Login, stamp: RequestStamp): WrittenRequest {
  const list: Element = [
    'SIGNUPMSGSRQV1',
    [
      [
        'ACCTINFOTRNRQ',
        [
          ['TRNUID', stamp.newUid()],
          ['ACCTINFORQ', [['DTACCTUP', FROM_THE_BEGINNING]]],
        ],
      ],
    ],
  ];
  return write(login.institution.quirks, stamp, [
    signon(login.institution, login, { stamp, reveal: (secret) => secret.reveal() }),
    list,
  ]);
}

function statementSets(request: StatementRequest, stamp: RequestStamp, reveal: Reveal): Element[] {
  const quirks = request.login.institution.quirks;
  const of = (kind: Wanted['account']['kind']) => request.wanted.filter((wanted) => wanted.account.kind === kind);
  const set = (
    name: string,
    kind: Wanted['account']['kind'],
    wrapper: string,
    write: (wanted: Wanted) => Element,
  ): Element[] => {
    const transactions = of(kind).map((wanted): Element => [wrapper, [['TRNUID', wanted.trnuid], write(wanted)]]);
    return transactions.length === 0 ? [] : [[name, transactions]];
  };
  return [
    signon(request.login.institution, request.login, { stamp, reveal }),
    ...set('BANKMSGSRQV1', 'bank', 'STMTTRNRQ', (wanted) => bankRequest(wanted, quirks)),
    ...set('CREDITCARDMSGSRQV1', 'creditcard', 'CCSTMTTRNRQ', (wanted) => cardRequest(wanted, quirks)),
    ...set('INVSTMTMSGSRQV1', 'investment', 'INVSTMTTRNRQ', (wanted) => investmentRequest(wanted, quirks)),
    ...set('LOANMSGSRQV1', 'loan', 'LOANSTMTTRNRQ', (wanted) => loanRequest(wanted, quirks)),
  ];
}

function signon(
  institution: Login['institution'],
  login: Login | null,
  how: { stamp: RequestStamp; reveal: Reveal },
): Element {
  const { quirks, org, fid } = institution;
  const version = versionOf(quirks);
  const clientUid = login?.clientUid ?? null;
  const sendClientUid =
    clientUid !== null && (quirks.clientUid === 'always' || (quirks.clientUid !== 'never' && hasClientUid(version)));
  return [
    'SIGNONMSGSRQV1',
    [
      [
        'SONRQ',
        [
          ['DTCLIENT', clientDate(how.stamp, quirks)],
          ['USERID', login === null ? ANONYMOUS : how.reveal(login.userId)],
          ['USERPASS', login === null ? ANONYMOUS : how.reveal(login.password)],
          ['LANGUAGE', 'ENG'],
          ...(org === null || quirks.fi === 'omit'
            ? []
            : [['FI', [['ORG', org], ...optional('FID', fid)]] satisfies Element]),
          ['APPID', quirks.appId ?? 'QWIN'],
          ['APPVER', quirks.appVer ?? '2700'],
          ...(sendClientUid ? [['CLIENTUID', how.reveal(clientUid)] satisfies Element] : []),
        ],
      ],
    ],
  ];
}

function bankRequest(wanted: Wanted, quirks: Quirks): Element {
  const { account } = wanted;
  const from: Element[] = [
    ['BANKID', quirks.bankId === 'empty' ? '' : (account.routing ?? '')],
    ...optional('BRANCHID', account.branch),
    ['ACCTID', account.id],
    ['ACCTTYPE', account.accountType ?? 'CHECKING'],
  ];
  return ['STMTRQ', [['BANKACCTFROM', from], includeTransactions(wanted, quirks), ...includePending(quirks)]];
}

function cardRequest(wanted: Wanted, quirks: Quirks): Element {
  return [
    'CCSTMTRQ',
    [['CCACCTFROM', [['ACCTID', wanted.account.id]]], includeTransactions(wanted, quirks), ...includePending(quirks)],
  ];
}

/** INCTRAN is always sent: older DTDs require it. */
function investmentRequest(wanted: Wanted, quirks: Quirks): Element {
  const { account } = wanted;
  return [
    'INVSTMTRQ',
    [
      [
        'INVACCTFROM',
        [
          ['BROKERID', account.brokerId ?? ''],
          ['ACCTID', account.id],
        ],
      ],
      includeTransactions(wanted, quirks),
      ['INCOO', 'Y'],
      ['INCPOS', [['INCLUDE', 'Y']]],
      ['INCBAL', 'Y'],
    ],
  ];
}

function loanRequest(wanted: Wanted, quirks: Quirks): Element {
  const { account } = wanted;
  const from: Element[] = [
    ['LOANACCTID', account.id],
    ['LOANACCTTYPE', account.accountType ?? 'AUTO'],
  ];
  return ['LOANSTMTRQ', [['LOANACCTFROM', from], includeTransactions(wanted, quirks)]];
}

/** DTEND goes out when asked for, or when the institution insists on a range: then it is tomorrow, so that today is in it. */
function includeTransactions(wanted: Wanted, quirks: Quirks): Element {
  const end = wanted.to ?? null;
  return [
    'INCTRAN',
    [
      ['DTSTART', windowStart(wanted.from, quirks)],
      ...(end === null ? [] : [['DTEND', windowEnd(end, quirks)] satisfies Element]),
      ['INCLUDE', 'Y'],
    ],
  ];
}

/** INCLUDEPENDING exists from 2.2.0 on. */
function includePending(quirks: Quirks): Element[] {
  return (quirks.includePending ?? versionOf(quirks) >= '220') ? [['INCLUDEPENDING', 'Y']] : [];
}

function windowStart(from: IsoDate, quirks: Quirks): string {
  const day = from.replaceAll('-', '');
  return quirks.shortDates === true ? day : `${day}000000`;
}

/** The last second of the day; as a short date the day after, since servers read a bare day as its first moment. */
function windowEnd(to: IsoDate, quirks: Quirks): string {
  return quirks.shortDates === true ? addDays(to, 1).replaceAll('-', '') : `${to.replaceAll('-', '')}235959`;
}

/**
 * DTCLIENT without a zone is GMT. A plus sign in a zone makes some servers fail, so offsets east of Greenwich are
 * written as bare numbers.
 */
function clientDate({ now, zoneMinutes }: RequestStamp, quirks: Quirks): string {
  const stamp = (instant: Date) => instant.toISOString().replace(/[-:T]/g, '').slice(0, 14);
  if (quirks.dateZone === 'gmt') return `${stamp(now)}.000[0:GMT]`;
  if (quirks.dateZone !== 'local') return stamp(now);
  const hours = String(Number((zoneMinutes / 60).toFixed(2)));
  return `${stamp(new Date(now.getTime() + zoneMinutes * 60_000))}.000[${hours}]`;
}

function write(quirks: Quirks, stamp: RequestStamp, sets: readonly Element[]): WrittenRequest {
  const version = versionOf(quirks);
  const xml = version >= '200';
  const newline = quirks.lineEnding === 'lf' ? '\n' : '\r\n';
  const layout: Layout = {
    xml,
    closeTags: quirks.closeTags === true,
    prettyPrint: quirks.prettyPrint ?? true,
    newline,
  };
  const newFileUid = quirks.newFileUid === 'none' ? 'NONE' : stamp.newUid();
  const body = writeElement(['OFX', sets], layout);
  if (!xml) {
    const { bytes, encoding, charset } = encodeSgml(body);
    const header =
      sgmlHeader({ version, encoding, charset, newFileUid })
        .map((line) => line + newline)
        .join('') + newline;
    return { bytes: Buffer.concat([Buffer.from(header, 'latin1'), bytes]), newFileUid };
  }
  const header =
    `<?xml version="1.0" encoding="UTF-8" standalone="no"?>${newline}` +
    `<?OFX OFXHEADER="200" VERSION="${version}" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="${newFileUid}"?>${newline}`;
  return { bytes: new TextEncoder().encode(header + body), newFileUid };
}

function sgmlHeader(values: {
  version: string;
  encoding: string;
  charset: string;
  newFileUid: string;
}): readonly string[] {
  return [
    'OFXHEADER:100',
    'DATA:OFXSGML',
    `VERSION:${values.version}`,
    'SECURITY:NONE',
    `ENCODING:${values.encoding}`,
    `CHARSET:${values.charset}`,
    'COMPRESSION:NONE',
    'OLDFILEUID:NONE',
    `NEWFILEUID:${values.newFileUid}`,
  ];
}

function optional(name: string, value: string | null): Element[] {
  return value === null ? [] : [[name, value]];
}

function versionOf(quirks: Quirks): OfxVersion {
  return quirks.ofxVersion ?? DEFAULT_VERSION;
}

/** CLIENTUID came with 1.0.3 and 2.0.3; 1.5.1 and 1.6 have no place for it. */
function hasClientUid(version: OfxVersion): boolean {
  return version === '103' || version >= '203';
}
