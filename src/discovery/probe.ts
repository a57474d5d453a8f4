/**
 * Which form of request does a server take? A handful of requests for its profile, one after another with pauses, without
 * anybody's user id or password; the first good answer ends it. Each answer decides what is tried next, so that a server that
 * says "not here" is left alone. Pure but for the ports.
 */

import { type OfxSyncError, toOfxSyncError } from '../errors.js';
import { type Institution, type Quirks, versionOf } from '../model/institution.js';
import type { OfxFile, Profile } from '../ofx/file.js';
import { statusMeaning } from '../ofx/status.js';
import type { Reply } from '../ports.js';

export interface ProbePorts {
  /** Sends one anonymous request for the profile in this form. Rejects with an OfxSyncError. */
  readonly ask: (institution: Institution, signal: AbortSignal) => Promise<Reply>;
  readonly read: (bytes: Uint8Array, signal: AbortSignal) => Promise<OfxFile>;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

interface ProbeOptions {
  readonly signal: AbortSignal;
  /** Between two requests. */
  readonly pauseMs: number;
  readonly onAttempt?: (attempt: ProbeAttempt) => void;
}

export interface ProbeAttempt {
  /** What of the request was other than in the first one; the version always. */
  readonly tried: Quirks;
  readonly durationMs: number;
  /** What came. */
  readonly outcome: string;
  /** What that means. */
  readonly meaning: string;
  readonly isGood: boolean;
}

export interface ProbeResult {
  readonly attempts: readonly ProbeAttempt[];
  /** What the server took, `null` when nothing. */
  readonly found: Found | null;
}

export interface Found {
  /** Of the quirks that an institution may have, those that are needed. */
  readonly quirks: Quirks;
  readonly profile: Profile | null;
  readonly org: string | null;
  readonly fid: string | null;
}

/** More would be an imposition, and would say nothing new. */
const MOST_REQUESTS = 6;

/** Forms by how many servers took them, in open settings. */
const FORMS: readonly Quirks[] = [
  { ofxVersion: '203' },
  { ofxVersion: '103' },
  { ofxVersion: '220' },
  { ofxVersion: '102', closeTags: true },
  { ofxVersion: '160' },
  { ofxVersion: '102', newFileUid: 'none' },
];
/** For servers that keep programs out by their headers. */
const HEADERS: readonly Quirks[] = [
  { userAgent: 'none' },
  { accept: '*/*, application/x-ofx, application/xml;q=0.9' },
  { headerOrder: ['Content-Type', 'Host', 'Content-Length', 'Connection'], userAgent: 'none' },
];

/** Asks until there is a good answer, an answer after which more asking is of no use, or enough. */
export async function probe(institution: Institution, options: ProbeOptions, ports: ProbePorts): Promise<ProbeResult> {
  const known = institution.quirks;
  const first = versionOf(known);
  const queue = new Queue([
    { ofxVersion: first },
    ...FORMS.filter((form) => form.ofxVersion !== first || form.closeTags),
  ]);
  const attempts: ProbeAttempt[] = [];
  for (let tried = queue.next(); tried !== null && attempts.length < MOST_REQUESTS; tried = queue.next()) {
    if (attempts.length > 0) await ports.sleep(options.pauseMs, options.signal);
    const quirks = { ...known, ...tried };
    const { verdict, durationMs } = await attempt({ ...institution, quirks }, options, ports);
    const { outcome, meaning, found, next } = verdict;
    const done: ProbeAttempt = { tried, durationMs, outcome, meaning, isGood: found !== null };
    attempts.push(done);
    options.onAttempt?.(done);
    if (found !== null) return { attempts, found: { ...found, quirks } };
    if (next === 'stop') break;
    if (next === 'headers') queue.headers(tried);
    if (next === 'cookies') queue.first({ ...tried, cookies: 'resend-when-empty' });
    if (next === 'tls') queue.first({ ...tried, tlsMinVersion: 'TLSv1' });
  }
  return { attempts, found: null };
}

/** What is still to be tried; each form once. */
class Queue {
  #open: Quirks[];
  readonly #done = new Set<string>();

  constructor(forms: readonly Quirks[]) {
    this.#open = [...forms];
  }

  next(): Quirks | null {
    for (let form = this.#open.shift(); form !== undefined; form = this.#open.shift()) {
      const key = JSON.stringify(form);
      if (this.#done.has(key)) continue;
      this.#done.add(key);
      return form;
    }
    return null;
  }

  first(form: Quirks): void {
    this.#open = [form, ...this.#open];
  }

  /** The same form with other headers, and nothing else any more. */
  headers(form: Quirks): void {
    this.#open = HEADERS.map((headers) => ({ ofxVersion: versionOf(form), ...headers }));
  }
}

interface Verdict {
  readonly outcome: string;
  readonly meaning: string;
  readonly found: Omit<Found, 'quirks'> | null;
  /** What to do when it was not good: the next form, another thing about this one, or nothing more. */
  readonly next: 'next' | 'headers' | 'cookies' | 'tls' | 'stop';
}

async function attempt(
  institution: Institution,
  { signal }: ProbeOptions,
  ports: ProbePorts,
): Promise<{ readonly verdict: Verdict; readonly durationMs: number }> {
  const started = performance.now();
  try {
    const reply = await ports.ask(institution, signal);
    const file = await ports.read(reply.body, signal);
    return { verdict: judge(file), durationMs: performance.now() - started };
  } catch (thrown) {
    const error = toOfxSyncError(thrown);
    if (error.code === 'BUG' || error.code === 'INTERRUPTED') throw error;
    return { verdict: judgeFailure(error), durationMs: performance.now() - started };
  }
}

function judge({ signon, profile, replies }: OfxFile): Verdict {
  const code = signon?.status.code ?? 0;
  const reply = replies.find(({ name }) => name === 'PROFTRNRS')?.status.code ?? code;
  const said = signon?.status.message ?? replies.find(({ status }) => status.message !== null)?.status.message ?? null;
  const found = { profile, org: signon?.org ?? null, fid: signon?.fid ?? null };
  const outcome = `OFX status ${code === 0 ? reply : code} (${statusMeaning(code === 0 ? reply : code)})${said === null ? '' : `: “${said}”`}`;
  if (profile !== null) return { outcome: 'its profile', meaning: 'it takes this form', found, next: 'stop' };
  if (code === 13504 || reply === 13504)
    return {
      outcome,
      meaning: 'it takes this form; org or fid is missing or wrong (--org, --fid)',
      found,
      next: 'stop',
    };
  if ([15500, 15501, 15502, 15510, 15511, 15512, 3000].includes(code === 0 ? reply : code))
    return { outcome, meaning: 'it takes this form, and gives its profile to customers alone', found, next: 'stop' };
  return { outcome, meaning: 'it speaks OFX, and does not take this form', found: null, next: 'next' };
}

function judgeFailure(error: OfxSyncError): Verdict {
  const verdict = (meaning: string, next: Verdict['next']): Verdict => ({
    outcome: error.message,
    meaning,
    found: null,
    next,
  });
  switch (error.code) {
    case 'CONNECTION_FAILED':
      return verdict('nothing can be reached there, whatever the form', 'stop');
    case 'TLS_FAILED':
      return /SSL|EPROTO/.test(error.message)
        ? verdict('no common TLS version; an old one is tried once', 'tls')
        : verdict('its certificate is not to be relied on', 'stop');
    case 'TIMED_OUT':
      return verdict('some servers never answer a request with a User-Agent', 'headers');
    case 'WEB_PAGE':
      return verdict(
        'a gate before the server keeps this program out, or no OFX server is behind the address',
        'headers',
      );
    case 'REDIRECTED':
      return verdict('the server has moved, or the service has ended', 'stop');
    case 'OFX_UNREADABLE':
      return verdict('no OFX in the answer; some servers set cookies first', 'cookies');
    case 'SERVER_UNAVAILABLE':
      return error.httpStatus === 500
        ? verdict('it cannot cope with this form, or is out of order', 'next')
        : verdict('it asks for patience: try again later', 'stop');
    case 'HTTP_STATUS':
      return judgeHttp(error.httpStatus ?? 0, verdict);
    default:
      return verdict('this cannot go on', 'stop');
  }
}

function judgeHttp(status: number, verdict: (meaning: string, next: Verdict['next']) => Verdict): Verdict {
  if (status === 404 || status === 410) return verdict('there is no OFX server at this address', 'stop');
  if (status === 401 || status === 403) return verdict('it minds the headers, or keeps this program out', 'headers');
  return verdict('it does not take this form', 'next');
}
