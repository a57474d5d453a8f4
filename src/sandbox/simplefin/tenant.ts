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
  /** Moments of the requests of the last 24 hours, of all accounts (an empty key) and of each. */
  readonly asked: Map<string, number[]>;
  user: string;
  password: string;
  /** Faults of requests to an address that asks for none. */
  faults: string;
  /** The access was withdrawn, since there were too many requests. */
  isDisabled: boolean;
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
    user: SANDBOX_USER,
    password: SANDBOX_PASSWORD,
    faults: '',
    isDisabled: false,
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

export function isSignedOn({ user, password, isDisabled }: BridgeTenant, header: string | undefined): boolean {
  const encoded = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined || isDisabled) return false;
  return Buffer.from(encoded, 'base64').toString('utf8') === `${user}:${password}`;
}

const DAY_MS = 86_400_000;

/**
 * Counts a request. The public bridge counts those for all accounts and those for each account; it warns above the limit, and
 * withdraws the access when that does not help.
 */
export function countRequest(
  tenant: BridgeTenant,
  {
    accounts,
    now,
    perDay,
  }: { readonly accounts: readonly string[] | null; readonly now: Date; readonly perDay: number },
): 'fine' | 'warn' | 'disabled' {
  const at = now.getTime();
  const counts = (accounts ?? ['']).map((key) => {
    const recent = (tenant.asked.get(key) ?? []).filter((moment) => moment > at - DAY_MS);
    tenant.asked.set(key, [...recent, at]);
    return recent.length + 1;
  });
  const most = Math.max(...counts);
  if (most > perDay * 1.5) tenant.isDisabled = true;
  if (tenant.isDisabled) return 'disabled';
  return most > perDay ? 'warn' : 'fine';
}
