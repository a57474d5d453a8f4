/** The requests of guided set-up to the institution: its OFX version, the accounts of the login, their balances. */

import { isLocalFailure, mayNeedSignon } from '../../check/network.js';
import { checkStatements } from '../../check/statements.js';
import type { CheckPorts } from '../../check/step.js';
import { ACCOUNT_TYPES } from '../../config/account-types.js';
import { type FoundAccount, foundAccounts } from '../../config/found-accounts.js';
import { unconfirmedHosts } from '../../discovery/hosts.js';
import { requireReply } from '../../discovery/inquiry.js';
import { machineFacts } from '../../discovery/machine-facts.js';
import { addressesOf, demandsOf, hasPublicProfile, requestProfile } from '../../discovery/profile.js';
import { type Guide, signOn as signOnThere } from '../../discovery/signon.js';
import { AddressError, type OfxSyncError, SignonError, toOfxSyncError } from '../../errors.js';
import type { AccountKind } from '../../model/account.js';
import { hostOf } from '../../model/account-identity.js';
import type { Config, Institution } from '../../model/institution.js';
import { present } from '../../model/present.js';
import { shellWord } from '../../model/shell-word.js';
import type { Statement } from '../../model/statement.js';
import type { Profile } from '../../ofx/file.js';
import type { Store } from '../../ports.js';
import { createGuard } from '../../sync/signon-guard.js';
import { askAboutHosts } from '../command/ask-about-hosts.js';
import type { Invocation } from '../command/command.js';
import { durationOption, namesOption, storeForWriting } from '../command/context.js';
import { dataFolder } from '../command/data-folder.js';
import { wireFor } from '../command/wire-with-log.js';
import { visible } from '../terminal/escape.js';
import { askHidden } from '../terminal/hidden-prompt.js';
import { amountText } from '../terminal/wording.js';
import { type ConfigTarget, draftInstitution, offersOf } from './config-file.js';
import { type Answers, hasOwnAddress, isSandbox, type Offer, usesBridge } from './state.js';

export interface SignedOn {
  readonly offers: readonly Offer[];
  /** Keys of accounts.yaml that the institution's answers give. */
  readonly learned: Readonly<Record<string, string>>;
  /** Hosts to which the institution's profile moves statements, and which the person has yet to confirm. */
  readonly movedTo: readonly string[];
  /** Remarks for the person, safe to print. */
  readonly remarks: readonly string[];
  /** The password that replaced the one given, at the institution’s demand. */
  readonly password?: string;
}

/** A person who is asked for what the institution wants besides the password. */
type Person = Pick<Guide, 'say' | 'ask'>;

interface Context {
  readonly answers: Answers;
  readonly target: ConfigTarget;
  readonly store: Store;
  /** A person has just given the password: one that got no verdict is presented again. */
  readonly confirms: boolean;
}

/**
 * Signs on and lists the accounts.
 * @param person `null` without a terminal: the institution decides whether the password is enough.
 * @throws OfxSyncError when the institution cannot be reached, or refuses.
 */
export async function signOn(answers: Answers, target: ConfigTarget, person: Person | null): Promise<SignedOn> {
  const { store, release } = await storeForWriting(invocationFor(answers, target));
  try {
    const context = { answers, target, store, confirms: person !== null };
    const { learned, remarks, profile } = await readProfile(context);
    const listed = await listAccounts({ ...context, answers: { ...answers, learned } }, { person, profile });
    const { institution } = await draftInstitution({ ...answers, learned }, target, []);
    const addresses = addressesOf(institution, store.loginState(institution.name).profile);
    const movedTo = await unconfirmedHosts(institution, addresses, store);
    // The person has seen those of an address that was tried before.
    const isTried = person !== null && hasOwnAddress(answers);
    return { learned, ...listed, movedTo, remarks: [...(isTried ? [] : remarks), ...listed.remarks] };
  } catch (error) {
    throw withHintOfSetUp(toOfxSyncError(error));
  } finally {
    release();
  }
}

/**
 * Reads the profile of an address, without user id and password: the server answers there, in this version, and its answer often
 * names ORG and FID.
 * @throws OfxSyncError when nothing answers
 */
export async function publicProfile(
  answers: Answers,
  target: ConfigTarget,
): Promise<Pick<Answers, 'learned' | 'org' | 'fid' | 'wantsIds'> & Pick<SignedOn, 'remarks'>> {
  const { store, release } = await storeForWriting(invocationFor(answers, target));
  try {
    // Nobody signs on, but an entry needs a user id.
    const unsigned: Answers = { ...answers, userId: 'anonymous', storage: 'prompt' };
    const { learned, remarks, profile, ids } = await readProfile({ answers: unsigned, target, store, confirms: false });
    const isGiven = [answers.org, answers.fid].some((one) => one !== undefined && one !== '');
    return { learned, remarks, wantsIds: profile === null && !isGiven, ...(isGiven ? {} : ids) };
  } finally {
    release();
  }
}

/** The guard's own hints name commands for a bank that accounts.yaml has; it has this one only after the set-up. */
function withHintOfSetUp(error: OfxSyncError): OfxSyncError {
  if (error.code !== 'SIGNON_BLOCKED' && error.code !== 'SIGNON_UNCONFIRMED') return error;
  return new SignonError(error.code, error.message, {
    hint: 'More of them could lock the login. Check user id and password; or try again with the same ones: add --force to ofx-sync init',
  });
}

/** Names the data folder that the bank will have once it is in accounts.yaml. */
function invocationFor({ origin, name = '' }: Answers, { invocation }: ConfigTarget): Invocation {
  const added = { name, url: origin?.kind === 'url' ? origin.url : null };
  const { path, kind } = dataFolder(invocation.options, invocation.io, added);
  return kind === 'demo' ? { ...invocation, options: { ...invocation.options, data: path } } : invocation;
}

/** Versions that institutions were seen to insist on; tried without a password where the version is unknown. */
const VERSIONS = [null, '102', '103', '211'] as const;

type ReadProfile = Pick<SignedOn, 'learned' | 'remarks'> & {
  readonly profile: Profile | null;
  /** ORG and FID, as the server names itself. */
  readonly ids: Pick<Answers, 'org' | 'fid'>;
};

/** Reads the profile, without a password: it shows the version that the server accepts and what a sign-on needs. */
async function readProfile(context: Context): Promise<ReadProfile> {
  const { origin, learned = {} } = context.answers;
  const isOpen = origin?.kind === 'url' && !isSandbox(origin.url) && learned['ofxVersion'] === undefined;
  let first: OfxSyncError | null = null;
  for (const version of isOpen ? VERSIONS : [null]) {
    const tried = version === null ? learned : { ...learned, ofxVersion: version };
    try {
      const reply = await withPorts(
        { ...context, answers: { ...context.answers, learned: tried } },
        [],
        (institution, ports) =>
          hasPublicProfile(institution)
            ? requestProfile(institution, null, { ...ports, refresh: true })
            : Promise.resolve(null),
      );
      const profile = reply?.profile ?? null;
      const { org = null, fid = null } = reply?.file.signon ?? {};
      const ids = present({ org: org ?? undefined, fid: fid ?? undefined });
      return { ...fromProfile(profile, tried), profile, ids };
    } catch (error) {
      const known = toOfxSyncError(error);
      if (!mayNeedSignon(known) && known.code !== 'OFX_UNREADABLE') throw known;
      first ??= known;
    }
  }
  return {
    learned,
    profile: null,
    ids: {},
    remarks: [
      `it shows no profile without a password (${visible(first?.message ?? 'no profile')}); the sign-on decides`,
    ],
  };
}

function fromProfile(
  profile: Profile | null,
  learned: Readonly<Record<string, string>>,
): Pick<SignedOn, 'learned' | 'remarks'> {
  if (profile === null) return { learned, remarks: [] };
  const wantsUid = profile.signons.some(({ needsClientUid }) => needsClientUid);
  const labels = profile.signons.flatMap(({ credentialLabels }) => credentialLabels);
  return {
    learned: wantsUid ? { ...learned, clientUid: 'auto' } : learned,
    remarks: [
      ...(profile.name === null ? [] : [`it calls itself ${visible(profile.name)}`]),
      ...(wantsUid ? ['it registers installations: clientUid: auto is set'] : []),
      ...(labels.length === 0
        ? []
        : [`it may ask for another credential (${visible(labels.join(', '))}): add userCred1: to accounts.yaml`]),
    ],
  };
}

async function listAccounts(
  context: Context,
  { person, profile }: { readonly person: Person | null; readonly profile: Profile | null },
): Promise<Pick<SignedOn, 'offers' | 'remarks' | 'password'>> {
  let password: string | undefined;
  const guide: Guide | null = person && {
    ...person,
    savePassword: async (typed) => {
      password = typed;
    },
  };
  const machine = () => machineFacts(context.target.invocation.io);
  const { found, statements } = await withPorts(context, [], async (institution, ports) => {
    const login = await ports.resolveLogin(institution);
    const first = {
      ...login,
      ...demandsOf(institution, context.store, login),
      ...(guide === null ? { demands: [] } : {}),
    };
    const file = await signOnThere(first, { guide, profile }, { ...ports, machine });
    requireReply(file, 'ACCTINFOTRNRS', institution);
    return { found: foundAccounts(file.accounts, institution), statements: file.statements };
  });
  const answers = { ...context.answers, ...present({ password }) };
  const offers = usesBridge(answers)
    ? withListedBalances(found, { statements, target: context.target })
    : await withBalances(found, { ...context, answers });
  const remarks = found.flatMap(({ entry, remark, state }) =>
    state === 'incomplete' ? [`skipped: ${visible(entry?.name ?? 'an account')}: ${visible(remark ?? '')}`] : [],
  );
  return { offers, remarks, ...present({ password }) };
}

/** A bridge lists its accounts with their balances. */
function withListedBalances(
  found: readonly FoundAccount[],
  { statements, target }: { readonly statements: readonly Statement[]; readonly target: ConfigTarget },
): Offer[] {
  return offersOf(found, target).map((offer) => {
    const balance = statements.find(({ account }) => account?.id === offer.entry.id)?.ledgerBalance ?? null;
    return { ...offer, balance: balance === null ? null : amountText(balance.amount, balance.currency) };
  });
}

/** Requests a short statement of each account, for its balance. The first sync will report what fails here. */
async function withBalances(found: readonly FoundAccount[], context: Context): Promise<Offer[]> {
  const offers = offersOf(found, context.target);
  const isReachable = await reachableKinds(context);
  const active = offers.filter(({ isActive, entry }) => isActive && isReachable(entry.kind)).map(({ entry }) => entry);
  const balances = new Map<string, string>();
  if (active.length > 0) {
    const steps = await withPorts(context, active, (institution, ports, config) =>
      checkStatements(institution, { config, accounts: institution.accounts }, ports),
    ).catch((error: unknown) => {
      const known = toOfxSyncError(error);
      if (isLocalFailure(known)) throw known;
      return [];
    });
    for (const { account, statement } of steps) {
      const balance = statement?.ledgerBalance ?? null;
      if (account === null || balance === null) continue;
      balances.set(account.name, amountText(balance.amount, balance.currency ?? statement?.currency ?? ''));
    }
  }
  return offers.map((one) => ({ ...one, balance: balances.get(one.entry.name) ?? null }));
}

/** Returns true for the kinds of account whose statements do not come from a host that is yet to be confirmed. */
async function reachableKinds({ answers, target, store }: Context): Promise<(kind: AccountKind) => boolean> {
  const { institution } = await draftInstitution(answers, target, []);
  const addresses = addressesOf(institution, store.loginState(institution.name).profile);
  const open = await unconfirmedHosts(institution, addresses, store);
  return (kind) => !open.includes(hostOf(addresses[ACCOUNT_TYPES[kind].kind] ?? null) ?? '');
}

/** Confirms hosts to which the profile of the institution moves requests. */
export async function confirmHosts(answers: Answers, hosts: readonly string[], target: ConfigTarget): Promise<void> {
  if (hosts.length === 0) return;
  const { institution } = await draftInstitution(answers, target, answers.picked ?? []);
  const { store, release } = await storeForWriting(invocationFor(answers, target));
  try {
    for (const host of hosts) store.confirmHost(hostOf(institution.url) ?? '', host);
  } finally {
    release();
  }
}

/** Connects to the institution as the file will configure it, runs the work, and disconnects. */
async function withPorts<T>(
  { answers, target, store, confirms }: Context,
  accounts: Parameters<typeof draftInstitution>[2],
  work: (institution: Institution, ports: CheckPorts, config: Config) => Promise<T>,
): Promise<T> {
  const { invocation } = target;
  const { io } = invocation;
  const { config, institution } = await draftInstitution(answers, target, accounts);
  const { password: typed, isForced = false } = answers;
  const prompt = typed === undefined ? askHidden(io) : async () => typed;
  // Statements are requested once the person has seen the last screen, which names their host.
  const needed = ['accounts', 'signon'] as const;
  const wiring = wireFor(io, { config, store, prompt, needed, confirmHost: confirmHostFor(invocation) });
  try {
    const asked = durationOption(invocation, 'timeout');
    return await work(
      institution,
      {
        ...wiring.ports,
        resolveLogin: wiring.resolveLogin,
        resolveUrl: wiring.resolveUrl,
        addressesOf: wiring.addressesOf,
        guard: createGuard(store, { force: invocation.options['force'] === true || isForced, confirms, now: io.now }),
        env: io.env,
        timeoutMs: asked ?? institution.timeoutMs ?? config.defaults.timeoutMs,
        timeoutForAll: asked !== undefined,
        signal: io.signal,
        onReply: () => undefined,
      },
      config,
    );
  } finally {
    await wiring.close();
  }
}

/** Asks about hosts of the profile before a password goes there; without questions, the options name them. */
function confirmHostFor(invocation: Invocation): Parameters<typeof wireFor>[1]['confirmHost'] {
  if (invocation.options['nonInteractive'] !== true) return askAboutHosts(invocation.io, invocation.options);
  const accepted = acceptedHosts(invocation);
  return async ({ name }, host) => {
    if (accepted.includes(host)) return true;
    throw new AddressError(`the profile of ${name} moves requests to ${host}, which nobody has confirmed`, {
      host,
      hint: `If ${host} belongs to the bank, add: --accept-host ${shellWord(host)}`,
    });
  };
}

export function acceptedHosts(invocation: Invocation): readonly string[] {
  return namesOption(invocation, 'acceptHost').map((host) => host.toLowerCase());
}
