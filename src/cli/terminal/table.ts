/** Text laid out on a terminal: aligned columns and wrapped sentences; a wide character counts as two columns. */

import stringWidth from 'string-width';
import type { CliIo } from './io.js';

interface Column {
  readonly align: 'left' | 'right';
  /** May be shortened on a narrow terminal. */
  readonly flexible?: boolean;
  /** Is omitted before anything is shortened. */
  readonly dispensable?: boolean;
}

const GAP = 2;
const SHORTEST = 8;
const NARROWEST = 40;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** Returns the columns of a terminal. Pipes and files have unlimited width: nothing is cut there. */
export function widthOf(stream: CliIo['stdout']): number {
  return stream.isTTY === true ? Math.max(NARROWEST, stream.columns ?? 80) : Number.POSITIVE_INFINITY;
}

/** Returns a line per row, without trailing blanks. */
export function table(rows: readonly (readonly string[])[], columns: readonly Column[], width: number): string[] {
  const widths = columns.map((_, index) => rows.reduce((most, row) => Math.max(most, columnsOf(row[index] ?? '')), 0));
  const filled = columns.flatMap((_, index) => ((widths[index] ?? 0) > 0 ? [index] : []));
  const shown = withoutDispensable(filled, columns, (some) => widthOfRow(some, widths) - width);
  const flexible = shown.filter((index) => columns[index]?.flexible === true);
  for (let left = widthOfRow(shown, widths) - width; left > 0; left -= 1) {
    // The widest column shrinks first, so that a short name stays whole beside a long memo.
    const widest = flexible.reduce(
      (best, index) => ((widths[index] ?? 0) > (widths[best] ?? 0) ? index : best),
      flexible[0] ?? -1,
    );
    if ((widths[widest] ?? 0) <= SHORTEST) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return rows.map((row) =>
    shown
      .map((index) =>
        pad(shortened(row[index] ?? '', widths[index] ?? 0), widths[index] ?? 0, columns[index]?.align ?? 'left'),
      )
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
}

/** A column of text narrower than this is unreadable. */
const READABLE = 24;

/**
 * Returns a table where its columns are readable, else a list: the first cell of each row, then the others, wrapped. The list
 * omits the heading.
 */
export function tableOrList(
  { head, rows }: { readonly head: readonly string[] | null; readonly rows: readonly (readonly string[])[] },
  columns: readonly Column[],
  width: number,
): string[] {
  const all = head === null ? rows : [head, ...rows];
  const needed = columns.reduce((sum, { flexible }, index) => {
    const widest = all.reduce((most, row) => Math.max(most, columnsOf(row[index] ?? '')), 0);
    return sum + (flexible === true ? Math.min(widest, READABLE) : widest) + (widest === 0 ? 0 : GAP);
  }, -GAP);
  if (needed <= width) return table(all, columns, width);
  const indent = ' '.repeat(4);
  return rows.flatMap(([first = '', ...rest]) =>
    wrapped(`${first}: ${rest.filter((cell) => cell !== '').join(' · ')}`, width, indent),
  );
}

/** Characters of one column each: Latin letters, dashes, quotes, bullets, the ellipsis, and the marks that tables draw themselves. */
const PLAIN =
  /^[ -~\u00a1-\u00ac\u00ae-\u02af\u2010-\u2015\u2018-\u201f\u2022\u2026\u2039\u203a\u2500-\u25a0\u2713\u2717]*$/;

/** Returns the width of a text in columns. Segmenting a text takes 50 ms the first time, so only texts that need it are segmented. */
export function columnsOf(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}

function widthOfRow(shown: readonly number[], widths: readonly number[]): number {
  return shown.reduce((sum, index) => sum + (widths[index] ?? 0) + GAP, -GAP);
}

/** Omits dispensable columns, the last first, until the others fit. */
function withoutDispensable(
  all: readonly number[],
  columns: readonly Column[],
  excess: (shown: readonly number[]) => number,
): readonly number[] {
  let shown = all;
  for (const index of all.toReversed()) {
    if (excess(shown) <= 0) break;
    if (columns[index]?.dispensable === true) shown = shown.filter((one) => one !== index);
  }
  return shown;
}

/** Returns the text cut to a number of columns, with an ellipsis where it was cut. */
export function shortened(text: string, width: number): string {
  if (columnsOf(text) <= width) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (columnsOf(kept + segment) > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** Returns a sentence as lines, broken at blanks; all but the first begin with the indent. */
export function wrapped(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const part of text.split(/(?<= )(?=[^ ])/)) {
    const wide = columnsOf(part.trimEnd());
    if (used > 0 && used + wide > width && line.trim() !== '') {
      lines.push(line.trimEnd());
      line = indent;
      used = columnsOf(indent);
    }
    line += part;
    used += columnsOf(part);
  }
  return [...lines, line.trimEnd()];
}

/** A column of hints of this width, such as the age of an entry, stays beside wrapped labels. */
const SHORT_HINT = 12;

/**
 * Returns the lines of each choice of a list: its label, then its hint beside it, or below it where the terminal is too narrow
 * for both. Nothing is cut.
 */
export function choiceBlocks(
  choices: readonly (readonly [label: string, hint: string])[],
  width: number,
): readonly (readonly string[])[] {
  const widest = (texts: readonly string[]) => texts.reduce((most, text) => Math.max(most, columnsOf(text)), 0);
  const [labels, hints] = [widest(choices.map(([label]) => label)), widest(choices.map(([, hint]) => hint))];
  const isNarrow = labels + GAP + hints > width && hints > 0;
  if (isNarrow && hints > SHORT_HINT)
    return choices.map(([label, hint]) => [
      ...wrapped(label, width, ' '.repeat(4)),
      ...(hint === '' ? [] : wrapped(`      ${hint}`, width, ' '.repeat(6))),
    ]);
  const column = isNarrow ? width - GAP - hints : Math.min(labels, width);
  return choices.map(([label, hint]) => {
    const [first = '', ...more] = wrapped(label, column, ' '.repeat(4));
    return [`${pad(first, column, 'left')}${' '.repeat(GAP)}${hint}`.trimEnd(), ...more];
  });
}

/** Pads the texts to the width of the widest. */
export function padded(texts: readonly string[]): string[] {
  const widest = texts.reduce((most, text) => Math.max(most, columnsOf(text)), 0);
  return texts.map((text) => pad(text, widest, 'left'));
}

function pad(text: string, width: number, align: 'left' | 'right'): string {
  const blanks = ' '.repeat(Math.max(0, width - columnsOf(text)));
  // Without the mark, a terminal that reverses such text would reverse the numbers of the next column too.
  const whole = RIGHT_TO_LEFT.test(text) ? `${text}\u200e` : text;
  return align === 'left' ? whole + blanks : blanks + whole;
}
