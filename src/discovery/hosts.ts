/**
 * Decides which hosts may receive a bank's password: its own; those of its domain or of the directory; and those that a person
 * has confirmed. A profile may name any address, and so may a configuration that was changed.
 */

import { AddressError } from '../errors.js';
import { isSameDomain, listedHosts } from '../institutions/same-bank.js';
import { hostOf, isTrial } from '../model/account-identity.js';
import { type Institution, secretReferences } from '../model/institution.js';
import type { KeptProfile } from '../model/kept-profile.js';
import type { Service } from '../model/login.js';
import { shellWord } from '../model/shell-word.js';
import type { Login, Store } from '../ports.js';
import { addressesOf } from './profile.js';

export interface HostOptions {
  readonly store: Pick<Store, 'confirmedHosts' | 'confirmHost'>;
  /** Asks a person whether a bank's password may go to a host; absent without a person. */
  readonly confirmHost?: (institution: Institution, host: string) => Promise<boolean>;
  /** Services whose addresses must be confirmed; unconfirmed ones of others are omitted. All when absent. */
  readonly needed?: readonly Service[];
  /** Returns the hosts for which an entry of the keychain was stored; none for an older entry. Not checked when absent. */
  readonly hostsOfEntry?: (entry: string) => readonly string[];
}

type Addresses = NonNullable<Login['addresses']>;

/**
 * Returns the addresses that a profile gives for message sets.
 * @throws AddressError when one of them is at a host that nobody has confirmed.
 */
export async function confirmedAddresses(
  institution: Institution,
  profile: KeptProfile | null,
  { store, confirmHost, needed }: HostOptions,
): Promise<Addresses> {
  const addresses = addressesOf(institution, profile);
  const omitted = new Set<string>();
  for (const host of await unconfirmedHosts(institution, addresses, store)) {
    if (needed !== undefined && !needed.some((service) => hostOf(addresses[service] ?? null) === host)) {
      omitted.add(host);
      continue;
    }
    if ((await confirmHost?.(institution, host)) !== true) throw unconfirmed(institution, host);
    store.confirmHost(ownHost(institution), host);
  }
  return Object.fromEntries(
    Object.entries(addresses).filter(([, address]) => !omitted.has(hostOf(address) ?? address)),
  );
}

/** Returns the hosts of addresses that are neither the bank's own nor confirmed. */
export async function unconfirmedHosts(
  institution: Institution,
  addresses: Addresses,
  store: Pick<Store, 'confirmedHosts'> | null,
): Promise<readonly string[]> {
  const hosts = new Set(Object.values(addresses).map((address) => hostOf(address) ?? address));
  if (hosts.size === 0) return [];
  const own = ownHost(institution);
  const known = new Set(store?.confirmedHosts(own) ?? []);
  const open: string[] = [];
  for (const host of hosts)
    if (!known.has(host) && !(await isSameDomain(own, host)) && !(await listedHosts(institution)).has(host))
      open.push(host);
  return open;
}

/** Returns the errors with which a run would skip banks, since their kept profiles name hosts that nobody has confirmed. */
export async function unconfirmedAddresses(
  institutions: readonly Institution[],
  store: Pick<Store, 'confirmedHosts' | 'loginState'> | null,
): Promise<readonly AddressError[]> {
  const errors: AddressError[] = [];
  for (const institution of institutions) {
    const addresses = addressesOf(institution, store?.loginState(institution.name).profile ?? null);
    for (const host of await unconfirmedHosts(institution, addresses, store))
      errors.push(unconfirmed(institution, host));
  }
  return errors;
}

function ownHost({ url }: Institution): string {
  return hostOf(url) ?? '';
}

function unconfirmed({ name, url }: Institution, host: string): AddressError {
  return new AddressError(
    `the profile of ${name} (${hostOf(url)}) moves requests to ${host}, which nobody has confirmed`,
    {
      host,
      hint: `If ${host} belongs to the bank: ofx-sync trust --bank ${shellWord(name)} --host ${shellWord(host)}`,
    },
  );
}

/** Returns the hosts that receive an institution's password, other than those of its profile. Nothing made up has any. */
export function hostsToBind({ url, quirks }: Pick<Institution, 'url' | 'quirks'>): readonly string[] {
  const urls = [url, ...(quirks.profile === 'signed' && quirks.profileUrl !== undefined ? [quirks.profileUrl] : [])];
  const hosts = urls.flatMap((one) => hostOf(one) ?? []);
  return [...new Set(hosts.filter((host) => !isTrial({ host })))];
}

/** Returns the entries of the keychain that an institution uses. */
export function keychainEntries(institution: Institution): readonly string[] {
  const entries = secretReferences(institution).flatMap(([, reference]) =>
    reference.scheme === 'keychain' ? [reference.name ?? institution.name] : [],
  );
  return [...new Set(entries)];
}

/** @throws AddressError when an entry of the keychain was stored for another host than the institution's. */
export async function refuseOtherHosts(
  institution: Institution,
  { store, hostsOfEntry }: Pick<HostOptions, 'hostsOfEntry'> & { readonly store: Pick<Store, 'confirmedHosts'> },
): Promise<void> {
  const entries = keychainEntries(institution);
  if (hostsOfEntry === undefined || entries.length === 0) return;
  const own = hostOf(institution.url);
  const hosts = [...new Set([...(own === null ? [] : [own]), ...hostsToBind(institution)])];
  for (const entry of entries)
    for (const host of hosts) {
      const bound = hostsOfEntry(entry);
      if (await mayReceive(host, bound, { institution, store })) continue;
      throw new AddressError(
        `the password ${JSON.stringify(entry)} of the keychain was stored for ${bound.join(', ')}, and ${institution.name} is at ${host}`,
        {
          host,
          hint: `Store it again for this bank: ofx-sync secret set ${shellWord(entry)}. If it belongs there, too: ofx-sync trust --bank ${shellWord(institution.name)} --host ${shellWord(host)}`,
        },
      );
    }
}

async function mayReceive(
  host: string,
  bound: readonly string[],
  { institution, store }: { readonly institution: Institution; readonly store: Pick<Store, 'confirmedHosts'> },
): Promise<boolean> {
  // The sandbox is this program itself.
  if (bound.length === 0 || bound.includes(host) || host.startsWith('sandbox://')) return true;
  const listed = await listedHosts(institution);
  for (const one of bound)
    if (
      store.confirmedHosts(one).includes(host) ||
      (await isSameDomain(one, host)) ||
      (listed.has(one) && listed.has(host))
    )
      return true;
  return false;
}
