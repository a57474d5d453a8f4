/**
 * One account's statement: transactions, balances, positions (OFX 2.2 sections 11.4 STMTRS and STMTTRN,
 * 11.4.3 CCSTMTRS, 13.9 INVSTMTRS, 18.3 LOANSTMTRS).
 *
 * Absent values are `null`, and the names are those of the JSON output, so that the reader, the store, the exporters and the
 * JSON share one shape without any mapping.
 */

import type { AccountId, StatementKind } from './account.js';
import type { IsoDate, Period } from './dates.js';
import type { Decimal } from './decimal.js';
import type { Notice } from './notice.js';

export interface Status {
  /** CODE; 0 is success, 1 is "up to date". */
  readonly code: number;
  /** SEVERITY, upper case: INFO, WARN, ERROR, or other text as sent. */
  readonly severity: string;
  /** MESSAGE, as sent. */
  readonly message: string | null;
  /** Code of a source whose codes are words: `con.auth`, `act.failed` (SimpleFIN). */
  readonly word?: string;
}

export interface Balance {
  /** BALAMT */
  readonly amount: Decimal;
  /** CURDEF of the statement, or CURRENCY of the balance. */
  readonly currency: string;
  /** DTASOF */
  readonly asOf: IsoDate | null;
}

/** PAYEE */
export interface Payee {
  readonly name: string | null;
  /** ADDR1 to ADDR3 that were sent. */
  readonly address: readonly string[];
  readonly city: string | null;
  readonly state: string | null;
  readonly postalCode: string | null;
  readonly country: string | null;
  readonly phone: string | null;
}

/** CURRENCY or ORIGCURRENCY of one transaction (OFX 2.2 section 5.2). */
export interface Exchange {
  /** CURSYM */
  readonly currency: string;
  /** CURRATE: the statement's currency per one unit of `currency`. */
  readonly rate: Decimal | null;
  /** true for ORIGCURRENCY (amounts are already converted), false for CURRENCY (amounts are in `currency`). */
  readonly converted: boolean;
}

/** CORRECTFITID with CORRECTACTION: this transaction replaces or deletes an earlier one. */
interface Correction {
  readonly fitid: string;
  readonly action: 'REPLACE' | 'DELETE';
}

export interface Transaction {
  /** FITID, `null` when the institution sent none. */
  readonly fitid: string | null;
  /** TRNTYPE as sent, upper case; for investments the aggregate's name (BUYSTOCK, INCOME …). */
  readonly type: string;
  /** DTPOSTED (DTTRADE for investments): the calendar date that the institution wrote. */
  readonly postedOn: IsoDate;
  /** The instant with its offset, ISO 8601, when the institution gave a time. */
  readonly postedAt: string | null;
  /** DTUSER */
  readonly userOn: IsoDate | null;
  /** DTAVAIL (DTSETTLE for investments) */
  readonly availableOn: IsoDate | null;
  /** TRNAMT (TOTAL for investments): negative leaves the account. */
  readonly amount: Decimal;
  /** CURRENCY of the transaction, else CURDEF. */
  readonly currency: string;
  readonly exchange: Exchange | null;
  /** NAME, else PAYEE>NAME. */
  readonly name: string | null;
  /** EXTDNAME */
  readonly extendedName: string | null;
  readonly payee: Payee | null;
  readonly memo: string | null;
  /** CHECKNUM */
  readonly checkNumber: string | null;
  /** REFNUM */
  readonly refNumber: string | null;
  /** SRVRTID */
  readonly serverId: string | null;
  /** SIC */
  readonly sic: string | null;
  /** BANKACCTTO or CCACCTTO */
  readonly counterAccount: AccountId | null;
  readonly corrects: Correction | null;
  /** From a list of pending transactions: replaced when it posts. */
  readonly pending: boolean;
  readonly investment: InvestmentDetail | null;
  /** Elements that no field above holds, by dotted path below the transaction. */
  readonly extra: Readonly<Record<string, string>> | null;
}

/** The fields of a transaction that only OFX has, all absent. The store compares transactions as text, so their order stays. */
export const OFX_FIELDS_ABSENT = {
  postedAt: null,
  availableOn: null,
  exchange: null,
  extendedName: null,
  payee: null,
  checkNumber: null,
  refNumber: null,
  serverId: null,
  sic: null,
  counterAccount: null,
  corrects: null,
  investment: null,
} as const satisfies Partial<Transaction>;

/** SECID */
export interface SecurityId {
  readonly uniqueId: string;
  /** UNIQUEIDTYPE: CUSIP, ISIN … */
  readonly idType: string;
}

/** Further fields of an investment transaction (OFX 2.2 section 13.9.2). */
export interface InvestmentDetail {
  /** BUYSTOCK, SELLMF, INCOME, REINVEST, SPLIT, TRANSFER, INVBANKTRAN … */
  readonly action: string;
  /** BUYTYPE, SELLTYPE, INCOMETYPE, TFERACTION, OPTACTION … */
  readonly detail: string | null;
  readonly security: SecurityId | null;
  /** SECNAME and TICKER of the joined security. */
  readonly securityName?: string | null;
  readonly ticker?: string | null;
  readonly units: Decimal | null;
  readonly unitPrice: Decimal | null;
  readonly commission: Decimal | null;
  readonly fees: Decimal | null;
  readonly taxes: Decimal | null;
  readonly load: Decimal | null;
  readonly withholding: Decimal | null;
  readonly accruedInterest: Decimal | null;
  readonly gain: Decimal | null;
  /** SUBACCTSEC */
  readonly subAccount: string | null;
  /** SUBACCTFUND */
  readonly fundSubAccount: string | null;
  /** INV401KSOURCE */
  readonly source401k: string | null;
  /** NUMERATOR/DENOMINATOR of a split. */
  readonly splitRatio: string | null;
}

/** INVPOS */
export interface Position {
  readonly security: SecurityId;
  /** SECNAME of the joined security. */
  readonly securityName: string | null;
  readonly ticker: string | null;
  /** POSSTOCK, POSMF, POSDEBT, POSOPT, POSOTHER without the `POS`, lower case. */
  readonly type: string;
  readonly units: Decimal;
  readonly unitPrice: Decimal | null;
  readonly marketValue: Decimal | null;
  readonly currency: string;
  /** DTPRICEASOF */
  readonly asOf: IsoDate | null;
  /** POSTYPE: LONG, SHORT */
  readonly side: string | null;
  /** HELDINACCT */
  readonly heldIn: string | null;
  readonly source401k: string | null;
  readonly memo: string | null;
  /** Elements that no field above holds, by dotted path. */
  readonly extra?: Readonly<Record<string, string>> | null;
}

/** SECINFO with its kind */
export interface Security {
  readonly security: SecurityId;
  /** STOCKINFO, MFINFO, DEBTINFO, OPTINFO, OTHERINFO without the `INFO`, lower case. */
  readonly type: string;
  readonly name: string | null;
  readonly ticker: string | null;
  readonly unitPrice: Decimal | null;
  readonly asOf: IsoDate | null;
  readonly currency: string | null;
  readonly memo: string | null;
  /** Elements of its kind of security (OPTTYPE, STRIKEPRICE, COUPONRT, YIELD …), by dotted path. */
  readonly extra?: Readonly<Record<string, string>> | null;
}

/** INVBAL */
export interface InvestmentCash {
  readonly available: Decimal | null;
  readonly margin: Decimal | null;
  readonly short: Decimal | null;
  readonly buyingPower: Decimal | null;
}

/** BAL of BALLIST, an INV401KBAL element, or another named balance. */
export interface NamedBalance {
  readonly name: string;
  readonly description: string | null;
  readonly amount: Decimal;
  readonly currency: string;
  readonly asOf: IsoDate | null;
}

/** CLOSING of STMTENDRS or CCSTMTENDRS */
export interface Closing {
  readonly fitid: string | null;
  readonly period: Period | null;
  readonly opened: Decimal | null;
  readonly closed: Decimal | null;
  readonly minimumPayment: Decimal | null;
  readonly paymentDue: IsoDate | null;
  readonly creditLimit: Decimal | null;
}

/** An open order of INVOOLIST, kept as sent. */
export interface OpenOrder {
  readonly type: string;
  readonly values: Readonly<Record<string, string>>;
}

export interface Statement {
  readonly kind: StatementKind;
  /** TRNUID of the reply, echoing the request's. */
  readonly trnuid: string | null;
  /** STATUS of the transaction wrapper; success when the file had none. */
  readonly status: Status;
  /** `null` when the institution sent only a status. */
  readonly account: AccountId | null;
  /** CURDEF */
  readonly currency: string | null;
  /** DTSTART and DTEND of the transaction list. */
  readonly period: Period | null;
  readonly ledgerBalance: Balance | null;
  readonly availableBalance: Balance | null;
  readonly balances: readonly NamedBalance[];
  /** Posted and pending, in the institution's order. */
  readonly transactions: readonly Transaction[];
  readonly positions: readonly Position[];
  readonly securities: readonly Security[];
  readonly cash: InvestmentCash | null;
  readonly openOrders: readonly OpenOrder[];
  readonly closings: readonly Closing[];
  /** MKTGINFO */
  readonly marketing: string | null;
  /** Elements that no field above holds, by dotted path below the statement. */
  readonly extra?: Readonly<Record<string, string>> | null;
  /** The source itself says that transactions are missing: no day counts as covered. */
  readonly incomplete?: true;
  /** It begins with the first second of a day, as its transactions are dated: what its first day lacks is missing. */
  readonly wholeDays?: true;
  /** Problems that were tolerated while this statement was read. */
  readonly notices: readonly Notice[];
}

/** A statement that says nothing: neither of transactions nor of balances. */
export const EMPTY_STATEMENT = {
  trnuid: null,
  currency: null,
  period: null,
  ledgerBalance: null,
  availableBalance: null,
  balances: [],
  transactions: [],
  positions: [],
  securities: [],
  cash: null,
  openOrders: [],
  closings: [],
  marketing: null,
  notices: [],
} as const satisfies Partial<Statement>;
