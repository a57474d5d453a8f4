/**
 * Guided set-up as a state: the answers, and the question that comes next. Pure. Going back removes the last step and keeps its
 * answer, which is offered again.
 */

import type { AccountEntry } from '../../config/schema.js';
import { present } from '../../model/present.js';

/** The source of statements. */
export type Origin =
  | {
      readonly kind: 'directory';
      readonly id: string;
      readonly title: string;
      /** The end of its OFX service, and the alternative; `null` while the service runs. */
      readonly ended: { readonly what: string; readonly advice: string } | null;
      /** The evidence for its address, in words. */
      readonly evidence: string;
      readonly isStale: boolean;
    }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'files' }
  /** A SimpleFIN bridge. Its setup token, then its access URL, is the password. */
  | { readonly kind: 'bridge' }
  /** A bank that accounts.yaml has already, to change or remove it. */
  | { readonly kind: 'existing'; readonly name: string };

/** The places where a password can be kept. `literal` is for sandbox and loopback addresses only. */
export const PASSWORD_STORAGES = ['keychain', 'file', 'env', 'command', 'prompt', 'literal'] as const;
export type PasswordStorage = (typeof PASSWORD_STORAGES)[number];

/** An account that can be added, as the institution or a file describes it. */
export interface Offer {
  readonly entry: AccountEntry;
  readonly description: string | null;
  readonly remark: string | null;
  /** Formatted, with its currency. */
  readonly balance: string | null;
  readonly isActive: boolean;
}

export interface Answers {
  readonly origin?: Origin;
  /** The person accepts an address that has not been confirmed for years. */
  readonly trusted?: boolean;
  /** ORG and FID; empty text for none. */
  readonly org?: string;
  readonly fid?: string;
  /** The server gives no profile without ORG and FID, or the person wants to correct them. */
  readonly wantsIds?: boolean;
  /** Patterns of statement files. */
  readonly files?: readonly string[];
  /** Numbers of the accounts in the files that were picked. Other files may match the patterns, too. */
  readonly pickedIds?: readonly string[];
  readonly name?: string;
  /** The person chose the name: it stays when another bank is chosen. */
  readonly isNamed?: boolean;
  readonly userId?: string;
  readonly storage?: PasswordStorage;
  /** Name of the variable, path of the file, or the command, depending on the storage. */
  readonly where?: string;
  /** The person chose the storage: another bank does not change it. */
  readonly isPlaced?: boolean;
  /** The storage yields the password already: it is not asked for. */
  readonly isStored?: boolean;
  readonly password?: string;
  /** The person accepts a sign-on that the guard against refusals would hold back. */
  readonly isForced?: boolean;
  /** PEM file of a further certificate authority. */
  readonly ca?: string;
  /** Keys of accounts.yaml that the institution's answers gave. */
  readonly learned?: Readonly<Record<string, string>>;
  /** Hosts to which the institution's profile moves statements, and which the last screen asks to confirm. */
  readonly movedTo?: readonly string[];
  /** The accounts that the institution lists, or that are in the files. */
  readonly offers?: readonly Offer[];
  readonly picked?: readonly AccountEntry[];
  /** Answers to the parts of questions that have several, to go back into them. */
  readonly parts?: Readonly<Partial<Record<StepId, readonly string[]>>>;
  /** Time of day of a daily sync. */
  readonly daily?: string;
  /** Download the first statements once everything is written. */
  readonly isSynced?: boolean;
}

export const STEPS = [
  'origin',
  'stale',
  'files',
  'name',
  'profile',
  'ids',
  'userId',
  'storage',
  'password',
  'signon',
  'accounts',
  'byHand',
  'confirm',
] as const;
export type StepId = (typeof STEPS)[number];

const SILENT_STEPS = ['name', 'profile', 'storage', 'signon'] as const;
export type SilentStep = (typeof SILENT_STEPS)[number];

export interface SetUpState {
  readonly answers: Answers;
  /** The completed steps, in their order. */
  readonly done: readonly StepId[];
  /** Steps that the command line answered: they are not asked, unless their answer must be corrected. */
  readonly given: readonly StepId[];
}

export const INITIAL_STATE: SetUpState = { answers: {}, done: [], given: [] };

/** Recognizes steps without a question, which going back skips. */
export function isSilent(step: StepId): step is SilentStep {
  return SILENT_STEPS.some((one) => one === step);
}

/** Decides for each step, from the earlier answers, if it is part of the set-up. */
const APPLIES: Readonly<Record<StepId, (answers: Answers) => boolean>> = {
  origin: () => true,
  stale: ({ origin }) => origin?.kind === 'directory' && origin.ended === null && origin.isStale,
  files: usesFiles,
  name: () => true,
  profile: hasOwnAddress,
  ids: (answers) => hasOwnAddress(answers) && answers.wantsIds === true,
  userId: (answers) => isReached(answers) && !usesBridge(answers),
  storage: isReached,
  // A setup token may have been typed in the place of a bank's name.
  password: (answers) =>
    isReached(answers) && answers.isStored !== true && !(usesBridge(answers) && answers.password !== undefined),
  signon: () => true,
  accounts: ({ offers = [] }) => offers.length > 0,
  byHand: ({ offers = [] }) => offers.length === 0,
  confirm: () => true,
};

/** Returns the next step; `null` when every answer is known. */
export function nextStep({ answers, done, given }: SetUpState): StepId | null {
  return STEPS.find((step) => !done.includes(step) && !given.includes(step) && APPLIES[step](answers)) ?? null;
}

/** Completes a step with its answers. Another bank takes the answers along that do not depend on the bank. */
export function withAnswer(state: SetUpState, step: StepId, more: Answers): SetUpState {
  const { origin } = state.answers;
  const isAnother = step === 'origin' && origin !== undefined && keyOf(origin) !== keyOf(more.origin);
  const answers = isAnother ? lasting(state) : state.answers;
  return { ...state, answers: { ...answers, ...more }, done: [...state.done, step] };
}

function keyOf(origin: Origin | undefined): string {
  if (origin?.kind === 'directory') return origin.id;
  return origin?.kind === 'url' ? origin.url : (origin?.kind ?? '');
}

/** Returns the answers that stay when another bank is chosen: the person's own, and those of the command line. */
function lasting({ answers, given }: SetUpState): Answers {
  const { userId, name, isNamed, daily, isPlaced, storage, where, org, fid, files } = answers;
  return present({
    userId,
    daily,
    ...(isNamed === true ? { name, isNamed } : {}),
    ...(isPlaced === true ? { isPlaced, storage, where } : {}),
    ...(given.includes('ids') ? { org, fid } : {}),
    ...(given.includes('files') ? { files } : {}),
  });
}

/** Returns to the last question; `null` at the first. A password is asked for again and never offered. */
export function previousStep({ answers, done, given }: SetUpState): SetUpState | null {
  const last = done.findLastIndex((step) => !isSilent(step));
  if (last < 0) return null;
  const { password, ...kept } = answers;
  const left = done.slice(0, last);
  return { answers: left.includes('password') && password !== undefined ? answers : kept, done: left, given };
}

/** Returns to a step, which drops all steps after it, and asks for it even if the command line gave an answer. */
export function goBackTo({ answers, done, given }: SetUpState, step: StepId): SetUpState {
  const isEarlier = (one: StepId) => STEPS.indexOf(one) < STEPS.indexOf(step);
  return { answers, done: done.filter(isEarlier), given: given.filter((one) => one !== step) };
}

export function usesFiles({ origin }: Answers): boolean {
  return origin?.kind === 'files' || (origin?.kind === 'directory' && origin.ended !== null);
}

export function usesBridge({ origin }: Answers): boolean {
  return origin?.kind === 'bridge';
}

function isReached(answers: Answers): boolean {
  return !usesFiles(answers);
}

/** Returns true for the address of a server that the person gave. */
export function hasOwnAddress({ origin }: Answers): boolean {
  return origin?.kind === 'url' && !isSandbox(origin.url);
}

export function isSandbox(url: string): boolean {
  return url.startsWith('sandbox:');
}
