/** Rules of accounts.yaml: the conditions of a transaction, and what is set in one that fits. */

import { addDays, isIsoDate, isoDate } from '../dates.js';

/** A text, or several of which any may fit. */
export type OneOrMany = string | readonly string[];

/** Conditions. Text matches as a part, whatever its case; between slashes it is a regular expression. */
export interface RuleConditions {
  /** Name, extended name, or payee. */
  readonly payee?: OneOrMany;
  readonly memo?: OneOrMany;
  /** `-12.34`, `< -100`, `>= 0`, or `-100 .. -50`. */
  readonly amount?: OneOrMany;
  /** `2026-03-01`, `2026-03`, `2026`, `>= 2026-03-01`, or `2026-01 .. 2026-03`. */
  readonly date?: OneOrMany;
  /** TRNTYPE; of a trade its kind, such as BUYSTOCK. */
  readonly type?: OneOrMany;
  /** `1001`, or `1001 .. 1099`. */
  readonly check?: OneOrMany;
  /** Institution, account, or institution/account. */
  readonly account?: OneOrMany;
}

/** Conditions of a rule, all of which must match. */
export interface RuleMatch extends RuleConditions {
  /** Conditions, none of which may match. */
  readonly not?: RuleConditions;
}

/** A part of a transaction's amount. */
export interface RuleSplit {
  readonly category: string;
  /** `12.34`, or `30%`, in the direction of the transaction; of the last part absent: the rest. */
  readonly amount?: string;
}

export interface RuleValues {
  /** `$1` and `${name}` stand for groups of the rule's expressions, if they have any. */
  readonly payee?: string;
  /** Category of a budget, or counter-account of a journal. */
  readonly category?: string;
  readonly tags?: readonly string[];
  /** A comment, with groups as in `payee`. */
  readonly note?: string;
  readonly splits?: readonly RuleSplit[];
  /** Omits the transaction from exports. */
  readonly ignore?: boolean;
}

/** A rule. For each field the first matching rule that sets it counts; tags of all matching rules add up. */
export interface ExportRule {
  readonly match: RuleMatch;
  readonly set: RuleValues;
}

/** Bounds of an amount, both inclusive unless `open`; `null` for none. */
export interface AmountRange {
  readonly least: Bound | null;
  readonly most: Bound | null;
}

export interface Bound {
  readonly amount: string;
  readonly open: boolean;
}

/** The first and last day that fit, both inclusive; `null` for none. */
export interface DateRange {
  readonly first: string | null;
  readonly last: string | null;
}

const AMOUNT = String.raw`[-+]?\d{1,15}(?:\.\d{1,8})?`;
const COMPARED = new RegExp(`^(<=|>=|<|>|=)?\\s*(${AMOUNT})$`);
const BETWEEN = new RegExp(`^(${AMOUNT})\\s*\\.\\.\\s*(${AMOUNT})$`);
const PART = /^(?:(?<amount>-?\d{1,15}(?:\.\d{1,8})?)|(?<percent>\d{1,3}(?:\.\d{1,6})?)\s*%)$/;

export function manyOf(value: OneOrMany): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}

/** Returns the expression between slashes, `null` for plain text. */
export function expressionOf(text: string): string | null {
  return /^\/(.+)\/$/s.exec(text)?.[1] ?? null;
}

/** Parses the amount condition of a rule; `null` for an invalid one. */
export function parseAmountRange(text: string): AmountRange | null {
  const between = BETWEEN.exec(text.trim());
  if (between !== null)
    return {
      least: { amount: normalized(between[1]), open: false },
      most: { amount: normalized(between[2]), open: false },
    };
  const [, sign = '=', amount] = COMPARED.exec(text.trim()) ?? [];
  if (amount === undefined) return null;
  const bound = { amount: normalized(amount), open: sign === '<' || sign === '>' };
  return { least: sign.startsWith('<') ? null : bound, most: sign.startsWith('>') ? null : bound };
}

/** Parses the date condition of a rule: a day, month or year, a comparison, or a range; `null` for an invalid one. */
export function parseDateRange(text: string): DateRange | null {
  const [from, to, ...more] = text.split('..').map((part) => part.trim());
  if (from === undefined || more.length > 0) return null;
  if (to !== undefined) {
    const [first, last] = [spanOf(from), spanOf(to)];
    return first === null || last === null || first.first > last.last ? null : { first: first.first, last: last.last };
  }
  const [, sign = '=', date = ''] = /^(<=|>=|<|>|=)?\s*(\S+)$/.exec(from) ?? [];
  const span = spanOf(date);
  if (span === null) return null;
  switch (sign) {
    case '<':
      return { first: null, last: addDays(isoDate(span.first), -1) };
    case '<=':
      return { first: null, last: span.last };
    case '>':
      // Compared as text, this is after the last day and before the next.
      return { first: `${span.last}+`, last: null };
    case '>=':
      return { first: span.first, last: null };
    default:
      return span;
  }
}

/** Parses the check numbers of a rule: one of them, or a range of numbers; `null` for an invalid range. */
export function parseCheckRange(text: string): { readonly first: bigint; readonly last: bigint } | string | null {
  if (!text.includes('..')) return text.trim();
  const [, first, last] = /^(\d{1,20})\s*\.\.\s*(\d{1,20})$/.exec(text.trim()) ?? [];
  if (first === undefined || last === undefined || BigInt(first) > BigInt(last)) return null;
  return { first: BigInt(first), last: BigInt(last) };
}

/** Parses the amount of a part; `null` for an invalid one. */
export function parsePart(text: string): { readonly amount: string } | { readonly percent: string } | null {
  const { amount, percent } = PART.exec(text.trim())?.groups ?? {};
  if (amount !== undefined) return { amount: normalized(amount) };
  return percent === undefined ? null : { percent: normalized(percent) };
}

/** Returns the names of the groups to which a text refers: `1`, `name`. */
export function referencesIn(text: string): string[] {
  return [...text.matchAll(REFERENCE)].flatMap(([, number, name]) => number ?? name ?? []);
}

/** Puts the groups into a text; `$$` is a dollar sign, and an unknown group is empty. */
export function filled(text: string, groups: ReadonlyMap<string, string>): string {
  return text.replace(REFERENCE, (reference, number?: string, name?: string) =>
    reference === '$$' ? '$' : (groups.get(number ?? name ?? '') ?? ''),
  );
}

const REFERENCE = /\$\$|\$(\d{1,2})|\$\{(\w{1,64})\}/g;

function spanOf(text: string): { readonly first: string; readonly last: string } | null {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text) ?? [];
  if (year === undefined) return null;
  if (day !== undefined) return isIsoDate(text) ? { first: text, last: text } : null;
  // Compared as text, no day of a month is after its 31st.
  if (month === undefined) return { first: `${year}-01-01`, last: `${year}-12-31` };
  return isIsoDate(`${year}-${month}-01`) ? { first: `${year}-${month}-01`, last: `${year}-${month}-31` } : null;
}

function normalized(amount: string | undefined): string {
  const text = (amount ?? '0').replace(/^\+/, '').replace(/^(-?)0+(?=\d)/, '$1');
  return /[1-9]/.test(text) ? text : text.replace(/^-/, '');
}
