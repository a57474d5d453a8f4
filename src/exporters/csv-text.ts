/** One CSV cell or line as text: RFC 4180, and the guard against cells that a spreadsheet would calculate. */

interface CsvStyle {
  readonly separator: string;
  readonly lineEnd: string;
}

const RFC_4180: CsvStyle = { separator: ',', lineEnd: '\r\n' };

/** A line with its end. Quotes stand only where they are needed, blanks at the edges included. */
export function csvLine(cells: readonly string[], { separator, lineEnd }: CsvStyle = RFC_4180): string {
  // A line of one empty cell would be an empty line, which readers skip.
  if (cells.length === 1 && cells[0] === '') return `""${lineEnd}`;
  return `${cells.map((cell) => quoted(cell, separator)).join(separator)}${lineEnd}`;
}

/** A cell that begins with `=`, `+`, `-`, `@`, tab or line end is calculated by spreadsheets; an apostrophe keeps it text. */
export function guarded(text: string): string {
  return /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
}

/** Text of several lines as one, for readers that know no line ends inside a cell. */
export function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ').trim();
}

function quoted(cell: string, separator: string): string {
  const needsQuotes = /["\r\n]/.test(cell) || cell.includes(separator) || cell !== cell.trim();
  return needsQuotes ? `"${cell.replaceAll('"', '""')}"` : cell;
}
