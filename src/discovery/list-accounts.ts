/** Signs on to list the accounts of a login, with what the profile of the institution demands for it. */

import { toOfxSyncError } from '../errors.js';
import type { Institution } from '../model/institution.js';
import type { OfxFile, Profile } from '../ofx/file.js';
import type { Login, Store } from '../ports.js';
import { demandsOf, hasPublicProfile, type ProfilePorts, requestProfile } from './profile.js';
import { type Guide, type SignonPorts, signOn } from './signon.js';

export interface AccountListPorts extends ProfilePorts, SignonPorts {
  readonly store: Store;
  /** Resolves a login whose profile may still demand more for the sign-on. Rejects with an OfxSyncError. */
  readonly resolveLogin: (institution: Institution) => Promise<Login>;
}

/**
 * Signs on and returns the reply with the list of accounts.
 * @param guide `null` without a person: whatever the institution wants besides the password is then an error with a hint.
 * @throws OfxSyncError, a SignonError when the sign-on was refused or must not be tried.
 */
export async function listAccounts(
  institution: Institution,
  guide: Guide | null,
  ports: AccountListPorts,
): Promise<OfxFile> {
  const resolved = await ports.resolveLogin(institution);
  const blocked = ports.guard.blocked(resolved);
  if (blocked !== null) throw blocked;
  const profile = await profileOf(institution, ports);
  const login = { ...resolved, ...demandsOf(institution, ports.store, resolved) };
  return signOn(login, { guide, profile }, ports);
}

/** Returns the profile, which describes the sign-on; `null` from a server that keeps it from strangers. */
async function profileOf(institution: Institution, ports: ProfilePorts): Promise<Profile | null> {
  if (!hasPublicProfile(institution)) return null;
  try {
    return (await requestProfile(institution, null, { ...ports, refresh: false })).profile;
  } catch (thrown) {
    const error = toOfxSyncError(thrown);
    if (error.httpStatus !== null || error.code === 'OFX_UNREADABLE' || error.code === 'TIMED_OUT') return null;
    throw error;
  }
}
