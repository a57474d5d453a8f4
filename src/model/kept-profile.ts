/** The part of an institution's profile that is kept between runs (OFX 2.2 section 7.2 PROFRS). */

import type { Service } from './login.js';

export interface KeptProfile {
  /** The address that sent it; a profile from another address is not valid. */
  readonly url: string;
  /** FINAME */
  readonly name: string | null;
  /** DTPROFUP as sent, for the next request. */
  readonly updated: string | null;
  /** Addresses of message sets that are not served at `url`. */
  readonly addresses: Readonly<Partial<Record<Service, string>>>;
  /** The parsed profile, as its reader stored it; `null` when it was not kept. */
  readonly said: unknown;
}

const SERVICES: readonly Service[] = ['bank', 'creditcard', 'investment', 'loan', 'accounts', 'signon'];

/** Reads a kept profile from JSON; `null` for anything else. */
export function readKeptProfile(value: unknown): KeptProfile | null {
  const url = member(value, 'url');
  if (typeof url !== 'string') return null;
  const given = member(value, 'addresses');
  const addresses = SERVICES.flatMap((service) => {
    const address = member(given, service);
    return typeof address === 'string' ? [[service, address] as const] : [];
  });
  return {
    url,
    name: textOrNull(member(value, 'name')),
    updated: textOrNull(member(value, 'updated')),
    addresses: Object.fromEntries(addresses),
    said: member(value, 'said') ?? null,
  };
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
