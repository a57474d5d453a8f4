/** What is known of hosts alone, for institutions that are configured by their own `url:`; the long list is not loaded for it. */

import type { ListedProcessor } from './listing.js';

/** Looks a host up among those of which something is known; `null` for all others. */
type HostLookup = (host: string) => ListedProcessor | null;

export async function openHosts(): Promise<HostLookup> {
  const { PROCESSORS } = await import('./data/processors.js');
  const byHost = new Map(PROCESSORS.map((one) => [one.host, one]));
  return (host) => byHost.get(host.toLowerCase()) ?? null;
}
