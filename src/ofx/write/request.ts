/**
 * Writing requests: signon plus statement requests of one login's accounts (OFX 2.2 sections 2.5.1 SONRQ, 11.4.2 STMTRQ,
 * 11.4.3 CCSTMTRQ, 13.9.1 INVSTMTRQ, 18.3 LOANSTMTRQ), and requests for the profile (7.1), the list of accounts (8.5), a
 * change of password (2.5.2) and security questions (2.5.4).
 *
 * The only file that reveals secrets. The masked text for people comes from the same code with other values in their
 * places, so that what `--dry-run` shows is what is sent.
 */

import { type Quirks, sendsClientUid } from '../../model/institution.js';
import type { Inquiry, Login, StatementRequest, StatementWindow } from '../../model/login.js';
import type { Secret } from '../../model/secret.js';
import { escapeText } from '../text/entities.js';
import { withoutEchoes } from './echo.js';
import type { Element } from './elements.js';
import { type WrittenRequest, writeDocument } from './envelope.js';
import {
  bankRequest,
  cardRequest,
  closingRequest,
  investmentRequest,
  loanRequest,
  optional,
} from './statement-request.js';

/** What a request needs from outside: made anew for each attempt. */
export interface RequestStamp {
  readonly now: Date;
  /** Minutes east of UTC, for the quirk `dateZone: local`. */
  readonly zoneMinutes: number;
  readonly newUid: () => string;
}

type Reveal = (secret: Secret) => string;

/** The text of a token (ACCESSKEY, SESSCOOKIE) that the store keeps until the next signon. */
export function tokenText(token: Secret): string {
  return token.reveal();
}

/** What takes the secrets out of texts, wherever they stand in them and however they are spelled there. */
export function secretsMask(secrets: readonly Secret[]): (text: string) => string {
  const values = new Set(secrets.map((secret) => secret.reveal()).filter((value) => value.length >= 3));
  const spelled = [...new Set([...values].flatMap(spellings))].toSorted((a, b) => b.length - a.length);
  return (text) => spelled.reduce((left, value) => left.replaceAll(value, MASK), text);
}

/** As it is, as an institution writes it back, in an address, and each of these within JSON. */
function spellings(value: string): readonly string[] {
  const plain = [value, value.toUpperCase(), value.toLowerCase()];
  const sent = plain.flatMap((one) => [one, escapeText(one), encodeURIComponent(one)]);
  return [...new Set(sent.flatMap((one) => [one, JSON.stringify(one).slice(1, -1)]))];
}

/** The reply as it came, unless it repeats what was sent in confidence. A user id that accounts.yaml shows is not. */
export function replyWithoutSecrets(body: Uint8Array, login: Login | null, more: readonly Secret[] = []): Uint8Array {
  if (login === null) return body;
  const { userCred1, userCred2, authToken, answers = [] } = login.extras ?? {};
  const given = [userCred1, userCred2, authToken].flatMap((secret) => secret ?? []);
  const userId = login.institution.userId?.scheme === 'plain' ? [] : [login.userId];
  const secrets = [login.password, ...userId, ...given, ...answers.map(({ answer }) => answer), ...more];
  return withoutEchoes(
    body,
    secrets.map((secret) => secret.reveal()),
  );
}

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

/** A request for something other than statements, exactly as it goes out. */
export function writeInquiry(institution: Login['institution'], inquiry: Inquiry, stamp: RequestStamp): WrittenRequest {
  return writeDocument(
    institution.quirks,
    stamp.newUid,
    inquirySets(institution, inquiry, { stamp, reveal: (secret) => secret.reveal() }),
  );
}

/** A challenge and a change of password stand beside the signon in its own message set (OFX 2.2 sections 2.5.2, 2.5.4). */
function inquirySets(institution: Login['institution'], inquiry: Inquiry, how: Writing): Element[] {
  const { stamp } = how;
  const [name, content] = signon(institution, inquiry.login, how);
  const beside = (...more: Element[]): Element[] => [
    [name, [...(typeof content === 'string' ? [] : content), ...more]],
  ];
  const wrapped = (wrapper: string, inside: Element): Element => [wrapper, [['TRNUID', stamp.newUid()], inside]];
  switch (inquiry.kind) {
    case 'profile': {
      const wanted: Element[] = [
        ['CLIENTROUTING', 'NONE'],
        ['DTPROFUP', inquiry.updated ?? FROM_THE_BEGINNING],
      ];
      return [...beside(), ['PROFMSGSRQV1', [wrapped('PROFTRNRQ', ['PROFRQ', wanted])]]];
    }
    case 'accounts': {
      const wanted: Element = ['ACCTINFORQ', [['DTACCTUP', FROM_THE_BEGINNING]]];
      return [...beside(), ['SIGNUPMSGSRQV1', [wrapped('ACCTINFOTRNRQ', wanted)]]];
    }
    case 'closings': {
      const closings = (name: string, wrapper: string, kind: StatementWindow['account']['kind']): Element[] => {
        const found = inquiry.wanted.filter(({ account }) => account.kind === kind);
        const requests = found.map(
          (wanted): Element => [wrapper, [['TRNUID', wanted.trnuid], closingRequest(wanted, institution.quirks)]],
        );
        return requests.length === 0 ? [] : [[name, requests]];
      };
      return [
        ...beside(),
        ...closings('BANKMSGSRQV1', 'STMTENDTRNRQ', 'bank'),
        ...closings('CREDITCARDMSGSRQV1', 'CCSTMTENDTRNRQ', 'creditcard'),
      ];
    }
    case 'challenge': {
      const date = clientDate(stamp, institution.quirks);
      return beside(wrapped('MFACHALLENGETRNRQ', ['MFACHALLENGERQ', [['DTCLIENT', date]]]));
    }
    case 'password': {
      const change: Element[] = [
        ['USERID', how.reveal(inquiry.login.userId)],
        ['NEWUSERPASS', how.reveal(inquiry.newPassword)],
      ];
      return beside(wrapped('PINCHTRNRQ', ['PINCHRQ', change]));
    }
  }
}

function statementSets(request: StatementRequest, stamp: RequestStamp, reveal: Reveal): Element[] {
  const quirks = request.login.institution.quirks;
  const of = (kind: StatementWindow['account']['kind']) =>
    request.wanted.filter((wanted) => wanted.account.kind === kind);
  const set = (
    name: string,
    kind: StatementWindow['account']['kind'],
    wrapper: string,
    write: (wanted: StatementWindow) => Element,
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

interface Writing {
  readonly stamp: RequestStamp;
  readonly reveal: Reveal;
}

function signon(institution: Login['institution'], login: Login | null, how: Writing): Element {
  const { quirks, org, fid } = institution;
  const clientUid = login?.clientUid ?? null;
  const { sessionCookie, userCred1, userCred2, authToken, accessKey, answers = [] } = login?.extras ?? {};
  const secret = (name: string, value: Secret | undefined): Element[] =>
    value === undefined ? [] : [[name, how.reveal(value)]];
  const sonrq: Element[] = [
    ['DTCLIENT', clientDate(how.stamp, quirks)],
    ['USERID', login === null ? ANONYMOUS : how.reveal(login.userId)],
    ['USERPASS', login === null ? ANONYMOUS : how.reveal(login.password)],
    ['LANGUAGE', 'ENG'],
    ...(org === null || quirks.fi === 'omit'
      ? []
      : [['FI', [['ORG', org], ...optional('FID', quirks.fi === 'empty-fid' ? (fid ?? '') : fid)]] satisfies Element]),
    ...secret('SESSCOOKIE', sessionCookie),
    ['APPID', quirks.appId ?? 'QWIN'],
    ['APPVER', quirks.appVer ?? '2700'],
    ...(clientUid !== null && sendsClientUid(quirks) ? secret('CLIENTUID', clientUid) : []),
    ...secret('USERCRED1', userCred1),
    ...secret('USERCRED2', userCred2),
    ...secret('AUTHTOKEN', authToken),
    ...secret('ACCESSKEY', accessKey),
    ...answers.map(
      ({ phrase, answer }): Element => [
        'MFACHALLENGEANSWER',
        [['MFAPHRASEID', phrase], ...secret('MFAPHRASEA', answer)],
      ],
    ),
  ];
  return ['SIGNONMSGSRQV1', [['SONRQ', sonrq]]];
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
