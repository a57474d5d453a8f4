/** What holds where nobody says anything: the specification's way, or this program's, in words. */

import type { Quirks } from '../model/institution.js';
import { versionOf } from '../ofx/envelope.js';

/** One for each key of the schema. */
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
