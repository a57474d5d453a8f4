/** `accountMap`, `declarations`, `rules`, `csvLayouts` and `onSync` of accounts.yaml: their schema, rules and settings. */

import { z } from 'zod';
import { type CsvLayout, LAYOUT_FIELD_NAMES } from '../model/csv-layout.js';
import { type ExportConfig, TRANSFER_ACCOUNT } from '../model/export-config.js';
import type { PatternMaker } from '../model/rules/pattern.js';
import { exportRuleProblems, ruleSchema } from './export-rules.js';
import { parseDuration } from './length.js';
import { duration, withSuggestion } from './length-schema.js';
import { accountNames, entries, type RuleProblem, unknownAccount } from './rule-problem.js';
import { isRecord, type RawRecord } from './yaml/positions.js';

const text = (longest: number) => z.string().min(1).max(longest);

/** Names separated by colons, without the characters that are syntax in journals. */
const journalAccount = () =>
  text(200).regex(/^[\p{L}\p{N}][^:;"|()[\]{}\t\r\n]*(?::[\p{L}\p{N}][^:;"|()[\]{}\t\r\n]*)+$/u, {
    error: withSuggestion('not a journal account', 'such as Assets:Bank:Checking'),
  });

export const columnSchema = z.strictObject({
  header: z.string().max(100).describe('name of the column'),
  field: z.enum(LAYOUT_FIELD_NAMES).exactOptional().describe('value of the column'),
  constant: z.string().max(200).exactOptional().describe('fixed text, instead of a field'),
});

export const layoutSchema = z.strictObject({
  columns: z.array(columnSchema).min(1).max(100).describe('the columns, in order'),
  date: text(30)
    .regex(/Y.*M.*D|D.*M.*Y|M.*D.*Y/, { error: withSuggestion('not a date format', 'such as DD.MM.YYYY') })
    .exactOptional()
    .describe('date format, made of YYYY, YY, MM, M, DD, D (YYYY-MM-DD)'),
  separator: z.enum([',', ';', '\t', '|']).exactOptional().describe('separator of the cells (,)'),
  decimal: z.enum(['.', ',']).exactOptional().describe('decimal point (.)'),
  sign: z
    .enum(['spending-negative', 'spending-positive'])
    .exactOptional()
    .describe('sign of money that leaves the account (spending-negative)'),
  header: z.boolean().exactOptional().describe('begin with a line of column names (true)'),
});

export const syncCommandSchema = z.strictObject({
  command: z.array(text(1000)).min(1).max(50).describe('program and its arguments'),
  timeout: duration().optional().describe('time limit (60s)'),
});

/** A name that `--format` accepts. */
const LAYOUT_NAME = /^[a-z][a-z0-9-]{0,30}$/;

export const EXPORT_SHAPE = {
  accountMap: z
    .record(z.string(), journalAccount())
    .nullish()
    .describe('names of your accounts in journals: institution/account: Assets:Bank:Checking'),
  transferAccount: journalAccount()
    .nullish()
    .describe('account of journals for a transfer of which one side has not arrived yet (Assets:Transfers)'),
  declarations: z
    .boolean()
    .nullish()
    .describe('declare accounts and commodities in journals (true); false if your own journal declares them'),
  rules: z
    .array(ruleSchema)
    .max(5000)
    .nullish()
    .describe(
      'rules for exported transactions: the first matching rule that sets it decides the payee, the category (or the splits), the note and ignore; tags add up',
    ),
  csvLayouts: z
    .record(
      z.string().regex(LAYOUT_NAME, {
        error: withSuggestion('not a name for a layout', 'lower-case letters, digits and dashes'),
      }),
      layoutSchema,
    )
    .nullish()
    .describe('your own CSV layouts, for export --format NAME'),
  onSync: z
    .array(syncCommandSchema)
    .max(20)
    .nullish()
    .describe('commands to run one after the other after a sync, with its result as JSON on standard input'),
};

const exportSchema = z.strictObject(EXPORT_SHAPE);
type ExportEntry = z.infer<typeof exportSchema>;

export function buildExport(entry: ExportEntry): ExportConfig {
  const { accountMap, transferAccount, declarations, rules, csvLayouts, onSync } = entry;
  return {
    accountMap: new Map(Object.entries(accountMap ?? {})),
    transferAccount: transferAccount ?? TRANSFER_ACCOUNT,
    declarations: declarations ?? true,
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

/** Checks what the schema of a single key cannot. @param raw the whole file, with values of any type */
export function exportProblems(raw: unknown, pattern: PatternMaker | null): RuleProblem[] {
  if (!isRecord(raw)) return [];
  return [...mapProblems(raw), ...exportRuleProblems(raw, pattern), ...columnProblems(raw)];
}

function mapProblems(raw: RawRecord): RuleProblem[] {
  const accounts = accountNames(raw);
  return Object.keys(isRecord(raw['accountMap']) ? raw['accountMap'] : {})
    .filter((key) => !accounts.includes(key))
    .map((key) => unknownAccount(['accountMap', key], key, accounts));
}

function columnProblems(raw: RawRecord): RuleProblem[] {
  const layouts = raw['csvLayouts'];
  return Object.entries(isRecord(layouts) ? layouts : {})
    .flatMap(([name, layout]) => entries(layout, ['csvLayouts', name], 'columns'))
    .filter(({ value }) => (value['field'] === undefined) === (value['constant'] === undefined))
    .map(({ path, value }) => ({
      path,
      at: 'value',
      message: value['field'] === undefined ? 'needs a field or a constant' : 'field and constant cannot be combined',
      suggestion: '{ header: Date, field: date }',
    }));
}
