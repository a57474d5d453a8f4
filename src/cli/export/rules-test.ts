/** `ofx-sync rules test`: shows the stored transactions that the rules of accounts.yaml match, and the rules that match none. */

import { classifierOf, matcherOf } from '../../exporters/index.js';
import { withQuirkPayees } from '../../exporters/quirk-payees.js';
import type { Config } from '../../model/institution.js';
import { patternMaker } from '../../model/rules/pattern.js';
import type { Classification, StoredTransaction } from '../../ports.js';
import { type PayeeGroup, payeeGroups } from '../../rules/payee-groups.js';
import type { Invocation } from '../command/command.js';
import { configToRead, dayOption } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { printJson } from '../command/result.js';
import { withStoreForReading } from '../command/with-store.js';
import { visible } from '../terminal/escape.js';
import { write, writeLines } from '../terminal/io.js';
import { table, widthOf } from '../terminal/table.js';
import { amountText, plural } from '../terminal/wording.js';

const COLUMNS = [
  { align: 'left' },
  { align: 'left', flexible: true },
  { align: 'right' },
  { align: 'left', flexible: true },
] as const;
const GROUP_COLUMNS = [
  { align: 'right' },
  { align: 'left', flexible: true },
  { align: 'right' },
  { align: 'left', dispensable: true },
] as const;

interface RuleMatch {
  readonly transaction: StoredTransaction;
  /** The positions of the matching rules, counted from 1. */
  readonly rules: readonly number[];
  readonly classification: Classification;
}

/** A rule that matches none of the transactions. */
interface UnusedRule {
  /** Counted from 1. */
  readonly rule: number;
  /** Its line in accounts.yaml. */
  readonly line: number;
}

interface TestResult {
  readonly total: number;
  readonly rules: number;
  readonly found: readonly RuleMatch[];
  readonly unused: readonly UnusedRule[];
}

export async function testRules(invocation: Invocation): Promise<number> {
  const { config, source } = await configToRead(invocation);
  return withStoreForReading(invocation, async (store) => {
    const since = dayOption(invocation, 'since');
    const stored = store?.transactions(since === undefined ? {} : { since }) ?? [];
    const { used, ...tested } = await tryRules(withQuirkPayees(stored, config.institutions), config, invocation);
    const result = { ...tested, unused: await unusedRules(tested.rules, used, source.text) };
    if (invocation.options.json === true) await printJson(invocation.io, resultJson(result, invocation));
    else await printResult(result, { invocation, file: source.file });
    return EXIT.ok;
  });
}

async function tryRules(
  transactions: Iterable<StoredTransaction>,
  config: Config,
  { options }: Invocation,
): Promise<Omit<TestResult, 'unused'> & { readonly used: ReadonlySet<number> }> {
  const rules = config.exportConfig?.rules ?? [];
  const pattern = await patternMaker();
  const [matching, classify] = [matcherOf(rules, pattern), classifierOf(rules, pattern)];
  const found: RuleMatch[] = [];
  const used = new Set<number>();
  let total = 0;
  for (const transaction of transactions) {
    total += 1;
    const indexes = matching(transaction).map((index) => index + 1);
    for (const index of indexes) used.add(index);
    const isWanted = options['unmatched'] === true ? indexes.length === 0 : indexes.length > 0;
    if (isWanted) found.push({ transaction, rules: indexes, classification: classify(transaction) });
  }
  return { total, rules: rules.length, found, used };
}

async function unusedRules(count: number, used: ReadonlySet<number>, text: string): Promise<UnusedRule[]> {
  const unused = Array.from({ length: count }, (_, index) => index + 1).filter((rule) => !used.has(rule));
  if (unused.length === 0) return [];
  const { parseYaml } = await import('../../config/yaml/positions.js');
  const yaml = parseYaml(text);
  return unused.map((rule) => ({ rule, line: yaml.position(['rules', rule - 1]).line }));
}

async function printResult(
  result: TestResult,
  { invocation, file }: { invocation: Invocation; file: string },
): Promise<void> {
  const { io, options } = invocation;
  const { found, total, rules, unused } = result;
  const isUnmatched = options['unmatched'] === true;
  const width = widthOf(io.stdout);
  const lines = isUnmatched
    ? table(groupRows(found), GROUP_COLUMNS, width)
    : table(found.map(matchRow), COLUMNS, width);
  if (found.length > 0) await writeLines(io.stdout, lines);
  // Without a transaction, nothing is known of a rule.
  for (const { rule, line } of total === 0 ? [] : unused)
    await write(io.stderr, `${visible(file)}:${line}: rule ${rule} matches none of ${plural(total, 'transaction')}\n`);
  if (options.quiet === true) return;
  const what = isUnmatched ? 'match no rule' : 'match a rule';
  await write(io.stderr, `${found.length} of ${plural(total, 'transaction')} ${what} (${plural(rules, 'rule')})\n`);
}

function matchRow({ transaction, classification, rules }: RuleMatch): string[] {
  return [
    transaction.postedOn,
    visible([transaction.name, transaction.memo].filter((text) => text !== null).join(' ')),
    amountText(transaction.amount, transaction.currency),
    visible(matchText(classification, rules)),
  ];
}

/** Returns a row for each payee, and one more for each further currency. */
function groupRows(found: readonly RuleMatch[]): string[][] {
  return groupsOf(found).flatMap(({ payee, count, sums, last }) =>
    [...sums].map(([currency, sum], index) =>
      index === 0
        ? [`${count} ×`, visible(payee), amountText(sum, currency), `last ${last}`]
        : ['', '', amountText(sum, currency), ''],
    ),
  );
}

function groupsOf(found: readonly RuleMatch[]): PayeeGroup[] {
  return payeeGroups(found.map(({ transaction }) => transaction));
}

/** `rules 2, 5: Amazon · Expenses:Shopping · #online` */
function matchText(
  { payee, category, tags, note, splits = [], ignore }: Classification,
  rules: readonly number[],
): string {
  const counter = splits.length > 0 ? splits.map((part) => part.category).join(' + ') : category;
  const parts = [ignore === true ? 'ignored' : null, payee, counter, ...tags.map((tag) => `#${tag}`), note ?? null];
  const shown = parts.filter((part) => part !== null).join(' · ');
  return rules.length === 0 ? '' : `${rules.length === 1 ? 'rule' : 'rules'} ${rules.join(', ')}: ${shown}`;
}

function resultJson({ found, total, unused }: TestResult, { options }: Invocation): object {
  const groups =
    options['unmatched'] === true
      ? { groups: groupsOf(found).map(({ sums, ...group }) => ({ ...group, sums: Object.fromEntries(sums) })) }
      : {};
  return {
    version: 1,
    transactions: total,
    ...groups,
    unused,
    found: found.map(({ transaction, rules, classification }) => ({ rules, ...classification, transaction })),
  };
}
