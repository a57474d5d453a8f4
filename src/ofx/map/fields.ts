/** Small pieces that several parts of a reply share: status, balances, account ids, securities, currencies. */

import type { AccountId, StatementKind } from '../../model/account.js';
import type { IsoDate } from '../../model/dates.js';
import type { Decimal } from '../../model/decimal.js';
import type { Balance, Exchange, Payee, SecurityId, Status } from '../../model/statement.js';
import { parseAmount, parseMoney } from '../amount.js';
import { excerpt, type NoticeList } from '../notices.js';
import { LIST_REFERENCE } from '../repair/document.js';
import { many, namesIn, one, type Tree, text } from '../repair/tree.js';
import type { TextPool } from '../text-pool.js';
import { parseDateTime } from '../values.js';

export interface MapContext {
  readonly notices: NoticeList;
  /** CURDEF of the statement, `XXX` (ISO 4217 "no currency") when it has none. */
  readonly currency: string;
  readonly pool: TextPool;
}

const SUCCESS: Status = { code: 0, severity: 'INFO', message: null };

/** A STATUS without a readable CODE is judged by its SEVERITY. */
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

/** An amount element; a value that is none is a notice and `null`. */
export function amountOf(
  tree: Tree | undefined,
  name: string,
  { notices }: Pick<MapContext, 'notices'>,
): Decimal | null {
  const value = text(tree, name);
  if (value === null) return null;
  const amount = parseAmount(value);
  if (amount === null) notices.add('bad-amount', `${name} is no amount: ${excerpt(value)}`);
  return amount;
}

/** The same for an amount of money in a currency. */
function moneyOf(tree: Tree | undefined, name: string, { notices, currency }: MapContext): Decimal | null {
  const value = text(tree, name);
  if (value === null) return null;
  const amount = parseMoney(value, currency);
  if (amount === null) notices.add('bad-amount', `${name} is no amount: ${excerpt(value)}`);
  return amount;
}

/** A date element; a value that is none is a notice and `null`. */
export function dateOf(tree: Tree | undefined, name: string, { notices }: Pick<MapContext, 'notices'>): IsoDate | null {
  const value = text(tree, name);
  if (value === null) return null;
  const date = parseDateTime(value)?.date ?? null;
  if (date === null) notices.add('bad-date', `${name} is no date: ${excerpt(value)}`);
  return date;
}

/** LEDGERBAL or AVAILBAL */
export function mapBalance(tree: Tree | undefined, context: MapContext): Balance | null {
  const amount = moneyOf(tree, 'BALAMT', context);
  if (amount === null) return null;
  return {
    amount,
    currency: text(one(tree, 'CURRENCY'), 'CURSYM') ?? context.currency,
    asOf: dateOf(tree, 'DTASOF', context),
  };
}

/** The …ACCTFROM or …ACCTTO aggregate of one kind. */
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

/** CURRENCY or ORIGCURRENCY below a transaction. Some banks write the bare code as the value. */
export function mapExchange(tree: Tree | undefined, context: MapContext): Exchange | null {
  for (const name of ['CURRENCY', 'ORIGCURRENCY'] as const) {
    const found = one(tree, name);
    const currency = typeof found === 'string' ? found : text(found, 'CURSYM');
    if (currency === null || currency === '') continue;
    return {
      currency: currency.toUpperCase(),
      rate: amountOf(found, 'CURRATE', context),
      converted: name === 'ORIGCURRENCY',
    };
  }
  return null;
}

/** PAYEE; a bare value is its name. */
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

/** What the fields of the model hold: values, and aggregates of which every value that is not named here is extra. */
interface KnownNames {
  readonly values: ReadonlySet<string>;
  readonly aggregates: ReadonlySet<string>;
}

export function knownNames(values: string, aggregates: string): KnownNames {
  return { values: new Set(values.split(' ')), aggregates: new Set(aggregates.split(' ')) };
}

export const NOTHING_KNOWN = knownNames('', '');
const NO_NAMES: ReadonlySet<string> = new Set();
const MOST_EXTRA = 100;

/** Values below a tree that nothing has read, by dotted path: kept for the curious. `readWhole` are passed over. */
export function extraOf(
  tree: Tree,
  known: KnownNames,
  readWhole: ReadonlySet<string> = NO_NAMES,
): Readonly<Record<string, string>> | null {
  let found: Map<string, string> | null = null;
  const keep = (path: string, value: string): void => {
    found ??= new Map();
    if (found.size >= MOST_EXTRA) return;
    let key = path;
    for (let nth = 2; found.has(key); nth += 1) key = `${path}[${nth}]`;
    found.set(key, value);
  };
  const collect = (node: Tree, path: string, here: KnownNames): void => {
    for (const name of namesIn(node)) {
      if (readWhole.has(name)) continue;
      for (const child of many(node, name)) {
        if (typeof child !== 'string') {
          collect(child, `${path}${name}.`, here.aggregates.has(name) ? here : NOTHING_KNOWN);
        } else if (child !== '' && name !== LIST_REFERENCE && !here.values.has(name)) keep(`${path}${name}`, child);
      }
    }
  };
  collect(tree, '', known);
  return found === null ? null : Object.fromEntries<string>(found);
}
