/** What is kept of an institution's profile from run to run (OFX 2.2 section 7.2 PROFRS). */

import type { Service } from './login.js';

export interface KeptProfile {
  /** The address that was asked; a profile of another address is none. */
  readonly url: string;
  /** FINAME */
  readonly name: string | null;
  /** DTPROFUP as sent, to be sent back. */
  readonly updated: string | null;
  /** Where message sets are served that are not served at `url`. */
  readonly addresses: Readonly<Partial<Record<Service, string>>>;
  /** All that it said, as whoever reads it left it; `null` when it was not kept. */
  readonly said: unknown;
}

const SERVICES: readonly Service[] = ['bank', 'creditcard', 'investment', 'loan', 'accounts', 'signon'];

/** A kept profile out of JSON, `null` when it is none. */
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
