/**
 * What happened at the banks of test/fixtures/version-0.1, a pure function of the day. Frozen together with the fixture: a
 * booking that changes here is one that the store of version 0.1 has otherwise.
 */

export interface Booking {
  readonly fitid: string;
  /** YYYY-MM-DD, the day on which it was posted and from which on the bank lists it, unless `listedFrom` says otherwise. */
  readonly day: string;
  readonly cents: number;
  readonly type: string;
  readonly name: string;
  readonly memo?: string;
  readonly corrects?: { readonly fitid: string; readonly action: 'REPLACE' | 'DELETE' };
  readonly listedFrom?: string;
  readonly listedUntil?: string;
}

export interface Listing {
  readonly posted: readonly Booking[];
  readonly pending: readonly Booking[];
  readonly cents: number;
}

type Books = (today: string) => Listing;

const FIRST_DAY = '2026-05-01';
const DAY_MS = 86_400_000;
const SHOPS = ['GREEN GROCER', 'MILLER & SONS BAKERY', 'CITY TRANSIT', 'FUEL STOP 7', 'PHARMACY PLUS'] as const;

export function shift(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

function daysTo(today: string): string[] {
  const count = (Date.parse(today) - Date.parse(FIRST_DAY)) / DAY_MS + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => shift(FIRST_DAY, index));
}

/** The number of a day since 1970. */
const numberOf = (day: string) => Date.parse(day) / DAY_MS;
const compact = (day: string) => day.replaceAll('-', '');

/** A purchase of every so many days, its shop and amount told by the day. */
function purchases(today: string, every: number, fitid: (day: string) => string): Booking[] {
  return daysTo(today)
    .filter((day) => numberOf(day) % every === 0)
    .map((day) => ({
      fitid: fitid(day),
      day,
      cents: -(350 + ((numberOf(day) * 977) % 8200)),
      type: 'POS',
      name: SHOPS[numberOf(day) % SHOPS.length] ?? 'SHOP',
      memo: `CARD 4411 ${day.slice(5)}`,
    }));
}

function monthly(today: string, dom: string, booking: Omit<Booking, 'fitid' | 'day'>): Booking[] {
  return daysTo(today)
    .filter((day) => day.endsWith(`-${dom}`))
    .map((day) => ({ fitid: `${compact(day)}${dom}M`, day, ...booking }));
}

const isListed = (today: string) => (one: Booking) =>
  (one.listedFrom ?? one.day) <= today && (one.listedUntil ?? today) >= today;

/** @param unlisted in the balance, and in no list. */
function listing(today: string, all: readonly Booking[], { opening = 0, unlisted = 0 } = {}): Listing {
  const posted = all.filter(isListed(today)).toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const moved = posted.filter(({ corrects }) => corrects?.action !== 'DELETE');
  return { posted, pending: [], cents: moved.reduce((sum, { cents }) => sum + cents, opening + unlisted) };
}

/** Plain FITIDs; a correction that replaces, one that deletes, one without a word, and two coffees that are alike. */
const checking: Books = (today) => {
  const special: Booking[] = [
    ...[
      { fitid: '2026080290', cents: -12_900, listedUntil: '2026-08-09' },
      {
        fitid: '2026081091',
        cents: -11_900,
        listedFrom: '2026-08-10',
        corrects: { fitid: '2026080290', action: 'REPLACE' as const },
      },
    ].map((one) => ({ day: '2026-08-02', type: 'POS', name: 'HARDWARE DEPOT #12', ...one })),
    {
      fitid: '2026080192',
      day: '2026-08-01',
      cents: -1500,
      type: 'FEE',
      name: 'SERVICE FEE',
      listedUntil: '2026-08-11',
    },
    {
      fitid: '2026081293',
      day: '2026-08-01',
      cents: -1500,
      type: 'FEE',
      name: 'SERVICE FEE',
      listedFrom: '2026-08-12',
      corrects: { fitid: '2026080192', action: 'DELETE' },
    },
    ...[
      { name: 'MERCHANT 8841', listedUntil: '2026-08-08' },
      { name: 'BOOKS <ETC>', listedFrom: '2026-08-09' },
    ].map((one) => ({ fitid: '2026080394', day: '2026-08-03', cents: -2475, type: 'POS', ...one })),
    ...[
      { name: 'MERCHANT 5120', listedUntil: '2026-09-12' },
      { name: 'HARDWARE DEPOT #12', listedFrom: '2026-09-13' },
    ].map((one) => ({ fitid: '2026090895', day: '2026-09-08', cents: -4120, type: 'POS', ...one })),
    ...['96', '97'].map((end) => ({
      fitid: `20260807${end}`,
      day: '2026-08-07',
      cents: -320,
      type: 'POS',
      name: 'CORNER CAFE',
    })),
  ];
  const regular = [
    ...monthly(today, '01', { cents: -125_000, type: 'DIRECTDEBIT', name: 'RENT' }),
    ...monthly(today, '15', { cents: 342_500, type: 'DIRECTDEP', name: 'ACME PAYROLL' }),
    ...monthly(today, '12', { cents: -30_000, type: 'XFER', name: 'TRANSFER TO SAVINGS' }),
    ...purchases(today, 3, (day) => `${compact(day)}01`),
  ];
  return listing(today, [...regular, ...special], { opening: 500_000 });
};

const savings: Books = (today) =>
  listing(
    today,
    [
      ...monthly(today, '12', { cents: 30_000, type: 'XFER', name: 'TRANSFER FROM CHECKING' }),
      ...monthly(today, '28', { cents: 1234, type: 'INT', name: 'INTEREST PAID' }),
    ],
    { opening: 1_250_000 },
  );

const MIGRATION = '2026-08-25';

/** Purchases are pending for two days. All FITIDs changed on the 25th of August; a foreign charge and its fee share one. */
const card: Books = (today) => {
  const scheme = (day: string) => (today < MIGRATION ? `S-${compact(day)}` : `TX${(numberOf(day) * 7919) % 1_000_003}`);
  const charges = purchases(shift(today, 2), 2, (day) => scheme(day)).map((one) => ({ ...one, type: 'DEBIT' }));
  const pending = charges.filter(({ day }) => day > shift(today, -2) && day <= today);
  const posted = charges
    .map((one) => ({ ...one, day: shift(one.day, 2) }))
    .filter(({ day }) => day <= today && day > FIRST_DAY);
  const foreign = [
    { cents: -2200, name: 'HOTEL ROYAL' },
    { cents: -66, name: 'FOREIGN TRANSACTION FEE' },
  ].map((one) => ({ fitid: scheme('2026-09-03'), day: '2026-09-03', type: 'DEBIT', ...one }));
  const payments = monthly(today, '20', { cents: 90_000, type: 'CREDIT', name: 'PAYMENT - THANK YOU' });
  return { ...listing(today, [...posted, ...foreign, ...payments]), pending };
};

/**
 * FITIDs that are other ones at each download, and a subscription that looks the same each week. From the 5th of September on,
 * 7.00 are gone from the balance that no statement tells of.
 */
const quarry: Books = (today) => {
  const salt = numberOf(today) % 9973;
  const weekly = daysTo(today)
    .filter((day) => numberOf(day) % 7 === 2)
    .map((day) => ({ fitid: '', day, cents: -999, type: 'DEBIT', name: 'STREAMING' }));
  const all = [...weekly, ...purchases(today, 4, () => '')];
  return listing(
    today,
    all.map((one, index) => ({ ...one, fitid: `${salt}${(index * 6151 + salt) % 99_991}` })),
    { opening: 120_000, unlisted: today >= '2026-09-05' ? -700 : 0 },
  );
};

const linden: Books = (today) =>
  listing(
    today,
    purchases(today, 5, (day) => `L${compact(day)}`).map(({ memo: _, ...one }) => ({ ...one, name: 'Boulangerie' })),
    { opening: 80_000 },
  );

const meadow: Books = (today) =>
  listing(
    today,
    purchases(today, 6, (day) => `M${compact(day)}`),
    { opening: 64_000 },
  );

/** Of statement files, which name no FITIDs. */
const orchard: Books = (today) =>
  listing(
    today,
    purchases(today, 4, () => ''),
    { opening: 30_000 },
  );

/** Contributions and dividends of a broker; the units that were bought are its own affair. */
const harbor: Books = (today) =>
  listing(today, [
    ...monthly(today, '04', { cents: 40_000, type: 'CREDIT', name: 'CONTRIBUTION' }),
    ...monthly(today, '10', { cents: -25_495, type: 'BUYSTOCK', name: 'ACME' }),
    ...monthly(today, '20', { cents: 1875, type: 'INCOME', name: 'ACME' }),
  ]);

export const BOOKS = {
  'river checking': checking,
  'river savings': savings,
  'summit card': card,
  'quarry checking': quarry,
  'linden courant': linden,
  'meadow joint': meadow,
  'orchard joint': orchard,
  'harbor ira': harbor,
} as const satisfies Record<string, Books>;
