/** Waiting for the network: a machine that has just woken runs its timers before it is connected. */

import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';

interface NetworkWait {
  /** Hosts of which one must be found; none: there is nothing to wait for. */
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

/** Whether one of the hosts can be found, by the end of the limit. Time is counted in pauses: a clock may jump. */
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

/** Its name is known and a way leads there: just after waking a name may be remembered that cannot be reached. */
export const findHost: NetworkPorts['find'] = async (host) => {
  const addresses = await lookup(host, { all: true });
  return Promise.any(addresses.map(wayTo));
};

/** Connecting a datagram socket asks the system for the way, and sends nothing. */
async function wayTo({ address, family }: { readonly address: string; readonly family: number }): Promise<void> {
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

/** The hosts that institutions are reached through; this machine itself needs no network. */
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
