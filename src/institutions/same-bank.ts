/** Recognizes one bank by its hosts (one registrable domain, or listed for it in the built-in directory) and by its ids. */

import { isTrial } from '../model/account-identity.js';
import type { Institution } from '../model/institution.js';

type BankIds = Pick<Institution, 'org' | 'fid'>;

/** Returns true for hosts of one registrable domain, and for servers that are all on this computer. Hosts as `hostOf` gives them. */
export async function isSameDomain(a: string, b: string): Promise<boolean> {
  if (a === b || (isTrial({ host: a }) && isTrial({ host: b }))) return true;
  const { getDomain } = await import('tldts');
  // Domains under which anybody can have a host, such as those of cloud providers, count as suffixes.
  const domainOf = (host: string) => getDomain(host, { allowPrivateDomains: true });
  const domain = domainOf(a);
  return domain !== null && domain === domainOf(b);
}

/** Returns the hosts that the directory lists for the bank of this ORG and FID; none without both. */
export async function listedHosts({ org, fid }: BankIds): Promise<ReadonlySet<string>> {
  if (org === null || fid === null) return new Set();
  const { openDirectory } = await import('./directory.js');
  const { institutions } = await openDirectory();
  return new Set(
    institutions
      .filter((one) => one.org === org && one.fid === fid)
      .flatMap(({ url }) => (url === null ? [] : [new URL(url).hostname])),
  );
}

/** Returns the institution with this ORG and FID; `null` without both: a FID alone names several. */
export function institutionWith<Listed extends BankIds>(ids: BankIds, institutions: readonly Listed[]): Listed | null {
  const [org, fid] = [ids.org?.trim().toLowerCase(), ids.fid?.trim()];
  if (!org || !fid) return null;
  return institutions.find((one) => one.fid === fid && one.org?.toLowerCase() === org) ?? null;
}
