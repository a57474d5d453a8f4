/**
 * Guided set-up as a state: what was answered, and which question comes next. Pure. Going back takes the last answer's place
 * in the row away and keeps the answer itself, to be offered again.
 */

import type { AccountEntry } from '../../config/schema.js';

/** Where statements come from. */
export type Origin =
  | {
      readonly kind: 'directory';
      readonly id: string;
      readonly title: string;
      /** What happened to its service, and what to do instead. */
      readonly ended: { readonly what: string; readonly advice: string } | null;
      /** The evidence for its address, in words. */
      readonly evidence: string;
      readonly isStale: boolean;
    }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'files' };

/** Where a password is kept. `literal` is for sandbox and loopback addresses alone. */
export const PLACES = ['keychain', 'env', 'file', 'command', 'prompt', 'literal'] as const;
export type Place = (typeof PLACES)[number];

/** An account that can be taken, with what the institution says of it. */
export interface Offer {
  readonly entry: AccountEntry;
  readonly description: string | null;
  readonly remark: string | null;
  /** With its currency, as it is to be shown. */
  readonly balance: string | null;
  readonly isActive: boolean;
}

export interface Answers {
  readonly origin?: Origin;
  /** The address is used although nobody has vouched for it for years. */
  readonly trusted?: boolean;
  /** ORG and FID; empty text for none. */
  readonly org?: string;
  readonly fid?: string;
  /** Pattern of statement files. */
  readonly files?: string;
  readonly name?: string;
  readonly userId?: string;
  readonly place?: Place;
  /** Name of the variable, path of the file, or the command. */
  readonly where?: string;
  readonly password?: string;
  /** PEM file of a further certificate authority. */
  readonly ca?: string;
  /** What was found out on the way, as keys of accounts.yaml. */
  readonly learned?: Readonly<Record<string, string>>;
  /** What the institution listed, or the files hold. */
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
  'place',
  'where',
  'password',
  'signon',
  'accounts',
  'byHand',
  'names',
  'confirm',
] as const;
export type StepId = (typeof STEPS)[number];

export interface SetUp {
  readonly answers: Answers;
  /** The questions that are behind, in their order. */
  readonly done: readonly StepId[];
}

export const BEGINNING: SetUp = { answers: {}, done: [] };

/** Steps that ask nothing, which going back goes through. */
const SILENT: ReadonlySet<StepId> = new Set<StepId>(['signon']);

/** Whether a question comes up at all, after what was answered before it. */
const APPLIES: Readonly<Record<StepId, (answers: Answers) => boolean>> = {
  origin: () => true,
  ended: ({ origin }) => origin?.kind === 'directory' && origin.ended !== null,
  stale: ({ origin }) => origin?.kind === 'directory' && origin.ended === null && origin.isStale,
  ids: ({ origin }) => origin?.kind === 'url' && !isSandbox(origin.url),
  files: isOfFiles,
  name: () => true,
  userId: isReached,
  place: isReached,
  where: (answers) => isReached(answers) && ['env', 'file', 'command'].includes(answers.place ?? ''),
  password: (answers) => isReached(answers) && ['keychain', 'literal'].includes(answers.place ?? ''),
  signon: () => true,
  accounts: ({ offers = [] }) => offers.length > 0,
  byHand: ({ offers = [] }) => offers.length === 0,
  names: ({ picked = [] }) => picked.length > 0,
  confirm: () => true,
};

/** What is to be asked or done now; `null` when everything is known. */
export function nextStep({ answers, done }: SetUp): StepId | null {
  return STEPS.find((step) => !done.includes(step) && APPLIES[step](answers)) ?? null;
}

export function answered({ answers, done }: SetUp, step: StepId, more: Answers): SetUp {
  return { answers: { ...answers, ...more }, done: [...done, step] };
}

/** The last question again; `null` when there is none before. A password is asked anew and never offered. */
export function wentBack({ answers, done }: SetUp): SetUp | null {
  const last = done.findLastIndex((step) => !SILENT.has(step));
  if (last < 0) return null;
  const { password, ...kept } = answers;
  const left = done.slice(0, last);
  return { answers: left.includes('password') && password !== undefined ? answers : kept, done: left };
}

/** Back to a question that was behind already, with all after it. */
export function backTo(state: SetUp, step: StepId): SetUp {
  const at = state.done.indexOf(step);
  return at < 0 ? state : { answers: state.answers, done: state.done.slice(0, at) };
}

export function isOfFiles({ origin }: Answers): boolean {
  return origin?.kind === 'files' || (origin?.kind === 'directory' && origin.ended !== null);
}

function isReached(answers: Answers): boolean {
  return !isOfFiles(answers);
}

export function isSandbox(url: string): boolean {
  return url.startsWith('sandbox:');
}
