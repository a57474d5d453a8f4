/** The result of a check, as lines for a person and as JSON. */

import type { Checked } from '../../check/check.js';
import { isFailure, type Step } from '../../check/step.js';
import { maskedNumber } from '../../model/account.js';
import { placeOf } from '../../model/institution.js';
import { present } from '../../model/present.js';
import { visible } from '../terminal/escape.js';
import type { Style } from '../terminal/style.js';
import { columnsOf, wrapped } from '../terminal/table.js';

interface LineOptions {
  readonly style: Style;
  readonly width: number;
  /** Shows failed steps only. */
  readonly quiet: boolean;
}

const MARKS = { ok: ['green', '✓'], warning: ['yellow', '!'], failed: ['red', '✗'], skipped: ['yellow', '-'] } as const;
/** The widest title of a step, in columns, with which messages are still aligned. */
const WIDEST = 28;

export function checkLines({ institution, steps }: Checked, { style, width, quiet }: LineOptions): string[] {
  const shown = quiet ? steps.filter(isFailure) : steps;
  if (shown.length === 0) return [];
  const names = Math.min(WIDEST, Math.max(...shown.map((step) => columnsOf(titleOf(step)))));
  const indent = ' '.repeat(names + 5);
  const body = shown.flatMap((step) => {
    const [colour, mark] = MARKS[step.status];
    const time = step.durationMs === null ? '' : ` (${milliseconds(step.durationMs)})`;
    const head = `${style(colour, mark)} ${padded(titleOf(step), names)} `;
    const [first = '', ...rest] = wrapped(`${visible(step.message)}${time}`, width - names - 5, '');
    const hint =
      step.hint === null || step.hint === '' ? [] : wrapped(`→ ${visible(step.hint)}`, width - names - 5, '  ');
    return [`  ${head}${first}`, ...[...rest, ...hint].map((line) => `${indent}${line}`)];
  });
  const where = placeOf(institution).replace(/^(http[^?]*)\?.+/, '$1?…');
  return [`${visible(institution.name)}  ${visible(where)}`, ...body, ''];
}

/** Returns the name of the step, or name and masked number of the account that it is about. */
function titleOf({ step, account }: Step): string {
  return account === null ? step : `${visible(account.name)} ${visible(maskedNumber(account))}`;
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
}

function milliseconds(ms: number): string {
  return ms < 1000 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
}

export function checkJson(file: string, checked: readonly Checked[]): object {
  return {
    version: 1,
    config: file,
    institutions: checked.map(({ institution, steps }) => ({
      institution: institution.name,
      status: steps.some(({ status }) => status === 'failed')
        ? 'failed'
        : steps.some(({ status }) => status !== 'ok')
          ? 'warning'
          : 'ok',
      steps: steps.map(stepJson),
    })),
  };
}

export function stepJson({ step, account, status, durationMs, message, hint, error, details }: Step): object {
  return {
    step,
    ...present({ account: account?.name }),
    status,
    durationMs: durationMs === null ? null : Math.round(durationMs),
    message,
    hint,
    error: error === null ? null : { code: error.code, ofxStatus: error.ofxStatus, httpStatus: error.httpStatus },
    details,
  };
}
