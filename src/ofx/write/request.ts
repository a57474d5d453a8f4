/**
 * Writing requests: a signon (OFX 2.2 section 2.5.1) with the statement requests of one login's accounts, or with a request
 * for the profile (7.1), the list of accounts (8.5), a change of password (2.5.2) or security questions (2.5.4).
 *
 * The only file that reveals secrets. The same code writes the masked text for people, so that `--dry-run` shows exactly
 * what is sent.
 */

import { idsOf, type StatementKind } from '../../model/account.js';
import { type Institution, programOf, type Quirks, sendsClientUid } from '../../model/institution.js';
import type { Inquiry, Login, StatementRequest, StatementWindow } from '../../model/login.js';
import type { Secret } from '../../model/secret.js';
import type { OfxFile } from '../file.js';
import { accountNumbersMask } from './account-numbers.js';
import { MASK, Masking, maskEchoes, textMask, withTexts } from './echo.js';
import type { Element } from './elements.js';
import { type WrittenRequest, writeDocument } from './envelope.js';
import { closingRequest, optional, statementRequest } from './statement-request.js';

/** The time and the ids of a request; each attempt has new ones. */
export interface RequestStamp {
  readonly now: Date;
  /** Minutes east of UTC, for the quirk `dateZone: local`. */
  readonly zoneMinutes: number;
  readonly newUid: () => string;
}

/** Reveals a token (ACCESSKEY, SESSCOOKIE), which the store keeps until the next signon. */
export function tokenText(token: Secret): string {
  return token.reveal();
}

/** In a report for others, three letters are secret too. */
const MIN_PRIVATE_LENGTH = 3;

/** Returns a function that masks the secrets in a text for others, however they are spelled there. */
export function secretsMask(secrets: readonly Secret[]): (text: string) => string {
  return textMask(
    secrets.map((secret) => secret.reveal()),
    MIN_PRIVATE_LENGTH,
  );
}

/** Masks the secrets of a login in a reply that repeats them. A user id in plain text in accounts.yaml is not secret. */
export function maskSecretsInReply(body: Uint8Array, login: Login | null, more: readonly Secret[] = []): Uint8Array {
  return maskEchoes(body, maskingOf(login, more));
}

const maskings = new WeakMap<Login, Masking>();

/** Returns the masking of a request, for a login alone always the same. */
function maskingOf(login: Login | null, more: readonly Secret[]): Masking {
  if (login === null || more.length > 0) return new Masking(repeatableTexts(login, more));
  const masking = maskings.get(login) ?? new Masking(repeatableTexts(login));
  maskings.set(login, masking);
  return masking;
}

/** Returns what {@link maskSecretsInReply} masks, for a thread that does it. */
export function repeatableTexts(login: Login | null, more: readonly Secret[] = []): readonly string[] {
  return login === null ? [] : [...repeatable(login), ...more].map((secret) => secret.reveal());
}

/** Masks them in what a reply says after decoding, and the account numbers in its messages. */
export function maskSecretsInFile(
  file: OfxFile,
  institution: Institution,
  { login, more = [] }: { readonly login: Login | null; readonly more?: readonly Secret[] },
): OfxFile {
  const secrets = textMask(maskingOf(login, more));
  const numbers = accountNumbersMask(() => [
    ...institution.accounts.flatMap(idsOf),
    ...[...file.statements, ...file.accounts].flatMap(({ account }) => account?.id ?? []),
  ]);
  return withTexts(file, (text) => numbers(secrets(text)));
}

/** Lists the secrets that a reply may repeat. */
function repeatable({
  institution,
  extras,
  userId,
  password,
  clientUid,
  passwordParts = [],
}: Login): readonly Secret[] {
  const { userCred1, userCred2, authToken, sessionCookie, accessKey, answers = [] } = extras ?? {};
  const given = [clientUid, userCred1, userCred2, authToken, sessionCookie, accessKey].flatMap((one) => one ?? []);
  return [
    // An access URL is known by its parts: all spellings of the whole would take seconds to compile.
    ...(institution.simplefin === true ? [] : [password]),
    ...(institution.userId?.scheme === 'plain' ? [] : [userId]),
    ...given,
    ...passwordParts,
    ...answers.map(({ answer }) => answer),
  ];
}

/** USERID and USERPASS of an anonymous signon (OFX 2.2 section 2.5.1): the word and 23 zeros. */
const ANONYMOUS = `anonymous${'0'.repeat(23)}`;
/** A date that means "everything" and that all servers accept; other clients send it too. */
const FROM_THE_BEGINNING = '19900101';

/** Writes the request for statements, exactly as it is sent. */
export function writeStatementRequest(request: StatementRequest, stamp: RequestStamp): WrittenRequest {
  return statementDocument(request, { stamp, reveal: (secret) => secret.reveal() });
}

/** Writes the same request as text in which every secret is masked. */
export function maskedStatementRequest(request: StatementRequest, stamp: RequestStamp): string {
  return new TextDecoder().decode(statementDocument(request, { stamp, reveal: () => MASK }).bytes);
}

function statementDocument({ login, wanted }: StatementRequest, context: WriteContext): WrittenRequest {
  const { quirks } = login.institution;
  const statements = messageSets(wanted, ALL_KINDS, (window) => statementRequest(window, quirks));
  const sets = [signon(login.institution, login, context), ...statements];
  return writeDocument(quirks, context.stamp.newUid, sets);
}

const ALL_KINDS = ['bank', 'creditcard', 'investment', 'loan'] as const;
const MESSAGE_SETS: Readonly<Record<StatementKind, string>> = {
  bank: 'BANKMSGSRQV1',
  creditcard: 'CREDITCARDMSGSRQV1',
  investment: 'INVSTMTMSGSRQV1',
  loan: 'LOANMSGSRQV1',
};

/** Returns a message set for each of these kinds of accounts that has a request. */
function messageSets(
  windows: StatementRequest['wanted'],
  kinds: readonly StatementKind[],
  write: (window: StatementWindow) => Element,
): Element[] {
  return kinds.flatMap((kind): Element[] => {
    const requests = windows
      .filter(({ account }) => account.kind === kind)
      .map((window) => transaction(window.trnuid, write(window)));
    return requests.length === 0 ? [] : [[MESSAGE_SETS[kind], requests]];
  });
}

/** Wraps a request in its transaction: STMTRQ in STMTTRNRQ. */
function transaction(trnuid: string, request: Element): Element {
  return [request[0].replace(/RQ$/, 'TRNRQ'), [['TRNUID', trnuid], request]];
}

/** Writes a request for something other than statements, exactly as it is sent. */
export function writeInquiry(institution: Login['institution'], inquiry: Inquiry, stamp: RequestStamp): WrittenRequest {
  const sets = inquirySets(institution, inquiry, { stamp, reveal: (secret) => secret.reveal() });
  return writeDocument(institution.quirks, stamp.newUid, sets);
}

/** A challenge and a change of password stand beside the signon in its own message set (OFX 2.2 sections 2.5.2, 2.5.4). */
function inquirySets(institution: Login['institution'], inquiry: Inquiry, context: WriteContext): Element[] {
  const { stamp, reveal } = context;
  const { quirks } = institution;
  const [name, content] = signon(institution, inquiry.login, context);
  const withSignon = (...more: Element[]): Element => [
    name,
    [...(typeof content === 'string' ? [] : content), ...more],
  ];
  switch (inquiry.kind) {
    case 'profile': {
      const updated = inquiry.updated ?? FROM_THE_BEGINNING;
      const request: Element = [
        'PROFRQ',
        [
          ['CLIENTROUTING', 'NONE'],
          ['DTPROFUP', updated],
        ],
      ];
      return [withSignon(), ['PROFMSGSRQV1', [transaction(stamp.newUid(), request)]]];
    }
    case 'accounts': {
      const request: Element = ['ACCTINFORQ', [['DTACCTUP', FROM_THE_BEGINNING]]];
      return [withSignon(), ['SIGNUPMSGSRQV1', [transaction(stamp.newUid(), request)]]];
    }
    case 'closings': {
      const write = (window: StatementWindow) => closingRequest(window, quirks);
      return [withSignon(), ...messageSets(inquiry.wanted, ['bank', 'creditcard'], write)];
    }
    case 'challenge': {
      const request: Element = ['MFACHALLENGERQ', [['DTCLIENT', clientDate(stamp, quirks)]]];
      return [withSignon(transaction(stamp.newUid(), request))];
    }
    case 'password': {
      const change: Element[] = [
        ['USERID', reveal(inquiry.login.userId)],
        ['NEWUSERPASS', reveal(inquiry.newPassword)],
      ];
      return [withSignon(transaction(stamp.newUid(), ['PINCHRQ', change]))];
    }
  }
}

interface WriteContext {
  readonly stamp: RequestStamp;
  /** Returns the text of a secret, or a mask for it. */
  readonly reveal: (secret: Secret) => string;
}

function signon(institution: Login['institution'], login: Login | null, { stamp, reveal }: WriteContext): Element {
  const { quirks, org, fid } = institution;
  const clientUid = login?.clientUid ?? null;
  const program = programOf(quirks);
  const { sessionCookie, userCred1, userCred2, authToken, accessKey, answers = [] } = login?.extras ?? {};
  const secret = (name: string, value: Secret | undefined): Element[] =>
    value === undefined ? [] : [[name, reveal(value)]];
  const sonrq: Element[] = [
    ['DTCLIENT', clientDate(stamp, quirks)],
    ['USERID', login === null ? ANONYMOUS : reveal(login.userId)],
    ['USERPASS', login === null ? ANONYMOUS : reveal(login.password)],
    ['LANGUAGE', 'ENG'],
    ...(org === null || quirks.fi === 'omit'
      ? []
      : [['FI', [['ORG', org], ...optional('FID', quirks.fi === 'empty-fid' ? (fid ?? '') : fid)]] satisfies Element]),
    ...secret('SESSCOOKIE', sessionCookie),
    ['APPID', program.appId],
    ['APPVER', program.appVer],
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
 * Returns DTCLIENT, which without a zone is GMT. A plus sign in a zone makes some servers fail, so offsets east of Greenwich
 * have no sign.
 */
function clientDate({ now, zoneMinutes }: RequestStamp, quirks: Quirks): string {
  const stamp = (instant: Date) => instant.toISOString().replace(/[-:T]/g, '').slice(0, 14);
  if (quirks.dateZone === 'gmt') return `${stamp(now)}.000[0:GMT]`;
  if (quirks.dateZone !== 'local') return stamp(now);
  const hours = String(Number((zoneMinutes / 60).toFixed(2)));
  return `${stamp(new Date(now.getTime() + zoneMinutes * 60_000))}.000[${hours}]`;
}
