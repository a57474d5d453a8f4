/** The last runs, each as a timeline: when the requests for each account began and ended, and so how parallel they were. */

import type { RunDetail, RunOutcome } from '../../model/overview/history.js';
import { coordinate, type Formats } from './format.js';
import { foreign, type Html, html } from './html.js';

export function runTimelines(runs: readonly RunDetail[], nextRun: Date | null, formats: Formats): Html {
  const next = nextRun === null ? null : html`<p>Next run: ${formats.moment(nextRun)}</p>`;
  if (runs.length === 0) return html`<p>No run yet.</p>${next}`;
  return html`${next}${runs.map((run, index) => timeline(run, { isOpen: index === 0, formats }))}`;
}

function timeline(run: RunDetail, { isOpen, formats }: { readonly isOpen: boolean; readonly formats: Formats }): Html {
  const { startedAt, unattended, outcomes } = run;
  const length = Math.max(1, run.durationMs, ...outcomes.map(({ endMs, durationMs }) => endMs ?? durationMs));
  const started = formats.moment(startedAt);
  return html`<details${isOpen ? html` open` : null}><summary>${started}: ${counts(run, formats)}${unattended ? ', by timer' : null}</summary><p class="soft small">${speed(run, formats)}</p>${
    outcomes.length === 0
      ? null
      : html`<div class="wide" tabindex="0" role="region" aria-label="Run of ${started}"><table><caption>Time of each account’s requests</caption><thead><tr><th scope="col">Account</th><th scope="col">Outcome</th><th scope="col" class="amount">Time</th><td class="timeline"></td></tr></thead><tbody>${outcomes.map(
          (one) => row(one, length, formats),
        )}</tbody></table></div>`
  }</details>`;
}

function counts({ ok, failed, skipped }: RunDetail, formats: Formats): string {
  return [[ok, 'ok'] as const, [failed, 'failed'] as const, [skipped, 'skipped'] as const]
    .filter(([count]) => count > 0)
    .map(([count, name]) => `${formats.count(count)} ${name}`)
    .join(', ');
}

/** Returns a sentence such as `3.4 s; 10.1 s one after another; up to 4 accounts at once`. */
function speed({ durationMs, outcomes }: RunDetail, formats: Formats): string {
  const total = outcomes.reduce((sum, one) => sum + one.durationMs, 0);
  const most = mostAtOnce(outcomes);
  return [
    formats.seconds(durationMs),
    ...(outcomes.length < 2 ? [] : [`${formats.seconds(total)} one after another`]),
    ...(most < 2 ? [] : [`up to ${formats.count(most)} accounts at once`]),
  ].join('; ');
}

/** Returns the greatest number of accounts whose requests ran at the same moment; 0 if unknown. */
function mostAtOnce(outcomes: readonly RunOutcome[]): number {
  const spans = outcomes.flatMap(({ endMs, durationMs }) =>
    endMs === null || durationMs === 0 ? [] : [{ from: endMs - durationMs, to: endMs }],
  );
  return Math.max(0, ...spans.map(({ from }) => spans.filter((one) => one.from <= from && from < one.to).length));
}

function row(
  { institution, account, status, code, durationMs, endMs }: RunOutcome,
  length: number,
  formats: Formats,
): Html {
  const end = endMs ?? durationMs;
  const x = (Math.max(0, end - durationMs) / length) * 600;
  const width = Math.max(2, (Math.min(durationMs, end) / length) * 600);
  return html`<tr><th scope="row">${foreign(institution)} › ${foreign(account)}</th><td>${status}${code === null ? null : html` <span class="soft small">${code}</span>`}</td><td class="amount">${formats.seconds(durationMs)}</td><td class="timeline"><svg viewBox="0 0 600 10" preserveAspectRatio="none" aria-hidden="true" class="bar"><rect class="${status}" x="${coordinate(Math.min(x, 598))}" width="${coordinate(width)}" height="10"/></svg></td></tr>`;
}
