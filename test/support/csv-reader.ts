/** RFC 4180 read strictly: what a line end, a quote or a separator means is decided here and not by the writer. */

export function readCsv(text: string, separator = ','): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const { cell, next } = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at, separator);
    row.push(cell);
    if (text.startsWith('\r\n', next)) {
      rows.push(row);
      row = [];
      at = next + 2;
    } else if (text[next] === separator) {
      at = next + 1;
      if (text.startsWith('\r\n', at)) {
        rows.push([...row, '']);
        row = [];
        at += 2;
      }
    } else throw new Error(`neither separator nor line end at ${next}`);
  }
  return rows;
}

function quotedCell(text: string, start: number): { cell: string; next: number } {
  let cell = '';
  for (let at = start + 1; ; at += 1) {
    if (at >= text.length) throw new Error('a quote is not closed');
    if (text[at] !== '"') cell += text[at];
    else if (text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else return { cell, next: at + 1 };
  }
}

function plainCell(text: string, start: number, separator: string): { cell: string; next: number } {
  let at = start;
  while (at < text.length && text[at] !== separator && text[at] !== '\r' && text[at] !== '\n') {
    if (text[at] === '"') throw new Error(`a quote inside a plain cell at ${at}`);
    at += 1;
  }
  return { cell: text.slice(start, at), next: at };
}
