/** `ofx-sync rules test`: shows the stored transactions that the rules of accounts.yaml match. */

import { classifierOf, matcherOf } from '../../exporters/index.js';
import { withQuirkPayees } from '../../exporters/quirk-payees.js';
import { patternMaker } from '../../model/pattern.js';
import type { Classification, StoredTransaction } from '../../ports.js';
import { actionOf } from '../command/action.js';
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

interface RuleMatch {
  readonly transaction: StoredTransaction;
  /** The positions of the matching rules, counted from 1. */
  readonly rules: readonly number[];
  readonly classification: Classification;
}

export async function rulesCommand(invocation: Invocation): Promise<number> {
  const { io, options, words } = invocation;
  actionOf('rules', words);
  const { config } = await configToRead(invocation);
  const rules = config.exportConfig?.rules ?? [];
  const pattern = await patternMaker();
  const [matching, classify] = [matcherOf(rules, pattern), classifierOf(rules, pattern)];
  const since = dayOption(invocation, 'since');
  return withStoreForReading(invocation, async (store) => {
    const found: RuleMatch[] = [];
    let total = 0;
    const stored = store?.transactions(since === undefined ? {} : { since }) ?? [];
    for (const transaction of withQuirkPayees(stored, config.institutions)) {
      total += 1;
      const indexes = matching(transaction);
      const isWanted = options['unmatched'] === true ? indexes.length === 0 : indexes.length > 0;
      if (isWanted)
        found.push({ transaction, rules: indexes.map((index) => index + 1), classification: classify(transaction) });
    }
    if (options.json === true) await printJson(io, foundJson(found, total));
    else await printMatches(found, { total, rules: rules.length, invocation });
    return EXIT.ok;
  });
}

async function printMatches(
  found: readonly RuleMatch[],
  { total, rules, invocation }: { total: number; rules: number; invocation: Invocation },
): Promise<void> {
  const { io, options } = invocation;
  const rows = found.map(({ transaction, classification, rules: matching }) => [
    transaction.postedOn,
    visible([transaction.name, transaction.memo].filter((text) => text !== null).join(' ')),
    amountText(transaction.amount, transaction.currency),
    visible(matchText(classification, matching)),
  ]);
  if (rows.length > 0) await writeLines(io.stdout, table(rows, COLUMNS, widthOf(io.stdout)));
  const what = options['unmatched'] === true ? 'match no rule' : 'match a rule';
  if (options.quiet !== true)
    await write(io.stderr, `${found.length} of ${plural(total, 'transaction')} ${what} (${plural(rules, 'rule')})\n`);
}

/** `rules 2, 5: Amazon · Expenses:Shopping · #online` */
function matchText({ payee, category, tags }: Classification, rules: readonly number[]): string {
  const parts = [payee, category, ...tags.map((tag) => `#${tag}`)].filter((part) => part !== null);
  return rules.length === 0 ? '' : `${rules.length === 1 ? 'rule' : 'rules'} ${rules.join(', ')}: ${parts.join(' · ')}`;
}

function foundJson(found: readonly RuleMatch[], total: number): object {
  return {
    version: 1,
    transactions: total,
    found: found.map(({ transaction, rules, classification }) => ({ rules, ...classification, transaction })),
  };
}
