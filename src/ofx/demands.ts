/**
 * The demands of a profile on a sign-on (OFX 2.2 section 7.2: SIGNONINFO, OFXSEC), and the errors of a sign-on that does not meet
 * them. With such an error nothing was sent: a password presented in vain counts as a failure at some institutions.
 */

import { OfxSyncError, SignonError } from '../errors.js';
import type { Institution } from '../model/institution.js';
import type { Login, Service, SignonDemand } from '../model/login.js';
import { shellWord } from '../model/shell-word.js';
import type { Profile, SignonInfo } from './file.js';

/** The names of MSGSETLIST without `MSGSET`. */
export const SERVICES: Readonly<Record<string, Service>> = {
  BANK: 'bank',
  CREDITCARD: 'creditcard',
  INVSTMT: 'investment',
  LOAN: 'loan',
  SIGNUP: 'accounts',
  SIGNON: 'signon',
};

/** Lists what a profile demands at the first sign-on, in the order in which it is given. */
export function demandsAtFirst(profile: Profile): SignonDemand[] {
  const signons = signonsInUse(profile);
  return [
    ...(signons.some(({ tokenFirst }) => tokenFirst) ? (['token'] as const) : []),
    ...(signons.some(({ challengeFirst }) => challengeFirst) ? (['questions'] as const) : []),
    ...(signons.some(({ changePasswordFirst }) => changePasswordFirst) ? (['password'] as const) : []),
  ];
}

/** Returns the rules of the realms that the message sets of this program belong to; all rules when no realm is named. */
function signonsInUse({ messageSets, signons }: Profile): readonly SignonInfo[] {
  const realms = messageSets.flatMap(({ name, realm }) => (SERVICES[name] === undefined ? [] : [realm]));
  const ours = signons.filter(({ realm }) => realms.includes(realm));
  return ours.length === 0 ? signons : ours;
}

/** Lists the services whose passwords must be encrypted (OFXSEC TYPE1). */
export function encryptedServices({ messageSets }: Profile): Service[] {
  return messageSets.flatMap(({ name, security }) => {
    const service = SERVICES[name];
    return service === undefined || security?.trim().toUpperCase() !== 'TYPE1' ? [] : [service];
  });
}

const DEMANDS: Readonly<Record<SignonDemand, string>> = {
  token: 'a one-time token with the first sign-on',
  questions: 'answers to security questions before the first sign-on',
  password: 'a new password before the first sign-on',
};

/** Returns the error of a sign-on without what the profile demands first. */
export function unmetDemand(demand: SignonDemand, { name }: Pick<Institution, 'name'>): SignonError {
  return new SignonError('SIGNON_NEEDS_ACTION', `the bank wants ${DEMANDS[demand]}; your password was not sent`, {
    hint: `Give it in a terminal: ofx-sync signon ${shellWord(name)}`,
    unsent: true,
  });
}

/** Returns the error of a request to services of which one accepts encrypted passwords only, `null` when it may be sent. */
export function encryptionError(
  { encrypted = [], institution }: Login,
  services: readonly Service[],
): OfxSyncError | null {
  if (!encrypted.includes('signon') && !services.some((service) => encrypted.includes(service))) return null;
  return new OfxSyncError(
    'ENCRYPTION_REQUIRED',
    'the bank accepts only encrypted passwords here (SECURITY TYPE1), which ofx-sync does not support; your password was not sent',
    {
      hint: `Download statement files from the bank’s website, and give ${institution.name} files: in place of url:, or run: ofx-sync import FILE`,
      unsent: true,
    },
  );
}

/** Returns the error of a sync that would present the password in vain to each of these services, `null` when one may accept it. */
export function signonRefusal(login: Login, services: readonly Service[]): OfxSyncError | null {
  const errors = services.map((service) => encryptionError(login, [service]));
  const [first] = errors;
  if (first != null && !errors.includes(null)) return first;
  const [demand] = login.demands ?? [];
  return demand === undefined ? null : unmetDemand(demand, login.institution);
}

/** Gives back a login that may sign on for its accounts. @throws OfxSyncError when its profile demands more. */
export function readyToSignOn(login: Login): Login {
  const refusal = signonRefusal(
    login,
    login.institution.accounts.map(({ kind }) => kind),
  );
  if (refusal !== null) throw refusal;
  return login;
}
