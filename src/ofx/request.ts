/**
 * Writing requests: signon plus statement requests of one login's accounts (OFX 2.2 sections 2.5.1 SONRQ, 11.4.2 STMTRQ,
 * 11.4.3 CCSTMTRQ, 13.9.1 INVSTMTRQ, 18.3 LOANSTMTRQ), a profile request (7.1) and an account list request (8.5).
 *
 * The only file that reveals secrets. The masked text for people comes from the same code with other values in their
 * places, so that what `--dry-run` shows is what is sent.
 */

import type { Quirks } from '../model/institution.js';
import type { Login, StatementRequest, Wanted } from '../model/login.js';
import type { Secret } from '../model/secret.js';
import type { Element } from './element.js';
import { hasClientUid, versionOf, type WrittenRequest, writeDocument } from './envelope.js';
import { bankRequest, cardRequest, investmentRequest, loanRequest } from './statement-request.js';

/** What a request needs from outside: made anew for each attempt. */
export interface RequestStamp {
  readonly now: Date;
  /** Minutes east of UTC, for the quirk `dateZone: local`. */
  readonly zoneMinutes: number;
  readonly newUid: () => string;
}

type Reveal = (secret: Secret) => string;

/** USERID and USERPASS of an anonymous signon (OFX 2.2 section 2.5.1): the word and 23 zeros. */
const ANONYMOUS = `anonymous${'0'.repeat(23)}`;
/** "Everything": a date that all servers take, as other clients send it. */
const FROM_THE_BEGINNING = '19900101';
const MASK = '********';

/** The request for statements, exactly as it goes out. */
export function writeStatementRequest(request: StatementRequest, stamp: RequestStamp): WrittenRequest {
  return writeDocument(
    request.login.institution.quirks,
    stamp.newUid,
    statementSets(request, stamp, (secret) => secret.reveal()),
  );
}

/** The same request as text in which every secret is masked. */
export function maskedStatementRequest(request: StatementRequest, stamp: RequestStamp): string {
  const { bytes } = writeDocument(
    request.login.institution.quirks,
    stamp.newUid,
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
  return writeDocument(institution.quirks, stamp.newUid, [
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
  return writeDocument(login.institution.quirks, stamp.newUid, [
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

function optional(name: string, value: string | null): Element[] {
  return value === null ? [] : [[name, value]];
}
