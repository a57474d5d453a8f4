/** CSV cells and lines as text (RFC 4180), and the guard against cells that a spreadsheet would calculate. */

interface CsvStyle {
  readonly separator: string;
  readonly lineEnd: string;
}

const RFC_4180: CsvStyle = { separator: ',', lineEnd: '\r\n' };

/** Returns a line with its line end. Only cells that need quotes have them: for separators, quotes, line ends, and blanks at the edges. */
export function csvLine(cells: readonly string[], { separator, lineEnd }: CsvStyle = RFC_4180): string {
  // A line of one empty cell would be an empty line, which readers skip.
  if (cells.length === 1 && cells[0] === '') return `""${lineEnd}`;
  return `${cells.map((cell) => quoted(cell, separator)).join(separator)}${lineEnd}`;
}

/** Puts an apostrophe before `=`, `+`, `-`, `@`, tab or line end, since spreadsheets would calculate such a cell. */
export function guarded(text: string): string {
  return /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
}

/** Puts an apostrophe before an id of digits, or of digits around an `e`, which a spreadsheet would read as a number. */
export function textId(id: string): string {
  return /^\d+(?:e\d+)?$/i.test(id) ? `'${id}` : id;
}

/** Returns a text on one line, for readers that do not support line ends inside a cell. */
export function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ').trim();
}

function quoted(cell: string, separator: string): string {
  const needsQuotes = /["\r\n]/.test(cell) || cell.includes(separator) || cell !== cell.trim();
  return needsQuotes ? `"${cell.replaceAll('"', '""')}"` : cell;
}
