/**
 * Is everything right between here and an institution? A step at a time, from its name to each account, so that the step
 * that fails is named, with its cause and what to do. Two requests at most to an institution that answers: one for its
 * profile without a password, one for statements with it, through the sign-on guard. Nothing is stored but the profile.
 */

import { addressesOf, hasPublicProfile } from '../discovery/profile.js';
import { toOfxSyncError } from '../errors.js';
import type { Account } from '../model/account.js';
import type { Config, Institution } from '../model/institution.js';
import type { Login } from '../ports.js';
import { checkCustomer } from './customer.js';
import type { DirectoryRemark } from './directory-remark.js';
import { checkFiles } from './files.js';
import { checkProfile, checkWay, mayWantSignon } from './network.js';
import { checkStatements, notAsked } from './statements.js';
import { type CheckPorts, failed, NOT_TRIED, passed, type Step, skipped, warned } from './step.js';

export interface Checked {
  readonly institution: Institution;
  readonly steps: readonly Step[];
}

interface CheckInput {
  readonly config: Config;
  readonly accounts: readonly Account[];
  readonly remark: DirectoryRemark | null;
}

/**
 * One institution. What goes wrong with it is a step.
 * @throws StoreError, OfxSyncError INTERRUPTED
 */
export async function checkInstitution(
  institution: Institution,
  input: CheckInput,
  ports: CheckPorts,
): Promise<Checked> {
  const steps: Step[] = [...directoryStep(input.remark)];
  const { accounts } = input;
  if (institution.files !== null)
    return { institution, steps: [...steps, ...(await checkFiles(institution, accounts, ports))] };
  const { step: secrets, login } = await checkSecrets(institution, ports);
  steps.push(secrets);
  steps.push(...(await checkWay(institution, ports)));
  const stopped = steps.find(({ step, status }) => status === 'failed' && step !== 'secrets');
  if (stopped !== undefined)
    return { institution, steps: [...steps, skipped('signon', NOT_TRIED), ...notAsked(accounts, stopped.error)] };
  if (!hasPublicProfile(institution))
    return { institution, steps: [...steps, ...(await checkCustomer(institution, { ...input, login }, ports))] };
  const profile = await checkProfile(institution, ports);
  const refused = profile.find(({ status }) => status === 'failed');
  if (login === null || (refused?.error != null && !mayWantSignon(refused.error)))
    return { institution, steps: [...steps, ...profile, skipped('signon', NOT_TRIED), ...notAsked(accounts, null)] };
  // The secrets are there: each is resolved once and used for all that follows; the profile may just have said where.
  const addresses = addressesOf(institution, ports.store.loginState(institution.name).profile);
  const signed = { ...ports, resolveLogin: async () => ({ ...login, addresses }) };
  const statements = await checkStatements(institution, input, signed);
  if (refused === undefined) return { institution, steps: [...steps, ...profile, ...statements] };
  return { institution, steps: [...steps, ...reconsidered(profile, statements)] };
}

function directoryStep(remark: DirectoryRemark | null): Step[] {
  if (remark === null) return [];
  const { evidence, isStale, note } = remark;
  return [isStale ? warned('directory', evidence, { hint: note }) : passed('directory', evidence, { hint: note })];
}

async function checkSecrets(
  institution: Institution,
  ports: CheckPorts,
): Promise<{ readonly step: Step; readonly login: Login | null }> {
  const started = performance.now();
  try {
    const login = await ports.resolveLogin(institution);
    const names = ['userId', 'password', ...(login.clientUid === null ? [] : ['clientUid'])];
    return {
      step: passed('secrets', `${names.join(', ')}: there`, { durationMs: performance.now() - started }),
      login,
    };
  } catch (error) {
    return { step: failed('secrets', toOfxSyncError(error), { durationMs: performance.now() - started }), login: null };
  }
}

/**
 * A server that refused the stranger's request and answered the customer's is well; one that refused both is not, and what
 * it said of the first is what counts.
 */
function reconsidered(profile: readonly Step[], statements: readonly Step[]): Step[] {
  const signon = statements.find(({ step }) => step === 'signon');
  const isAnswered =
    signon?.error == null || signon.error.code.startsWith('SIGNON_') || signon.error.ofxStatus !== null;
  if (signon?.status === 'skipped' || !isAnswered)
    return [
      ...profile,
      skipped('signon', NOT_TRIED),
      ...statements.flatMap(({ account, error }) => (account === null ? [] : notAsked([account], error))),
    ];
  const eased = profile.map((step) =>
    step.status === 'failed'
      ? warned(step.step, `no answer to strangers: ${step.message}`, { durationMs: step.durationMs })
      : step,
  );
  return [...eased, ...statements];
}
