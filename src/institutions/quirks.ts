/** The zod schema of quirks, and the defaults that they change (see `Quirks` in model/institution.ts for each). */

import { z } from 'zod';
import { OFX_VERSIONS, programOf, type Quirks, versionOf } from '../model/institution.js';

/** Printable and on one line: these become header lines and elements of a request. */
const text = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[\x20-\x7e]*$/);

/** Each key with its schema. `clientUid` is apart: accounts.yaml also takes a reference under that key. */
export const QUIRK_SHAPE = {
  ofxVersion: z.enum(OFX_VERSIONS).describe('OFX version of requests: SGML below 200, XML from 200 on'),
  appId: text(5).describe('APPID: the program named in requests'),
  appVer: z
    .string()
    .regex(/^\d{1,4}$/)
    .describe('APPVER: the version of that program'),
  closeTags: z.boolean().describe('write end tags after SGML values'),
  prettyPrint: z.boolean().describe('write one element per line'),
  lineEnding: z.enum(['crlf', 'lf']).describe('line ends of requests'),
  newFileUid: z.enum(['fresh', 'none']).describe('fresh: a new NEWFILEUID for each request; none: NEWFILEUID is NONE'),
  fi: z
    .enum(['send', 'omit', 'empty-fid'])
    .describe('omit: no FI aggregate in the sign-on; empty-fid: FID without a value'),
  userAgent: text(200).describe('User-Agent header; none: no such header'),
  accept: text(200).describe('Accept header'),
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]{1,64}$/), text(500)).describe('additional headers'),
  headerOrder: z.array(text(64)).max(20).describe('the only headers sent, in this order and spelling'),
  httpVersion: z.enum(['1.0', '1.1']).describe('HTTP version of requests'),
  cookies: z
    .enum(['none', 'resend-when-empty', 'persist'])
    .describe(
      'resend-when-empty: if the first reply is empty, send the request again with the cookies of that reply; persist: keep cookies',
    ),
  minIntervalMs: z.int().min(0).max(600_000).describe('least milliseconds from one request to the next'),
  tlsMinVersion: z.enum(['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']).describe('oldest TLS version accepted'),
  tlsCiphers: text(500).describe('OpenSSL cipher list'),
  shortDates: z.boolean().describe('write DTSTART and DTEND as YYYYMMDD'),
  dateZone: z.enum(['none', 'gmt', 'local']).describe('time zone of DTCLIENT'),
  alwaysDateRange: z.boolean().describe('send DTEND in addition to DTSTART'),
  overlapDays: z.int().min(0).max(366).describe('least number of days that each later sync requests again'),
  accountsPerRequest: z.int().min(1).max(1000).describe('accounts in one request (all)'),
  maxDaysPerRequest: z.int().min(1).max(10_000).describe('most days in one request'),
  bankId: z.enum(['send', 'empty']).describe('empty: send BANKID without a value'),
  serviceUrls: z
    .enum(['profile', 'own'])
    .describe('own: send everything to url, even if the profile names other addresses'),
  profile: z
    .enum(['anonymous', 'signed', 'never'])
    .describe('signed: request the profile with the user id and password; never: do not request it'),
  profileUrl: z
    .url({ protocol: /^https?$/ })
    .max(1000)
    .describe('address for profile requests, if it is not url'),
  acctIdMatch: z
    .enum(['exact', 'ignore-leading-zeros', 'last-four'])
    .describe('how account ids in statements are compared with yours'),
  unstableFitid: z.boolean().describe('FITIDs change between downloads'),
  fitidLength: z.int().min(1).max(255).describe('number of characters of a FITID that count, if the rest changes'),
  ledgerBalance: z
    .enum(['posted', 'owed', 'unreliable'])
    .describe('owed: cards and loans state what is owed as positive; unreliable: do not reconcile against LEDGERBAL'),
  payee: z
    .enum(['name', 'memo'])
    .describe('memo: NAME holds only the type of the transaction, so exports take the payee from MEMO'),
  commentRows: z
    .enum(['keep', 'join'])
    .describe('join: rows with a zero amount that continue the text of the row before are exported as its memo'),
  includePending: z.boolean().describe('request pending transactions'),
  include401k: z.boolean().describe('request the totals of a retirement plan (INC401K)'),
} satisfies Record<Exclude<keyof Quirks, 'clientUid'>, z.ZodType>;

export const CLIENT_UID_MODES = ['never', 'auto', 'always'] as const;

/** The quirks of a directory entry: every key may be absent, no other may be there. */
export const quirksSchema = z
  .strictObject({ ...QUIRK_SHAPE, clientUid: z.enum(CLIENT_UID_MODES).describe('when to send CLIENTUID') })
  .partial();

type QuirkKey = keyof typeof QUIRK_SHAPE;
export const QUIRK_KEYS = Object.keys(QUIRK_SHAPE) as readonly QuirkKey[];

/** The default of each quirk in words: that of the specification, or of this program. */
export const QUIRK_DEFAULTS: Readonly<Record<keyof Quirks, string>> = {
  ofxVersion: versionOf({}),
  ...programOf({}),
  closeTags: 'false',
  prettyPrint: 'true',
  lineEnding: 'crlf',
  newFileUid: 'fresh',
  fi: 'send',
  clientUid: 'auto',
  userAgent: 'ofx-sync',
  accept: '*/*, application/x-ofx',
  headers: 'none',
  headerOrder: 'any',
  httpVersion: '1.1',
  cookies: 'none',
  minIntervalMs: '0',
  tlsMinVersion: 'TLSv1.2',
  tlsCiphers: 'those of OpenSSL',
  shortDates: 'false',
  dateZone: 'none',
  alwaysDateRange: 'false',
  overlapDays: 'that of overlap:',
  accountsPerRequest: 'all',
  maxDaysPerRequest: 'any',
  bankId: 'send',
  serviceUrls: 'profile',
  profile: 'anonymous',
  profileUrl: 'url',
  acctIdMatch: 'exact',
  unstableFitid: 'false',
  fitidLength: 'all',
  ledgerBalance: 'found by the transactions',
  payee: 'name',
  commentRows: 'keep',
  includePending: 'from OFX 220 on',
  include401k: 'false',
};
