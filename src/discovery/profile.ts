/**
 * Requests the profile of an institution, with the date of the one that is kept, so that the institution may answer that
 * nothing has changed (status 1), and keeps it for the addresses of its message sets.
 */

import type { Institution } from '../model/institution.js';
import type { KeptProfile } from '../model/kept-profile.js';
import type { Credentials, Login } from '../model/login.js';
import { demandsAtFirst, encryptedServices, SERVICES } from '../ofx/demands.js';
import type { OfxFile, Profile } from '../ofx/file.js';
import { statementError } from '../ofx/status.js';
import type { Store } from '../ports.js';
import { type InquiryPorts, inquire } from './inquiry.js';

export interface ProfileReply {
  readonly file: OfxFile;
  /** The kept one when it is unchanged; `null` when the institution gave none. */
  readonly profile: Profile | null;
  readonly isUnchanged: boolean;
}

export interface ProfilePorts extends InquiryPorts {
  readonly store: Pick<Store, 'loginState' | 'setLoginState'>;
  readonly resolveUrl: (url: string) => Promise<string>;
}

/**
 * Requests the profile, anonymously without a login, and keeps it. With `refresh`, as if none were kept.
 * @throws OfxSyncError when no readable reply arrived; a reply that refuses the profile does not throw.
 */
export async function requestProfile(
  institution: Institution,
  login: Login | null,
  options: ProfilePorts & { readonly refresh: boolean },
): Promise<ProfileReply> {
  const { store, resolveUrl, refresh } = options;
  const kept = keptFor(institution, store.loginState(institution.name).profile);
  const before = isProfile(kept?.said) ? kept.said : null;
  const updated = refresh || before === null ? null : (kept?.updated ?? null);
  const file = await inquire(institution, { kind: 'profile', login, updated }, options);
  const reply = file.replies.find(({ name }) => name === 'PROFTRNRS');
  if (updated !== null && reply?.status.code === 1) return { file, profile: before, isUnchanged: true };
  const isGranted = reply !== undefined && statementError(reply.status, institution) === null;
  if (file.profile === null || !isGranted) return { file, profile: null, isUnchanged: false };
  const profile = await toKeep(file.profile, institution, resolveUrl);
  store.setLoginState(institution.name, { profile });
  return { file, profile: file.profile, isUnchanged: false };
}

/** Returns true when the institution gives its profile without a sign-on, as most do. */
export function hasPublicProfile({ quirks, simplefin }: Institution): boolean {
  return simplefin !== true && (quirks.profile ?? 'anonymous') === 'anonymous';
}

/** Returns the addresses of message sets that differ from the institution's; none when its profile is to be ignored. */
export function addressesOf(institution: Institution, profile: KeptProfile | null): KeptProfile['addresses'] {
  return institution.quirks.serviceUrls === 'own' ? {} : (keptFor(institution, profile)?.addresses ?? {});
}

/** Returns false when the kept profile names no service for accounts. */
export function listsAccounts(institution: Institution, profile: KeptProfile | null): boolean {
  const said = keptFor(institution, profile)?.said;
  return !isProfile(said) || said.messageSets.some(({ name }) => SERVICES[name] === 'accounts');
}

/** Recognizes a profile in the present form; other versions of this program kept other forms. */
function isProfile(value: unknown): value is Profile {
  return (
    isObject(value) &&
    isListOf(value['messageSets'], ({ name, url }) => typeof name === 'string' && url !== undefined) &&
    isListOf(value['signons'], ({ credentialLabels, needsClientUid, challengeFirst, tokenFirst }) =>
      [
        Array.isArray(credentialLabels),
        ...[needsClientUid, challengeFirst, tokenFirst].map((one) => typeof one === 'boolean'),
      ].every(Boolean),
    )
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isListOf(value: unknown, isRight: (one: Readonly<Record<string, unknown>>) => boolean): boolean {
  return Array.isArray(value) && value.every((one: unknown) => isObject(one) && isRight(one));
}

/** A profile is valid for the address that gave it. */
function keptFor({ url }: Institution, profile: KeptProfile | null): KeptProfile | null {
  return profile === null || profile.url !== url ? null : profile;
}

async function toKeep(
  profile: Profile,
  institution: Institution,
  resolveUrl: (url: string) => Promise<string>,
): Promise<KeptProfile> {
  const { name, updated, messageSets } = profile;
  const url = institution.url ?? '';
  const own = await resolveUrl(url);
  const addresses = messageSets.flatMap((set) => {
    const service = SERVICES[set.name];
    return service === undefined || set.url === null || !isElsewhere(set.url, own) ? [] : [[service, set.url] as const];
  });
  // The sandbox has other addresses each time it starts.
  const isLasting = !url.startsWith('sandbox:');
  return { url, name, updated, addresses: isLasting ? Object.fromEntries(addresses) : {}, said: profile };
}

/** Accepts another address only if a password may go there: https, or the same server as the institution's own. */
function isElsewhere(address: string, own: string): boolean {
  if (!URL.canParse(address)) return false;
  const [there, here] = [new URL(address), new URL(own)];
  if (there.username !== '' || there.password !== '' || there.hash !== '') return false;
  return there.href !== here.href && (there.protocol === 'https:' || there.origin === here.origin);
}

/**
 * Returns what the kept profile of an institution demands of a sign-on. A login that was accepted, or with which something was
 * downloaded, has met the demands on the first one, whatever has happened to it since.
 * @param login `null` when its secrets are not known: the login that the institution used last counts.
 */
export function demandsOf(
  institution: Institution,
  store: Pick<Store, 'loginState' | 'signonState' | 'status'>,
  login: Credentials | null,
): Required<Pick<Login, 'demands' | 'encrypted'>> {
  const said = keptFor(institution, store.loginState(institution.name).profile)?.said;
  if (!isProfile(said)) return { demands: [], encrypted: [] };
  const demands = demandsAtFirst(said);
  const isFirst =
    demands.length > 0 &&
    !wasAccepted(institution, store, login) &&
    store.status(institution.accounts).every((one) => one.lastSuccessAt === null);
  return { demands: isFirst ? demands : [], encrypted: encryptedServices(said) };
}

/** Returns true for a login that the bank has accepted, whatever the institution was named then. */
function wasAccepted(
  { name }: Institution,
  store: Pick<Store, 'loginState' | 'signonState'>,
  login: Credentials | null,
): boolean {
  const { lastSignon, accessKey } = store.loginState(name);
  if (lastSignon === 'ok' || accessKey !== null) return true;
  const state = login === null ? null : store.signonState(login);
  return state !== null && (state.verdict === 'accepted' || state.accessKey !== null);
}
