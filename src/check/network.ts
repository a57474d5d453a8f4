/** Checks, without a password, the connection to a server and its reply to a request for its profile. */

import { demandsOf, type ProfileReply, requestProfile } from '../discovery/profile.js';
import { OfxError, type OfxSyncError, toOfxSyncError } from '../errors.js';
import { hostOf, isTrial } from '../model/account-identity.js';
import { type Institution, sendsClientUid, versionOf } from '../model/institution.js';
import type { Login, SignonDemand } from '../model/login.js';
import { shellWord } from '../model/shell-word.js';
import type { Profile } from '../ofx/file.js';
import { statementError } from '../ofx/status.js';
import { connectionSteps } from '../sources/connection-steps.js';
import { checkedUrl } from '../sources/http-client.js';
import { type CheckPorts, failed, passed, type Step, warned } from './step.js';

/** Returns true for failures of an anonymous request that a signed one may not have: some servers answer only customers. */
export function mayNeedSignon({ code, httpStatus, refusalText }: OfxSyncError): boolean {
  if (refusalText !== null) return true;
  if (code === 'HTTP_STATUS') return httpStatus !== 404 && httpStatus !== 410;
  return code === 'SERVER_UNAVAILABLE' && httpStatus === 500;
}

/** Recognizes failures on this side, which say nothing about an institution. */
export function isLocalFailure({ code }: OfxSyncError): boolean {
  return code === 'BUG' || code === 'INTERRUPTED' || code.startsWith('STORE_');
}

/** Checks name, connection and certificate. If a step fails, it is the last. */
export async function checkConnection(institution: Institution, ports: CheckPorts): Promise<Step[]> {
  const steps: Step[] = [];
  try {
    const url = await checkedUrl(institution, null, ports.resolveUrl);
    for await (const { step, durationMs, message, error, warning, details } of connectionSteps(
      url,
      institution,
      ports,
    )) {
      const more = { durationMs, details };
      if (error !== null) steps.push(failed(step, error, more));
      else
        steps.push(warning === null ? passed(step, message, more) : warned(step, message, { ...more, hint: warning }));
    }
  } catch (thrown) {
    const error = toOfxSyncError(thrown);
    if (isLocalFailure(error)) throw error;
    steps.push(failed('connect', error));
  }
  return steps;
}

/**
 * Requests the profile, without a password: steps for HTTP, the header of the reply, and the profile.
 * @param login that will sign on, `null` when its secrets are missing.
 */
export async function checkProfile(institution: Institution, login: Login | null, ports: CheckPorts): Promise<Step[]> {
  const started = performance.now();
  let reply: ProfileReply;
  try {
    reply = await requestProfile(institution, null, { ...ports, refresh: false });
  } catch (thrown) {
    const error = toOfxSyncError(thrown);
    if (isLocalFailure(error)) throw error;
    const step = error.code === 'OFX_UNREADABLE' ? 'header' : 'http';
    const durationMs = performance.now() - started;
    return step === 'http'
      ? [failed('http', error, { durationMs, hint: hintFor(error, institution) })]
      : [passed('http', 'replied', { durationMs }), failed('header', error)];
  }
  const durationMs = performance.now() - started;
  const header = headerStep(reply, institution);
  const http = passed('http', 'HTTP 200', { durationMs });
  if (header.status === 'failed') return [http, header];
  return [http, header, ...profileSteps(reply, institution, { store: ports.store, login })];
}

/** Returns the hint for a failed request, at a server that accepts connections. */
function hintFor({ code, hint }: OfxSyncError, { name }: Institution): string | null {
  if (code !== 'TIMED_OUT') return hint;
  return `Some servers never answer a request with a User-Agent, or with that of ofx-sync. To find settings that it answers: ofx-sync probe ${shellWord(name)}. ${hint ?? ''}`;
}

function headerStep({ file }: ProfileReply, { quirks }: Institution): Step {
  const { ofxVersion, charset, syntax } = file.header;
  const requested = versionOf(quirks);
  const text = `OFX ${ofxVersion ?? 'without a version'}, ${syntax.toUpperCase()}, ${charset}`;
  const details = { ofxVersion, charset, syntax };
  const cut = file.notices.find(({ code }) => code === 'truncated');
  if (cut !== undefined)
    return failed(
      'header',
      new OfxError('OFX_UNREADABLE', 'the reply was cut off before its end', {
        hint: 'The problem is at the bank or on the network: try again later.',
      }),
      { details },
    );
  if (ofxVersion === requested) return passed('header', text, { details });
  return warned('header', text, {
    hint: `the request was OFX ${requested}; the reply is read all the same`,
    details,
  });
}

/** Describes the profile, and its demands that the configuration does not meet. */
export function profileSteps(
  { file, profile, isUnchanged }: ProfileReply,
  institution: Institution,
  { store, login }: Pick<CheckPorts, 'store'> & { readonly login: Login | null },
): Step[] {
  if (profile !== null) {
    const { demands } = demandsOf(institution, store, login);
    const concerns = concernsOf(profile, institution, demands);
    return [givenProfile(profile, { isUnchanged, concerns, hosts: otherHosts(profile, institution) })];
  }
  const reply = file.replies.find(({ name }) => name === 'PROFTRNRS');
  const refusal = reply === undefined ? null : statementError(reply.status, institution);
  const why = refusal?.message ?? 'the reply has none';
  return [
    warned('profile', `no profile without a sign-on: ${why}`, {
      hint: 'Some banks give it only to customers; the sign-on below decides.',
    }),
  ];
}

function givenProfile(
  profile: Profile,
  {
    isUnchanged,
    concerns,
    hosts,
  }: { readonly isUnchanged: boolean; readonly concerns: readonly string[]; readonly hosts: readonly string[] },
): Step {
  const sets = profile.messageSets.map(({ name }) => name.toLowerCase());
  const message = [
    profile.name ?? 'a profile without a name',
    ...(profile.updated === null ? [] : [`of ${profile.updated.slice(0, 8)}`]),
    [...new Set(sets)].join(' '),
    ...(isUnchanged ? ['unchanged'] : []),
    ...hosts.map((host) => `requests go to ${host}`),
  ].join('; ');
  const details = { name: profile.name, updated: profile.updated, messageSets: profile.messageSets };
  return concerns.length === 0
    ? passed('profile', message, { details })
    : warned('profile', message, { details, hint: concerns.join('; ') });
}

/** Returns the hosts to which a profile moves requests, away from the institution's own. */
function otherHosts({ messageSets }: Profile, { url, quirks }: Institution): string[] {
  const own = hostOf(url);
  const hosts = quirks.serviceUrls === 'own' ? [] : messageSets.flatMap((set) => hostOf(set.url) ?? []);
  const isMadeUp = isTrial({ host: own });
  return [...new Set(hosts)].filter((host) => host !== own && !(isMadeUp && isTrial({ host })));
}

/** Lists the demands of a profile that the configuration or the program does not meet. */
function concernsOf(
  { messageSets, signons }: Profile,
  institution: Institution,
  demands: readonly SignonDemand[],
): string[] {
  const concerns: string[] = [];
  if (messageSets.some(({ security }) => security?.toUpperCase() === 'TYPE1'))
    concerns.push(
      'it wants SECURITY TYPE1 (encrypted passwords), which ofx-sync does not support: use files: for downloads',
    );
  if (signons.some(({ needsClientUid }) => needsClientUid) && institution.clientUid === null)
    concerns.push('it wants a client UID: set clientUid: auto');
  else if (signons.some(({ needsClientUid }) => needsClientUid) && !sendsClientUid(institution.quirks))
    concerns.push(`it wants a client UID, which OFX ${versionOf(institution.quirks)} sends with clientUid: always`);
  if (demands.includes('questions'))
    concerns.push(`it asks security questions at the first sign-on: ofx-sync signon ${shellWord(institution.name)}`);
  if (demands.includes('token'))
    concerns.push(`it wants a token at the first sign-on: ofx-sync signon ${shellWord(institution.name)}`);
  if (demands.includes('password'))
    concerns.push(`it wants a new password before the first sign-on: ofx-sync signon ${shellWord(institution.name)}`);
  const labels = signons.flatMap(({ credentialLabels }) => credentialLabels);
  if (labels.length > 0 && institution.userCred1 === undefined)
    concerns.push(`it wants a further credential (${labels.join(', ')}): set userCred1:`);
  return concerns;
}
