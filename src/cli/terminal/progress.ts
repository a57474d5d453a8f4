/**
 * Progress of a sync, on standard error: on a terminal a line per account, or only the active ones when there are more accounts
 * than lines; elsewhere a plain line for each finished account. Task libraries are not used: they take over both output streams
 * and would overwrite a password prompt.
 */

import { type Account, accountKey } from '../../model/account.js';
import type { OnProgress, Outcome, ProgressEvent } from '../../ports.js';
import { visible } from './escape.js';
import type { CliIo, GlobalOptions, Log } from './io.js';
import { isAccessible } from './style.js';
import { padded, shortened } from './table.js';
import { markOf, plural, savedText, seconds, tallyText } from './wording.js';

interface Progress {
  readonly onProgress: OnProgress;
  /** Stops drawing while a question is on the terminal. */
  pause(): void;
  resume(): void;
  /** Erases the lines and stops drawing. May be called twice. */
  end(): Promise<void>;
}

const SILENT: Progress = {
  onProgress: () => undefined,
  pause: () => undefined,
  resume: () => undefined,
  end: async () => undefined,
};

export function startProgress(io: CliIo, options: GlobalOptions): Progress {
  if (io.log !== undefined) return loggedProgress(io.log);
  if (options.quiet === true || options.progress === false) return SILENT;
  if (!canRedraw(io)) return options.json === true ? SILENT : plainProgress(io);
  return liveProgress(io);
}

/** NO_COLOR stops redrawing too: whoever sets it wants no escape sequences. A screen reader would read each picture. */
function canRedraw(io: CliIo): boolean {
  const { stderr, env } = io;
  return stderr.isTTY === true && env['TERM'] !== 'dumb' && (env['NO_COLOR'] ?? '') === '' && !isAccessible(io);
}

function plainProgress(io: CliIo): Progress {
  return {
    ...SILENT,
    onProgress: (event) => {
      if (event.type === 'outcome') io.stderr.write(`${finishedLine(event.outcome)}\n`);
    },
  };
}

/** With a log, each step is a line, and nothing is redrawn. */
function loggedProgress(log: Log): Progress {
  return {
    ...SILENT,
    onProgress: (event) => {
      if (event.type === 'start')
        log.write('debug', 'start', plural(event.accounts.length, 'account'), { accounts: event.accounts.length });
      // Bytes arrive too often to be logged; the log of the reply has their number.
      else if (event.type === 'state' && event.state === 'retrying')
        log.write('debug', 'retrying', `${accountKey(event.account)}: ${event.detail ?? 'again'}`, {
          account: accountKey(event.account),
        });
      else if (event.type === 'outcome') logOutcome(event.outcome, log);
    },
  };
}

function logOutcome(outcome: Outcome, log: Log): void {
  const { account, status, attempts, notices, durationMs } = outcome;
  const counts =
    outcome.status === 'ok'
      ? { received: outcome.saved.received, new: outcome.saved.new, changed: outcome.saved.changed }
      : { code: outcome.error.code, hint: outcome.error.hint };
  log.write(outcome.status === 'ok' ? 'info' : 'error', 'outcome', finishedLine(outcome), {
    institution: account.institution,
    account: account.name,
    status,
    attempts,
    notices: notices.length,
    durationMs: Math.round(durationMs),
    ...counts,
  });
}

function finishedLine(outcome: Outcome): string {
  const { status } = outcome;
  const what = status === 'ok' ? savedText(outcome) : visible(outcome.error.message);
  // Some messages begin with the state.
  const state = what.startsWith(`${status}, `) ? what : `${status}, ${what}`;
  return `${visible(accountKey(outcome.account))}: ${state}, ${seconds(outcome.durationMs)}`;
}

interface Row {
  readonly account: Account;
  state: string;
  /** On the clock of `performance.now()`; null while it waits. */
  since: number | null;
  outcome: Outcome | null;
}

const FRAME_MS = 80;
const SHORTEST_NAME = 12;
const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
/** For consoles without these characters: the Windows console from before Windows Terminal, and the Linux console. */
const PLAIN_SPINNER = ['-', '\\', '|', '/'];

/** Redraws in place; the lines disappear at the end, when the summary replaces them. */
function liveProgress(io: CliIo): Progress {
  const run = new FollowedRun();
  const started = performance.now();
  const spinner = hasDots(io) ? SPINNER : PLAIN_SPINNER;
  let drawn = 0;
  let frame = 0;
  let paused = false;
  // From the first column, because the echo of a key may have moved the cursor.
  const erasing = () => {
    const sequence = drawn > 0 ? `\r\u001b[${drawn}A\u001b[0J` : '';
    drawn = 0;
    return sequence;
  };
  const draw = () => {
    if (paused || run.rows.size === 0) return;
    frame += 1;
    const lines = linesOf(run, {
      spinner,
      frame,
      started,
      rows: io.stderr.rows ?? 24,
      columns: io.stderr.columns ?? 80,
    });
    io.stderr.write(erasing() + lines.map((line) => `${line}\n`).join(''));
    drawn = lines.length;
  };
  const timer = setInterval(draw, FRAME_MS);
  return {
    onProgress: (event) => run.follow(event),
    pause: () => {
      io.stderr.write(erasing());
      paused = true;
    },
    resume: () => {
      paused = false;
    },
    end: async () => {
      clearInterval(timer);
      io.stderr.write(erasing());
      paused = true;
    },
  };
}

/** The accounts of a run. What a picture of thousands needs is counted on the way, not for each picture. */
class FollowedRun {
  readonly rows = new Map<string, Row>();
  /** Requested and not finished, in the order in which they began. */
  readonly active = new Set<Row>();
  readonly counts = { ok: 0, failed: 0, skipped: 0 };

  follow(event: ProgressEvent): void {
    if (event.type === 'start') {
      for (const account of event.accounts)
        this.rows.set(accountKey(account), { account, state: 'waiting', since: null, outcome: null });
      return;
    }
    const row = this.rows.get(accountKey(event.type === 'state' ? event.account : event.outcome.account));
    if (row === undefined) return;
    if (event.type === 'outcome') this.#finish(row, event.outcome);
    else this.#change(row, event);
  }

  #finish(row: Row, outcome: Outcome): void {
    if (row.outcome !== null) this.counts[row.outcome.status] -= 1;
    row.outcome = outcome;
    this.active.delete(row);
    this.counts[outcome.status] += 1;
  }

  #change(row: Row, { state, bytes, detail }: Extract<ProgressEvent, { type: 'state' }>): void {
    row.since ??= state === 'waiting' ? null : performance.now();
    if (row.since !== null && row.outcome === null) this.active.add(row);
    row.state = [
      state,
      ...(bytes === undefined ? [] : [`${Math.ceil(bytes / 1024)} kB`]),
      ...(detail === undefined ? [] : [visible(detail)]),
    ].join(' ');
  }
}

function hasDots({ platform, env }: CliIo): boolean {
  if (platform !== 'win32') return env['TERM'] !== 'linux';
  return (env['WT_SESSION'] ?? env['TERM_PROGRAM'] ?? env['TERM'] ?? '') !== '';
}

interface Frame {
  readonly spinner: readonly string[];
  readonly frame: number;
  readonly started: number;
  readonly rows: number;
  readonly columns: number;
}

function linesOf({ rows, active, counts }: FollowedRun, at: Frame): string[] {
  const spinner = at.spinner[at.frame % at.spinner.length] ?? '';
  const open = rows.size - counts.ok - counts.failed - counts.skipped;
  const left = open > 0 ? `, ${open} to go` : '';
  const total = `${spinner} ${tallyText(counts, rows.size)}${left} · ${seconds(performance.now() - at.started)}`;
  // A terminal that cannot show all shows the active ones.
  const shown = rows.size + 2 > at.rows ? [...active].slice(0, Math.max(0, at.rows - 3)) : [...rows.values()];
  return [...rowLines(shown, spinner, at.columns), total].map((line) => shortened(line, Math.max(20, at.columns - 1)));
}

/** Returns lines with a column of names and a column of states; long names are shortened first. */
function rowLines(rows: readonly Row[], spinner: string, columns: number): string[] {
  const now = performance.now();
  const states = rows.map((row) => stateText(row, now));
  const room = Math.max(SHORTEST_NAME, columns - 5 - Math.max(0, ...states.map(({ length }) => length)));
  const names = rows.map(({ account }) => shortened(visible(accountKey(account)), room));
  const shown = padded(names);
  return rows.map((row, index) => `${markOfRow(row, spinner)} ${shown[index] ?? ''}  ${states[index] ?? ''}`);
}

function markOfRow({ outcome, since }: Row, spinner: string): string {
  if (outcome !== null) return markOf(outcome.status);
  return since === null ? ' ' : spinner;
}

function stateText({ state, outcome, since }: Row, now: number): string {
  if (outcome === null) return since === null ? state : `${state}, ${seconds(now - since)}`;
  if (outcome.status !== 'ok') return outcome.status;
  return `${savedText(outcome)}, ${seconds(outcome.durationMs)}`;
}
