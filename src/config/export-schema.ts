/** What accounts.yaml says of handing transactions on: `accountMap`, `rules`, `csvLayouts`, `onSync`. */

import { z } from 'zod';
import { LAYOUT_FIELD_NAMES } from '../model/csv-layout.js';
import { duration, says } from './length-schema.js';

const text = (longest: number) => z.string().min(1).max(longest);

/** Names with colons between; what journals take for syntax is none of a name. */
const journalAccount = () =>
  text(200).regex(/^[\p{L}\p{N}][^:;"|()[\]{}\t\r\n]*(?::[\p{L}\p{N}][^:;"|()[\]{}\t\r\n]*)+$/u, {
    error: says('not an account of a journal', 'such as Assets:Bank:Checking'),
  });

export const matchSchema = z.strictObject({
  payee: text(500)
    .optional()
    .describe('text in name or payee, whatever its case; between slashes a regular expression'),
  memo: text(500).optional().describe('the same in the memo'),
  amount: text(50).optional().describe('-12.34, < -100, >= 0, or -100 .. -50, in quotes; spending is negative'),
  account: text(130).optional().describe('institution, account, or institution/account'),
});

export const setSchema = z.strictObject({
  payee: text(200).optional().describe('the payee, in your words'),
  category: text(200).optional().describe('category of a budget, counter-account of a journal (Expenses:… or a part)'),
  tags: z.array(text(64)).min(1).max(20).optional().describe('tags'),
});

export const ruleSchema = z.strictObject({
  match: matchSchema.describe('what must fit, all of it'),
  set: setSchema.describe('what it makes of the transaction'),
});

export const columnSchema = z.strictObject({
  header: z.string().max(100).describe('name of the column'),
  field: z.enum(LAYOUT_FIELD_NAMES).optional().describe('what it holds'),
  constant: z.string().max(200).optional().describe('or a text that is always the same'),
});

export const layoutSchema = z.strictObject({
  columns: z.array(columnSchema).min(1).max(100).describe('the columns, in order'),
  date: text(30)
    .regex(/Y.*M.*D|D.*M.*Y|M.*D.*Y/, { error: says('not a pattern of a date', 'such as DD.MM.YYYY') })
    .optional()
    .describe('how dates are written, of YYYY, YY, MM, M, DD, D (YYYY-MM-DD)'),
  separator: z.enum([',', ';', '\t', '|']).optional().describe('between cells (,)'),
  decimal: z.enum(['.', ',']).optional().describe('the decimal point (.)'),
  sign: z
    .enum(['spending-negative', 'spending-positive'])
    .optional()
    .describe('sign of money that leaves the account (spending-negative)'),
  header: z.boolean().optional().describe('whether the first line names the columns (true)'),
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
export type ExportEntry = z.infer<typeof exportSchema>;
