/** Waits for the network: a machine that has just woken up runs its timers before it is connected. */

import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';

interface NetworkWait {
  /** Hosts, one of which must be found; empty when there is nothing to wait for. */
  readonly hosts: readonly string[];
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

interface NetworkPorts {
  /** Rejects when the name is not found. */
  readonly find: (host: string) => Promise<unknown>;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

const PAUSE_MS = 5000;

/** Waits until one of the hosts is found; returns `false` at the limit. Counts pauses, since the clock may jump. */
export async function waitForNetwork({ hosts, limitMs, signal }: NetworkWait, ports: NetworkPorts): Promise<boolean> {
  if (hosts.length === 0) return true;
  for (let waited = 0; ; waited += PAUSE_MS) {
    if (await anyFound(hosts, ports)) return true;
    if (waited >= limitMs || signal.aborted) return false;
    await ports.sleep(Math.min(PAUSE_MS, limitMs - waited), signal).catch(() => undefined);
  }
}

async function anyFound(hosts: readonly string[], { find }: NetworkPorts): Promise<boolean> {
  const found = await Promise.allSettled(hosts.map((host) => find(host)));
  return found.some(({ status }) => status === 'fulfilled');
}

/** Checks that the name resolves and that a route exists: just after waking up, a cached name may not be reachable. */
export const findHost: NetworkPorts['find'] = async (host) => {
  const addresses = await lookup(host, { all: true });
  return Promise.any(addresses.map(routeTo));
};

/** Checks for a route by connecting a datagram socket, which sends nothing. */
async function routeTo({ address, family }: { readonly address: string; readonly family: number }): Promise<void> {
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject).once('connect', resolve).connect(443, address);
    });
  } finally {
    socket.close();
  }
}

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|::1)$/;

/** Returns the hosts to contact for some institutions, proxies included and this machine excluded. */
export function hostsOf(
  institutions: readonly { readonly url: string | null; readonly proxy: string | null }[],
  proxyOf: (url: URL, configured: string | null) => string | null,
): string[] {
  const hosts = institutions.flatMap(({ url, proxy }) => {
    if (url === null || url.startsWith('sandbox:') || !URL.canParse(url)) return [];
    const through = proxyOf(new URL(url), proxy);
    const address = through !== null && URL.canParse(through) ? through : url;
    return [new URL(address).hostname.replace(/^\[(.*)\]$/, '$1')];
  });
  return [...new Set(hosts)].filter((host) => !LOOPBACK.test(host));
}
