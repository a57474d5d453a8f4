/**
 * Transactions that are written as OFX asks for in XML: known names in upper case, each with its end tag, around values of
 * printable ASCII. Nothing in them needs repair, so ofx-js takes them from the file as they stand. One regular expression
 * recognizes them in a tenth of the time that their tokens take.
 */

/** Children of a list, one after another. */
export interface PlainItems {
  readonly offsets: readonly number[];
  /** The offset after the last of them and the blanks that follow. */
  readonly end: number;
}

/** Values of transactions that are neither amounts nor mean anything for the elements around them. */
const NAMES =
  'TRNTYPE|LOANTRNTYPE|DTPOSTED|DTTRAN|DTUSER|DTAVAIL|FITID|SRVRTID|CHECKNUM|REFNUM|SIC|PAYEEID|NAME|EXTDNAME|MEMO';
const BLANKS = '[\\t-\\r ]*';
/** Anything in ASCII but `& < >` and control characters. */
const CHARACTERS = "[ -%'-;=?-~]*";
/** Text with the three entities that ofx-js decodes, and without blanks at its ends. */
const VALUE = `(?! )${CHARACTERS}(?:&(?:amp|lt|gt);${CHARACTERS})*(?<! )`;
/** An amount that shows no separator but perhaps the point before one or two decimals. */
const AMOUNT = '[+-]?\\d{1,12}(?:\\.\\d\\d?)?';
const LEAF = `<(?:TRNAMT>${AMOUNT}</TRNAMT|(${NAMES})>${VALUE}</\\1)>`;
/** No two parts match the same text, so that a text that almost is an item takes no more time than its length. */
const ITEM = new RegExp(`<STMTTRN>${BLANKS}(?:${LEAF}${BLANKS})+</STMTTRN>(?:${BLANKS}(?=<))?`, 'y');
/** Searched at once, since the memory of a regular expression grows with the text that it matches. */
const WINDOW = 50_000;
/** More take longer: what ofx-js makes of them outlives the collection of its garbage. */
const MOST = 20;

/** Returns the items that begin at an offset, or `null`. */
export function plainItemsAt(text: string, start: number): PlainItems | null {
  const window = text.slice(start, start + WINDOW);
  const offsets: number[] = [];
  let end = 0;
  ITEM.lastIndex = 0;
  while (offsets.length < MOST && ITEM.test(window)) {
    offsets.push(start + end);
    end = ITEM.lastIndex;
  }
  ITEM.lastIndex = 0;
  return offsets.length === 0 ? null : { offsets, end: start + end };
}
