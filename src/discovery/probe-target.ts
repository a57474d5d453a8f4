/** The institution behind an address that is not configured, as far as the address shows. */

import { urlComplaint } from '../config/address.js';
import { UsageError } from '../errors.js';
import { openHosts } from '../institutions/hosts.js';
import type { Institution } from '../model/institution.js';
import { sandboxEntry } from '../sandbox/known.js';

/** Returns the institution at an address, with the quirks that its host is known for. @throws UsageError */
export async function institutionAt(url: string): Promise<Institution> {
  const complaint = urlComplaint(url);
  if (complaint !== null) throw new UsageError(`${complaint.message}: ${url}`, complaint.suggestion);
  const { hostname, protocol } = new URL(url);
  const name = hostname.replace(/^(?:www|ofx\w*)\./, '').split('.')[0] ?? hostname;
  const known = protocol === 'sandbox:' ? sandboxEntry(hostname) : null;
  const ids = known === null || 'suggestions' in known ? {} : { org: known.org, fid: known.fid };
  const quirks = (await openHosts())(hostname)?.quirks ?? {};
  return { ...bareInstitution(name, url), ...ids, quirks };
}

/** Returns an institution of which only name and address are known. */
export function bareInstitution(name: string, url: string): Institution {
  return {
    name,
    title: null,
    url,
    files: null,
    org: null,
    fid: null,
    userId: null,
    password: null,
    clientUid: null,
    accounts: [],
    quirks: {},
    timeoutMs: null,
    perInstitution: null,
    ca: null,
    proxy: null,
  };
}
