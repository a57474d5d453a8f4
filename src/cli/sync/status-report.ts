/** All that `status` reports, and its two forms for programs: JSON, and metrics for Prometheus. */

import type { AccountRef } from '../../model/account.js';
import type { Decimal } from '../../model/decimal.js';
import type { Freshness } from '../../notify/freshness.js';
import type { RunRecord } from '../../ports.js';
import type { Calendar } from '../../report/calendar.js';
import { runNeedsAttention, type UnattendedRun } from './unattended-run.js';

export interface StatusReport extends StatusFigures {
  /** Months of coverage, from the first known day of these accounts. */
  readonly calendar: Calendar;
}

/** The figures of a report, without its calendar. */
export interface StatusFigures {
  readonly accounts: readonly Freshness[];
  /** Newest first. */
  readonly runs: readonly RunRecord[];
  /** The next run of the schedule of this store; `null` without one, or when only the system knows. */
  readonly nextRun: Date | null;
  /** Messages that are not delivered yet. */
  readonly undelivered: number;
  /** The last run by a timer, unless another run began later. */
  readonly unattendedRun: UnattendedRun | null;
  /** Balances of accounts, where they are asked for. */
  readonly balances?: readonly (AccountRef & { readonly amount: Decimal; readonly currency: string })[];
}

/** Returns true when a person has to do something: the exit status is 1. */
export function needsAttention({ accounts, undelivered, unattendedRun }: StatusFigures): boolean {
  return (
    accounts.some(accountNeedsAttention) ||
    undelivered > 0 ||
    (unattendedRun !== null && runNeedsAttention(unattendedRun))
  );
}

export function accountNeedsAttention({ stale, failing, unread }: Freshness): boolean {
  return stale || failing || unread.length > 0;
}

export function statusJson(report: StatusReport, limit: number): object {
  const { accounts, calendar, runs, nextRun, undelivered, unattendedRun } = report;
  return {
    version: 1,
    status: needsAttention(report) ? 'attention' : 'ok',
    accounts: accounts.map((one) => ({
      institution: one.institution,
      account: one.account.name,
      kind: one.account.accountKind,
      lastSuccessAt: one.lastSuccessAt,
      ageSeconds: one.ageMs === null ? null : Math.floor(one.ageMs / 1000),
      staleAfterSeconds: Math.floor(one.staleAfterMs / 1000),
      stale: one.stale,
      failing: one.failing,
      failures: one.failures,
      failingSince: one.failingSince,
      lastFailure: one.lastFailure,
      signonBlocked: one.blocked,
      gaps: one.gaps.map(({ institution: _, account: __, ...gap }) => gap),
      unread: one.unread,
    })),
    coverage: calendar,
    runs: runs.slice(0, limit),
    nextRunAt: nextRun?.toISOString() ?? null,
    undeliveredMessages: undelivered,
    lastAttempt:
      unattendedRun === null
        ? null
        : { startedAt: unattendedRun.startedAt, endedAt: unattendedRun.endedAt, error: unattendedRun.error },
  };
}

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  /** Of an amount the digits as they are. */
  readonly value: number | Decimal;
}

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

/**
 * Writes the report for the textfile collector of node_exporter (Prometheus text format 0.0.4). A metric without samples is
 * omitted: the time of something that never happened is not zero.
 */
export function prometheusText(report: StatusFigures): string {
  return metricsOf(report)
    .filter(({ samples }) => samples.length > 0)
    .map(
      ({ name, help, samples }) =>
        `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${samples.map(({ labels, value }) => `${name}${labelText(labels)} ${value}\n`).join('')}`,
    )
    .join('');
}

function metricsOf({ accounts, runs, nextRun, undelivered, unattendedRun, balances = [] }: StatusFigures): Metric[] {
  const each = (value: (one: Freshness) => number | null): Sample[] =>
    accounts.flatMap((one) => {
      const found = value(one);
      const labels = { institution: one.institution, account: one.account.name };
      return found === null ? [] : [{ labels, value: found }];
    });
  const single = (value: number | null | undefined): Sample[] => (value == null ? [] : [{ labels: {}, value }]);
  const [last] = runs;
  const blocked = new Map(accounts.map((one) => [one.institution, one.blocked !== null]));
  return [
    {
      name: 'ofx_sync_account_last_success_timestamp_seconds',
      help: 'When the last statement of the account arrived.',
      samples: each(({ lastSuccessAt }) => epoch(lastSuccessAt)),
    },
    {
      name: 'ofx_sync_account_stale',
      help: '1 if the last statement is too old or missing.',
      samples: each(({ stale }) => Number(stale)),
    },
    {
      name: 'ofx_sync_account_failing_runs',
      help: 'Runs without a statement since the last that had one.',
      samples: each(({ failures }) => failures),
    },
    {
      name: 'ofx_sync_account_gaps',
      help: 'Balances that the transactions do not explain, and spans that no statement covers.',
      samples: each(({ gaps }) => gaps.length),
    },
    {
      name: 'ofx_sync_account_unread',
      help: 'Parts of statements that could not be read.',
      samples: each(({ unread }) => unread.reduce((sum, { count }) => sum + count, 0)),
    },
    {
      name: 'ofx_sync_account_balance',
      help: 'The balance that the bank stated last; of debts negative.',
      samples: balances.map(({ institution, name, currency, amount }) => ({
        labels: { institution, account: name, currency },
        value: amount,
      })),
    },
    {
      name: 'ofx_sync_signon_blocked',
      help: '1 if the login is skipped because its sign-on was refused.',
      samples: [...blocked].map(([institution, value]) => ({ labels: { institution }, value: Number(value) })),
    },
    {
      name: 'ofx_sync_undelivered_messages',
      help: 'Messages that are not delivered yet.',
      samples: single(undelivered),
    },
    {
      name: 'ofx_sync_last_attempt_failed',
      help: '1 if the last run by a timer failed as a whole.',
      samples: single(unattendedRun && Number(unattendedRun.error !== null)),
    },
    {
      name: 'ofx_sync_next_run_timestamp_seconds',
      help: 'When the schedule runs next.',
      samples: single(nextRun && nextRun.getTime() / 1000),
    },
    {
      name: 'ofx_sync_last_run_timestamp_seconds',
      help: 'When the last run began.',
      samples: single(epoch(last?.startedAt ?? null)),
    },
    {
      name: 'ofx_sync_last_run_duration_seconds',
      help: 'How long the last run took.',
      samples: single(last && last.durationMs / 1000),
    },
    {
      name: 'ofx_sync_last_run_accounts',
      help: 'Accounts of the last run by outcome.',
      samples: (['ok', 'failed', 'skipped'] as const).flatMap((status) =>
        last === undefined ? [] : [{ labels: { status }, value: last[status] }],
      ),
    },
  ];
}

function epoch(instant: string | null): number | null {
  const ms = instant === null ? Number.NaN : Date.parse(instant);
  return Number.isNaN(ms) ? null : ms / 1000;
}

/** Writes labels. The format escapes backslashes, quotes and line ends in them. */
function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`,
  );
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
