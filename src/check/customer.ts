/**
 * Checks institutions that answer only their customers (quirk `profile`): sends nothing without a password, and judges HTTP and
 * the OFX header by the reply with the statements.
 */

import { addressesOf, requestProfile } from '../discovery/profile.js';
import { toOfxSyncError } from '../errors.js';
import type { Account } from '../model/account.js';
import type { Config, Institution } from '../model/institution.js';
import type { Login } from '../ports.js';
import { isLocalFailure, profileSteps } from './network.js';
import { checkStatements } from './statements.js';
import { type CheckPorts, failed, passed, type Step, skippedStatements, warned } from './step.js';

interface CustomerInput {
  readonly config: Config;
  readonly accounts: readonly Account[];
  readonly login: Login | null;
}

/** Failures before a reply could be read. */
const BEFORE_REPLY = new Set([
  'CONNECTION_FAILED',
  'HTTP_STATUS',
  'REDIRECTED',
  'REPLY_TOO_LARGE',
  'SERVER_UNAVAILABLE',
  'TIMED_OUT',
  'WEB_PAGE',
]);

/** Checks the sign-on and the accounts, and the profile with the same sign-on. */
export async function checkCustomer(
  institution: Institution,
  { config, accounts, login }: CustomerInput,
  ports: CheckPorts,
): Promise<Step[]> {
  if (login === null) return skippedStatements(accounts, null);
  const addresses = addressesOf(institution, ports.store.loginState(institution.name).profile);
  const signed = { ...login, addresses };
  const steps = await checkStatements(
    institution,
    { config, accounts },
    { ...ports, resolveLogin: async () => signed },
  );
  const [signon, ...rest] = steps;
  const { error = null, durationMs = null } = signon ?? {};
  if (error !== null && (BEFORE_REPLY.has(error.code) || error.code === 'OFX_UNREADABLE'))
    return [
      failed(error.code === 'OFX_UNREADABLE' ? 'header' : 'http', error, { durationMs }),
      ...skippedStatements(accounts, error),
    ];
  const isAccepted = signon?.status === 'ok' || signon?.status === 'warning';
  const profile = isAccepted ? await signedProfile(institution, signed, ports) : [];
  return [...profile, ...(signon === undefined ? [] : [signon]), ...rest];
}

async function signedProfile(institution: Institution, login: Login, ports: CheckPorts): Promise<Step[]> {
  if (institution.quirks.profile === 'never') return [passed('profile', 'not requested (profile: never)')];
  try {
    return profileSteps(await requestProfile(institution, login, { ...ports, refresh: false }), institution);
  } catch (thrown) {
    const error = toOfxSyncError(thrown);
    if (isLocalFailure(error)) throw error;
    return [warned('profile', error.message, { hint: error.hint })];
  }
}
