/** `accountMap`, `rules`, `csvLayouts` and `onSync`, already checked, to the model; and what no single key of them shows. */

import type { CsvLayout, LayoutColumn } from '../model/csv-layout.js';
import { type ExportConfig, type ExportRule, expressionOf, parseAmountRange } from '../model/export-config.js';
import { nearest } from '../model/nearest.js';
import type { ExportEntry } from './export-schema.js';
import { parseDuration } from './length.js';
import type { RuleProblem } from './rule-problem.js';
import { isRecord, type RawRecord } from './yaml/raw-value.js';

/** What is wrong with a regular expression; `null` when it is right. */
export type PatternComplaint = (expression: string) => string | null;

export function buildExport({ accountMap, rules, csvLayouts, onSync }: ExportEntry): ExportConfig {
  return {
    accountMap: new Map(Object.entries(accountMap ?? {})),
    rules: (rules ?? []).map(ruleOf),
    csvLayouts: new Map(Object.entries(csvLayouts ?? {}).map(([name, entry]) => [name, layoutOf(name, entry)])),
    onSync: (onSync ?? []).map(({ command, timeout }) => ({ command, timeoutMs: parseDuration(timeout ?? '60s') })),
  };
}

type RuleEntry = NonNullable<ExportEntry['rules']>[number];

function ruleOf({ match, set }: RuleEntry): ExportRule {
  const { payee, memo, amount, account } = match;
  return {
    match: {
      ...(payee === undefined ? {} : { payee }),
      ...(memo === undefined ? {} : { memo }),
      ...(amount === undefined ? {} : { amount }),
      ...(account === undefined ? {} : { account }),
    },
    set: {
      ...(set.payee === undefined ? {} : { payee: set.payee }),
      ...(set.category === undefined ? {} : { category: set.category }),
      ...(set.tags === undefined ? {} : { tags: set.tags }),
    },
  };
}

function layoutOf(name: string, entry: NonNullable<ExportEntry['csvLayouts']>[string]): CsvLayout {
  const { columns, date, separator, decimal, sign, header } = entry;
  return {
    title: name,
    columns: columns.map(
      ({ header: title, field, constant }): LayoutColumn =>
        field === undefined ? { header: title, constant: constant ?? '' } : { header: title, field },
    ),
    ...(date === undefined ? {} : { date }),
    ...(separator === undefined ? {} : { separator }),
    ...(decimal === undefined ? {} : { decimal }),
    ...(sign === undefined ? {} : { sign }),
    ...(header === undefined ? {} : { header }),
  };
}

/** @param raw the whole file, with values of any type. */
export function exportProblems(raw: unknown, complaint: PatternComplaint): RuleProblem[] {
  if (!isRecord(raw)) return [];
  return [...mapProblems(raw), ...matchProblems(raw, complaint), ...columnProblems(raw)];
}

function mapProblems(raw: RawRecord): RuleProblem[] {
  const map = raw['accountMap'];
  if (!isRecord(map)) return [];
  const accounts = records(raw['institutions']).flatMap(({ value: institution }) =>
    records(institution['accounts']).map(({ value }) => `${String(institution['name'])}/${String(value['name'])}`),
  );
  return Object.keys(map)
    .filter((key) => !accounts.includes(key))
    .map((key) => {
      const near = accounts.find((one) => one.endsWith(`/${key}`)) ?? nearest(key, accounts);
      return {
        path: ['accountMap', key],
        at: 'key',
        message: 'there is no such account',
        suggestion:
          near === null ? 'institution/account, as ofx-sync accounts lists them' : `did you mean \`${near}\`?`,
      };
    });
}

function matchProblems(raw: RawRecord, complaint: PatternComplaint): RuleProblem[] {
  return records(raw['rules']).flatMap(({ value, index }): RuleProblem[] => {
    const match = value['match'];
    if (!isRecord(match)) return [];
    const path = ['rules', index, 'match'];
    if (Object.keys(match).length === 0)
      return [{ path, at: 'value', message: 'would fit everything', suggestion: 'payee, memo, amount or account' }];
    const amount = match['amount'];
    const wrongAmount: RuleProblem[] =
      typeof amount !== 'string' || parseAmountRange(amount) !== null
        ? []
        : [
            {
              path: [...path, 'amount'],
              at: 'value',
              message: 'not an amount',
              suggestion: '"-12.34", "< -100", ">= 0" or "-100 .. -50"',
            },
          ];
    const wrongText = ['payee', 'memo'].flatMap((key): RuleProblem[] => {
      const text = match[key];
      const expression = typeof text === 'string' ? expressionOf(text) : null;
      const wrong = expression === null ? null : complaint(expression);
      return wrong === null
        ? []
        : [{ path: [...path, key], at: 'value', message: wrong, suggestion: 'the syntax of RE2, without look-around' }];
    });
    return [...wrongAmount, ...wrongText];
  });
}

function columnProblems(raw: RawRecord): RuleProblem[] {
  const layouts = raw['csvLayouts'];
  if (!isRecord(layouts)) return [];
  return Object.entries(layouts).flatMap(([name, layout]) =>
    (isRecord(layout) ? records(layout['columns']) : [])
      .filter(({ value }) => (value['field'] === undefined) === (value['constant'] === undefined))
      .map(
        ({ value, index }): RuleProblem => ({
          path: ['csvLayouts', name, 'columns', index],
          at: 'value',
          message:
            value['field'] === undefined ? 'neither a field nor a constant' : 'field and constant exclude each other',
          suggestion: '{ header: Date, field: date }',
        }),
      ),
  );
}

function records(list: unknown): { value: RawRecord; index: number }[] {
  return Array.isArray(list)
    ? list.flatMap((value: unknown, index) => (isRecord(value) ? [{ value, index }] : []))
    : [];
}
