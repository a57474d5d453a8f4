/** The ways of a bank, as data that can be put together. */

import type { Random } from '../random.js';
import type { Plan, Version } from './version.js';

/** A row of a statement. */
export interface Listed extends Version {
  readonly fitid: string | null;
  /** CORRECTFITID */
  readonly correctsFitid: string | null;
}

/** The moment of a statement, and everything by which it may differ from others. */
export interface Occasion {
  readonly moment: number;
  /** Counts the statements of the account. */
  readonly number: number;
  /** Chance of this statement. */
  readonly random: Random;
  /** Chance of the account, the same for all its statements. */
  readonly account: string;
}

/** Gives the rows of a statement their FITIDs, in the order of the statement. */
export type Fitids = (rows: readonly Version[], occasion: Occasion) => readonly (string | null)[];

export interface Statement {
  readonly rows: readonly Listed[];
  /** DTSTART and DTEND. */
  readonly from: number;
  readonly to: number;
  /** `false`: rows of these days were omitted. */
  readonly isComplete: boolean;
  readonly balance: Stated | null;
  readonly available: Stated | null;
}

export interface Stated {
  readonly cents: number;
  readonly day: number;
  /** Hour of DTASOF; absent: a date only. */
  readonly hour?: number;
}

/** Changes a statement before it is sent. `all` are the rows of all days that the bank lists now. */
export type Shape = (statement: Statement, occasion: Occasion, all: () => readonly Listed[]) => Statement;

export type BalanceKind = 'now' | 'today' | 'yesterday' | 'lagging' | 'available' | 'absent';

export interface FilePlan {
  /** Moments at which the customer downloads a file from the bank's site, and the days of each. */
  readonly downloads: (span: Span, random: Random) => readonly FileDownload[];
  /** Spelling of a row in files; the same as in statements when absent. */
  readonly respell?: Respell;
  /** FITIDs in files; those of statements when absent. */
  readonly fitids?: Fitids;
  /** Files state a balance. */
  readonly hasBalance: boolean;
}

/** Where a customer has statements from at a time: his bank's server, files of its site, a program, or a bridge. */
export interface Stage {
  readonly source: SourceKind;
  /** What the source says of the account; of `Ways` everything but plans, which belong to the bank. */
  readonly ways: Omit<Ways, 'plans' | 'files'>;
}

export type SourceKind = 'url' | 'files' | 'command' | 'simplefin';

export interface FileDownload {
  readonly moment: number;
  readonly from: number;
  readonly to: number;
}

/** Days of the simulated life. */
export interface Span {
  /** The day of the first sync. */
  readonly first: number;
  readonly last: number;
}

export type Respell = (row: Version) => Version;

/** Half days from one sync to the next. */
export type Gaps = (random: Random) => number;

/** The parts of a behaviour; absent ones are those of a bank that does everything well. */
export interface Ways {
  readonly plans?: readonly Plan[];
  readonly fitids?: Fitids;
  /** Spelling of a row in statements; as the bank has it when absent. */
  readonly respell?: Respell;
  readonly shapes?: readonly Shape[];
  readonly balance?: BalanceKind;
  readonly files?: FilePlan;
  readonly gaps?: Gaps;
  /** Hours by which DTSERVER is ahead. */
  readonly clockHours?: number;
  readonly order?: 'oldest first' | 'newest first';
  /** `true`: some statements have no balance, or one that does not agree with their rows. */
  readonly hasDoubtfulBalances?: boolean;
  /** `false`: files only. */
  readonly isOnline?: boolean;
}

export interface Behaviour extends Ways {
  readonly name: string;
  readonly about: string;
  /** Points of the promise that it tries, 1 to 7; none: what always has to work. */
  readonly points: readonly number[];
  /** Sources of which each takes the place of the former, in equal parts of the life. */
  readonly stages?: readonly Stage[];
}

/** Returns `true` if each statement and each file states a ledger balance that agrees with its rows. */
export function statesBalances({
  balance = 'now',
  files,
  isOnline = true,
  hasDoubtfulBalances = false,
  stages = [],
}: Ways & Pick<Behaviour, 'stages'>): boolean {
  if (stages.length > 0) return stages.every(({ ways }) => statesBalances(ways));
  const states = balance === 'now' || balance === 'today' || balance === 'yesterday' || balance === 'lagging';
  return !hasDoubtfulBalances && (!isOnline || states) && (files === undefined || files.hasBalance);
}

/** Puts ways together: plans and shapes add up, of everything else the last one counts. */
export function together(...ways: readonly Ways[]): Ways {
  const plans = ways.flatMap((one) => one.plans ?? []);
  const shapes = ways.flatMap((one) => one.shapes ?? []);
  return { ...Object.assign({}, ...ways), plans, shapes };
}
