/**
 * Finds the form of request that a server accepts: sends a handful of requests for its profile, one after another with pauses,
 * without a user id or password, until a reply is good. Each reply decides the next request, so that a server that says "not
 * here" is not asked again. Pure but for the ports.
 */

import { type OfxSyncError, toOfxSyncError } from '../errors.js';
import { type Institution, type Quirks, sendsClientUid, versionOf } from '../model/institution.js';
import { present } from '../model/present.js';
import type { OfxFile, Profile } from '../ofx/file.js';
import { isProgramTooOld, LATER_PROGRAM, statusMeaning } from '../ofx/status.js';
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
const MOST_REQUESTS = 10;

/** Forms by the number of servers that accept them, according to published settings. */
const VERSIONS: readonly Quirks[] = [
  { ofxVersion: '203' },
  { ofxVersion: '103' },
  { ofxVersion: '220' },
  { ofxVersion: '102', closeTags: true },
  { ofxVersion: '160' },
  { ofxVersion: '102', newFileUid: 'none' },
];
/** Ways of writing that some servers insist on, whatever the version. */
const WAYS: readonly Quirks[] = [
  { prettyPrint: false },
  { lineEnding: 'lf' },
  { newFileUid: 'none' },
  { closeTags: true },
];
/** Forms for servers that block programs by their headers. */
const HEADERS: readonly Quirks[] = [
  { userAgent: 'none' },
  { accept: '*/*, application/x-ofx, application/xml;q=0.9' },
  { headerOrder: ['Content-Type', 'Host', 'Content-Length', 'Connection'], userAgent: 'none' },
  { userAgent: 'InetClntApp/3.0' },
];

/** Lists the forms to try: the version that is configured in all ways of writing first, else the versions first. */
function formsFor({ quirks }: Institution): Quirks[] {
  const first = { ofxVersion: versionOf(quirks) };
  const versions = VERSIONS.filter((form) => form.ofxVersion !== first.ofxVersion || form.closeTags);
  const waysOf = (form: Quirks) => WAYS.slice(0, 2).map((way) => ({ ...form, ...way }));
  if (quirks.ofxVersion !== undefined)
    return [first, ...WAYS.map((way): Quirks => ({ ...first, ...way })).filter(makesDifference), ...versions];
  return [first, ...versions, ...waysOf(first), ...waysOf({ ofxVersion: '103' })];
}

/** End tags are a matter of SGML only. */
function makesDifference({ ofxVersion = '203', closeTags }: Quirks): boolean {
  return closeTags !== true || ofxVersion < '200';
}

/** Sends requests until a reply is good, until more requests would be useless, or until the limit is reached. */
export async function probe(institution: Institution, options: ProbeOptions, ports: ProbePorts): Promise<ProbeResult> {
  const known = institution.quirks;
  const written = formsFor(institution);
  let forms: readonly Quirks[] = written;
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
    if (found !== null) return { attempts, found: { ...found, quirks: { ...quirks, ...found.quirks } } };
    forms = formsAfter(tried, next, { forms, written });
  }
  return { attempts, found: null };
}

/**
 * Returns the forms to choose the next one from, after a bad reply; those that were tried are not tried again.
 * @param written all ways of writing a request, which go on with the first headers that the server lets pass.
 */
function formsAfter(
  tried: Quirks,
  next: ProbeVerdict['next'],
  { forms, written }: { readonly forms: readonly Quirks[]; readonly written: readonly Quirks[] },
): readonly Quirks[] {
  if (next === 'stop') return [];
  const headers = headersOf(tried);
  const isPlain = Object.keys(headers).length === 0;
  if (next === 'headers') return isPlain ? HEADERS.map((more) => ({ ofxVersion: versionOf(tried), ...more })) : forms;
  if (next === 'next') return isPlain ? forms : written.map((form) => ({ ...form, ...headers }));
  return [{ ...tried, ...next }, ...forms];
}

/** Returns the quirks of a form that are about HTTP headers. */
function headersOf({ userAgent, accept, headerOrder }: Quirks): Quirks {
  return present({ userAgent, accept, headerOrder });
}

interface ProbeVerdict {
  readonly outcome: string;
  readonly meaning: string;
  /** The quirks are those in addition to the request’s. */
  readonly found: AcceptedForm | null;
  /** The next step after a bad reply: the next form, other headers, these quirks in addition, or none. */
  readonly next: 'next' | 'headers' | 'stop' | Quirks;
}

async function requestOnce(
  institution: Institution,
  { signal }: ProbeOptions,
  ports: ProbePorts,
): Promise<{ readonly verdict: ProbeVerdict; readonly durationMs: number }> {
  const started = performance.now();
  try {
    const reply = await ports.request(institution, signal);
    const file = await ports.read(reply.body, signal).catch((error: unknown) => {
      throw reply.refusal ?? error;
    });
    return { verdict: judgeReply(file, institution), durationMs: performance.now() - started };
  } catch (thrown) {
    const error = toOfxSyncError(thrown);
    if (error.code === 'BUG' || error.code === 'INTERRUPTED') throw error;
    return { verdict: judgeFailure(error), durationMs: performance.now() - started };
  }
}

/** Statuses with which a server refuses a stranger. */
const FOR_CUSTOMERS: ReadonlySet<number> = new Set([15500, 15501, 15502, 15510, 15511, 15512, 3000]);

function judgeReply({ signon, profile, replies }: OfxFile, { org, quirks }: Institution): ProbeVerdict {
  const reply = replies.find(({ name }) => name === 'PROFTRNRS')?.status ?? signon?.status;
  const verdict = signon !== null && signon.status.code !== 0 ? signon.status : reply;
  const code = verdict?.code ?? 0;
  const text = signon?.status.message ?? replies.find(({ status }) => status.message !== null)?.status.message ?? null;
  const outcome = `OFX status ${code} (${statusMeaning(code)})${text === null ? '' : `: “${text}”`}`;
  const found = { profile, org: signon?.org ?? null, fid: signon?.fid ?? null, quirks: {} };
  const good = (meaning: string, more: Quirks = {}): ProbeVerdict => ({
    outcome,
    meaning,
    found: { ...found, quirks: more },
    next: 'stop',
  });
  const bad = (meaning: string, next: ProbeVerdict['next']): ProbeVerdict => ({ outcome, meaning, found: null, next });
  if (profile !== null) return { ...good('it accepts this form'), outcome: 'its profile' };
  if (verdict !== undefined && isProgramTooOld({ code, message: text }) && quirks.appVer !== LATER_PROGRAM.appVer)
    return bad('it refuses the version of the program that requests name (APPVER) as too old', LATER_PROGRAM);
  if (code === 13504 || reply?.code === 13504)
    return org !== null && quirks.fi !== 'omit'
      ? bad('it does not know this org and fid; trying without them', { fi: 'omit' })
      : good('it accepts this form; org or fid is missing or wrong (--org, --fid)');
  if (code === 15510)
    return good('it accepts this form, and wants a client UID', {
      clientUid: sendsClientUid(quirks) ? 'auto' : 'always',
      profile: 'signed',
    });
  if (FOR_CUSTOMERS.has(code))
    return good('it accepts this form, but gives its profile only to customers', { profile: 'signed' });
  return bad('it speaks OFX, but does not accept this form', 'next');
}

function judgeFailure(error: OfxSyncError): ProbeVerdict {
  const verdict = (meaning: string, next: ProbeVerdict['next']): ProbeVerdict => ({
    outcome: error.message,
    meaning,
    found: null,
    next,
  });
  if (error.remedy !== null) return verdict(remedyText(error.remedy), error.remedy);
  switch (error.code) {
    case 'CONNECTION_FAILED':
      return verdict('the server cannot be reached, whatever the form', 'stop');
    case 'TLS_FAILED':
      return /SSL|EPROTO/.test(error.message)
        ? verdict('no common TLS version; trying an old one once', { tlsMinVersion: 'TLSv1' })
        : verdict('its certificate is not valid', 'stop');
    case 'TIMED_OUT':
      return verdict('some servers never answer a request with a User-Agent, or with that of ofx-sync', 'headers');
    case 'WEB_PAGE':
      return verdict(
        'a gate in front of the server blocks this program, or the address is not that of an OFX server',
        'headers',
      );
    case 'REDIRECTED':
      return verdict('the server has moved, or the service has ended', 'stop');
    case 'OFX_UNREADABLE':
      return verdict('no OFX in the reply; some servers set cookies first', { cookies: 'resend-when-empty' });
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

function remedyText(remedy: Quirks): string {
  if (remedy.cookies !== undefined) return 'it sets a cookie first; sending the request again with it';
  return remedy.httpVersion === undefined ? 'it may accept another form' : 'it accepts only HTTP/1.0';
}

function judgeHttp(
  status: number,
  verdict: (meaning: string, next: ProbeVerdict['next']) => ProbeVerdict,
): ProbeVerdict {
  if (status === 404 || status === 410) return verdict('no OFX server at this address', 'stop');
  if (status === 401 || status === 403) return verdict('it objects to the headers, or blocks this program', 'headers');
  return verdict('it does not accept this form', 'next');
}
