/** Journals of beancount 2: text in quotes, names in its alphabet, lots with their cost, and exact balances. */

import { addDays, isIsoDate } from '../../model/dates.js';
import type { Decimal } from '../../model/decimal.js';
import { isZero } from '../../model/money.js';
import { withMinorDigits } from '../currency.js';
import type { WrittenBalance } from './contradictions.js';
import type { JournalDialect } from './dialect.js';
import type { JournalEntry, JournalPosting, JournalTransaction, Meta } from './entry.js';
import { heldReader } from './held.js';

const ROOTS = /^(?:Assets|Liabilities|Equity|Income|Expenses)$/;
/** The most lines of a text that the program reads. */
const MOST_LINES = 60;

export const beancountDialect: JournalDialect = {
  format: 'beancount',
  title: 'beancount journal',
  extension: 'beancount',
  assertsInPlace: false,
  balanceIn,
  postingDates: false,
  preamble: '',
  heldIn: () => heldReader(/^ {2}([A-Z]\S*) +(-?[\d.]+) ([A-Z][A-Z0-9'._-]*)/, (symbol) => symbol),
  declaredBy,
  account: accountName,
  commodity: commodityName,
  tag: tagName,
  // Sales reduce the oldest lots first; stated here, since beancount ignores the options of an included file.
  declareAccount: (name, { symbol, since }) => `${since} open ${name}${symbol === null ? '' : `  ${symbol} "FIFO"`}\n`,
  declareCommodity: (symbol, since) => `${since} commodity ${symbol}\n`,
  openedIn,
  entry: entryText,
};

function declaredBy(line: string): string | null {
  const opening = /^ +opening: "(.*)"/.exec(line)?.[1];
  if (opening !== undefined) return `opening: ${opening}`;
  if (/^\d{4}-\d\d-\d\d price /.test(line)) return line.trimEnd();
  return /^\d{4}-\d\d-\d\d +(?:open|commodity) +(\S+)/.exec(line)?.[1] ?? null;
}

function balanceIn(line: string): WrittenBalance | null {
  const [, day = '', account] = /^(\d{4}-\d\d-\d\d) balance (\S+) /.exec(line) ?? [];
  return account === undefined || !isIsoDate(day) ? null : { day: addDays(day, -1), account };
}

function openedIn(line: string): WrittenBalance | null {
  const [, day = '', account] = /^(\d{4}-\d\d-\d\d) +open +(\S+)/.exec(line) ?? [];
  return account === undefined || !isIsoDate(day) ? null : { day, account };
}

function entryText(entry: JournalEntry): string {
  switch (entry.kind) {
    case 'transaction':
      return transactionText(entry);
    case 'assertion':
      // A balance holds at the beginning of its day; `~ 0` removes the tolerance of half a cent.
      return `\n${addDays(entry.date, 1)} balance ${accountName(entry.account)}  ${amountText(entry.amount, entry.commodity)} ~ 0 ${commodityName(entry.commodity)}\n`;
    case 'price':
      return `${entry.date} price ${commodityName(entry.commodity)}  ${entry.price.amount} ${commodityName(entry.price.currency)}\n`;
  }
}

function transactionText({ date, code, payee, memo, tags, meta, postings }: JournalTransaction): string {
  const lines = [
    `${date} * ${quoted(payee)} ${quoted(memo)}${tagText(tags)}${linkText(meta)}`,
    ...(code === null ? [] : [`  check: ${quoted(code)}`]),
    ...meta.filter(({ key }) => key !== 'transfer').map((one) => `  ${metaText(one)}`),
    ...postings.flatMap(postingLines),
  ];
  return `\n${lines.join('\n')}\n`;
}

/** Returns the link that both sides of a transfer share. */
function linkText(meta: readonly Meta[]): string {
  return meta
    .filter(({ key }) => key === 'transfer')
    .map(({ value }) => ` ^transfer-${value}`)
    .join('');
}

function postingLines({ account, amount, commodity, totalPrice, lot, inferred, meta = [] }: JournalPosting): string[] {
  const name = accountName(account);
  const lines = meta.map((one) => `    ${metaText(one)}`);
  if (inferred === true) return [`  ${name}`, ...lines];
  const price =
    totalPrice === undefined
      ? ''
      : ` @@ ${amountText(totalPrice.amount, totalPrice.currency)} ${commodityName(totalPrice.currency)}`;
  return [`  ${name}  ${amountText(amount, commodity)} ${commodityName(commodity)}${lotText(lot)}${price}`, ...lines];
}

function lotText(lot: JournalPosting['lot']): string {
  if (lot === undefined) return '';
  const currency = commodityName(lot.total.currency);
  const total = `${amountText(lot.total.amount, lot.total.currency)} ${currency}`;
  if (!lot.opens) return isZero(lot.total.amount) ? ' {}' : ` {} @@ ${total}`;
  return lot.unitPrice === null ? ` {{${total}}}` : ` {${lot.unitPrice} ${currency}}`;
}

/**
 * Returns an amount with at least one digit after the point. The program tolerates half of the last digit, which a total
 * divided by units needs, and tolerates nothing in a whole number.
 */
function amountText(amount: Decimal, commodity: string): string {
  return withMinorDigits(amount, commodity, 1);
}

function tagText(tags: readonly string[]): string {
  return tags
    .map(tagName)
    .filter((name) => name !== '')
    .map((name) => ` #${name}`)
    .join('');
}

/** Returns an empty text for a tag without any permitted character. */
function tagName(tag: string): string {
  return tag.replace(/[^A-Za-z0-9_/.-]+/g, '-').replace(/^-+|-+$/g, '');
}

function metaText({ key, value }: Meta): string {
  return `${key}: ${quoted(value)}`;
}

/** Keeps tabs, and line ends unless there are too many; replaces other control characters. */
function quoted(text: string): string {
  const plain = text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ' ')
    .replace(/\p{Surrogate}/gu, '\ufffd');
  const lines = plain.split('\n').length > MOST_LINES ? plain.replaceAll('\n', ' ') : plain;
  return `"${lines.replace(/[\\"]/g, (char) => `\\${char}`)}"`;
}

/**
 * Returns a name below one of the five roots, whose parts begin with a capital or a digit and hold letters, digits and
 * dashes. Versions of the program differ in the letters that they accept: all accept those of common European alphabets as
 * the first letter, and others of the basic plane after it.
 */
function accountName(name: string): string {
  const [root = '', ...parts] = name.split(':').map((part) => {
    const plain = part.replace(/[^\p{L}\p{Nd}-]+|[\u{10000}-\u{10ffff}]+/gu, '-').replace(/^-+|-+$/g, '');
    return FIRST.test(plain) || plain === '' ? plain : capitalised(plain);
  });
  const known = parts.filter((part) => part !== '');
  if (ROOTS.test(root) && known.length > 0) return [root, ...known].join(':');
  const rest = [root, ...known].filter((part) => part !== '' && !ROOTS.test(part));
  return ['Expenses', ...(rest.length > 0 ? rest : ['Unknown'])].join(':');
}

const FIRST = /^(?:[0-9]|(?=[\u0000-\u04ff])\p{Lu})/u;

function capitalised(text: string): string {
  const upper = text.replace(/^\p{L}/u, (letter) => letter.toUpperCase());
  return FIRST.test(upper) ? upper : `X${upper}`;
}

function commodityName(symbol: string): string {
  const plain = symbol.toUpperCase().replace(/[^A-Z0-9'._-]+/g, '-');
  const lettered = /^[A-Z]/.test(plain) ? plain : `C${plain}`;
  const cut = lettered.slice(0, 24).replace(/[^A-Z0-9]+$/, '');
  return cut.length < 2 ? `${cut}-SHARE` : cut;
}
