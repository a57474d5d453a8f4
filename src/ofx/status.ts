/**
 * OFX status codes: meaning, advice, and the error that each becomes (OFX 2.2 sections 3.1.5 STATUS, 2.5.1 signon, 11.x
 * statements). Institutions use codes beyond the table and severities that contradict it: unknown codes go by SEVERITY.
 */

import { type OfxSyncError, SignonError, StatementError } from '../errors.js';
import { type Institution, sendsClientUid, versionOf } from '../model/institution.js';
import { replacementStep } from '../model/secret.js';
import { shellWord } from '../model/shell-word.js';
import type { Status } from '../model/statement.js';

interface Meaning {
  readonly meaning: string;
  readonly advice?: string;
}

const ASK = 'Ask the institution, or try again later.';

/** Every code that concerns statements, signon, profile and accounts; bill payment and mail (10xxx–16xxx) by range. */
const MEANINGS: Readonly<Record<number, Meaning>> = {
  0: { meaning: 'success' },
  1: { meaning: 'client is up to date' },
  2000: {
    meaning: 'general error',
    advice:
      'Read the institution’s message: it is also used for “verify your identity” and for services that have ended.',
  },
  2001: {
    meaning: 'invalid account',
    advice: 'Compare id, routing and kind of the account with what the institution shows.',
  },
  2002: { meaning: 'general account error', advice: ASK },
  2003: {
    meaning: 'account not found',
    advice: 'Compare id, routing and kind of the account with what the institution shows.',
  },
  2004: { meaning: 'account closed', advice: 'Remove the account from accounts.yaml; what is stored stays.' },
  2005: { meaning: 'account not authorized', advice: 'Ask the institution to enable Direct Connect for this account.' },
  2006: {
    meaning: 'source account not found',
    advice: 'Compare id, routing and kind of the account with what the institution shows.',
  },
  2007: { meaning: 'source account closed', advice: 'Remove the account from accounts.yaml; what is stored stays.' },
  2008: {
    meaning: 'source account not authorized',
    advice: 'Ask the institution to enable Direct Connect for this account.',
  },
  2009: { meaning: 'destination account not found' },
  2010: { meaning: 'destination account closed' },
  2011: { meaning: 'destination account not authorized' },
  2012: { meaning: 'invalid amount' },
  2014: { meaning: 'date too soon' },
  2015: { meaning: 'date too far in future' },
  2016: { meaning: 'transaction already committed' },
  2017: { meaning: 'already canceled' },
  2018: { meaning: 'unknown server id' },
  2019: {
    meaning: 'duplicate request',
    advice: 'The institution has seen this request before; the next run sends a new one.',
  },
  2020: {
    meaning: 'invalid date',
    advice: 'The window may be longer than the institution keeps: try --since 30d, or shortDates: true.',
  },
  2021: { meaning: 'unsupported version', advice: 'Set another ofxVersion for this institution.' },
  2022: { meaning: 'invalid TAN' },
  2023: { meaning: 'unknown FITID' },
  2025: { meaning: 'branch id missing', advice: 'Add the account’s branch.' },
  2026: {
    meaning: 'bank name does not match bank id',
    advice: 'Compare the account’s routing number with what the institution shows.',
  },
  2027: { meaning: 'invalid date range', advice: 'Ask for a shorter window: --since 30d.' },
  2028: { meaning: 'requested element unknown' },
  3000: {
    meaning: 'further information needed (MFA)',
    advice:
      'The institution asks security questions before it lets this program in. Answer them in a terminal: {signon}',
  },
  3001: {
    meaning: 'answer to a security question is wrong',
    advice: 'Check the answer before the next try, since institutions count attempts; then in a terminal: {signon}',
  },
  6500: { meaning: 'REJECTIFMISSING with a token', advice: ASK },
  6501: { meaning: 'embedded transactions failed', advice: ASK },
  6502: { meaning: 'request failed, files are out of date', advice: ASK },
  13000: { meaning: 'user id and password will be sent out of band', advice: 'Wait for the institution’s letter.' },
  13500: { meaning: 'unable to enroll user', advice: ASK },
  13501: { meaning: 'user already enrolled' },
  13502: { meaning: 'invalid service', advice: 'The institution does not offer this service for the account.' },
  13503: { meaning: 'cannot change user information' },
  13504: { meaning: 'FI missing or invalid in the signon', advice: 'Check org and fid.' },
  14500: { meaning: '1099 forms not available' },
  14501: { meaning: '1099 forms not available for this user' },
  14600: { meaning: 'W2 forms not available' },
  14601: { meaning: 'W2 forms not available for this user' },
  14700: { meaning: '1098 forms not available' },
  14701: { meaning: '1098 forms not available for this user' },
  15000: {
    meaning: 'the password must be changed',
    advice: 'Change it: {signon}, in a terminal; or on the institution’s web site, {secret}',
  },
  15500: { meaning: 'signon refused', advice: 'Check user id and password, {secret}' },
  15501: { meaning: 'the login is in use elsewhere', advice: 'Sign out elsewhere, wait some minutes and run again.' },
  15502: {
    meaning: 'the login is locked',
    advice: 'Unlock it on the institution’s web site, then: ofx-sync sync {name} --force',
  },
  15503: { meaning: 'the password could not be changed', advice: 'Change it on the institution’s web site.' },
  15504: { meaning: 'no random data for a challenge', advice: ASK },
  15505: { meaning: 'country system not supported', advice: ASK },
  15506: { meaning: 'empty signon not supported', advice: ASK },
  15507: {
    meaning: 'signon invalid without a change of password',
    advice: 'Change it: {signon}, in a terminal; or on the institution’s web site, {secret}',
  },
  15508: {
    meaning: 'transaction not authorized',
    advice: 'Ask the institution to enable Direct Connect for this login.',
  },
  15510: {
    meaning: 'this program’s client UID is missing or not confirmed',
    advice: '{clientUid}',
  },
  15511: { meaning: 'the institution wants you to call', advice: 'Contact the institution.' },
  15512: {
    meaning: 'an authentication token is required',
    advice: 'Get the token from the institution’s web site, then in a terminal: {signon}',
  },
  15513: {
    meaning: 'the authentication token is wrong',
    advice: 'Get a new token from the institution’s web site, then in a terminal: {signon}',
  },
  16500: { meaning: 'HTML not allowed' },
  16501: { meaning: 'unknown mail target' },
  16502: { meaning: 'invalid URL' },
  16503: { meaning: 'unable to get URL' },
};

/** Whom the advice is about. */
export type Advised = Pick<Institution, 'name' | 'password' | 'clientUid' | 'quirks'>;

/** The meaning of a code in a few words; unknown codes say so. */
export function statusMeaning(code: number): string {
  return MEANINGS[code]?.meaning ?? 'a code that the OFX specification does not list';
}

/** Whether a status is no error: by the table's exceptions first, else by SEVERITY. */
export function isSuccess(status: Status): boolean {
  if (status.code === 0 || status.code === 1) return true;
  return MEANINGS[status.code] === undefined ? status.severity !== 'ERROR' : status.severity === 'WARN';
}

/** The error that a signon's STATUS means, `null` when the signon was accepted. Codes 15000 and 3000 are refusals whatever their severity. */
export function signonError(status: Status, institution: Advised): OfxSyncError | null {
  const advice = adviceFor(status.code, institution);
  if (status.code === 15500 || status.code === 15508) return refusal('SIGNON_REJECTED', status, advice);
  if (status.code === 15502) return refusal('SIGNON_LOCKED', status, advice);
  if (status.code === 15501) return refusal('SIGNON_BUSY', status, advice);
  if (status.code === 15000 || status.code === 3000 || status.code === 3001)
    return refusal('SIGNON_NEEDS_ACTION', status, advice);
  if (isSuccess(status)) return null;
  if (status.code >= 15503 && status.code <= 15513) return refusal('SIGNON_NEEDS_ACTION', status, advice);
  if (status.code === 2000)
    return new StatementError('STATEMENT_REFUSED', describe(status), { ofxStatus: status.code, hint: advice });
  // What is wrong with the request (its version, org and fid …) says nothing of the credentials.
  if (status.code < 15000 && MEANINGS[status.code] !== undefined) return refusal('SIGNON_NEEDS_ACTION', status, advice);
  return refusal('SIGNON_REJECTED', status, advice);
}

/** The error that one statement's STATUS means, `null` when it was answered. Signon codes may arrive here too. */
export function statementError(status: Status, institution: Advised): OfxSyncError | null {
  if (isSuccess(status)) return null;
  if (status.code >= 15000 && status.code < 16000) return signonError(status, institution);
  return new StatementError('STATEMENT_REFUSED', describe(status), {
    ofxStatus: status.code,
    hint: adviceFor(status.code, institution),
  });
}

/** Whether the institution says that the window is longer than it can answer; some say so in words alone. */
export function isWindowTooLong(status: Status): boolean {
  if (status.code === 2020 || status.code === 2027) return true;
  return status.code !== 0 && /date range|too (?:long|old|many days)|start date/i.test(status.message ?? '');
}

function describe(status: Status): string {
  const said = status.message === null || status.message === '' ? '' : `: “${status.message}”`;
  return `${statusMeaning(status.code)} (${status.code})${said}`;
}

function adviceFor(code: number, institution: Advised): string {
  const { name, password } = institution;
  return (MEANINGS[code]?.advice ?? ASK)
    .replace('{clientUid}', clientUidAdvice(institution))
    .replace('{signon}', `ofx-sync signon ${shellWord(name)}`)
    .replace('{secret}', replacementStep(password, name))
    .replace('{name}', shellWord(name));
}

/** What is missing: the id, a place for it in the request, or its confirmation. */
function clientUidAdvice({ clientUid, quirks }: Advised): string {
  if (quirks.clientUid === 'never')
    return 'It wants an id of this program, which clientUid: never holds back: set clientUid: auto, then: {signon}';
  if (clientUid === null) return 'It wants an id of this program: set clientUid: auto in accounts.yaml, then: {signon}';
  if (!sendsClientUid(quirks))
    return `The id of this program was not sent, since OFX ${versionOf(quirks)} has no place for it: set clientUid: always, or an ofxVersion that has one ("103", "203"), then: {signon}`;
  return 'Confirm this program, a new device to it, on its web site (often within a few days); in a terminal, {signon} leads through it.';
}

function refusal(
  code: 'SIGNON_REJECTED' | 'SIGNON_LOCKED' | 'SIGNON_BUSY' | 'SIGNON_NEEDS_ACTION',
  status: Status,
  hint: string,
): SignonError {
  return new SignonError(code, describe(status), { ofxStatus: status.code, hint });
}
