/** The part of guided set-up that asks the institution: which version it speaks, which accounts there are, what is on them. */

import { isLocalFailure, mayNeedSignon } from '../../check/network.js';
import { checkStatements } from '../../check/statements.js';
import type { CheckPorts } from '../../check/step.js';
import { type FoundAccount, foundAccounts } from '../../config/found-accounts.js';
import { inquire, requireReply } from '../../discovery/inquiry.js';
import { hasPublicProfile, requestProfile } from '../../discovery/profile.js';
import { type OfxSyncError, toOfxSyncError } from '../../errors.js';
import type { Config, Institution } from '../../model/institution.js';
import type { Profile } from '../../ofx/file.js';
import type { Store } from '../../ports.js';
import { createGuard } from '../../sync/signon-guard.js';
import { durationOption, storeForWriting } from '../command/context.js';
import { wireFor } from '../command/wire-with-log.js';
import { visible } from '../terminal/escape.js';
import { askHidden } from '../terminal/hidden-prompt.js';
import { amountText } from '../terminal/wording.js';
import { type ConfigPlace, candidate, configuredAs } from './config-file.js';
import { type Answers, isSandbox, type Offer } from './state.js';

export interface SignedOn {
  readonly offers: readonly Offer[];
  /** Keys of accounts.yaml that were found out. */
  readonly learned: Readonly<Record<string, string>>;
  /** What a person should know, safe to print. */
  readonly remarks: readonly string[];
}

interface Talk {
  readonly answers: Answers;
  readonly place: ConfigPlace;
  readonly store: Store;
}

/** @throws OfxSyncError: why the institution could not be asked, or refused. */
export async function signOn(answers: Answers, place: ConfigPlace): Promise<SignedOn> {
  const { store, release } = await storeForWriting(place.invocation);
  try {
    const talk = { answers, place, store };
    const { learned, remarks } = await getToKnow(talk);
    const asked = { ...talk, answers: { ...answers, learned } };
    const { offers, remarks: more } = await listAccounts(asked);
    return { learned, offers, remarks: [...remarks, ...more] };
  } finally {
    release();
  }
}

/** Versions that institutions were seen to insist on, tried without a password where nothing is known. */
const VERSIONS = [null, '102', '103', '211'] as const;

/** The profile, without a password: the version that is answered, and what a signon must have. */
async function getToKnow(talk: Talk): Promise<Pick<SignedOn, 'learned' | 'remarks'>> {
  const { origin, learned = {} } = talk.answers;
  const isOpen = origin?.kind === 'url' && !isSandbox(origin.url) && learned['ofxVersion'] === undefined;
  let first: OfxSyncError | null = null;
  for (const version of isOpen ? VERSIONS : [null]) {
    const tried = version === null ? learned : { ...learned, ofxVersion: version };
    try {
      const profile = await withPorts(
        { ...talk, answers: { ...talk.answers, learned: tried } },
        [],
        (institution, ports) =>
          hasPublicProfile(institution)
            ? requestProfile(institution, null, { ...ports, refresh: true }).then((answer) => answer.profile)
            : Promise.resolve(null),
      );
      return fromProfile(profile, tried);
    } catch (error) {
      const known = toOfxSyncError(error);
      if (!mayNeedSignon(known) && known.code !== 'OFX_UNREADABLE') throw known;
      first ??= known;
    }
  }
  return {
    learned,
    remarks: [`it tells strangers nothing (${visible(first?.message ?? 'no profile')}); the signon decides`],
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
      ...(wantsUid ? ['it wants this installation to be registered: clientUid: auto is set'] : []),
      ...(labels.length === 0
        ? []
        : [`it may want a further credential (${visible(labels.join(', '))}): userCred1: in accounts.yaml`]),
    ],
  };
}

async function listAccounts(talk: Talk): Promise<Pick<SignedOn, 'offers' | 'remarks'>> {
  const found = await withPorts(talk, [], async (institution, ports) => {
    const login = await ports.resolveLogin(institution);
    const file = await inquire(institution, { kind: 'accounts', login }, ports);
    requireReply(file, 'ACCTINFOTRNRS', institution);
    return foundAccounts(file.accounts, institution);
  });
  const offers = await withBalances(found, talk);
  const remarks = found.flatMap(({ entry, remark, state }) =>
    state === 'incomplete' ? [`left out: ${visible(entry?.name ?? 'an account')}: ${visible(remark ?? '')}`] : [],
  );
  return { offers, remarks };
}

/** A short statement of each account, for its balance. What goes wrong here will be told by the first sync. */
async function withBalances(found: readonly FoundAccount[], talk: Talk): Promise<Offer[]> {
  const usable = found.flatMap(({ entry, state, description, remark }) => {
    if (entry === null || state === 'incomplete') return [];
    const there = configuredAs(talk.place, entry);
    const already = there === null ? null : `in accounts.yaml already, as ${there.institution}/${there.name}`;
    return [{ entry, description, remark: already ?? remark, isActive: state === 'new' && there === null }];
  });
  const active = usable.filter(({ isActive }) => isActive).map(({ entry }) => entry);
  const balances = new Map<string, string>();
  if (active.length > 0) {
    const steps = await withPorts(talk, active, (institution, ports, config) =>
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
  return usable.map((one) => ({ ...one, balance: balances.get(one.entry.name) ?? null }));
}

/** Does something with the institution as it will be, connected for as long. */
async function withPorts<T>(
  { answers, place, store }: Talk,
  accounts: Parameters<typeof candidate>[2],
  work: (institution: Institution, ports: CheckPorts, config: Config) => Promise<T>,
): Promise<T> {
  const { invocation } = place;
  const { io } = invocation;
  const { config, institution } = await candidate(answers, place, accounts);
  const typed = answers.password;
  const ask = typed === undefined ? askHidden(io) : async () => typed;
  const wiring = wireFor(io, { config, store, prompt: ask });
  try {
    const asked = durationOption(invocation, 'timeout');
    return await work(
      institution,
      {
        ...wiring.ports,
        resolveUrl: wiring.resolveUrl,
        guard: createGuard(store, { force: invocation.options['force'] === true, now: io.now }),
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
