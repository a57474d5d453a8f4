/** The replies of the server, by method and path. */

import type { IncomingMessage } from 'node:http';
import { toOfxSyncError } from '../errors.js';
import type { Config } from '../model/institution.js';
import type { Classification, StoredTransaction } from '../ports.js';
import type { Snapshots } from '../store/serving/snapshot.js';
import type { Scope } from '../store/serving/tokens.js';
import { COOKIE, type Gatekeeper } from './access.js';
import { accountSet } from './account-set.js';
import { createGate } from './gate.js';
import { createPage, PAGE_POLICY, type Pages, signInPage } from './pages.js';
import { readQuery } from './query.js';
import { type Exchange, HTML_TYPE, send, sendJson, sendPieces, TEXT_TYPE } from './reply.js';
import { secretText } from './secrets.js';
import { SIMPLEFIN_PATH } from './settings.js';

export interface RouteContext {
  readonly gatekeeper: Gatekeeper;
  readonly snapshots: Snapshots;
  /** Returns the configuration as it is now, and the rules of it. */
  readonly current: () => Promise<{
    readonly config: Config;
    readonly classify: (transaction: StoredTransaction) => Classification;
  }>;
  readonly pages: Pages;
  /** Returns the metrics of a scope in the text format of Prometheus. */
  readonly metrics: (scope: Scope) => Promise<string>;
  /** The address by which others reach the server, without a slash at its end. */
  readonly url: string;
  readonly now: () => Date;
}

export interface Route {
  readonly methods: readonly string[];
  /** Names it in the log, without anything secret. */
  readonly title: string;
  readonly handle: (exchange: Exchange, parameters: URLSearchParams) => Promise<void> | void;
}

/** Answers that are written at a time; further ones wait, which serves each sooner than all at once. */
const PLACES = 2;
const WAITING = 500;
/** Half a year. */
const COOKIE_S = 15_552_000;

/** Returns the function that finds the route of a path; `null` for an unknown one. */
export function routesOf(context: RouteContext): (path: string) => Route | null {
  const read = ['GET', 'HEAD'];
  const gate = createGate({ places: PLACES, waiting: WAITING });
  const exact: Readonly<Record<string, Route>> = {
    '/healthz': {
      methods: read,
      title: 'healthz',
      handle: (exchange) => send(exchange, { status: 200, type: TEXT_TYPE, text: 'ok\n' }),
    },
    '/metrics': { methods: read, title: 'metrics', handle: (exchange) => sendMetrics(exchange, context) },
    '/': {
      methods: [...read, 'POST'],
      title: 'page',
      handle: (exchange) =>
        exchange.request.method === 'POST' ? signIn(exchange, context) : sendStatusPage(exchange, context),
    },
    '/info': {
      methods: read,
      title: 'info',
      handle: (exchange) => sendJson(exchange, 200, { versions: ['1.0', '2.0'] }),
    },
    '/create': { methods: read, title: 'create', handle: (exchange) => sendPage(exchange, 200, createPage()) },
    '/accounts': {
      methods: read,
      title: 'accounts',
      handle: async (exchange, parameters) => {
        const done = await gate.run(() => sendAccounts(exchange, parameters, context).then(() => true));
        if (done === null)
          sendProblem(
            exchange,
            503,
            { code: 'gen.', msg: 'Too many requests at once. Try again later.' },
            { 'Retry-After': '30' },
          );
      },
    },
  };
  const base = new URL(context.url).pathname.replace(/\/+$/, '');
  return (path) => {
    const own = base !== '' && (path === base || path.startsWith(`${base}/`)) ? path.slice(base.length) || '/' : path;
    const inside = own.startsWith(`${SIMPLEFIN_PATH}/`) ? own.slice(SIMPLEFIN_PATH.length) : own;
    const setup = /^\/claim\/([^/]*)$/.exec(inside)?.[1];
    if (setup !== undefined)
      return { methods: ['POST'], title: 'claim', handle: (exchange) => claim(exchange, setup, context) };
    return Object.hasOwn(exact, inside) ? (exact[inside] ?? null) : null;
  };
}

/** Refuses a secret. Readers know a setup token that was refused by the first word. */
function refuse(exchange: Exchange, waitS: number): void {
  const headers = waitS > 0 ? { 'Retry-After': String(waitS) } : {};
  send(exchange, { status: waitS > 0 ? 429 : 403, type: TEXT_TYPE, text: 'Forbidden\n', headers });
}

async function claim(exchange: Exchange, setup: string, { gatekeeper, url }: RouteContext): Promise<void> {
  const claimed = await gatekeeper.claim(setup, 'reader', exchange.request);
  if ('waitS' in claimed) return refuse(exchange, claimed.waitS);
  send(exchange, { status: 200, type: TEXT_TYPE, text: accessUrl(url, claimed.access) });
}

/** Returns the address by which a program reads, with its user name and password. */
export function accessUrl(url: string, { id, secret }: { readonly id: string; readonly secret: string }): string {
  const [scheme = '', rest = ''] = `${url}${SIMPLEFIN_PATH}`.split('://');
  return `${scheme}://${id}:${secret}@${rest}`;
}

async function sendAccounts(exchange: Exchange, parameters: URLSearchParams, context: RouteContext): Promise<void> {
  const access = context.gatekeeper.reader(exchange.request);
  if ('waitS' in access) {
    const problem = { code: 'gen.auth', msg: 'Forbidden: the access URL is wrong, or its token was revoked' };
    return access.waitS > 0
      ? sendProblem(exchange, 429, problem, { 'Retry-After': String(access.waitS) })
      : sendProblem(exchange, 403, problem);
  }
  const now = context.now();
  const query = readQuery(parameters, now);
  if (typeof query === 'string') return sendProblem(exchange, 400, { code: 'gen.api', msg: query });
  const { config, classify } = await context.current();
  const snapshot = context.snapshots.open();
  try {
    const root = `${context.url}${SIMPLEFIN_PATH}`;
    await sendPieces(exchange, accountSet(snapshot, query, { config, classify, scope: access.token.scope, root, now }));
  } finally {
    snapshot.close();
  }
}

/** Sends an account set that has nothing but a problem, as both versions of the protocol write it. */
function sendProblem(
  exchange: Exchange,
  status: number,
  problem: { readonly code: string; readonly msg: string },
  headers: Readonly<Record<string, string>> = {},
): void {
  sendJson(exchange, status, { errors: [problem.msg], errlist: [problem], connections: [], accounts: [] }, headers);
}

async function sendMetrics(exchange: Exchange, { gatekeeper, metrics }: RouteContext): Promise<void> {
  const access = gatekeeper.reader(exchange.request);
  if ('waitS' in access) return refuse(exchange, access.waitS);
  const text = await metrics(access.token.scope);
  send(exchange, { status: 200, type: 'text/plain; version=0.0.4; charset=utf-8', text });
}

async function sendStatusPage(exchange: Exchange, { gatekeeper, pages }: RouteContext): Promise<void> {
  const access = gatekeeper.browser(exchange.request);
  if ('waitS' in access) return sendPage(exchange, 403, signInPage(null));
  sendPage(exchange, 200, await pages.status(access.token.scope));
}

/** Exchanges a page token for a cookie. A form on a page of a stranger cannot do that in the owner's browser. */
async function signIn(exchange: Exchange, { gatekeeper, url }: RouteContext): Promise<void> {
  const { request } = exchange;
  if (!isSameOrigin(request)) return sendPage(exchange, 403, signInPage('The form was sent by another site.'));
  const form = await readForm(request);
  const claimed = await gatekeeper.claim(form.get('token')?.trim() ?? '', 'page', request);
  if ('waitS' in claimed) {
    const isMany = claimed.waitS > 0;
    const message = isMany
      ? `Too many attempts. Wait ${claimed.waitS} seconds.`
      : 'This page token is wrong, was used before, or has expired.';
    return sendPage(
      exchange,
      isMany ? 429 : 403,
      signInPage(message),
      isMany ? { 'Retry-After': String(claimed.waitS) } : {},
    );
  }
  const { pathname, protocol } = new URL(url);
  const path = pathname.endsWith('/') ? pathname : `${pathname}/`;
  const secure = protocol === 'https:' ? '; Secure' : '';
  const cookie = `${COOKIE}=${secretText(claimed.access)}; Path=${path}; Max-Age=${COOKIE_S}; HttpOnly; SameSite=Strict${secure}`;
  exchange.response.writeHead(303, { Location: path, 'Set-Cookie': cookie, 'Content-Length': 0 }).end();
}

function sendPage(
  exchange: Exchange,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  send(exchange, { status, type: HTML_TYPE, text, headers: { ...headers, 'Content-Security-Policy': PAGE_POLICY } });
}

/** Browsers say where a form is from; a program says nothing. */
function isSameOrigin({ headers }: IncomingMessage): boolean {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host?.toLowerCase());
}

/** Reads a form. The server refuses a body that is longer than a page token needs. */
async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

/** Returns the status for an error of the server itself. Its words are for the log. */
export function failureStatus(error: unknown): number {
  const { code } = toOfxSyncError(error);
  return code === 'BUG' ? 500 : 503;
}
