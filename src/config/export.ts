/** `accountMap`, `rules`, `csvLayouts` and `onSync` of accounts.yaml: their schema, their rules, and the settings of the model. */

import { z } from 'zod';
import { type CsvLayout, LAYOUT_FIELD_NAMES } from '../model/csv-layout.js';
import { expressionOf, type HandingOn, parseAmountRange } from '../model/handing-on.js';
import { parseDuration } from './length.js';
import { duration, says } from './length-schema.js';
import { accountNames, entries, type RuleProblem, unknownAccount } from './rule-problem.js';
import { isRecord, type Path, type RawRecord } from './yaml/positions.js';

const text = (longest: number) => z.string().min(1).max(longest);

/** Names with colons between; what journals take for syntax is none of a name. */
const journalAccount = () =>
  text(200).regex(/^[\p{L}\p{N}][^:;"|()[\]{}\t\r\n]*(?::[\p{L}\p{N}][^:;"|()[\]{}\t\r\n]*)+$/u, {
    error: says('not an account of a journal', 'such as Assets:Bank:Checking'),
  });

export const matchSchema = z.strictObject({
  payee: text(500)
    .exactOptional()
    .describe('text in name or payee, whatever its case; between slashes a regular expression'),
  memo: text(500).exactOptional().describe('the same in the memo'),
  amount: text(50).exactOptional().describe('-12.34, < -100, >= 0, or -100 .. -50, in quotes; spending is negative'),
  account: text(130).exactOptional().describe('institution, account, or institution/account'),
});

export const setSchema = z.strictObject({
  payee: text(200).exactOptional().describe('the payee, in your words'),
  category: text(200)
    .exactOptional()
    .describe('category of a budget, counter-account of a journal (Expenses:… or a part)'),
  tags: z.array(text(64)).min(1).max(20).exactOptional().describe('tags'),
});

export const ruleSchema = z.strictObject({
  match: matchSchema.describe('what must fit, all of it'),
  set: setSchema.describe('what it makes of the transaction'),
});

export const columnSchema = z.strictObject({
  header: z.string().max(100).describe('name of the column'),
  field: z.enum(LAYOUT_FIELD_NAMES).exactOptional().describe('what it holds'),
  constant: z.string().max(200).exactOptional().describe('or a text that is always the same'),
});

export const layoutSchema = z.strictObject({
  columns: z.array(columnSchema).min(1).max(100).describe('the columns, in order'),
  date: text(30)
    .regex(/Y.*M.*D|D.*M.*Y|M.*D.*Y/, { error: says('not a pattern of a date', 'such as DD.MM.YYYY') })
    .exactOptional()
    .describe('how dates are written, of YYYY, YY, MM, M, DD, D (YYYY-MM-DD)'),
  separator: z.enum([',', ';', '\t', '|']).exactOptional().describe('between cells (,)'),
  decimal: z.enum(['.', ',']).exactOptional().describe('the decimal point (.)'),
  sign: z
    .enum(['spending-negative', 'spending-positive'])
    .exactOptional()
    .describe('sign of money that leaves the account (spending-negative)'),
  header: z.boolean().exactOptional().describe('whether the first line names the columns (true)'),
});

export const syncCommandSchema = z.strictObject({
  command: z.array(text(1000)).min(1).max(50).describe('program and its words'),
  timeout: duration().optional().describe('time limit (60s)'),
});

/** A name that `--format` takes. */
const LAYOUT_NAME = /^[a-z][a-z0-9-]{0,30}$/;

export const EXPORT_SHAPE = {
  accountMap: z
    .record(z.string(), journalAccount())
    .nullish()
    .describe('accounts in journals: institution/account: Assets:Bank:Checking'),
  rules: z
    .array(ruleSchema)
    .max(5000)
    .nullish()
    .describe('payees, categories and tags of what is handed on; each from the first rule that fits and says it'),
  csvLayouts: z
    .record(
      z.string().regex(LAYOUT_NAME, { error: says('not a name of a layout', 'small letters, digits and dashes') }),
      layoutSchema,
    )
    .nullish()
    .describe('CSV layouts of your own: export --format NAME'),
  onSync: z
    .array(syncCommandSchema)
    .max(20)
    .nullish()
    .describe('commands to run after a sync, one after the other, with its result as JSON on standard input'),
};

const exportSchema = z.strictObject(EXPORT_SHAPE);
type ExportEntry = z.infer<typeof exportSchema>;

/** What is wrong with a regular expression; `null` when it is right. */
export type PatternComplaint = (expression: string) => string | null;

export function buildExport({ accountMap, rules, csvLayouts, onSync }: ExportEntry): HandingOn {
  return {
    accountMap: new Map(Object.entries(accountMap ?? {})),
    rules: rules ?? [],
    csvLayouts: new Map(Object.entries(csvLayouts ?? {}).map(([name, entry]) => [name, layoutOf(name, entry)])),
    onSync: (onSync ?? []).map(({ command, timeout }) => ({ command, timeoutMs: parseDuration(timeout ?? '60s') })),
  };
}

function layoutOf(title: string, { columns, ...rest }: z.infer<typeof layoutSchema>): CsvLayout {
  return {
    ...rest,
    title,
    columns: columns.map(({ header, field, constant = '' }) =>
      field === undefined ? { header, constant } : { header, field },
    ),
  };
}

/** @param raw the whole file, with values of any type. */
export function exportProblems(raw: unknown, complaint: PatternComplaint): RuleProblem[] {
  if (!isRecord(raw)) return [];
  return [...mapProblems(raw), ...matchProblems(raw, complaint), ...columnProblems(raw)];
}

function mapProblems(raw: RawRecord): RuleProblem[] {
  const accounts = accountNames(raw);
  return Object.keys(isRecord(raw['accountMap']) ? raw['accountMap'] : {})
    .filter((key) => !accounts.includes(key))
    .map((key) => unknownAccount(['accountMap', key], key, accounts));
}

function matchProblems(raw: RawRecord, complaint: PatternComplaint): RuleProblem[] {
  return entries(raw, [], 'rules').flatMap(({ path: rule, value }): RuleProblem[] => {
    const match = value['match'];
    if (!isRecord(match)) return [];
    const path = [...rule, 'match'];
    if (Object.keys(match).length === 0)
      return [{ path, at: 'value', message: 'would fit everything', suggestion: 'payee, memo, amount or account' }];
    return [
      ...amountProblems(match['amount'], [...path, 'amount']),
      ...['payee', 'memo'].flatMap((key) => patternProblems(match[key], [...path, key], complaint)),
    ];
  });
}

function amountProblems(amount: unknown, path: Path): RuleProblem[] {
  if (typeof amount !== 'string' || parseAmountRange(amount) !== null) return [];
  return [{ path, at: 'value', message: 'not an amount', suggestion: '"-12.34", "< -100", ">= 0" or "-100 .. -50"' }];
}

function patternProblems(text: unknown, path: Path, complaint: PatternComplaint): RuleProblem[] {
  const expression = typeof text === 'string' ? expressionOf(text) : null;
  const message = expression === null ? null : complaint(expression);
  return message === null ? [] : [{ path, at: 'value', message, suggestion: 'the syntax of RE2, without look-around' }];
}

function columnProblems(raw: RawRecord): RuleProblem[] {
  const layouts = raw['csvLayouts'];
  return Object.entries(isRecord(layouts) ? layouts : {})
    .flatMap(([name, layout]) => entries(layout, ['csvLayouts', name], 'columns'))
    .filter(({ value }) => (value['field'] === undefined) === (value['constant'] === undefined))
    .map(({ path, value }) => ({
      path,
      at: 'value',
      message:
        value['field'] === undefined ? 'neither a field nor a constant' : 'field and constant exclude each other',
      suggestion: '{ header: Date, field: date }',
    }));
}
