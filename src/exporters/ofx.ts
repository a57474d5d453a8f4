/**
 * Statements as OFX, valid by the DTDs of 1.0.2 and 2.0.3, for programs that import no other format. By default a file has one
 * account, since many readers mix up the accounts of a file. Elements are written one by one.
 */

import { type Account, accountKey } from '../model/account.js';
import { type IsoDate, localDate } from '../model/dates.js';
import type { Balance } from '../model/statement.js';
import { type Element, type Layout, writeElement } from '../ofx/write/elements.js';
import type { AccountState, Exporter, ExportInput, StoredTransaction } from '../ports.js';
import { keyOf } from './account-names.js';
import { movementElement, noon, optional } from './ofx-cash.js';
import { cashElement, positionElement, securityInfo, tradeElement } from './ofx-trade.js';

export const ofx: Exporter = {
  format: 'ofx',
  title: 'OFX 2.0.3 or 1.0.2, bank, card and investment statements',
  extension: 'ofx',
  oneAccountAFile: true,
  *render(input) {
    const plan = input.accounts.map((account) => planOf(account, input));
    const layout: Layout = {
      xml: input.settings.ofxVersion === '203',
      closeTags: true,
      prettyPrint: true,
      newline: '\r\n',
    };
    const write = (element: Element) => writeElement(element, layout);
    yield header(
      input,
      plan.every(({ isAscii }) => isAscii),
    );
    yield '<OFX>\r\n';
    yield write(signon(input));
    for (const set of SETS) yield* messageSet(set, plan, { input, write });
    const securities = new Map(plan.flatMap((one) => [...one.securities]));
    if (securities.size > 0) yield write(['SECLISTMSGSRSV1', [['SECLIST', [...securities.values()]]]]);
    yield '</OFX>\r\n';
  },
};

/** The facts about an account that its statement states before the first transaction. */
interface Plan {
  readonly account: Account;
  readonly state: AccountState | null;
  readonly currency: string;
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly isAscii: boolean;
  readonly hasCash: boolean;
  readonly securities: ReadonlyMap<string, Element>;
}

interface Writing {
  readonly input: ExportInput;
  readonly write: (element: Element) => string;
}

function planOf(account: Account, input: ExportInput): Plan {
  const state = input.states.find((one) => keyOf(one) === accountKey(account)) ?? null;
  const today = localDate(input.settings.writtenAt);
  let [first, last]: [IsoDate | null, IsoDate | null] = [null, null];
  let [isAscii, hasCash, currency]: [boolean, boolean, string | null] = [true, false, null];
  const securities = new Map<string, Element>();
  for (const transaction of input.transactionsOf(account)) {
    first ??= transaction.postedOn;
    last = transaction.postedOn;
    currency ??= transaction.exchange?.converted === false ? null : transaction.currency;
    isAscii &&= isPlain(transaction);
    const detail = transaction.investment;
    if (tradeElement(transaction) === null) hasCash = true;
    const info = detail === null ? null : securityInfo(detail);
    if (detail?.security != null && info !== null) securities.set(detail.security.uniqueId, info);
  }
  for (const { security, securityName, ticker, type } of state?.holdings?.positions ?? []) {
    const info = securityInfo({ security, securityName, ticker, action: type.toUpperCase() });
    if (info !== null && !securities.has(security.uniqueId)) securities.set(security.uniqueId, info);
  }
  const to = input.settings.until ?? later(last, state?.lastPeriod?.to ?? null) ?? today;
  return {
    account,
    state,
    currency: state?.ledgerBalance?.currency ?? currency ?? 'USD',
    from: input.settings.since ?? first ?? to,
    to,
    isAscii,
    hasCash,
    securities,
  };
}

const SETS = [
  { name: 'BANKMSGSRSV1', wrapper: 'STMTTRNRS', statement: 'STMTRS', kinds: ['bank', 'loan'] },
  { name: 'CREDITCARDMSGSRSV1', wrapper: 'CCSTMTTRNRS', statement: 'CCSTMTRS', kinds: ['creditcard'] },
  { name: 'INVSTMTMSGSRSV1', wrapper: 'INVSTMTTRNRS', statement: 'INVSTMTRS', kinds: ['investment'] },
] as const;

function* messageSet(set: (typeof SETS)[number], plans: readonly Plan[], writing: Writing): Iterable<string> {
  const kinds: readonly string[] = set.kinds;
  const wanted = plans.filter(({ account }) => kinds.includes(account.kind));
  if (wanted.length === 0) return;
  yield `<${set.name}>\r\n`;
  for (const plan of wanted) {
    yield `<${set.wrapper}>\r\n${writing.write(['TRNUID', '0'])}${writing.write(OK)}<${set.statement}>\r\n`;
    yield* plan.account.kind === 'investment' ? investment(plan, writing) : cash(plan, writing);
    yield `</${set.statement}>\r\n</${set.wrapper}>\r\n`;
  }
  yield `</${set.name}>\r\n`;
}

function* cash({ account, state, currency, from, to }: Plan, { input, write }: Writing): Iterable<string> {
  yield write(['CURDEF', currency]);
  yield write(accountElement(account));
  yield `<BANKTRANLIST>\r\n${write(['DTSTART', noon(from)])}${write(['DTEND', noon(to)])}`;
  for (const transaction of input.transactionsOf(account)) yield write(movementElement(transaction));
  yield '</BANKTRANLIST>\r\n';
  for (const element of [
    ...balance('LEDGERBAL', state?.ledgerBalance ?? null, to),
    ...balance('AVAILBAL', state?.availableBalance ?? null, to),
  ])
    yield write(element);
}

/** Writes the movements of cash after all others, as the DTD requires. */
function* investment(plan: Plan, { input, write }: Writing): Iterable<string> {
  const { account, state, currency, from, to, hasCash } = plan;
  yield write(['DTASOF', noon(to)]);
  yield write(['CURDEF', currency]);
  yield write(accountElement(account));
  yield `<INVTRANLIST>\r\n${write(['DTSTART', noon(from)])}${write(['DTEND', noon(to)])}`;
  for (const transaction of input.transactionsOf(account)) {
    const element = tradeElement(transaction);
    if (element !== null) yield write(element);
  }
  if (hasCash)
    for (const transaction of input.transactionsOf(account))
      if (tradeElement(transaction) === null) yield write(cashElement(transaction));
  yield '</INVTRANLIST>\r\n';
  const positions = state?.holdings?.positions ?? [];
  if (positions.length > 0) yield write(['INVPOSLIST', positions.map(positionElement)]);
  const { cash, margin, short } = state?.holdings ?? {};
  if (cash == null) return;
  yield write([
    'INVBAL',
    [
      ['AVAILCASH', cash.amount],
      // The DTD requires both.
      ['MARGINBALANCE', margin ?? '0'],
      ['SHORTBALANCE', short ?? '0'],
    ],
  ]);
}

function accountElement({ kind, id, routing, branch, brokerId, accountType }: Account): Element {
  if (kind === 'creditcard') return ['CCACCTFROM', [['ACCTID', id]]];
  if (kind === 'investment')
    return [
      'INVACCTFROM',
      [
        ['BROKERID', brokerId ?? 'UNKNOWN'],
        ['ACCTID', id],
      ],
    ];
  return [
    'BANKACCTFROM',
    [
      ['BANKID', routing ?? '0'],
      ...optional('BRANCHID', branch),
      ['ACCTID', id],
      // OFX before 2.0.3 has no loans; a line of credit is the nearest kind.
      ['ACCTTYPE', kind === 'loan' ? 'CREDITLINE' : (accountType ?? 'CHECKING')],
    ],
  ];
}

function balance(name: string, figure: Balance | null, to: IsoDate): Element[] {
  if (figure === null) return [];
  const content: Element[] = [
    ['BALAMT', figure.amount],
    ['DTASOF', noon(figure.asOf ?? to)],
  ];
  return [[name, content]];
}

const OK: Element = [
  'STATUS',
  [
    ['CODE', '0'],
    ['SEVERITY', 'INFO'],
  ],
];

function signon({ accounts, institutions, settings }: ExportInput): Element {
  const names = new Set(accounts.map(({ institution }) => institution));
  const [only, ...others] = institutions.filter(({ name }) => names.has(name));
  const fi: Element[] =
    only?.org == null || others.length > 0 ? [] : [['FI', [['ORG', only.org], ...optional('FID', only.fid)]]];
  const written = settings.writtenAt.toISOString().replace(/[-:T]/g, '').slice(0, 14);
  const content: Element[] = [OK, ['DTSERVER', written], ['LANGUAGE', 'ENG'], ...fi];
  return ['SIGNONMSGSRSV1', [['SONRS', content]]];
}

/** Declares UTF-8; in 1.0.2 only for text beyond ASCII, since older readers do not support it. */
function header({ settings }: ExportInput, isAscii: boolean): string {
  if (settings.ofxVersion === '203')
    return '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\r\n<?OFX OFXHEADER="200" VERSION="203" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>\r\n';
  const [encoding, charset] = isAscii ? ['USASCII', '1252'] : ['UTF-8', 'NONE'];
  return `OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:${encoding}\r\nCHARSET:${charset}\r\nCOMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n`;
}

function isPlain(transaction: StoredTransaction): boolean {
  const { name, memo, extendedName, fitid, investment: detail } = transaction;
  return ![name, memo, extendedName, fitid, detail?.securityName].some((text) => /[^\u0000-\u007f]/.test(text ?? ''));
}

function later(a: IsoDate | null, b: IsoDate | null): IsoDate | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}
