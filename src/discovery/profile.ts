/**
 * The profile of an institution: asked for with the date of the one that is already here, so that the institution may answer
 * that nothing has changed (status 1), and kept for where it puts its message sets.
 */

import type { Institution } from '../model/institution.js';
import type { KeptProfile } from '../model/kept-profile.js';
import type { Login, Service } from '../model/login.js';
import type { OfxFile, Profile } from '../ofx/file.js';
import { statementError } from '../ofx/status.js';
import type { Store } from '../ports.js';
import { type ConversationOptions, type ConversationPorts, converse } from './inquiry.js';

export interface ProfileAnswer {
  readonly file: OfxFile;
  /** That of the time before when it is unchanged; `null` when it was not given. */
  readonly profile: Profile | null;
  /** What is kept now. */
  readonly kept: KeptProfile | null;
  readonly isUnchanged: boolean;
}

export interface ProfilePorts extends ConversationPorts {
  readonly store: Pick<Store, 'loginState' | 'setLoginState'>;
  readonly resolveUrl: (url: string) => Promise<string>;
}

/** MSGSETLIST names without `MSGSET`. */
const SERVICES: Readonly<Record<string, Service>> = {
  BANK: 'bank',
  CREDITCARD: 'creditcard',
  INVSTMT: 'investment',
  LOAN: 'loan',
  SIGNUP: 'accounts',
  SIGNON: 'signon',
};

/**
 * Asks for the profile, anonymously without a login, and keeps it. With `again`, as if none were here.
 * @throws OfxSyncError: why there is no answer; an answer that refuses the profile is no error.
 */
export async function askProfile(
  institution: Institution,
  login: Login | null,
  how: ProfilePorts & ConversationOptions & { readonly again: boolean },
): Promise<ProfileAnswer> {
  const known = keptFor(institution, how.store.loginState(institution.name).profile);
  const before = saidBefore(known);
  const updated = how.again || before === null ? null : (known?.updated ?? null);
  const file = await converse(institution, { kind: 'profile', login, updated }, how);
  const reply = file.replies.find(({ name }) => name === 'PROFTRNRS');
  const isUnchanged = updated !== null && reply?.status.code === 1;
  if (isUnchanged) return { file, profile: before, kept: known, isUnchanged };
  const isGiven = reply !== undefined && statementError(reply.status, institution) === null;
  if (file.profile === null || !isGiven) return { file, profile: null, kept: known, isUnchanged: false };
  const kept = { ...(await keptOf(file.profile, institution, how.resolveUrl)), said: file.profile };
  how.store.setLoginState(institution.name, { profile: kept });
  return { file, profile: file.profile, kept, isUnchanged: false };
}

/** Whether the profile may be asked for by somebody who does not sign on. */
export function answersStrangers({ quirks }: Institution): boolean {
  return (quirks.profile ?? 'anonymous') === 'anonymous';
}

/** Where message sets of an institution are served other than at its address; nothing when its profile is not to count. */
export function addressesOf(institution: Institution, profile: KeptProfile | null): KeptProfile['addresses'] {
  return institution.quirks.serviceUrls === 'own' ? {} : (keptFor(institution, profile)?.addresses ?? {});
}

/** What a kept profile said; `null` when it was kept by a version that wrote it otherwise. */
function saidBefore(kept: KeptProfile | null): Profile | null {
  return isProfile(kept?.said) ? kept.said : null;
}

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

/** A profile counts for the address that gave it. */
function keptFor({ url }: Institution, profile: KeptProfile | null): KeptProfile | null {
  return profile === null || profile.url !== url ? null : profile;
}

async function keptOf(
  { name, updated, messageSets }: Profile,
  institution: Institution,
  resolveUrl: (url: string) => Promise<string>,
): Promise<Omit<KeptProfile, 'said'>> {
  const url = institution.url ?? '';
  const own = await resolveUrl(url);
  const addresses = messageSets.flatMap((set) => {
    const service = SERVICES[set.name];
    return service === undefined || set.url === null || !isElsewhere(set.url, own) ? [] : [[service, set.url] as const];
  });
  // An address of the sandbox is another one at each start.
  const isLasting = !url.startsWith('sandbox:');
  return { url, name, updated, addresses: isLasting ? Object.fromEntries(addresses) : {} };
}

/** Another address, and one to which a password may go: https, or the same machine as the institution's own. */
function isElsewhere(address: string, own: string): boolean {
  if (!URL.canParse(address)) return false;
  const [there, here] = [new URL(address), new URL(own)];
  if (there.username !== '' || there.password !== '' || there.hash !== '') return false;
  return there.href !== here.href && (there.protocol === 'https:' || there.origin === here.origin);
}
