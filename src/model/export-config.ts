/** What accounts.yaml says of handing transactions on: names in journals, rules, layouts of one's own, commands after a sync. */

import type { CsvLayout } from './csv-layout.js';

/** All that is given must fit. Text is contained, whatever its case; between slashes it is a regular expression. */
export interface RuleMatch {
  /** Name, extended name, or payee. */
  readonly payee?: string;
  readonly memo?: string;
  /** `-12.34`, `< -100`, `>= 0`, or `-100 .. -50`. */
  readonly amount?: string;
  /** Institution, account, or institution/account. */
  readonly account?: string;
}

/** What the first rule that fits and says it makes of a transaction; tags of all rules that fit come together. */
export interface ExportRule {
  readonly match: RuleMatch;
  readonly set: {
    readonly payee?: string;
    /** Category of a budget, or counter-account of a journal. */
    readonly category?: string;
    readonly tags?: readonly string[];
  };
}

export interface SyncCommand {
  readonly command: readonly string[];
  readonly timeoutMs: number;
}

export interface ExportConfig {
  /** Account of a journal by `institution/account`. */
  readonly accountMap: ReadonlyMap<string, string>;
  readonly rules: readonly ExportRule[];
  /** By the name that `--format` takes. */
  readonly csvLayouts: ReadonlyMap<string, CsvLayout>;
  /** Run after a sync, one after the other. */
  readonly onSync: readonly SyncCommand[];
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

const AMOUNT = String.raw`[-+]?\d{1,15}(?:\.\d{1,8})?`;
const COMPARED = new RegExp(`^(<=|>=|<|>|=)?\\s*(${AMOUNT})$`);
const BETWEEN = new RegExp(`^(${AMOUNT})\\s*\\.\\.\\s*(${AMOUNT})$`);

/** `null` when it is none. */
export function parseAmountRange(text: string): AmountRange | null {
  const between = BETWEEN.exec(text.trim());
  if (between !== null)
    return { least: { amount: plain(between[1]), open: false }, most: { amount: plain(between[2]), open: false } };
  const [, sign = '=', amount] = COMPARED.exec(text.trim()) ?? [];
  if (amount === undefined) return null;
  const bound = { amount: plain(amount), open: sign === '<' || sign === '>' };
  return { least: sign.startsWith('<') ? null : bound, most: sign.startsWith('>') ? null : bound };
}

/** The expression between slashes, `null` for plain text. */
export function expressionOf(text: string): string | null {
  return /^\/(.+)\/$/s.exec(text)?.[1] ?? null;
}

function plain(amount: string | undefined): string {
  const text = (amount ?? '0').replace(/^\+/, '').replace(/^(-?)0+(?=\d)/, '$1');
  return /[1-9]/.test(text) ? text : text.replace(/^-/, '');
}
