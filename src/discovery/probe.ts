/**
 * Finds the form of request that a server accepts: sends a handful of requests for its profile, one after another with pauses,
 * without a user id or password, until a reply is good. Each reply decides the next request, so that a server that says "not
 * here" is not asked again. Pure but for the ports.
 */

import { type OfxSyncError, toOfxSyncError } from '../errors.js';
import { type Institution, type Quirks, versionOf } from '../model/institution.js';
import type { OfxFile, Profile } from '../ofx/file.js';
import { statusMeaning } from '../ofx/status.js';
import type { Reply } from '../ports.js';

export interface ProbePorts {
  /** Sends one anonymous request for the profile in this form. Rejects with an OfxSyncError. */
  readonly request: (institution: Institution, signal: AbortSignal) => Promise<Reply>;
  readonly read: (bytes: Uint8Array, signal: AbortSignal) => Promise<OfxFile>;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

interface ProbeOptions {
  readonly signal: AbortSignal;
  /** Pause between two requests. */
  readonly pauseMs: number;
  readonly onAttempt?: (attempt: ProbeAttempt) => void;
}

export interface ProbeAttempt {
  /** The version, and the quirks in which the request differed from the first one. */
  readonly tried: Quirks;
  readonly durationMs: number;
  /** The reply or the error, in words. */
  readonly outcome: string;
  /** The conclusion from it, in words. */
  readonly meaning: string;
  readonly isGood: boolean;
}

export interface ProbeResult {
  readonly attempts: readonly ProbeAttempt[];
  /** The form that the server accepts, `null` when it accepted none. */
  readonly found: AcceptedForm | null;
}

export interface AcceptedForm {
  /** The quirks that the institution needs. */
  readonly quirks: Quirks;
  readonly profile: Profile | null;
  readonly org: string | null;
  readonly fid: string | null;
}

/** More requests would be an imposition, and would say nothing new. */
const MOST_REQUESTS = 6;

/** Forms by the number of servers that accept them, according to published settings. */
const FORMS: readonly Quirks[] = [
  { ofxVersion: '203' },
  { ofxVersion: '103' },
  { ofxVersion: '220' },
  { ofxVersion: '102', closeTags: true },
  { ofxVersion: '160' },
  { ofxVersion: '102', newFileUid: 'none' },
];
/** Forms for servers that block programs by their headers. */
const HEADERS: readonly Quirks[] = [
  { userAgent: 'none' },
  { accept: '*/*, application/x-ofx, application/xml;q=0.9' },
  { headerOrder: ['Content-Type', 'Host', 'Content-Length', 'Connection'], userAgent: 'none' },
];

/** Sends requests until a reply is good, until more requests would be useless, or until the limit is reached. */
export async function probe(institution: Institution, options: ProbeOptions, ports: ProbePorts): Promise<ProbeResult> {
  const known = institution.quirks;
  const first = versionOf(known);
  let forms: readonly Quirks[] = [
    { ofxVersion: first },
    ...FORMS.filter((form) => form.ofxVersion !== first || form.closeTags),
  ];
  const done = new Set<string>();
  const attempts: ProbeAttempt[] = [];
  while (attempts.length < MOST_REQUESTS) {
    const tried = forms.find((form) => !done.has(JSON.stringify(form)));
    if (tried === undefined) break;
    done.add(JSON.stringify(tried));
    if (attempts.length > 0) await ports.sleep(options.pauseMs, options.signal);
    const quirks = { ...known, ...tried };
    const { verdict, durationMs } = await requestOnce({ ...institution, quirks }, options, ports);
    const { outcome, meaning, found, next } = verdict;
    const attempt: ProbeAttempt = { tried, durationMs, outcome, meaning, isGood: found !== null };
    attempts.push(attempt);
    options.onAttempt?.(attempt);
    if (found !== null) return { attempts, found: { ...found, quirks } };
    forms = formsAfter(tried, next, forms);
  }
  return { attempts, found: null };
}

/** Returns the forms to choose the next one from, after a bad reply; those that were tried are not tried again. */
function formsAfter(tried: Quirks, next: ProbeVerdict['next'], forms: readonly Quirks[]): Quirks[] {
  if (next === 'stop') return [];
  if (next === 'headers') return HEADERS.map((headers) => ({ ofxVersion: versionOf(tried), ...headers }));
  if (next === 'cookies') return [{ ...tried, cookies: 'resend-when-empty' }, ...forms];
  if (next === 'tls') return [{ ...tried, tlsMinVersion: 'TLSv1' }, ...forms];
  return [...forms];
}

interface ProbeVerdict {
  readonly outcome: string;
  readonly meaning: string;
  readonly found: Omit<AcceptedForm, 'quirks'> | null;
  /** The next step after a bad reply: the next form, a variation of this one, or none. */
  readonly next: 'next' | 'headers' | 'cookies' | 'tls' | 'stop';
}

async function requestOnce(
  institution: Institution,
  { signal }: ProbeOptions,
  ports: ProbePorts,
): Promise<{ readonly verdict: ProbeVerdict; readonly durationMs: number }> {
  const started = performance.now();
  try {
    const reply = await ports.request(institution, signal);
    const file = await ports.read(reply.body, signal);
    return { verdict: judgeReply(file), durationMs: performance.now() - started };
  } catch (thrown) {
    const error = toOfxSyncError(thrown);
    if (error.code === 'BUG' || error.code === 'INTERRUPTED') throw error;
    return { verdict: judgeFailure(error), durationMs: performance.now() - started };
  }
}

function judgeReply({ signon, profile, replies }: OfxFile): ProbeVerdict {
  const code = signon?.status.code ?? 0;
  const reply = replies.find(({ name }) => name === 'PROFTRNRS')?.status.code ?? code;
  const text = signon?.status.message ?? replies.find(({ status }) => status.message !== null)?.status.message ?? null;
  const found = { profile, org: signon?.org ?? null, fid: signon?.fid ?? null };
  const verdict = code === 0 ? reply : code;
  const outcome = `OFX status ${verdict} (${statusMeaning(verdict)})${text === null ? '' : `: “${text}”`}`;
  if (profile !== null) return { outcome: 'its profile', meaning: 'it accepts this form', found, next: 'stop' };
  if (code === 13504 || reply === 13504)
    return {
      outcome,
      meaning: 'it accepts this form; org or fid is missing or wrong (--org, --fid)',
      found,
      next: 'stop',
    };
  if ([15500, 15501, 15502, 15510, 15511, 15512, 3000].includes(verdict))
    return { outcome, meaning: 'it accepts this form, but gives its profile only to customers', found, next: 'stop' };
  return { outcome, meaning: 'it speaks OFX, but does not accept this form', found: null, next: 'next' };
}

function judgeFailure(error: OfxSyncError): ProbeVerdict {
  const verdict = (meaning: string, next: ProbeVerdict['next']): ProbeVerdict => ({
    outcome: error.message,
    meaning,
    found: null,
    next,
  });
  switch (error.code) {
    case 'CONNECTION_FAILED':
      return verdict('the server cannot be reached, whatever the form', 'stop');
    case 'TLS_FAILED':
      return /SSL|EPROTO/.test(error.message)
        ? verdict('no common TLS version; trying an old one once', 'tls')
        : verdict('its certificate is not valid', 'stop');
    case 'TIMED_OUT':
      return verdict('some servers never answer a request with a User-Agent', 'headers');
    case 'WEB_PAGE':
      return verdict(
        'a gate in front of the server blocks this program, or the address is not that of an OFX server',
        'headers',
      );
    case 'REDIRECTED':
      return verdict('the server has moved, or the service has ended', 'stop');
    case 'OFX_UNREADABLE':
      return verdict('no OFX in the reply; some servers set cookies first', 'cookies');
    case 'SERVER_UNAVAILABLE':
      return error.httpStatus === 500
        ? verdict('it fails on this form, or is out of order', 'next')
        : verdict('it is busy: try again later', 'stop');
    case 'HTTP_STATUS':
      return judgeHttp(error.httpStatus ?? 0, verdict);
    default:
      return verdict('no other form can help', 'stop');
  }
}

function judgeHttp(
  status: number,
  verdict: (meaning: string, next: ProbeVerdict['next']) => ProbeVerdict,
): ProbeVerdict {
  if (status === 404 || status === 410) return verdict('no OFX server at this address', 'stop');
  if (status === 401 || status === 403) return verdict('it objects to the headers, or blocks this program', 'headers');
  return verdict('it does not accept this form', 'next');
}
