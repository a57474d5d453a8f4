/**
 * Institutions that answer nobody but their customers (quirk `profile`): nothing is asked without a password, and what came
 * of the statements stands for HTTP and the OFX header too.
 */

import { addressesOf, requestProfile } from '../discovery/profile.js';
import { toOfxSyncError } from '../errors.js';
import type { Account } from '../model/account.js';
import type { Config, Institution } from '../model/institution.js';
import type { Login } from '../ports.js';
import { isOurs, profileSteps } from './network.js';
import { checkStatements, notAsked } from './statements.js';
import { type CheckPorts, failed, NOT_TRIED, passed, type Step, skipped, warned } from './step.js';

interface CustomerInput {
  readonly config: Config;
  readonly accounts: readonly Account[];
  readonly login: Login | null;
}

/** Failures on the way to an answer. */
const OF_HTTP = new Set([
  'CONNECTION_FAILED',
  'HTTP_STATUS',
  'REDIRECTED',
  'REPLY_TOO_LARGE',
  'SERVER_UNAVAILABLE',
  'TIMED_OUT',
  'WEB_PAGE',
]);

/** Signon and accounts, and the profile with the same signon where it is given. */
export async function checkCustomer(
  institution: Institution,
  { config, accounts, login }: CustomerInput,
  ports: CheckPorts,
): Promise<Step[]> {
  if (login === null) return [skipped('signon', NOT_TRIED), ...notAsked(accounts, null)];
  const addresses = addressesOf(institution, ports.store.loginState(institution.name).profile);
  const signed = { ...login, addresses };
  const steps = await checkStatements(
    institution,
    { config, accounts },
    { ...ports, resolveLogin: async () => signed },
  );
  const [signon, ...rest] = steps;
  const { error = null, durationMs = null } = signon ?? {};
  if (error !== null && (OF_HTTP.has(error.code) || error.code === 'OFX_UNREADABLE'))
    return [
      failed(error.code === 'OFX_UNREADABLE' ? 'header' : 'http', error, { durationMs }),
      skipped('signon', NOT_TRIED),
      ...notAsked(accounts, error),
    ];
  const isIn = signon?.status === 'ok' || signon?.status === 'warning';
  const profile = isIn ? await signedProfile(institution, signed, ports) : [];
  return [...profile, ...(signon === undefined ? [] : [signon]), ...rest];
}

async function signedProfile(institution: Institution, login: Login, ports: CheckPorts): Promise<Step[]> {
  if (institution.quirks.profile === 'never') return [passed('profile', 'not asked for (profile: never)')];
  try {
    return profileSteps(await requestProfile(institution, login, { ...ports, refresh: false }), institution);
  } catch (thrown) {
    const error = toOfxSyncError(thrown);
    if (isOurs(error)) throw error;
    return [warned('profile', error.message, { hint: error.hint })];
  }
}
