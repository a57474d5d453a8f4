/**
 * Guided set-up as a state: the answers, and the question that comes next. Pure. Going back removes the last step and keeps its
 * answer, which is offered again.
 */

import type { AccountEntry } from '../../config/schema.js';

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
  | { readonly kind: 'files' };

/** The places where a password can be kept. `literal` is for sandbox and loopback addresses only. */
export const PASSWORD_STORAGES = ['keychain', 'env', 'file', 'command', 'prompt', 'literal'] as const;
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
  /** Patterns of statement files. */
  readonly files?: readonly string[];
  /** Numbers of the accounts in the files that were picked. Other files may match the patterns, too. */
  readonly pickedIds?: readonly string[];
  readonly name?: string;
  readonly userId?: string;
  readonly storage?: PasswordStorage;
  /** Name of the variable, path of the file, or the command, depending on the storage. */
  readonly where?: string;
  readonly password?: string;
  /** PEM file of a further certificate authority. */
  readonly ca?: string;
  /** Keys of accounts.yaml that the institution's answers gave. */
  readonly learned?: Readonly<Record<string, string>>;
  /** Hosts to which the institution's profile moves statements, and which the last screen asks to confirm. */
  readonly movedTo?: readonly string[];
  /** The accounts that the institution lists, or that are in the files. */
  readonly offers?: readonly Offer[];
  readonly picked?: readonly AccountEntry[];
}

const STEPS = [
  'origin',
  'ended',
  'stale',
  'ids',
  'files',
  'name',
  'userId',
  'storage',
  'where',
  'password',
  'signon',
  'accounts',
  'byHand',
  'names',
  'confirm',
] as const;
export type StepId = (typeof STEPS)[number];

export interface SetUpState {
  readonly answers: Answers;
  /** The completed steps, in their order. */
  readonly done: readonly StepId[];
}

export const INITIAL_STATE: SetUpState = { answers: {}, done: [] };

/** Steps without a question, which going back skips. */
const SILENT: ReadonlySet<StepId> = new Set<StepId>(['signon']);

/** Decides for each step, from the earlier answers, if it is part of the set-up. */
const APPLIES: Readonly<Record<StepId, (answers: Answers) => boolean>> = {
  origin: () => true,
  ended: ({ origin }) => origin?.kind === 'directory' && origin.ended !== null,
  stale: ({ origin }) => origin?.kind === 'directory' && origin.ended === null && origin.isStale,
  ids: ({ origin }) => origin?.kind === 'url' && !isSandbox(origin.url),
  files: usesFiles,
  name: () => true,
  userId: isReached,
  storage: isReached,
  where: (answers) => isReached(answers) && ['env', 'file', 'command'].includes(answers.storage ?? ''),
  password: (answers) => isReached(answers) && ['keychain', 'literal'].includes(answers.storage ?? ''),
  signon: () => true,
  accounts: ({ offers = [] }) => offers.length > 0,
  byHand: ({ offers = [] }) => offers.length === 0,
  names: ({ picked = [] }) => picked.length > 0,
  confirm: () => true,
};

/** Returns the next step; `null` when every answer is known. */
export function nextStep({ answers, done }: SetUpState): StepId | null {
  return STEPS.find((step) => !done.includes(step) && APPLIES[step](answers)) ?? null;
}

/** Completes a step with its answers. */
export function withAnswer({ answers, done }: SetUpState, step: StepId, more: Answers): SetUpState {
  return { answers: { ...answers, ...more }, done: [...done, step] };
}

/** Returns to the last question; `null` at the first. A password is asked for again and never offered. */
export function previousStep({ answers, done }: SetUpState): SetUpState | null {
  const last = done.findLastIndex((step) => !SILENT.has(step));
  if (last < 0) return null;
  const { password, ...kept } = answers;
  const left = done.slice(0, last);
  return { answers: left.includes('password') && password !== undefined ? answers : kept, done: left };
}

/** Returns to a completed step, which drops all steps after it. */
export function goBackTo(state: SetUpState, step: StepId): SetUpState {
  const at = state.done.indexOf(step);
  return at < 0 ? state : { answers: state.answers, done: state.done.slice(0, at) };
}

export function usesFiles({ origin }: Answers): boolean {
  return origin?.kind === 'files' || (origin?.kind === 'directory' && origin.ended !== null);
}

function isReached(answers: Answers): boolean {
  return !usesFiles(answers);
}

export function isSandbox(url: string): boolean {
  return url.startsWith('sandbox:');
}
