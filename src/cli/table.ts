/** Aligned columns on a terminal: wide characters count as two, and the last column that may give way is cut to the width. */

import stringWidth from 'string-width';

export interface Column {
  readonly align: 'left' | 'right';
  /** May be shortened when the terminal is narrow. */
  readonly flexible?: boolean;
}

const GAP = 2;
const SHORTEST = 8;

/** One line a row, without trailing blanks. */
export function table(rows: readonly (readonly string[])[], columns: readonly Column[], width: number): string[] {
  const widths = columns.map((_, index) => Math.max(0, ...rows.map((row) => stringWidth(row[index] ?? ''))));
  const shown = columns.flatMap((_, index) => ((widths[index] ?? 0) > 0 ? [index] : []));
  let excess = shown.reduce((sum, index) => sum + (widths[index] ?? 0) + GAP, -GAP) - width;
  for (const index of shown) {
    if (excess <= 0 || columns[index]?.flexible !== true) continue;
    const cut = Math.min(excess, Math.max(0, (widths[index] ?? 0) - SHORTEST));
    widths[index] = (widths[index] ?? 0) - cut;
    excess -= cut;
  }
  return rows.map((row) =>
    shown
      .map((index) =>
        pad(fit(row[index] ?? '', widths[index] ?? 0), widths[index] ?? 0, columns[index]?.align ?? 'left'),
      )
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
}

/** The text cut to a number of columns, with an ellipsis where something is missing. */
export function fit(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(kept + segment) > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

function pad(text: string, width: number, align: 'left' | 'right'): string {
  const blanks = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return align === 'left' ? text + blanks : blanks + text;
}
