/** The part of a bank's text that names a merchant: without store numbers, dates, references and the words of card networks. */

export interface Merchant {
  /** The words in lower case; the same for all transactions of a merchant. */
  readonly words: readonly string[];
  /** The same part as the bank wrote it. */
  readonly text: string;
}

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Words that banks and card networks put before a merchant. */
const GENERIC = new Set(
  (
    'pos purchase purchases debit card cards checkcard credit visa mastercard maestro ec eftpos point of sale recurring recur ' +
    'authorized auth on pending withdrawal withdrawl ach web ppd des id sq tst sp py pp dd ref txn trn sepa lastschrift ' +
    'kartenzahlung gutschrift carte cb prlv vir pago compra con tarjeta pagamento carta payment to from the'
  ).split(' '),
);
/** Letters that a merchant must have in total. */
const LEAST_LETTERS = 3;

/** Returns the merchant of a text; the whole text where nothing in it looks like one, `null` for a blank one. */
export function merchantOf(text: string): Merchant | null {
  const words = wordsOf(text);
  const runs = runsOf(words);
  const run = runs.map(withoutGeneric).find(isName) ?? runs.find(isName) ?? words;
  const [first, last] = [run[0], run.at(-1)];
  if (first === undefined || last === undefined) return null;
  return { words: run.map((word) => word.text.toLowerCase()), text: text.slice(first.start, last.end) };
}

function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[^\s*#,;|/\\()[\]{}"<>=_\p{C}]+/gu)].flatMap(({ 0: raw, index }) => {
    const plain = raw.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
    if (plain === '') return [];
    const start = index + raw.indexOf(plain);
    return [{ text: plain, start, end: start + plain.length }];
  });
}

/** Returns the stretches between words with digits. */
function runsOf(words: readonly Word[]): Word[][] {
  const runs: Word[][] = [[]];
  for (const word of words) {
    if (/\p{N}/u.test(word.text)) runs.push([]);
    else runs.at(-1)?.push(word);
  }
  return runs.filter((run) => run.length > 0);
}

function withoutGeneric(run: readonly Word[]): readonly Word[] {
  const first = run.findIndex(({ text }) => !GENERIC.has(text.toLowerCase()));
  return first < 0 ? [] : run.slice(first);
}

function isName(run: readonly Word[]): boolean {
  return run.reduce((letters, { text }) => letters + text.replace(/[^\p{L}]/gu, '').length, 0) >= LEAST_LETTERS;
}
