/** The parts that several replies have in common: status, amounts, dates, balances, account ids, securities, currencies. */

import type { AccountId, StatementKind } from '../../model/account.js';
import type { IsoDate } from '../../model/dates.js';
import type { Decimal } from '../../model/decimal.js';
import type { Balance, Exchange, Payee, SecurityId, Status } from '../../model/statement.js';
import { type DecimalMarks, doubtfulMark, parseMoney, parseQuantity } from '../amount.js';
import { foreignSign } from '../currency-sign.js';
import { parseDate } from '../date-time.js';
import { excerpt, type NoticeList } from '../notices.js';
import { isOwnLeaf } from '../repair/document.js';
import { child, childNames, children, type Tree, text } from '../repair/tree.js';
import type { TextPool } from '../text-pool.js';

export interface MapContext {
  readonly notices: NoticeList;
  /** CURDEF of the statement, or `XXX` (ISO 4217 "no currency"). */
  readonly currency: string;
  /** The decimal separators that the statement shows. */
  readonly shown: DecimalMarks;
  readonly pool: TextPool;
}

/** The aggregates that name an account, with the kind of account. */
export const ACCOUNT_KINDS = [
  ['BANKACCTFROM', 'bank'],
  ['CCACCTFROM', 'creditcard'],
  ['INVACCTFROM', 'investment'],
  ['LOANACCTFROM', 'loan'],
] as const;

const SUCCESS: Status = { code: 0, severity: 'INFO', message: null };

/** Reads a STATUS; one without a readable CODE is judged by its SEVERITY. */
export function mapStatus(tree: Tree | undefined): Status {
  if (tree === undefined || typeof tree === 'string') return SUCCESS;
  const severity = (text(tree, 'SEVERITY') ?? 'INFO').toUpperCase();
  const code = text(tree, 'CODE') ?? '';
  return {
    code: /^\d{1,9}$/.test(code) ? Number(code) : severity === 'ERROR' ? 2000 : 0,
    severity,
    message: text(tree, 'MESSAGE'),
  };
}

interface ValueType<T> {
  readonly what: 'amount' | 'date';
  readonly parse: (value: string) => T | null;
}

const DATE: ValueType<IsoDate> = { what: 'date', parse: parseDate };

type AmountContext = Pick<MapContext, 'notices' | 'currency' | 'shown'>;

/** Reads an amount of money; an invalid or ambiguous one is a notice and `null`. */
export function moneyOf(tree: Tree | undefined, name: string, context: AmountContext): Decimal | null {
  const value = text(tree, name);
  const parse = (amount: string) => parseMoney(amount, context.currency, context.shown);
  const read = parsedValue(value, name, { what: 'amount', parse }, context.notices);
  if (read !== null && value !== null && value !== read) noticeForeignSign(value, context);
  return read;
}

/** Adds a notice if a currency sign or code beside an amount contradicts the currency in which it is read. */
export function noticeForeignSign(
  amount: string,
  { notices, currency }: Pick<MapContext, 'notices' | 'currency'>,
  offset?: number,
): void {
  const sign = foreignSign(amount, currency);
  if (sign === null) return;
  const what = `an amount is marked ${excerpt(sign)} but was read in ${currency}, the currency that the statement names`;
  notices.add('currency-sign', what, offset);
}

/** Reads units, a price or a rate; an invalid or ambiguous one is a notice and `null`. */
export function quantityOf(tree: Tree | undefined, name: string, context: AmountContext): Decimal | null {
  const parse = (value: string) => parseQuantity(value, context.shown);
  return parsedValue(text(tree, name), name, { what: 'amount', parse }, context.notices);
}

/** Reads a date; an invalid one is a notice and `null`. */
export function dateOf(tree: Tree | undefined, name: string, { notices }: Pick<MapContext, 'notices'>): IsoDate | null {
  return parsedValue(text(tree, name), name, DATE, notices);
}

function parsedValue<T>(
  value: string | null,
  name: string,
  { what, parse }: ValueType<T>,
  notices: NoticeList,
): T | null {
  if (value === null) return null;
  const read = parse(value);
  if (read === null) {
    const problem = doubtfulMark(value) === null ? `not a valid ${what}` : 'ambiguous (decimals or thousands)';
    notices.add(`bad-${what}`, `${name} is ${problem}: ${excerpt(value)}`);
  }
  return read;
}

/** Reads LEDGERBAL or AVAILBAL. */
export function mapBalance(tree: Tree | undefined, context: MapContext): Balance | null {
  const currency = text(child(tree, 'CURRENCY'), 'CURSYM') ?? context.currency;
  const amount = moneyOf(tree, 'BALAMT', { ...context, currency });
  if (amount === null) return null;
  return {
    amount,
    currency,
    asOf: dateOf(tree, 'DTASOF', context),
  };
}

/** Reads the …ACCTFROM or …ACCTTO aggregate of one kind. */
export function mapAccountId(tree: Tree | undefined, kind: StatementKind): AccountId | null {
  if (tree === undefined || typeof tree === 'string') return null;
  return {
    kind,
    id: text(tree, 'ACCTID') ?? text(tree, 'LOANACCTID') ?? '',
    routing: text(tree, 'BANKID'),
    branch: text(tree, 'BRANCHID'),
    brokerId: text(tree, 'BROKERID'),
    accountType: (text(tree, 'ACCTTYPE') ?? text(tree, 'LOANACCTTYPE'))?.toUpperCase() ?? null,
  };
}

export function mapSecurityId(tree: Tree | undefined): SecurityId | null {
  const uniqueId = text(tree, 'UNIQUEID');
  return uniqueId === null ? null : { uniqueId, idType: text(tree, 'UNIQUEIDTYPE') ?? '' };
}

/** Reads CURRENCY or ORIGCURRENCY of a transaction. Some banks write only the code as its value. */
export function mapExchange(tree: Tree | undefined, context: MapContext): Exchange | null {
  for (const name of ['CURRENCY', 'ORIGCURRENCY'] as const) {
    const found = child(tree, name);
    const currency = typeof found === 'string' ? found : text(found, 'CURSYM');
    if (currency === null || currency === '') continue;
    return {
      currency: currency.toUpperCase(),
      rate: quantityOf(found, 'CURRATE', context),
      converted: name === 'ORIGCURRENCY',
    };
  }
  return null;
}

/** Reads PAYEE; a bare value is its name. */
export function mapPayee(tree: Tree | undefined): Payee | null {
  if (tree === undefined || tree === '') return null;
  const name = typeof tree === 'string' ? tree : text(tree, 'NAME');
  return {
    name,
    address: ['ADDR1', 'ADDR2', 'ADDR3'].flatMap((line) => text(tree, line) ?? []),
    city: text(tree, 'CITY'),
    state: text(tree, 'STATE'),
    postalCode: text(tree, 'POSTALCODE'),
    country: text(tree, 'COUNTRY'),
    phone: text(tree, 'PHONE'),
  };
}

/** The names that the model has fields for: values, and aggregates whose other values are extra. */
interface KnownNames {
  readonly values: ReadonlySet<string>;
  readonly aggregates: ReadonlySet<string>;
}

export function knownNames(values: string, aggregates: string): KnownNames {
  return { values: new Set(values.split(' ')), aggregates: new Set(aggregates.split(' ')) };
}

export const NOTHING_KNOWN = knownNames('', '');
const NO_NAMES: ReadonlySet<string> = new Set();
const MAX_EXTRA = 100;

/** Returns the values that the model has no field for, by dotted path. `skipped` are elements read elsewhere. */
export function extraOf(
  tree: Tree,
  known: KnownNames,
  skipped: ReadonlySet<string> = NO_NAMES,
): Readonly<Record<string, string>> | null {
  let found: Map<string, string> | null = null;
  const keep = (path: string, value: string): void => {
    found ??= new Map();
    if (found.size >= MAX_EXTRA) return;
    let key = path;
    for (let nth = 2; found.has(key); nth += 1) key = `${path}[${nth}]`;
    found.set(key, value);
  };
  const collect = (node: Tree, path: string, here: KnownNames): void => {
    for (const name of childNames(node)) {
      if (skipped.has(name)) continue;
      for (const child of children(node, name)) {
        if (typeof child !== 'string') {
          collect(child, `${path}${name}.`, here.aggregates.has(name) ? here : NOTHING_KNOWN);
        } else if (child !== '' && !isOwnLeaf(name) && !here.values.has(name)) keep(`${path}${name}`, child);
      }
    }
  };
  collect(tree, '', known);
  return found === null ? null : Object.fromEntries<string>(found);
}
