/** The memory of a bridge between requests: setup tokens, the credentials of the access URL, and the requests of the last day. */

import { randomBytes } from 'node:crypto';
import { SANDBOX_PASSWORD, SANDBOX_USER } from '../institutions.js';
import type { Bridge } from './bridges.js';

export interface BridgeTenant {
  readonly bridge: Bridge;
  /** Setup tokens that were not claimed, with the faults that their access URL asks for. */
  readonly setups: Map<string, string>;
  /** Requests of each part of an address that asks for faults. */
  readonly spent: Map<string, number>;
  /** Moments of the requests of the last 24 hours, of all accounts and of each, at each address that asks for faults. */
  readonly asked: Map<string, number[]>;
  /** Addresses whose access was withdrawn, since there were too many requests. */
  readonly disabled: Set<string>;
  user: string;
  password: string;
  /** Faults of requests to an address that asks for none. */
  faults: string;
  requests: number;
  claims: number;
  answers: number;
}

export function newBridgeTenant(bridge: Bridge): BridgeTenant {
  return {
    bridge,
    setups: new Map(),
    spent: new Map(),
    asked: new Map(),
    disabled: new Set(),
    user: SANDBOX_USER,
    password: SANDBOX_PASSWORD,
    faults: '',
    requests: 0,
    claims: 0,
    answers: 0,
  };
}

/** Makes a setup token, which works once. */
export function newSetup(tenant: BridgeTenant, faults: string): string {
  const token = randomBytes(24).toString('hex').toUpperCase();
  tenant.setups.set(token, faults);
  return token;
}

/** Returns the faults of the access URL; `null` for a token that does not exist or was claimed. */
export function claim(tenant: BridgeTenant, token: string): string | null {
  const faults = tenant.setups.get(token);
  if (faults === undefined) return null;
  tenant.setups.delete(token);
  tenant.claims += 1;
  return faults;
}

export function isSignedOn({ user, password }: BridgeTenant, header: string | undefined): boolean {
  const encoded = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return false;
  return Buffer.from(encoded, 'base64').toString('utf8') === `${user}:${password}`;
}

const DAY_MS = 86_400_000;

export interface CountedRequest {
  /** Part of the path that asks for faults: each address has an access of its own. */
  readonly faults: string;
  readonly accounts: readonly string[] | null;
  readonly now: Date;
  readonly perDay: number;
}

/**
 * Counts a request. The public bridge counts those for all accounts and those for each account; it warns above the limit, and
 * withdraws the access when that does not help.
 */
export function countRequest(tenant: BridgeTenant, request: CountedRequest): 'fine' | 'warn' | 'disabled' {
  const { faults, accounts, now, perDay } = request;
  const at = now.getTime();
  const counts = (accounts ?? ['']).map((account) => {
    const key = `${faults}\n${account}`;
    const recent = (tenant.asked.get(key) ?? []).filter((moment) => moment > at - DAY_MS);
    tenant.asked.set(key, [...recent, at]);
    return recent.length + 1;
  });
  const most = Math.max(...counts);
  if (most > perDay * 1.5) tenant.disabled.add(faults);
  if (tenant.disabled.has(faults)) return 'disabled';
  return most > perDay ? 'warn' : 'fine';
}
