/**
 * Checks everything between this machine and an institution, step by step, from its name to each account, so that the step that
 * fails is named, with its cause and a hint. Sends at most two requests to an institution that answers: one for its profile
 * without a password, one for statements with it, through the sign-on guard; more where the bank wants another form of them.
 * Stores nothing but the profile.
 */

import { demandsOf, hasPublicProfile, listsAccounts, requestProfile } from '../discovery/profile.js';
import { type OfxSyncError, toOfxSyncError } from '../errors.js';
import type { Account } from '../model/account.js';
import { type Config, type Institution, secretReferences } from '../model/institution.js';
import { readyToSignOn } from '../ofx/demands.js';
import type { Login } from '../ports.js';
import { withCauses } from './causes.js';
import type { DirectoryRemark } from './directory-remark.js';
import { checkFiles } from './files.js';
import { checkConnection, checkProfile, isLocalFailure, mayNeedSignon, profileSteps } from './network.js';
import { oneByOne, withOtherDates } from './other-forms.js';
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
  const steps = await stepsOf(institution, input, ports);
  return { institution, steps: [...directoryStep(input.remark), ...steps] };
}

function stepsOf(institution: Institution, input: CheckInput, ports: CheckPorts): Promise<Step[]> {
  if (institution.program !== undefined || institution.simplefin === true)
    return checkAtOnce(institution, input, ports);
  if (institution.files !== null) return checkFiles(institution, input.accounts, ports);
  return checkServer(institution, input, ports);
}

/** Runs the program of an institution, or asks its bridge, for the last days, and reads what comes: neither has a profile. */
async function checkAtOnce(institution: Institution, input: CheckInput, ports: CheckPorts): Promise<Step[]> {
  const { step, login } = await checkSecrets(institution, ports);
  const first = secretReferences(institution).length === 0 && login !== null ? [] : [step];
  if (login === null) return [...first, ...skippedAccounts(input.accounts, step.error)];
  return [...first, ...(await checkStatements(institution, input, { ...ports, resolveLogin: async () => login }))];
}

async function checkServer(institution: Institution, input: CheckInput, ports: CheckPorts): Promise<Step[]> {
  const { accounts } = input;
  const { step: secrets, login } = await checkSecrets(institution, ports);
  const connection = await checkConnection(institution, ports);
  const steps = [secrets, ...connection];
  const unreached = connection.find(({ status }) => status === 'failed');
  if (unreached !== undefined) return [...steps, ...skippedStatements(accounts, unreached.error)];
  if (hasPublicProfile(institution))
    return [...steps, ...(await checkOpenServer(institution, { ...input, login }, ports))];
  const signed = login === null ? skippedStatements(accounts, null) : await checkCustomersServer(login, input, ports);
  return [...steps, ...signed];
}

/** Checks a server that gives its profile to anybody: without a password first, then with it. */
async function checkOpenServer(
  institution: Institution,
  { login, ...input }: CheckInput & { readonly login: Login | null },
  ports: CheckPorts,
): Promise<Step[]> {
  let setsCookie = false;
  const watched: CheckPorts = {
    ...ports,
    onReply: (one, reply) => {
      setsCookie ||= reply.setsCookie === true;
      ports.onReply(one, reply);
    },
  };
  const profile = await checkProfile(institution, login, watched);
  const refused = profile.find(({ status }) => status === 'failed');
  if (login === null || (refused?.error != null && !mayNeedSignon(refused.error)))
    return [...profile, ...skippedStatements(input.accounts, null)];
  const { signed, statements } = await checkSigned(login, input, watched);
  const trial = { ...input, login: signed };
  const dated = await withOtherDates(statements, trial, watched);
  if (refused !== undefined) return reconsidered(profile, dated ?? statements);
  const single = dated === null && !setsCookie ? await oneByOne(statements, trial, watched) : null;
  return [...profile, ...(dated ?? single ?? withCauses(statements, { login: signed, setsCookie }))];
}

/**
 * Checks the statements with the secrets that were resolved once for all steps. The profile that has just arrived may have
 * demands, and may move statements to another host, which must be confirmed.
 */
async function checkSigned(
  login: Login,
  input: CheckInput,
  ports: CheckPorts,
): Promise<{ readonly signed: Login; readonly statements: Step[] }> {
  const { institution } = login;
  let signed: Login;
  try {
    const { profile } = ports.store.loginState(institution.name);
    const addresses = await ports.addressesOf(institution);
    const known = { listsAccounts: listsAccounts(institution, profile), ...demandsOf(institution, ports.store, login) };
    signed = { ...login, addresses, ...known };
  } catch (thrown) {
    const error = toOfxSyncError(thrown);
    if (isLocalFailure(error)) throw error;
    return { signed: login, statements: [failed('signon', error), ...skippedAccounts(input.accounts, error)] };
  }
  const resolveLogin = async () => readyToSignOn(signed);
  return { signed, statements: await checkStatements(institution, input, { ...ports, resolveLogin }) };
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
    const { program, simplefin } = institution;
    const names =
      simplefin === true
        ? ['simplefin']
        : program === undefined
          ? ['userId', 'password', ...(login.clientUid === null ? [] : ['clientUid'])]
          : Object.keys(program.secrets);
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
  const isAnswered = signon?.error == null || isAboutSignon(signon.error, profile) || signon.error.ofxStatus !== null;
  // The guard says why it is not tried.
  const isTried = signon?.status !== 'skipped' || signon.error?.code === 'SIGNON_BLOCKED';
  if (!isTried || !isAnswered)
    return [
      ...profile,
      skipped('signon', NOT_TRIED),
      ...statements.flatMap(({ account, error }) => (account === null ? [] : skippedAccounts([account], error))),
    ];
  const eased = profile.map((step) =>
    step.status === 'failed'
      ? warned(step.step, `no reply without a sign-on: ${step.message}`, {
          durationMs: step.durationMs,
          hint: 'Set profile: signed, so that this server is not asked without a sign-on again.',
        })
      : step,
  );
  return [...eased, ...statements];
}

/** A server that answers 401 to everybody, and does not name the password, has not judged the sign-on. */
function isAboutSignon({ code, httpStatus, ofxStatus }: OfxSyncError, profile: readonly Step[]): boolean {
  const before = profile.find(({ error }) => error !== null)?.error ?? null;
  const isSame = ofxStatus === null && httpStatus === 401 && before?.httpStatus === 401 && before.refusalText === null;
  return code.startsWith('SIGNON_') && !isSame;
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

/**
 * Checks a server that answers only customers (quirk `profile`): sends nothing without a password, and judges HTTP and the OFX
 * header by the reply with the statements; the profile is requested with the same sign-on.
 */
async function checkCustomersServer(login: Login, input: CheckInput, ports: CheckPorts): Promise<Step[]> {
  const { institution } = login;
  const signed = { ...login, ...demandsOf(institution, ports.store, login) };
  const resolveLogin = async () => readyToSignOn(signed);
  const asked = await checkStatements(institution, input, { ...ports, resolveLogin });
  const dated = await withOtherDates(asked, { ...input, login: signed }, ports);
  const [signon, ...rest] = dated ?? asked;
  const { error = null, durationMs = null } = signon ?? {};
  if (error !== null && (BEFORE_REPLY.has(error.code) || error.code === 'OFX_UNREADABLE'))
    return [
      failed(error.code === 'OFX_UNREADABLE' ? 'header' : 'http', error, { durationMs }),
      ...skippedStatements(input.accounts, error),
    ];
  const isAccepted = signon?.status === 'ok' || signon?.status === 'warning';
  const profile = isAccepted ? await signedProfile(login, ports) : [];
  return [...profile, ...(signon === undefined ? [] : [signon]), ...rest];
}

async function signedProfile(login: Login, ports: CheckPorts): Promise<Step[]> {
  const { institution } = login;
  if (institution.quirks.profile === 'never') return [passed('profile', 'not requested (profile: never)')];
  try {
    const reply = await requestProfile(institution, login, { ...ports, refresh: false });
    return profileSteps(reply, institution, { store: ports.store, login });
  } catch (thrown) {
    const error = toOfxSyncError(thrown);
    if (isLocalFailure(error)) throw error;
    return [warned('profile', error.message, { hint: error.hint })];
  }
}
