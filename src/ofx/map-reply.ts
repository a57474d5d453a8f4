/** A document to the statements of every message set. */

import type { StatementKind } from '../model/account.js';
import type { IsoDate, Period } from '../model/dates.js';
import type { Closing, Statement, Transaction } from '../model/statement.js';
import { LIST_REFERENCE, type ListItem, type OfxDocument } from './document.js';
import { amountOf, type MapContext, mapAccountId, mapBalance, mapStatus } from './map-fields.js';
import {
  map401k,
  mapBalanceList,
  mapCash,
  mapInvestmentTransaction,
  mapOrders,
  mapPositions,
  mapSecurities,
} from './map-investment.js';
import { mapTransaction } from './map-transaction.js';
import { NoticeList } from './notices.js';
import { at, many, one, type Tree, text } from './parse.js';
import { parseDate } from './values.js';

/** Where the statements of one kind are: message set, wrapper, reply, and the aggregate that names the account. */
interface Place {
  readonly kind: StatementKind;
  readonly set: string;
  readonly wrapper: string;
  readonly reply: string;
  readonly account: string;
}

const PLACES: readonly Place[] = [
  { kind: 'bank', set: 'BANKMSGSRSV1', wrapper: 'STMTTRNRS', reply: 'STMTRS', account: 'BANKACCTFROM' },
  { kind: 'creditcard', set: 'CREDITCARDMSGSRSV1', wrapper: 'CCSTMTTRNRS', reply: 'CCSTMTRS', account: 'CCACCTFROM' },
  { kind: 'investment', set: 'INVSTMTMSGSRSV1', wrapper: 'INVSTMTTRNRS', reply: 'INVSTMTRS', account: 'INVACCTFROM' },
  { kind: 'loan', set: 'LOANMSGSRSV1', wrapper: 'LOANSTMTTRNRS', reply: 'LOANSTMTRS', account: 'LOANACCTFROM' },
  { kind: 'bank', set: 'BANKMSGSRSV1', wrapper: 'STMTENDTRNRS', reply: 'STMTENDRS', account: 'BANKACCTFROM' },
  {
    kind: 'creditcard',
    set: 'CREDITCARDMSGSRSV1',
    wrapper: 'CCSTMTENDTRNRS',
    reply: 'CCSTMTENDRS',
    account: 'CCACCTFROM',
  },
];
/** Anything that names an account, for banks that put one kind's account into another kind's statement. */
const ACCOUNTS = [...new Map(PLACES.map(({ account, kind }) => [account, kind]))];
const NO_CURRENCY = 'XXX';

/** The statements of a document, message set by message set. */
export function mapStatements({ tree, lists }: OfxDocument): Statement[] {
  const securities = many(tree, 'SECLISTMSGSRSV1').flatMap((set) =>
    many(set, 'SECLIST').flatMap((list) => itemsOf(list, lists)),
  );
  return PLACES.flatMap((place) =>
    // A wrapper without its message set, or straight below the root, is read where it stands.
    [...many(tree, place.set), tree].flatMap((set) =>
      many(set, place.wrapper)
        .flatMap((wrapper) => {
          const replies = many(wrapper, place.reply);
          if (replies.length === 0) return [mapStatement({ place, wrapper, reply: undefined }, lists, securities)];
          return replies.map((reply) => mapStatement({ place, wrapper, reply }, lists, securities));
        })
        .concat(
          many(set, place.reply).map((reply) => mapStatement({ place, wrapper: undefined, reply }, lists, securities)),
        ),
    ),
  );
}

interface Found {
  readonly place: Place;
  readonly wrapper: Tree | undefined;
  readonly reply: Tree | undefined;
}

function mapStatement(
  { place, wrapper, reply }: Found,
  lists: OfxDocument['lists'],
  securityItems: readonly ListItem[],
): Statement {
  const notices = new NoticeList();
  const currency = text(reply, 'CURDEF')?.toUpperCase() ?? null;
  const context: MapContext = { notices, currency: currency ?? NO_CURRENCY };
  const account = accountOf(reply, place);
  const kind = account?.kind ?? place.kind;
  const securities = kind === 'investment' ? mapSecurities(securityItems, context) : [];
  const list =
    one(reply, 'BANKTRANLIST') ??
    one(reply, 'INVTRANLIST') ??
    one(reply, 'LOANTRANLIST') ??
    one(reply, 'CCBANKTRANLIST');
  if (reply !== undefined && currency === null && typeof reply !== 'string')
    notices.add('no-currency', 'the statement names no currency (CURDEF)');
  const ledgerBalance = mapBalance(one(reply, 'LEDGERBAL'), context) ?? loanBalance(reply, context);
  if (reply !== undefined && place.reply !== 'INVSTMTRS' && !place.reply.includes('END') && ledgerBalance === null) {
    notices.add('no-ledger-balance', 'the statement has no ledger balance');
  }
  return {
    kind,
    trnuid: text(wrapper, 'TRNUID'),
    status: mapStatus(one(wrapper, 'STATUS')),
    account,
    currency,
    period: periodOf(list),
    ledgerBalance,
    availableBalance: mapBalance(one(reply, 'AVAILBAL'), context),
    balances: [
      ...mapBalanceList(at(reply, 'BALLIST'), context),
      ...mapBalanceList(at(reply, 'INVBAL', 'BALLIST'), context),
      ...map401k(one(reply, 'INV401KBAL'), context),
    ],
    transactions: transactionsOf(reply, lists, context),
    positions: mapPositions(
      many(reply, 'INVPOSLIST').flatMap((positions) => itemsOf(positions, lists)),
      securities,
      context,
    ),
    securities,
    cash: mapCash(one(reply, 'INVBAL'), context),
    openOrders: mapOrders(many(reply, 'INVOOLIST').flatMap((orders) => itemsOf(orders, lists))),
    closings: [...many(reply, 'CLOSING'), ...many(reply, 'CCCLOSING')].map((closing) => mapClosing(closing, context)),
    marketing: text(reply, 'MKTGINFO'),
    notices: notices.toArray(),
  };
}

/** Posted and pending, of every list, in the order of the file; loose transactions outside any list too. */
function transactionsOf(reply: Tree | undefined, lists: OfxDocument['lists'], context: MapContext): Transaction[] {
  const bank = (name: string, pending: boolean) =>
    many(reply, name).flatMap((list) =>
      itemsOf(list, lists).flatMap((item) =>
        /STMTTRN/.test(item.name) ? (mapTransaction(item, { ...context, pending }) ?? []) : unknownItem(item, context),
      ),
    );
  const investment = many(reply, 'INVTRANLIST').flatMap((list) =>
    itemsOf(list, lists).flatMap((item) => mapInvestmentTransaction(item, context) ?? []),
  );
  const loose = many(reply, 'STMTTRN').flatMap(
    (tree) => mapTransaction({ tree, offset: 0 }, { ...context, pending: false }) ?? [],
  );
  return [
    ...bank('BANKTRANLIST', false),
    ...bank('LOANTRANLIST', false),
    ...investment,
    ...loose,
    ...bank('BANKTRANLISTP', true),
  ];
}

function unknownItem(item: ListItem, { notices }: MapContext): [] {
  notices.add('unknown-element', `an element that is no transaction stands among them: ${item.name}`, item.offset);
  return [];
}

function itemsOf(list: Tree, lists: OfxDocument['lists']): readonly ListItem[] {
  const index = text(list, LIST_REFERENCE);
  return index === null ? [] : (lists[Number(index)] ?? []);
}

function accountOf(reply: Tree | undefined, place: Place): Statement['account'] {
  const own = mapAccountId(one(reply, place.account), place.kind);
  if (own !== null) return own;
  for (const [name, kind] of ACCOUNTS) {
    const other = mapAccountId(one(reply, name), kind);
    if (other !== null) return other;
  }
  return null;
}

function periodOf(list: Tree | undefined): Period | null {
  const [from, to] = [parseDate(text(list, 'DTSTART')), parseDate(text(list, 'DTEND'))];
  const whole: IsoDate | null = from ?? to;
  return whole === null ? null : { from: from ?? whole, to: to ?? whole };
}

/** LOANSTMTRS states its balance as a plain element with a date beside it. */
function loanBalance(reply: Tree | undefined, context: MapContext): Statement['ledgerBalance'] {
  const amount = amountOf(reply, 'PRINCIPALBAL', context) ?? amountOf(reply, 'LOANBAL', context);
  return amount === null ? null : { amount, currency: context.currency, asOf: parseDate(text(reply, 'DTASOF')) };
}

function mapClosing(tree: Tree, context: MapContext): Closing {
  const [from, to] = [parseDate(text(tree, 'DTOPEN')), parseDate(text(tree, 'DTCLOSE'))];
  return {
    fitid: text(tree, 'FITID'),
    period: from === null || to === null ? null : { from, to },
    opened: amountOf(tree, 'BALOPEN', context),
    closed: amountOf(tree, 'BALCLOSE', context),
    minimumPayment: amountOf(tree, 'MINPMTDUE', context),
    paymentDue: parseDate(text(tree, 'DTPMTDUE')),
    creditLimit: amountOf(tree, 'CREDITLIMIT', context),
  };
}
