/**
 * OFX status codes: the meaning, the advice and the error of each (OFX 2.2 sections 3.1.5 STATUS, 2.5.1 signon, 11.x
 * statements). Institutions use codes outside the table and severities that contradict it: SEVERITY decides unknown codes.
 */

import { type OfxSyncError, SignonError, StatementError } from '../errors.js';
import { type Institution, programOf, sendsClientUid, versionOf } from '../model/institution.js';
import { replacementStep } from '../model/secret.js';
import { shellWord } from '../model/shell-word.js';
import type { Status } from '../model/statement.js';

/** The meaning of a code and, for codes that this program can receive, advice. */
type Meaning = readonly [meaning: string, advice?: string];

const ASK = 'Ask the bank, or try again later.';
const COMPARE = 'Compare id, routing and kind of the account with the bank’s website.';
const REMOVE = 'Remove the account from accounts.yaml. Its stored transactions are kept.';
const ENABLE = 'Ask the bank to enable Direct Connect for this account.';
const CHANGE_PASSWORD = 'Change it in a terminal: {signon}; or on the bank’s website, {secret}';

/** Every code for statements, signon, profile and accounts; bill payment and mail (10xxx–16xxx) by range. */
const MEANINGS: Readonly<Record<number, Meaning>> = {
  0: ['success'],
  1: ['client is up to date'],
  2000: [
    'general error',
    'Read the bank’s message: this code also means “verify your identity”, and is used for services that have ended.',
  ],
  2001: ['invalid account', COMPARE],
  2002: ['general account error', ASK],
  2003: ['account not found', COMPARE],
  2004: ['account closed', REMOVE],
  2005: ['account not authorized', ENABLE],
  2006: ['source account not found', COMPARE],
  2007: ['source account closed', REMOVE],
  2008: ['source account not authorized', ENABLE],
  2009: ['destination account not found'],
  2010: ['destination account closed'],
  2011: ['destination account not authorized'],
  2012: ['invalid amount'],
  2014: ['date too soon'],
  2015: ['date too far in future'],
  2016: ['transaction already committed'],
  2017: ['already canceled'],
  2018: ['unknown server id'],
  2019: ['duplicate request', 'The bank has seen this request before. Run again to send a new one.'],
  2020: [
    'invalid date',
    'The bank may not keep transactions for that long: try a shorter window, --since 30d. It may also want dates in another form: shortDates: true, or alwaysDateRange: true.',
  ],
  2021: ['unsupported version', 'Set another ofxVersion for this bank.'],
  2022: ['invalid TAN'],
  2023: ['unknown FITID'],
  2025: ['branch id missing', 'Add the account’s branch.'],
  2026: ['bank name does not match bank id', 'Compare the account’s routing number with the bank’s website.'],
  2027: ['invalid date range', 'Request a shorter window: --since 30d.'],
  2028: ['requested element unknown'],
  3000: [
    'further information needed (MFA)',
    'The bank asks security questions before it lets this program in. Answer them in a terminal: {signon}',
  ],
  3001: [
    'answer to a security question is wrong',
    'Check the answer first, since banks count attempts; then, in a terminal: {signon}',
  ],
  6500: ['REJECTIFMISSING with a token', ASK],
  6501: ['embedded transactions failed', ASK],
  6502: ['request failed, files are out of date', ASK],
  13000: ['user id and password will be sent out of band', 'Wait for the bank’s letter.'],
  13500: ['unable to enroll user', ASK],
  13501: ['user already enrolled'],
  13502: ['invalid service', 'The bank does not offer this service for the account.'],
  13503: ['cannot change user information'],
  13504: ['FI missing or invalid in the sign-on', 'Check org and fid. For a bank that has no ORG, set fi: omit.'],
  14500: ['1099 forms not available'],
  14501: ['1099 forms not available for this user'],
  14600: ['W2 forms not available'],
  14601: ['W2 forms not available for this user'],
  14700: ['1098 forms not available'],
  14701: ['1098 forms not available for this user'],
  15000: ['the password must be changed', CHANGE_PASSWORD],
  15500: ['sign-on refused', 'Check user id and password, {secret}'],
  15501: ['the login is in use elsewhere', 'Sign out elsewhere, wait a few minutes and run again.'],
  15502: ['the login is locked', 'Unlock it on the bank’s website, then: ofx-sync sync {name} --force'],
  15503: ['the password could not be changed', 'Change it on the bank’s website.'],
  15504: ['no random data for a challenge', ASK],
  15505: ['country system not supported', ASK],
  15506: ['empty sign-on not supported', ASK],
  15507: ['sign-on invalid without a change of password', CHANGE_PASSWORD],
  15508: ['transaction not authorized', 'Ask the bank to enable Direct Connect for this login.'],
  15510: ['this program’s client UID is missing or not confirmed', '{clientUid}'],
  15511: ['the bank wants you to call', 'Call the bank.'],
  15512: [
    'an authentication token is required',
    'Get the token from the bank’s website, then, in a terminal: {signon}',
  ],
  15513: [
    'the authentication token is wrong',
    'Get a new token from the bank’s website, then, in a terminal: {signon}',
  ],
  16500: ['HTML not allowed'],
  16501: ['unknown mail target'],
  16502: ['invalid URL'],
  16503: ['unable to get URL'],
};

/** The parts of an institution that advice depends on. */
export type Advised = Pick<Institution, 'name' | 'password' | 'clientUid' | 'quirks'>;

/** Returns the meaning of a code in a few words. */
export function statusMeaning(code: number): string {
  return MEANINGS[code]?.[0] ?? 'a code that the OFX specification does not list';
}

/** Returns true if a status is not an error: a known code only with SEVERITY WARN, others by SEVERITY. */
export function isSuccess(status: Status): boolean {
  if (status.code === 0 || status.code === 1) return true;
  return MEANINGS[status.code] === undefined ? status.severity !== 'ERROR' : status.severity === 'WARN';
}

/** Returns the error for a signon's STATUS, or `null` if it was accepted. 15000 and 3000 are refusals at any severity. */
export function signonError(status: Status, institution: Advised): OfxSyncError | null {
  const advice = adviceFor(status, institution);
  if (status.code === 15500 || status.code === 15508) return refusal('SIGNON_REJECTED', status, advice);
  if (status.code === 15502) return refusal('SIGNON_LOCKED', status, advice);
  if (status.code === 15501) return refusal('SIGNON_BUSY', status, advice);
  if (status.code === 15000 || status.code === 3000 || status.code === 3001)
    return refusal('SIGNON_NEEDS_ACTION', status, advice);
  if (isSuccess(status)) return null;
  if (status.code >= 15503 && status.code <= 15513) return refusal('SIGNON_NEEDS_ACTION', status, advice);
  if (status.code === 2000)
    return new StatementError('STATEMENT_REFUSED', describe(status), { ofxStatus: status.code, hint: advice });
  // A wrong request (its version, org and fid …) does not mean wrong credentials.
  if (status.code < 15000 && MEANINGS[status.code] !== undefined) return refusal('SIGNON_NEEDS_ACTION', status, advice);
  return refusal('SIGNON_REJECTED', status, advice);
}

/** Returns the error for a sign-on that a server refuses with an HTTP status or a text. */
export function signonRefused(
  { httpStatus, text }: { readonly httpStatus: number | null; readonly text: string | null },
  institution: Advised,
): SignonError {
  const said = text === null ? '' : `: “${text}”`;
  return new SignonError('SIGNON_REJECTED', `sign-on refused (HTTP ${httpStatus ?? 'error'})${said}`, {
    hint: adviceFor({ code: 15500, message: null }, institution),
    ...(httpStatus === null ? {} : { httpStatus }),
  });
}

/** Returns the error for a statement's STATUS, or `null` if it was answered. Signon codes may occur here too. */
export function statementError(status: Status, institution: Advised): OfxSyncError | null {
  if (isSuccess(status)) return null;
  if (status.code >= 15000 && status.code < 16000) return signonError(status, institution);
  return new StatementError('STATEMENT_REFUSED', describe(status), {
    ofxStatus: status.code,
    hint: adviceFor(status, institution),
  });
}

/** A later version of the program that requests name, for servers that refuse the usual one. */
export const LATER_PROGRAM = { appVer: '3000' } as const;
const OLD_PROGRAM = `The bank may refuse the program that requests name ({program}) as too old. Set a later version: appVer: "${LATER_PROGRAM.appVer}".`;
const REFUSES_PROGRAM =
  /(?:software|application|program|product|version)\b.{0,80}(?:support|old|outdated|expired|upgrade|update)|(?:upgrade|update)\b.{0,40}(?:software|application|program|version)/i;

/** Returns true if a general error speaks of software that is too old: some institutions refuse an old APPVER in words only. */
export function isProgramTooOld({ code, message }: Pick<Status, 'code' | 'message'>): boolean {
  return code === 2000 && REFUSES_PROGRAM.test(message ?? '');
}

/** Returns true if the window is too long for the institution; some banks report that only in words. */
export function isWindowTooLong(status: Status): boolean {
  if (status.code === 2020 || status.code === 2027) return true;
  return status.code !== 0 && /date range|too (?:long|old|many days)|start date/i.test(status.message ?? '');
}

function describe(status: Status): string {
  const said = status.message === null || status.message === '' ? '' : `: “${status.message}”`;
  return `${statusMeaning(status.code)} (${status.code})${said}`;
}

function adviceFor({ code, message }: Pick<Status, 'code' | 'message'>, institution: Advised): string {
  const { name, password } = institution;
  const { appId, appVer } = programOf(institution.quirks);
  const advice = isProgramTooOld({ code, message }) ? OLD_PROGRAM : (MEANINGS[code]?.[1] ?? ASK);
  return advice
    .replace('{program}', `${appId} ${appVer}`)
    .replace('{clientUid}', clientUidAdvice(institution))
    .replace('{signon}', `ofx-sync signon ${shellWord(name)}`)
    .replace('{secret}', replacementStep(password, name))
    .replace('{name}', shellWord(name));
}

/** Returns advice for the missing part: the id, a place for it in the request, or its confirmation. */
function clientUidAdvice({ clientUid, quirks }: Advised): string {
  if (quirks.clientUid === 'never')
    return 'The bank requires an id of this program, which clientUid: never suppresses. Set clientUid: auto, then: {signon}';
  if (clientUid === null)
    return 'The bank requires an id of this program. Set clientUid: auto in accounts.yaml, then: {signon}';
  if (!sendsClientUid(quirks))
    return `The id of this program was not sent: OFX ${versionOf(quirks)} has no element for it. Set clientUid: always, or an ofxVersion with one ("103", "203"), then: {signon}`;
  return 'Confirm this program as a new device on the bank’s website, often within a few days. For guidance, run in a terminal: {signon}';
}

function refusal(
  code: 'SIGNON_REJECTED' | 'SIGNON_LOCKED' | 'SIGNON_BUSY' | 'SIGNON_NEEDS_ACTION',
  status: Status,
  hint: string,
): SignonError {
  return new SignonError(code, describe(status), { ofxStatus: status.code, hint });
}
