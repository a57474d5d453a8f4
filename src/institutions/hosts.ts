/** Looks up the quirks of hosts, for institutions configured by their own `url:`, without loading the long list of institutions. */

import type { ListedProcessor } from './listing.js';

/** Returns the entry of a host, or `null` for an unknown one. */
type HostLookup = (host: string) => ListedProcessor | null;

export async function openHosts(): Promise<HostLookup> {
  const { PROCESSORS } = await import('./data/processors.js');
  const byHost = new Map(PROCESSORS.map((one) => [one.host, one]));
  return (host) => byHost.get(host.toLowerCase()) ?? null;
}
