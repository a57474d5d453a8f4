/** Export settings of accounts.yaml: names in journals, rules, own CSV layouts, commands after a sync. */

import type { CsvLayout } from './csv-layout.js';

/** Conditions of a rule, all of which must match. Text matches as a part, whatever its case; between slashes it is a regular expression. */
export interface RuleMatch {
  /** Name, extended name, or payee. */
  readonly payee?: string;
  readonly memo?: string;
  /** `-12.34`, `< -100`, `>= 0`, or `-100 .. -50`. */
  readonly amount?: string;
  /** Institution, account, or institution/account. */
  readonly account?: string;
}

/** A rule. For each field the first matching rule that sets it counts; tags of all matching rules add up. */
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

/** Where `transferAccount` is not set. */
export const TRANSFER_ACCOUNT = 'Assets:Transfers';

export interface ExportConfig {
  /** Account of a journal by `institution/account`. */
  readonly accountMap: ReadonlyMap<string, string>;
  /** Account of a journal that holds a transfer of which one side has not arrived. */
  readonly transferAccount: string;
  /** Journals declare accounts and commodities. */
  readonly declarations: boolean;
  readonly rules: readonly ExportRule[];
  /** By the names for `--format`. */
  readonly csvLayouts: ReadonlyMap<string, CsvLayout>;
  /** Commands that run after a sync, one after the other. */
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

/** Returns the expression between slashes, `null` for plain text. */
export function expressionOf(text: string): string | null {
  return /^\/(.+)\/$/s.exec(text)?.[1] ?? null;
}

function normalized(amount: string | undefined): string {
  const text = (amount ?? '0').replace(/^\+/, '').replace(/^(-?)0+(?=\d)/, '$1');
  return /[1-9]/.test(text) ? text : text.replace(/^-/, '');
}
