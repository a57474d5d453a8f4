/** The sandbox broker: a monthly plan of purchases, dividends and a yearly sale, with positions that add up to them. */

import { addDays, type IsoDate, isoDate } from '../model/dates.js';
import { decimalOf, noonOf, thousandths } from './pieces.js';
import type { Tree } from './write.js';

interface Trade {
  readonly fitid: string;
  readonly date: IsoDate;
  readonly tree: Tree;
  /** Change of units in thousandths and of cash in cents. */
  readonly units: number;
  readonly cents: number;
}

/** What is asked for of an investment account. */
export interface InvestmentInput {
  readonly brokerId: string;
  readonly id: string;
  readonly currency: string;
  readonly today: IsoDate;
  readonly asOf: string;
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
  readonly include: boolean;
}

const SECURITY = { id: '037833100', type: 'CUSIP', name: 'Acme Corporation', ticker: 'ACME' } as const;
const FIRST_YEAR = 2019;
const OPENING_CENTS = 500_000;

export const investmentStatement = {
  reply: (input: InvestmentInput): Tree => {
    const trades = tradesUntil(input.today);
    const inside = trades.filter(
      ({ date }) => (input.from === null || date >= input.from) && (input.to === null || date <= input.to),
    );
    const units = trades.reduce((sum, trade) => sum + trade.units, 0);
    const cash = trades.reduce((sum, trade) => sum + trade.cents, OPENING_CENTS);
    const price = priceOn(input.today);
    const list: Tree = [
      'INVTRANLIST',
      [
        ['DTSTART', noonOf(input.from ?? isoDate(`${FIRST_YEAR}-01-01`))],
        ['DTEND', noonOf(input.to ?? input.today)],
        ...inInvestmentOrder(inside),
      ],
    ];
    const position: Tree = [
      'POSSTOCK',
      [
        [
          'INVPOS',
          [
            secid(),
            ['HELDINACCT', 'CASH'],
            ['POSTYPE', 'LONG'],
            ['UNITS', thousandths(units)],
            ['UNITPRICE', decimalOf(price)],
            ['MKTVAL', decimalOf(Math.round((units * price) / 1000))],
            ['DTPRICEASOF', noonOf(input.today)],
          ],
        ],
      ],
    ];
    const balance: Tree = [
      'INVBAL',
      [
        ['AVAILCASH', decimalOf(cash)],
        ['MARGINBALANCE', '0.00'],
        ['SHORTBALANCE', '0.00'],
      ],
    ];
    return [
      'INVSTMTRS',
      [
        ['DTASOF', input.asOf],
        ['CURDEF', input.currency],
        [
          'INVACCTFROM',
          [
            ['BROKERID', input.brokerId],
            ['ACCTID', input.id],
          ],
        ],
        ...(input.include ? [list] : []),
        ['INVPOSLIST', [position]],
        balance,
      ],
    ];
  },
  securityList: (today: IsoDate): Tree[] => {
    const info: Tree = [
      'SECINFO',
      [
        secid(),
        ['SECNAME', SECURITY.name],
        ['TICKER', SECURITY.ticker],
        ['UNITPRICE', decimalOf(priceOn(today))],
        ['DTASOF', noonOf(today)],
      ],
    ];
    return [['SECLISTMSGSRSV1', [['SECLIST', [['STOCKINFO', [info]]]]]]];
  },
};

/** The DTD wants the cash movements of the list after all others. */
function inInvestmentOrder(trades: readonly Trade[]): Tree[] {
  const trees = trades.map(({ tree }) => tree);
  const isCash = ([name]: Tree) => name === 'INVBANKTRAN';
  return [...trees.filter((tree) => !isCash(tree)), ...trees.filter(isCash)];
}

function tradesUntil(today: IsoDate): Trade[] {
  const trades: Trade[] = [];
  for (let year = FIRST_YEAR; year <= Number(today.slice(0, 4)); year += 1) {
    for (let month = 1; month <= 12; month += 1)
      trades.push(...tradesOf(isoDate(`${year}-${String(month).padStart(2, '0')}-10`)));
  }
  return trades.filter(({ date }) => date <= today);
}

function tradesOf(day: IsoDate): Trade[] {
  const deposit = trade(day, 'D', { units: 0, cents: 40_000 }, (fitid) => [
    'INVBANKTRAN',
    [
      [
        'STMTTRN',
        [
          ['TRNTYPE', 'CREDIT'],
          ['DTPOSTED', noonOf(day)],
          ['TRNAMT', '400.00'],
          ['FITID', fitid],
          ['NAME', 'CONTRIBUTION'],
        ],
      ],
      ['SUBACCTFUND', 'CASH'],
    ],
  ]);
  const bought = addDays(day, 1);
  const price = priceOn(bought);
  const cost = 5 * price + 495;
  const purchase = trade(bought, 'B', { units: 5000, cents: -cost }, (fitid) => [
    'BUYSTOCK',
    [
      [
        'INVBUY',
        [
          invtran(fitid, bought),
          secid(),
          ['UNITS', '5'],
          ['UNITPRICE', decimalOf(price)],
          ['COMMISSION', '4.95'],
          ['TOTAL', decimalOf(-cost)],
          ['SUBACCTSEC', 'CASH'],
          ['SUBACCTFUND', 'CASH'],
        ],
      ],
      ['BUYTYPE', 'BUY'],
    ],
  ]);
  const trades = [deposit, purchase];
  const month = Number(day.slice(5, 7));
  if (month % 3 === 0) trades.push(dividend(addDays(day, 5)));
  if (month === 12) trades.push(sale(addDays(day, 8)));
  return trades;
}

function dividend(day: IsoDate): Trade {
  return trade(day, 'I', { units: 0, cents: 1875 }, (fitid) => [
    'INCOME',
    [
      invtran(fitid, day),
      secid(),
      ['INCOMETYPE', 'DIV'],
      ['TOTAL', '18.75'],
      ['SUBACCTSEC', 'CASH'],
      ['SUBACCTFUND', 'CASH'],
    ],
  ]);
}

function sale(day: IsoDate): Trade {
  const proceeds = 10 * priceOn(day) - 495;
  return trade(day, 'S', { units: -10_000, cents: proceeds }, (fitid) => [
    'SELLSTOCK',
    [
      [
        'INVSELL',
        [
          invtran(fitid, day),
          secid(),
          ['UNITS', '-10'],
          ['UNITPRICE', decimalOf(priceOn(day))],
          ['COMMISSION', '4.95'],
          ['TOTAL', decimalOf(proceeds)],
          ['SUBACCTSEC', 'CASH'],
          ['SUBACCTFUND', 'CASH'],
        ],
      ],
      ['SELLTYPE', 'SELL'],
    ],
  ]);
}

function trade(
  date: IsoDate,
  letter: string,
  change: { units: number; cents: number },
  make: (fitid: string) => Tree,
): Trade {
  const fitid = `${noonOf(date)}${letter}`;
  return { fitid, date, tree: make(fitid), ...change };
}

function invtran(fitid: string, day: IsoDate): Tree {
  return [
    'INVTRAN',
    [
      ['FITID', fitid],
      ['DTTRADE', noonOf(day)],
      ['DTSETTLE', noonOf(addDays(day, 2))],
    ],
  ];
}

function secid(): Tree {
  return [
    'SECID',
    [
      ['UNIQUEID', SECURITY.id],
      ['UNIQUEIDTYPE', SECURITY.type],
    ],
  ];
}

/** Cents, by the day: a slow climb with a weekly wave. */
function priceOn(day: IsoDate): number {
  const days = Math.round((Date.parse(day) - Date.parse('2019-01-01')) / 86_400_000);
  return 5000 + days * 2 + ((days * 37) % 211);
}
