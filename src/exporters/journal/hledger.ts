/**
 * Journals of hledger and ledger, which read the same lines. Text avoids the syntax of both: semicolons, tags that change
 * dates, brackets, a code in parentheses, `key:: expression`.
 */

import { isIsoDate } from '../../model/dates.js';
import { oneLine } from '../csv-text.js';
import { withMinorDigits } from '../currency.js';
import type { WrittenBalance } from './contradictions.js';
import type { JournalDialect } from './dialect.js';
import type { JournalEntry, JournalPosting, JournalTransaction, Meta } from './entry.js';
import { heldReader } from './held.js';

type Flavour = 'hledger' | 'ledger';

function dialect(format: Flavour, title: string): JournalDialect {
  return {
    format,
    title,
    extension: 'journal',
    assertsInPlace: format === 'ledger',
    balanceIn,
    postingDates: true,
    preamble: ['fitid', 'ofxid', 'id', 'memo', 'transfer', 'opening'].map((tag) => `tag ${tag}\n`).join(''),
    heldIn: () => heldReader(POSTING, unquoted),
    declaredBy: (line) =>
      /^(?:account|commodity) +(.*\S)|^((?:tag|P) +.*\S)|^ +; (opening: .*\S)/
        .exec(line)
        ?.slice(1)
        .find((found) => found !== undefined) ?? null,
    account: accountName,
    commodity: commodityName,
    tag: tagName,
    declareAccount: (name) => `account ${name}\n`,
    declareCommodity: (symbol) => `commodity ${symbol}\n`,
    tagLine: (tag) => `tag ${tag}`,
    entry: (entry) => entryText(entry, format),
  };
}

/** Account, amount and commodity. */
const POSTING = /^ {4}(\S.*?) {2,}(-?[\d.]+) ("[^"]+"|\p{L}+)/u;

function unquoted(symbol: string): string {
  return symbol.replaceAll('"', '');
}

export const hledgerDialect = dialect('hledger', 'hledger journal');
export const ledgerDialect = dialect('ledger', 'ledger journal');

function balanceIn(line: string, before: string): WrittenBalance | null {
  const day = /^(\d{4}-\d\d-\d\d) \* Balance$/.exec(before)?.[1];
  const account = /^ {4}(\S.*?) {2}0 .* = /.exec(line)?.[1];
  return day === undefined || account === undefined || !isIsoDate(day) ? null : { day, account };
}

function entryText(entry: JournalEntry, flavour: Flavour): string {
  switch (entry.kind) {
    case 'transaction':
      return transactionText(entry, flavour);
    case 'assertion': {
      const commodity = commodityName(entry.commodity);
      return `\n${entry.date} * Balance\n    ${accountName(entry.account)}  0 ${commodity} = ${withMinorDigits(entry.amount, entry.commodity)} ${commodity}\n`;
    }
    case 'price':
      return `P ${entry.date} ${commodityName(entry.commodity)} ${entry.price.amount} ${commodityName(entry.price.currency)}\n`;
  }
}

function transactionText(
  { date, code, payee, memo, tags, meta, postings }: JournalTransaction,
  flavour: Flavour,
): string {
  const comments = [...(memo === '' ? [] : [{ key: 'memo', value: memo } as const]), ...meta];
  const lines = [
    `${date} * ${codeText(code, payee)}${payeeText(payee)}`,
    ...comments.map((one) => `    ; ${metaText(one)}`),
    ...tagLines(tags, flavour),
    ...postings
      .filter(({ inferred, amount }) => inferred !== true || /[1-9]/.test(amount))
      .flatMap((posting) => postingLines(posting, flavour)),
  ];
  return `\n${lines.join('\n')}\n`;
}

function postingLines(posting: JournalPosting, flavour: Flavour): string[] {
  const { account, amount, commodity, totalPrice, lot, date, meta = [] } = posting;
  const total = totalPrice === undefined && lot !== undefined ? lot.total : totalPrice;
  const price =
    total === undefined ? '' : ` @@ ${withMinorDigits(total.amount, total.currency)} ${commodityName(total.currency)}`;
  const on = date === undefined ? '' : `  ; ${flavour === 'ledger' ? `[${date}]` : `date:${date}`}`;
  return [
    `    ${accountName(account)}  ${withMinorDigits(amount, commodity)} ${commodityName(commodity)}${price}${on}`,
    ...meta.map((one) => `    ; ${metaText(one)}`),
  ];
}

/** Returns one tag for a line: commas end a tag in hledger, brackets hold dates in both. */
function metaText({ key, value }: Meta): string {
  const plain = oneLine(value).replace(/,/g, ' ').replace(/\[/g, '(').replace(/\]/g, ')');
  return `${key}: ${plain.replace(/\s+/g, ' ').trim()}`;
}

function tagLines(tags: readonly string[], flavour: Flavour): string[] {
  const names = tags.map(tagName).filter((name) => name !== '');
  if (names.length === 0) return [];
  return flavour === 'ledger' ? [`    ; :${names.join(':')}:`] : names.map((tag) => `    ; ${tag}:`);
}

/** Returns an empty text for a tag without any permitted character. Words that the programs reserve get an underscore. */
function tagName(tag: string): string {
  const plain = tag.replace(/[^\p{L}\p{N}_-]+/gu, '-').replace(/^-+|-+$/g, '');
  return /^(?:date2?|payee|value|uuid)$/i.test(plain) ? `${plain}_` : plain;
}

/** Returns the code. A payee that begins with a parenthesis needs an empty code before it, or would be read as the code. */
function codeText(code: string | null, payee: string): string {
  const plain = oneLine(code ?? '').replace(/[();]/g, '');
  if (plain !== '') return `(${plain}) `;
  return payeeText(payee).startsWith('(') ? '() ' : '';
}

/** Replaces semicolons, which begin a comment, and bars, which end the payee. */
function payeeText(payee: string): string {
  const plain = oneLine(payee).replaceAll(';', ',').replaceAll('|', '/').replace(/\s+/g, ' ').trim();
  return plain === '' ? '?' : plain;
}

function accountName(name: string): string {
  const parts = name.split(':').map((part) =>
    oneLine(part)
      .replace(/[;[\]()]/g, '-')
      .replace(/\s+/g, ' ')
      .replace(/^[*!\s-]+/, '')
      .trim(),
  );
  return parts.filter((part) => part !== '').join(':') || 'Expenses:Unknown';
}

function commodityName(symbol: string): string {
  return /^\p{L}+$/u.test(symbol) ? symbol : `"${oneLine(symbol).replace(/[";]/g, '')}"`;
}
