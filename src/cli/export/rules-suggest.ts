/** `ofx-sync rules suggest`: proposes rules as YAML, with how often each would have been right. Writes nothing. */

import { classifierFor } from '../../exporters/input.js';
import { withQuirkPayees } from '../../exporters/quirk-payees.js';
import { TRANSFER_ACCOUNT } from '../../model/export-config.js';
import type { Config } from '../../model/institution.js';
import { patternMaker } from '../../model/rules/pattern.js';
import type { Store } from '../../ports.js';
import type { History } from '../../rules/history.js';
import type { OpenPayee, SuggestedRule, Suggestions } from '../../rules/suggest.js';
import { suggestions } from '../../rules/suggest.js';
import { commentText, ruleYaml } from '../../rules/yaml-text.js';
import type { Invocation } from '../command/command.js';
import { configToRead, dayOption } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { printJson } from '../command/result.js';
import { withStoreForReading } from '../command/with-store.js';
import { visible } from '../terminal/escape.js';
import { write, writeLines } from '../terminal/io.js';
import { plural } from '../terminal/wording.js';

export async function suggestRules(invocation: Invocation): Promise<number> {
  const { io, options } = invocation;
  const { config } = await configToRead(invocation);
  return withStoreForReading(invocation, async (store) => {
    const found = await suggested(store, config, invocation);
    const hasRules = (config.exportConfig?.rules.length ?? 0) > 0;
    if (options.json === true) await printJson(io, suggestionsJson(found));
    else await writeLines(io.stdout, yamlLines(found, hasRules).map(visible));
    if (options.json !== true && options.quiet !== true)
      for (const line of summaryLines(found)) await write(io.stderr, `${line}\n`);
    return EXIT.ok;
  });
}

async function suggested(store: Store | null, config: Config, invocation: Invocation): Promise<Suggestions> {
  const { options } = invocation;
  const file = options['journal'];
  const journal = typeof file === 'string' ? (await import('./journal-files.js')).journalOf(file, invocation) : null;
  const since = dayOption(invocation, 'since');
  const stored = store?.transactions(since === undefined ? {} : { since }) ?? [];
  const input = {
    transactions: [...withQuirkPayees(stored, config.institutions)].filter(({ pending }) => !pending),
    accounts: config.institutions.flatMap(({ accounts }) => accounts),
    accountMap: config.exportConfig?.accountMap ?? new Map<string, string>(),
    transferAccount: config.exportConfig?.transferAccount ?? TRANSFER_ACCOUNT,
    classify: await classifierFor(config),
    journal,
  };
  return suggestions(input, await patternMaker());
}

function yamlLines({ rules, open }: Suggestions, hasRules: boolean): string[] {
  const head = hasRules ? '# Add these to your rules: the first that matches decides.' : 'rules:';
  const asked =
    open.length === 0
      ? []
      : [
          '',
          '  # No account is known for these payees: fill it in, and remove the # of both lines.',
          ...open.flatMap(openLines),
        ];
  if (rules.length === 0) return open.length === 0 ? [] : [`# ${head.replace(/^# /, '')}`, ...asked.slice(1)];
  return [head, ...rules.flatMap(ruleLines), ...asked];
}

function ruleLines({ rule, count, right, first, last }: SuggestedRule): string[] {
  const judged =
    right === null ? `${plural(count, 'transaction')} of one month, untested` : `right in ${right} of ${count}`;
  return [`  # ${judged}, ${commentText(spanText(first, last))}`, ...ruleYaml(rule)];
}

function openLines({ rule, count, first, last }: OpenPayee): string[] {
  return [`  # ${count} ×, ${spanText(first, last)}`, ...ruleYaml(rule).map((line) => `  # ${line.slice(2)}`)];
}

function spanText(first: string, last: string): string {
  return first === last ? first : `${first} to ${last}`;
}

function summaryLines({ rules, open, history, evaluation }: Suggestions): string[] {
  const { samples, covered, right, months } = evaluation;
  const known = `known: ${plural(samples, 'transaction')}; decided by your rules: ${history.decided}; unknown: ${history.unknown.length}`;
  const tested =
    samples === 0 || months < 2
      ? 'untested: that takes transactions of two months'
      : `each month tested with rules of the others: ${covered} of ${samples} get an account (${percent(covered, samples)}), ${right} of these the right one (${percent(right, covered)})`;
  const proposed = `${plural(rules.length, 'rule')} proposed, ${plural(open.length, 'payee')} to fill in`;
  return [...journalLines(history), known, tested, proposed];
}

/** Returns lines about the journal, if one was read: its use, and the reason where it has none. */
function journalLines({ hasJournal, entries, matched, unusable }: History): string[] {
  if (!hasJournal) return [];
  if (entries + unusable === 0) return ['journal: no entry was found in it'];
  const use = `journal: ${plural(entries, 'entry', 'entries')} with one account of yours and one other, ${matched} of them in the store; ${unusable} say nothing about one transaction`;
  if (entries > 0) return [use];
  const hint =
    'To say which accounts are yours: `account NAME  ; type: A` in the journal, or accountMap in accounts.yaml';
  return [use, hint];
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
}

function suggestionsJson({ rules, open, history, evaluation }: Suggestions): object {
  const { samples, covered, right, months } = evaluation;
  return {
    version: 1,
    rules: rules.map(({ rule, ...figures }) => ({ ...rule, ...figures })),
    open: open.map(({ rule, ...figures }) => ({ ...rule, ...figures })),
    tested: { months, transactions: samples, covered, right },
    transactions: { known: samples, decided: history.decided, unknown: history.unknown.length },
    journal: { entries: history.entries, matched: history.matched, unusable: history.unusable },
  };
}
