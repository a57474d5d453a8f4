/** What of one login travels in one request: an institution may have an address for each message set, and take few accounts at once. */

import type { Login, Wanted } from '../ports.js';

/** In the order given: accounts of one address together, no more than the quirk `accountsPerRequest` in each. */
export function chunksOf(wanted: readonly Wanted[], login: Login): Wanted[][] {
  return byAddress(wanted, login).flatMap((some) =>
    chunked(some, login.institution.quirks.accountsPerRequest ?? some.length),
  );
}

function byAddress(wanted: readonly Wanted[], { addresses = {} }: Login): Wanted[][] {
  const groups = new Map<string, Wanted[]>();
  for (const one of wanted) {
    const address = addresses[one.account.kind] ?? '';
    groups.set(address, [...(groups.get(address) ?? []), one]);
  }
  return [...groups.values()];
}

function chunked<T>(items: readonly T[], size: number): T[][] {
  const step = Math.max(1, size);
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += step) chunks.push(items.slice(start, start + step));
  return chunks;
}
