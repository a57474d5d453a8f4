/**
 * Bridges that speak SimpleFIN, below `/simplefin/NAME`, written from the protocol (1.0 and 2.0 drafts) and from what the public
 * bridge was seen to do. Shares no code with our own server and our own client of the protocol.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import { type Exchange, failBefore, sendReply } from '../misbehave.js';
import { accountSet } from './account-set.js';
import { type BridgeMisbehaviour, bridgeMisbehaviour, wireFaults } from './faults.js';
import type { Problem } from './problems.js';
import { type AccountsQuery, readQuery } from './query.js';
import { type BridgeTenant, claim, countRequest, isSignedOn, newSetup } from './tenant.js';

/** A request to a bridge, after `/simplefin/NAME`. */
export interface BridgeRequest {
  readonly exchange: Exchange;
  readonly tenant: BridgeTenant;
  /** Parts of the path after the name. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  /** Scheme and authority of the server. */
  readonly host: string;
  readonly now: Date;
}

/** Returns the address of a bridge. With credentials, it is an access URL. */
export function bridgeRoot(host: string, tenant: BridgeTenant, faults: string, withCredentials: boolean): string {
  const { bridge, user, password } = tenant;
  const [scheme = '', authority = ''] = host.split('://');
  const credentials = withCredentials ? `${encodeURIComponent(user)}:${encodeURIComponent(password)}@` : '';
  const path = faults === '' ? '' : `/${faults}`;
  return `${scheme}://${credentials}${authority}/simplefin/${bridge.name}${path}`;
}

/** Returns a new setup token: the address for the claim in Base64. */
export function setupToken(host: string, tenant: BridgeTenant, faults: string): string {
  const address = `${host}/simplefin/claim/${newSetup(tenant, faults)}`;
  return Buffer.from(address).toString('base64');
}

export async function serveBridge(asked: BridgeRequest): Promise<void> {
  const { exchange, tenant, parts } = asked;
  const [first = ''] = parts;
  const faults = first.includes('=') ? first : '';
  const [action = '', token, ...rest] = faults === '' ? parts : parts.slice(1);
  const { unknown, ...misbehaviour } = bridgeMisbehaviour(faults || tenant.faults);
  if (unknown.length > 0) return sendText(exchange, 404, `no such fault or parameter: ${unknown.join(', ')}`);
  const method = { info: 'GET', create: 'GET', accounts: 'GET', points: 'GET', claim: 'POST' }[action];
  const hasToken = token !== undefined && rest.length === 0;
  if (method === undefined || hasToken !== (action === 'claim')) return sendText(exchange, 404, 'no such address');
  if (exchange.request.method !== method) return sendText(exchange, 405, `only ${method}`);
  tenant.requests += 1;
  const behaviour = active(misbehaviour, tenant, faults || tenant.faults);
  if (behaviour.delayMs > 0) await sleep(behaviour.delayMs);
  if (exchange.response.destroyed) return;
  const responding = { ...asked, faults, behaviour };
  switch (action) {
    case 'info':
      return sendJson(exchange, 200, { versions: behaviour.faults.includes('version-1') ? ['1.0'] : ['1.0', '2.0'] });
    case 'create':
      return sendCreatePage(responding);
    case 'points':
      return sendJson(exchange, 200, { name: 'Cedar Reward Points', abbr: 'points' });
    case 'claim':
      return sendClaim(token ?? '', responding);
    default:
      return sendAccounts(responding);
  }
}

interface Responding extends BridgeRequest {
  readonly faults: string;
  readonly behaviour: BridgeMisbehaviour;
}

function sendCreatePage({ exchange, tenant, host, faults }: Responding): void {
  const token = setupToken(host, tenant, faults);
  exchange.response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' });
  exchange.response.end(
    `<!DOCTYPE html>\n<html lang="en"><head><title>${tenant.bridge.title}</title></head><body><h1>${tenant.bridge.title}</h1>` +
      `<p>Copy this setup token into your program. It works once.</p><p><code>${token}</code></p></body></html>\n`,
  );
}

function sendClaim(token: string, { exchange, tenant, host, behaviour }: Responding): void {
  if (failed(behaviour, exchange, 1)) return;
  const faults = claim(tenant, token);
  if (faults === null) {
    sendText(exchange, 403, 'Forbidden (was it already claimed?)');
    return;
  }
  const type = 'text/plain; charset=utf-8';
  sendReply(Buffer.from(bridgeRoot(host, tenant, faults, true)), wireFaults(behaviour.faults), { ...exchange, type });
}

const FORBIDDEN: Problem = { code: 'gen.auth', msg: 'Forbidden' };

function sendAccounts(responding: Responding): void {
  const { exchange, tenant, behaviour, now } = responding;
  const version = responding.query.get('version')?.startsWith('2') === true ? 2 : 1;
  const isKnown = isSignedOn(tenant, exchange.request.headers.authorization);
  if (isKnown && failed(behaviour, exchange, version)) return;
  const query = isKnown ? readQuery(responding.query, now, behaviour.longestDays) : null;
  if (typeof query === 'string') {
    sendProblem(exchange, 400, { problem: { code: 'gen.api', msg: query }, version });
    return;
  }
  const count =
    query === null
      ? 'disabled'
      : countRequest(tenant, { accounts: query.accounts, faults: responding.faults, now, perDay: behaviour.perDay });
  if (query === null || count === 'disabled') {
    sendProblem(exchange, 403, { problem: FORBIDDEN, version });
    return;
  }
  const remarks = count === 'warn' ? [tooOften(behaviour.perDay)] : [];
  const body = setBody({ ...query, problems: [...remarks, ...query.problems] }, responding);
  sendReply(body, wireFaults(behaviour.faults), exchange);
}

function setBody(query: AccountsQuery, { tenant, host, faults, behaviour, now }: Responding): Buffer {
  const { bridge } = tenant;
  tenant.answers += 1;
  const root = bridgeRoot(host, tenant, faults, false);
  const text = JSON.stringify(
    accountSet({ bridge, query, misbehaviour: behaviour, root, now, answer: tenant.answers }),
  );
  return Buffer.from(behaviour.faults.includes('numbers') ? withNumbers(text) : text);
}

function tooOften(perDay: number): Problem {
  const msg = `You are making more than ${perDay} requests a day. Make fewer, or access will be disabled.`;
  return { code: 'gen.api', msg };
}

/** Writes amounts as numbers with all of their digits. */
function withNumbers(text: string): string {
  const names = 'amount|balance|available-balance|market_value|cost_basis|purchase_price|shares';
  return text.replace(new RegExp(`"(${names})":"(-?\\d+(?:\\.\\d+)?)"`, 'g'), '"$1":$2');
}

const MESSAGES: Readonly<Record<string, Problem>> = {
  '402': { code: 'gen.', msg: 'Payment required.' },
  '403': { code: 'gen.auth', msg: 'Forbidden' },
  '429': { code: 'gen.', msg: 'Too many requests.' },
};

/** Carries out the faults that need no answer. Returns whether there was one. */
function failed({ faults, retryAfterS }: BridgeMisbehaviour, exchange: Exchange, version: number): boolean {
  const status = faults.flatMap((fault) => /^http-(\d{3})$/.exec(fault)?.[1] ?? [])[0];
  if (status === undefined) return failBefore(wireFaults(faults), 1, exchange);
  if (status === '429' || status === '503') exchange.response.setHeader('Retry-After', String(retryAfterS));
  const problem = MESSAGES[status];
  if (problem === undefined) sendText(exchange, Number(status), `HTTP ${status}`);
  else sendProblem(exchange, Number(status), { problem, version });
  return true;
}

function sendProblem(
  exchange: Exchange,
  status: number,
  { problem, version }: { readonly problem: Problem; readonly version: number },
): void {
  const first = { errors: [problem.msg], accounts: [] };
  sendJson(exchange, status, version === 1 ? first : { errlist: [problem], accounts: [], connections: [] });
}

/** Drops the faults of an address after `times` requests. */
function active(misbehaviour: BridgeMisbehaviour, tenant: BridgeTenant, key: string): BridgeMisbehaviour {
  const spent = (tenant.spent.get(key) ?? 0) + 1;
  tenant.spent.set(key, spent);
  return spent > misbehaviour.times ? { ...misbehaviour, faults: [] } : misbehaviour;
}

function sendJson({ response, type }: Exchange, status: number, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': String(body.length) });
  response.end(body);
}

function sendText({ response }: Exchange, status: number, message: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(message);
}
