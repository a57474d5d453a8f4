/**
 * Checks everything between this machine and an institution, step by step, from its name to each account, so that the step that
 * fails is named, with its cause and a hint. Sends at most two requests to an institution that answers: one for its profile
 * without a password, one for statements with it, through the sign-on guard. Stores nothing but the profile.
 */

import { addressesOf, hasPublicProfile } from '../discovery/profile.js';
import { toOfxSyncError } from '../errors.js';
import type { Account } from '../model/account.js';
import type { Config, Institution } from '../model/institution.js';
import type { Login } from '../ports.js';
import { checkCustomer } from './customer.js';
import type { DirectoryRemark } from './directory-remark.js';
import { checkFiles } from './files.js';
import { checkConnection, checkProfile, mayNeedSignon } from './network.js';
import { checkStatements } from './statements.js';
import {
  type CheckPorts,
  failed,
  NOT_TRIED,
  passed,
  type Step,
  skipped,
  skippedAccounts,
  skippedStatements,
  warned,
} from './step.js';

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
 * Checks one institution. Failures of the institution are steps.
 * @throws StoreError, OfxSyncError INTERRUPTED
 */
export async function checkInstitution(
  institution: Institution,
  input: CheckInput,
  ports: CheckPorts,
): Promise<Checked> {
  const steps =
    institution.files === null
      ? await checkServer(institution, input, ports)
      : await checkFiles(institution, input.accounts, ports);
  return { institution, steps: [...directoryStep(input.remark), ...steps] };
}

async function checkServer(institution: Institution, input: CheckInput, ports: CheckPorts): Promise<Step[]> {
  const { accounts } = input;
  const { step: secrets, login } = await checkSecrets(institution, ports);
  const connection = await checkConnection(institution, ports);
  const steps = [secrets, ...connection];
  const unreached = connection.find(({ status }) => status === 'failed');
  if (unreached !== undefined) return [...steps, ...skippedStatements(accounts, unreached.error)];
  if (!hasPublicProfile(institution))
    return [...steps, ...(await checkCustomer(institution, { ...input, login }, ports))];
  const profile = await checkProfile(institution, ports);
  const refused = profile.find(({ status }) => status === 'failed');
  if (login === null || (refused?.error != null && !mayNeedSignon(refused.error)))
    return [...steps, ...profile, ...skippedStatements(accounts, null)];
  // Each secret is resolved once, for all steps that follow; the addresses may come from the profile that has just arrived.
  const addresses = addressesOf(institution, ports.store.loginState(institution.name).profile);
  const signed = { ...ports, resolveLogin: async () => ({ ...login, addresses }) };
  const statements = await checkStatements(institution, input, signed);
  return [...steps, ...(refused === undefined ? [...profile, ...statements] : reconsidered(profile, statements))];
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
      step: passed('secrets', `${names.join(', ')}: found`, { durationMs: performance.now() - started }),
      login,
    };
  } catch (error) {
    return { step: failed('secrets', toOfxSyncError(error), { durationMs: performance.now() - started }), login: null };
  }
}

/**
 * Passes a server that refused the anonymous request and answered the signed one. When it refused both, its error for the first
 * request counts.
 */
function reconsidered(profile: readonly Step[], statements: readonly Step[]): Step[] {
  const signon = statements.find(({ step }) => step === 'signon');
  const isAnswered =
    signon?.error == null || signon.error.code.startsWith('SIGNON_') || signon.error.ofxStatus !== null;
  if (signon?.status === 'skipped' || !isAnswered)
    return [
      ...profile,
      skipped('signon', NOT_TRIED),
      ...statements.flatMap(({ account, error }) => (account === null ? [] : skippedAccounts([account], error))),
    ];
  const eased = profile.map((step) =>
    step.status === 'failed'
      ? warned(step.step, `no reply without a sign-on: ${step.message}`, { durationMs: step.durationMs })
      : step,
  );
  return [...eased, ...statements];
}
