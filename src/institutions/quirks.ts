/** The zod schema of quirks, the keys by which an institution may differ (see `Quirks` in model/institution.ts for each). */

import { z } from 'zod';
import { OFX_VERSIONS, type Quirks, versionOf } from '../model/institution.js';

/** Printable and on one line: these become header lines and elements of a request. */
const text = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[\x20-\x7e]*$/);

/** Each key with its schema. `clientUid` is apart: accounts.yaml also takes a reference under that key. */
export const QUIRK_SHAPE = {
  ofxVersion: z.enum(OFX_VERSIONS).describe('OFX version of the requests: below 200 is SGML, from 200 on XML'),
  appId: text(5).describe('APPID, the program that the institution is told'),
  appVer: z
    .string()
    .regex(/^\d{1,4}$/)
    .describe('APPVER, its version'),
  closeTags: z.boolean().describe('write end tags of SGML values'),
  prettyPrint: z.boolean().describe('one element a line'),
  lineEnding: z.enum(['crlf', 'lf']).describe('line ends of requests'),
  newFileUid: z.enum(['fresh', 'none']).describe('none: NEWFILEUID is NONE'),
  fi: z
    .enum(['send', 'omit', 'empty-fid'])
    .describe('omit: no FI aggregate in the signon; empty-fid: FID without a value'),
  userAgent: text(200).describe('User-Agent of requests; none: no such header'),
  accept: text(200).describe('Accept of requests'),
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]{1,64}$/), text(500)).describe('further headers'),
  headerOrder: z.array(text(64)).max(20).describe('the only headers sent, in this order and spelling'),
  httpVersion: z.enum(['1.0', '1.1']).describe('HTTP version of requests'),
  cookies: z
    .enum(['none', 'resend-when-empty', 'persist'])
    .describe('resend-when-empty: an empty first answer sets cookies for the second'),
  minIntervalMs: z.int().min(0).max(600_000).describe('milliseconds from one request to the next'),
  tlsMinVersion: z.enum(['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']).describe('oldest TLS version accepted'),
  tlsCiphers: text(500).describe('OpenSSL cipher list'),
  shortDates: z.boolean().describe('window dates as YYYYMMDD'),
  dateZone: z.enum(['none', 'gmt', 'local']).describe('zone of DTCLIENT'),
  alwaysDateRange: z.boolean().describe('send DTEND too'),
  overlapDays: z.int().min(0).max(366).describe('at least as many days are asked for again at each later sync'),
  accountsPerRequest: z.int().min(1).max(1000).describe('accounts in one request; all, when absent'),
  maxDaysPerRequest: z.int().min(1).max(10_000).describe('days in one window'),
  bankId: z.enum(['send', 'empty']).describe('empty: BANKID is sent without a value'),
  serviceUrls: z
    .enum(['profile', 'own'])
    .describe('own: everything goes to url, wherever the profile puts its message sets'),
  profile: z
    .enum(['anonymous', 'signed', 'never'])
    .describe('signed: the profile is given to users who sign on alone; never: it is not asked for'),
  profileUrl: z
    .url({ protocol: /^https?$/ })
    .max(1000)
    .describe('where the profile is asked for, when not at url'),
  acctIdMatch: z
    .enum(['exact', 'ignore-leading-zeros', 'last-four'])
    .describe('how account ids of statements are compared'),
  unstableFitid: z.boolean().describe('FITIDs change from download to download'),
  fitidLength: z.int().min(1).max(255).describe('characters of a FITID that count, when the rest changes'),
  ledgerBalance: z.enum(['posted', 'unreliable']).describe('unreliable: do not reconcile against LEDGERBAL'),
  payee: z.enum(['name', 'memo']).describe('memo: NAME says the kind alone, and exports take the payee from MEMO'),
  commentRows: z
    .enum(['keep', 'join'])
    .describe('join: rows of zero that go on with the words of the one before are handed on as its memo'),
  includePending: z.boolean().describe('ask for pending transactions'),
  include401k: z.boolean().describe('ask for the sums of a retirement plan (INC401K)'),
} satisfies Record<Exclude<keyof Quirks, 'clientUid'>, z.ZodType>;

export const CLIENT_UID_MODES = ['never', 'auto', 'always'] as const;

/** The quirks of a directory entry: every key may be absent, no other may be there. */
export const quirksSchema = z
  .strictObject({ ...QUIRK_SHAPE, clientUid: z.enum(CLIENT_UID_MODES).describe('when CLIENTUID is sent') })
  .partial();

type QuirkKey = keyof typeof QUIRK_SHAPE;
export const QUIRK_KEYS = Object.keys(QUIRK_SHAPE) as readonly QuirkKey[];

/** What holds where nobody says anything: the specification's way, or this program's, in words. */
export const QUIRK_DEFAULTS: Readonly<Record<keyof Quirks, string>> = {
  ofxVersion: versionOf({}),
  appId: 'QWIN',
  appVer: '2700',
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
  ledgerBalance: 'posted',
  payee: 'name',
  commentRows: 'keep',
  includePending: 'from OFX 220 on',
  include401k: 'false',
};
