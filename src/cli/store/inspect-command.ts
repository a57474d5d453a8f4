/** `ofx-sync inspect FILE|-`: reads a statement file and shows its contents, storing nothing. */

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { interrupted, OfxSyncError, UsageError } from '../../errors.js';
import { maskedId } from '../../model/account.js';
import type { Decimal } from '../../model/decimal.js';
import type { Balance, Statement } from '../../model/statement.js';
import type { OfxFile } from '../../ofx/file.js';
import { inspectJson } from '../../ofx/file.js';
import type { Invocation } from '../command/command.js';
import { textOption } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { printJson, printResult } from '../command/result.js';
import { visible, visibleLines } from '../terminal/escape.js';
import { write } from '../terminal/io.js';
import { table, widthOf } from '../terminal/table.js';
import { amountText, noticeText, plural } from '../terminal/wording.js';

const STAGES = ['statement', 'repaired', 'tree'] as const;
const COLUMNS = [{ align: 'left' }, { align: 'right' }, { align: 'left' }, { align: 'left', flexible: true }] as const;

export async function inspectCommand(invocation: Invocation): Promise<number> {
  const { io, options, words } = invocation;
  const stage = textOption(invocation, 'as') ?? 'statement';
  if (!STAGES.some((known) => known === stage))
    throw new UsageError(`--as takes ${STAGES.join(', ')}, not ${JSON.stringify(stage)}`);
  const bytes = await readInput(words[0] ?? '-', invocation);
  const { repairedText, ofxTrees } = await import('../../ofx/read.js');
  const { readAny } = await import('../../simplefin/read-any.js');
  if (stage === 'repaired') {
    const text = repairedText(bytes);
    // Another program gets the text unchanged.
    await write(io.stdout, io.stdout.isTTY === true ? visibleLines(text) : text);
    return EXIT.ok;
  }
  if (stage === 'tree') {
    const trees = ofxTrees(bytes);
    await printJson(io, trees.length === 1 ? trees[0] : trees);
    return EXIT.ok;
  }
  const file = await readAny(bytes, io.signal);
  const notices = [...file.notices, ...file.statements.flatMap((statement) => statement.notices)];
  const text = describe(file, widthOf(io.stdout));
  await printResult(invocation, { json: inspectJson(file), text, quiet: text });
  if (options['strict'] === true && notices.length > 0) {
    await write(io.stderr, `ofx-sync: ${plural(notices.length, 'notice')}, and --strict allows none\n`);
    return EXIT.someFailed;
  }
  return EXIT.ok;
}

/** Reads a file, or standard input for `-`. @throws UsageError when it cannot be read. */
async function readInput(name: string, { io }: Invocation): Promise<Uint8Array> {
  if (name === '-') {
    const chunks: Uint8Array[] = [];
    for await (const chunk of io.stdin) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
    return Buffer.concat(chunks);
  }
  const { isDescriptor, notAFile, readRegularFile } = await import('../../sources/regular-file.js');
  const path = resolve(io.cwd, name);
  try {
    return isDescriptor(path) ? await readFile(path, { signal: io.signal }) : await readRegularFile(path);
  } catch (cause) {
    if (io.signal.aborted) throw interrupted();
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
      throw new UsageError(`file not found: ${name}`, 'Check the name. To read standard input, write -');
    throw new OfxSyncError('USAGE', `${name} cannot be read${notAFile(cause)}`, {
      cause,
      hint: 'Check that it is a file and that you may read it.',
    });
  }
}

function describe({ header, signon, accounts, challenges, statements, notices }: OfxFile, width: number): string[] {
  const lines = [`OFX ${visible(header.ofxVersion ?? 'without a version')}, ${header.charset}`];
  if (signon !== null)
    lines.push(
      `sign-on: ${signon.status.code} ${visible(signon.status.message ?? signon.status.severity)}${signon.org === null ? '' : `, ${visible(signon.org)}`}`,
    );
  for (const { account, description } of accounts)
    lines.push(`account: ${account.kind} ${visible(maskedId(account.id))} ${visible(description ?? '')}`.trimEnd());
  for (const { phrase, question } of challenges) lines.push(`question: ${visible(question ?? phrase)}`);
  if (statements.length === 0) lines.push('no statements');
  const described = statements.flatMap((statement) => ['', ...describeStatement(statement, width)]);
  return [
    ...lines,
    ...described,
    ...(notices.length > 0 ? ['', ...notices.map((notice) => `notice: ${noticeText(notice)}`)] : []),
  ];
}

function describeStatement(statement: Statement, width: number): string[] {
  const { kind, account, period, status, transactions, positions } = statement;
  const head = [
    `${kind} ${account === null ? '(no account named)' : visible(maskedId(account.id))}`,
    period === null ? '' : `${period.from} to ${period.to}`,
    plural(transactions.length, 'transaction'),
  ].filter((part) => part !== '');
  const lines = [head.join(', ')];
  if (status.code !== 0) lines.push(`  status ${status.code} ${visible(status.message ?? status.severity)}`);
  lines.push(...describeBalances(statement));
  const rows = transactions.map(({ postedOn, amount, currency, type, name, memo }) => [
    `  ${postedOn}`,
    amountText(amount, currency),
    visible(type),
    visible([name, memo].filter((part) => part !== null).join(' ')),
  ]);
  const held = positions.map(
    ({ securityName, ticker, security, units, marketValue, currency }) =>
      `  holds ${units} ${visible(ticker ?? securityName ?? security.uniqueId)}${marketValue === null ? '' : `, worth ${amountText(marketValue, currency)}`}`,
  );
  return [
    ...lines,
    ...table(rows, COLUMNS, width),
    ...held,
    ...statement.notices.map((notice) => `  notice: ${noticeText(notice)}`),
  ];
}

/** Describes balances, cash, closings and open orders. */
function describeBalances(statement: Statement): string[] {
  const { currency, ledgerBalance, availableBalance, balances, cash, closings, openOrders } = statement;
  const line = (name: string, { amount, currency: unit, asOf }: Balance) =>
    `  ${name} ${amountText(amount, unit)}${asOf === null ? '' : ` on ${asOf}`}`;
  const money = (amount: Decimal) => amountText(amount, currency ?? 'XXX');
  const parts = (named: readonly (readonly [string, Decimal | null])[]) =>
    named.flatMap(([name, amount]) => (amount === null ? [] : `${name} ${money(amount)}`)).join(', ');
  const held = parts([
    ['available', cash?.available ?? null],
    ['margin', cash?.margin ?? null],
    ['short', cash?.short ?? null],
    ['buying power', cash?.buyingPower ?? null],
  ]);
  return [
    ...(ledgerBalance === null ? [] : [line('balance', ledgerBalance)]),
    ...(availableBalance === null ? [] : [line('available', availableBalance)]),
    ...(held === '' ? [] : [`  cash: ${held}`]),
    ...balances.map((balance) => line(visible(balance.description ?? balance.name), balance)),
    ...closings.map(({ period, opened, closed, minimumPayment, paymentDue }) => {
      const days = period === null ? 'closing' : `closing of ${period.from} to ${period.to}`;
      const amounts = parts([
        ['opened with', opened],
        ['closed with', closed],
        ['minimum payment', minimumPayment],
      ]);
      return `  ${days}: ${amounts}${paymentDue === null ? '' : `, due on ${paymentDue}`}`;
    }),
    ...openOrders.map(({ type }) => `  open order ${visible(type)}`),
  ];
}
