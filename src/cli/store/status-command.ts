/** `ofx-sync status`: shows how old each account's data is, and what needs attention. The status is 1 when something is stale or failing. */

import { UsageError } from '../../errors.js';
import { accountKey } from '../../model/account.js';
import { localDate } from '../../model/dates.js';
import type { Notice } from '../../model/notice.js';
import { present } from '../../model/present.js';
import { shellWord } from '../../model/shell-word.js';
import { type Freshness, freshnessOf } from '../../notify/freshness.js';
import type { Gap } from '../../ports.js';
import { calendarOf } from '../../report/overview.js';
import { chosenAccounts } from '../../sync/plan.js';
import type { Invocation } from '../command/command.js';
import { ageOption, configToRead, dataDirOf, numberOption, textOption } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { printJson } from '../command/result.js';
import { withStoreForReading } from '../command/with-store.js';
import { argumentOf, placeOf } from '../schedule/fit.js';
import {
  accountNeedsAttention,
  needsAttention,
  prometheusText,
  type StatusReport,
  statusJson,
} from '../sync/status-report.js';
import { lastUnattendedRun, runNeedsAttention, type UnattendedRun } from '../sync/unattended-run.js';
import { visible } from '../terminal/escape.js';
import { write, writeLines } from '../terminal/io.js';
import { isAccessible, type Style, styleFor } from '../terminal/style.js';
import { table, widthOf, wrapped } from '../terminal/table.js';
import { ageText, momentText } from '../terminal/time-format.js';
import { exactText, excessText, noticeText, plural, runText } from '../terminal/wording.js';
import { coverageLines } from './coverage-lines.js';

const COLUMNS = [
  { align: 'left', flexible: true },
  { align: 'left', dispensable: true },
  { align: 'right' },
  { align: 'left', flexible: true },
] as const;
const FORMATS = ['text', 'json', 'prometheus'] as const;
const RUNS = 5;

export async function statusCommand(invocation: Invocation): Promise<number> {
  const { io, options } = invocation;
  const format = formatOf(invocation);
  const staleAfterMs = ageOption(invocation, 'staleAfter');
  const limit = numberOption(invocation, 'runs', 0) ?? RUNS;
  const { config } = await configToRead(invocation);
  const accounts = chosenAccounts(config, invocation.words);
  return withStoreForReading(invocation, async (store) => {
    const today = localDate(io.now());
    const freshness = freshnessOf(config, present({ accounts, store, now: io.now(), staleAfterMs }));
    const histories = accounts.map((account) => ({ account, history: store?.history(account, today) ?? null }));
    const report: StatusReport = {
      accounts: freshness,
      calendar: calendarOf(histories, freshness, { from: null, today }),
      runs: store?.runs(Math.max(1, limit)) ?? [],
      nextRun: await nextRun(invocation),
      undelivered: store?.unsentMessages().length ?? 0,
      unattendedRun: lastUnattendedRun(invocation, store),
    };
    if (format === 'json') await printJson(io, statusJson(report, limit));
    else if (format === 'prometheus') await write(io.stdout, prometheusText(report));
    else {
      const shown =
        options.quiet === true
          ? {
              ...report,
              accounts: report.accounts.filter(accountNeedsAttention),
              calendar: { months: [], rows: [] },
              runs: [],
              nextRun: null,
            }
          : report;
      const lines = statusLines({ ...shown, runs: shown.runs.slice(0, limit) }, styleFor(io.stdout, io, options), {
        width: widthOf(io.stdout),
        inWords: isAccessible(io),
      });
      await writeLines(io.stdout, lines);
    }
    return needsAttention(report) ? EXIT.someFailed : EXIT.ok;
  });
}

/** Returns the next run of the schedule that fills this store. */
export async function nextRun(invocation: Invocation): Promise<Date | null> {
  const { schedulesOf } = await import('../../schedule/state.js');
  const data = dataDirOf(invocation);
  const schedules = await schedulesOf(placeOf(invocation.io), invocation.io.now());
  const own = schedules.find(({ mark }) => argumentOf(mark.command, '--data') === data);
  return own?.next ?? null;
}

function formatOf(invocation: Invocation): (typeof FORMATS)[number] {
  const text = textOption(invocation, 'format');
  if (text === undefined) return invocation.options.json === true ? 'json' : 'text';
  const format = FORMATS.find((one) => one === text);
  if (format === undefined) throw new UsageError(`--format takes ${FORMATS.join(', ')}, not ${JSON.stringify(text)}`);
  if (invocation.options.json === true && format !== 'json')
    throw new UsageError('--json and --format exclude each other');
  return format;
}

/** Returns a line for each account, with problem and remedy below it; then the last runs. */
function statusLines(
  report: StatusReport,
  style: Style,
  { width, inWords }: { readonly width: number; readonly inWords: boolean },
): string[] {
  const rows = table(
    [
      ['ACCOUNT', 'LAST SUCCESS', 'AGE', 'STATE'],
      ...report.accounts.map((one) => [
        visible(`${one.institution}/${one.account.name}`),
        one.lastSuccessAt === null ? 'never' : momentText(one.lastSuccessAt),
        one.ageMs === null ? '' : ageText(one.ageMs),
        stateText(one),
      ]),
    ],
    COLUMNS,
    width,
  );
  const [head = '', ...body] = rows;
  const advice = adviceOf(report.accounts);
  return [
    ...(report.accounts.length === 0 ? [] : [head]),
    ...report.accounts.flatMap((one, index) => [
      style(accountNeedsAttention(one) ? 'red' : 'green', body[index] ?? ''),
      ...(advice.get(one) ?? []).flatMap((text) => wrapped(`    ${text}`, width, '    ')),
      ...one.gaps.flatMap((gap) =>
        wrapped(`    notice: ${gapText(gap)}`, width, '    ').map((line) => style('yellow', line)),
      ),
      ...unreadLines(one).flatMap((text) => wrapped(`    ${text}`, width, '    ').map((line) => style('yellow', line))),
    ]),
    ...coverageLines(report.calendar, { width, style, inWords }),
    ...(report.runs.length === 0 ? [] : ['', 'Last runs:', ...report.runs.map((run) => `  ${runText(run)}`)]),
    ...(report.undelivered === 0
      ? []
      : [
          style(
            'red',
            `${plural(report.undelivered, 'message')} not delivered yet; to find out why: ofx-sync notify test`,
          ),
        ]),
    ...unattendedRunLines(report.unattendedRun).flatMap((text) =>
      wrapped(text, width, '').map((line) => style('red', line)),
    ),
    ...(report.nextRun === null ? [] : [`Next run: ${momentText(report.nextRun.toISOString())}`]),
  ];
}

function unattendedRunLines(run: UnattendedRun | null): string[] {
  if (run === null || run.error === null || !runNeedsAttention(run)) return [];
  const { message, hint } = run.error;
  const text = `The scheduled run of ${momentText(run.startedAt)} failed: ${message}.`;
  return [visible(hint === null ? text : `${text} ${hint}`)];
}

/** Returns the advice for each account; what concerns several accounts of one institution stands below the last of them. */
function adviceOf(accounts: readonly Freshness[]): Map<Freshness, string[]> {
  const last = new Map<string, Freshness>();
  for (const one of accounts) {
    if (!one.failing || one.lastFailure === null) continue;
    const { code, message, hint } = one.lastFailure;
    last.set([one.institution, code, message, hint].join('\n'), one);
  }
  const advice = new Map<Freshness, string[]>();
  for (const one of last.values()) {
    const { message = '', hint = null } = one.lastFailure ?? {};
    const sentence = /[.!?…]$/.test(message) ? message : `${message}.`;
    advice.set(one, [...(advice.get(one) ?? []), visible(`${sentence}${hint === null ? '' : ` ${hint}`}`)]);
  }
  return advice;
}

function stateText({ stale, failing, failures, failingSince, lastSuccessAt, blocked, unread }: Freshness): string {
  const age = [...(stale && lastSuccessAt !== null ? ['stale'] : []), ...(unread.length > 0 ? ['incomplete'] : [])];
  if (!failing) return [...(lastSuccessAt === null ? ['never downloaded'] : []), ...age].join(', ') || 'ok';
  const since = failingSince === null ? '' : ` since ${momentText(failingSince).slice(0, 10)}`;
  const what = blocked === null ? 'failing' : 'sign-on blocked';
  return [...age, `${what}${since} (${plural(failures, 'run')})`].join(', ');
}

const MOST_UNREAD = 5;

/** Returns a line for each part that could not be read, and how to mend it. */
function unreadLines({ unread, account }: Freshness): string[] {
  const [first] = unread;
  if (first === undefined) return [];
  const shown = unread.slice(0, MOST_UNREAD).map((part) => `not read: ${noticeText(withCount(part))}`);
  const more = unread.length > MOST_UNREAD ? [`and ${unread.length - MOST_UNREAD} more`] : [];
  const since = unread.reduce((day, part) => earlierText(day, part.on ?? part.foundAt.slice(0, 10)), '9999');
  const name = shellWord(accountKey(account));
  return [
    ...shown,
    ...more,
    `After an update of ofx-sync: ofx-sync import --replay. To request these days again: ofx-sync sync ${name} --since ${since}`,
  ];
}

function withCount({ code, message, count }: Freshness['unread'][number]): Notice {
  return { code, message, ...(count > 1 ? { count } : {}) };
}

function earlierText(a: string, b: string): string {
  return a < b ? a : b;
}

function gapText({ from, to, missing, excess = [] }: Gap): string {
  if (missing === null) return `no statement covers ${from} to ${to}`;
  const list = excess.length === 0 ? '' : `; may be one too many: ${excess.map(excessText).join(', ')}`;
  return `the balances of ${from} and ${to} differ by ${exactText(missing.amount, missing.currency)} more than the transactions in between${list}`;
}
