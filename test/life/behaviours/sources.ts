/**
 * What different sources say of one account: Direct Connect, the file of the bank's site, a program that converts something
 * else, and a bridge. Each has FITIDs of its own form, its own way to spell names, and its own idea of a day.
 */

import type { Respell, Shape, SourceKind, Stage } from '../bank/behaviour.js';
import { daysOff, upperCase } from '../bank/files.js';
import { absent, countedTwins, ofSite, stable } from '../bank/fitids.js';
import { dayOf } from '../calendar.js';
import { digest } from '../random.js';

type Variant = Stage['ways'] & { readonly about: string };

/** Longest NAME that OFX 1 allows. */
const NAME_LENGTH = 32;

/** Name and memo in one, cut at the length of NAME. */
const joinedAndCut: Respell = (row) => ({
  ...row,
  name: (row.memo === null ? row.name : `${row.name} ${row.memo}`).slice(0, NAME_LENGTH).trim(),
  memo: null,
});

/** The name in the memo, and the kind of the transaction in the name. */
const nameInMemo: Respell = ({ name, memo, ...row }) => ({
  ...row,
  name: row.cents < 0 ? 'CARD PURCHASE' : 'CREDIT',
  memo: memo === null ? name : `${name} ${memo}`,
});

const masked: Respell = (row) => ({ ...row, name: `${row.name.slice(0, 12).trim()} XXXX4411`, memo: null });

const mixedCase = (text: string): string =>
  text
    .toLowerCase()
    .replace(/(^|[\s&])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());

const readable: Respell = (row) => ({
  ...row,
  name: mixedCase(row.name),
  memo: row.memo === null ? null : mixedCase(row.memo),
});

/** What a bridge makes of names: the payee, and what the bank wrote in the memo. Some payees share no word with it. */
const cleaned: Respell = (row) => ({
  ...row,
  name: row.name.startsWith('ONLINE STORE') ? 'Bazaar' : mixedCase(row.name.split(' ').slice(0, 2).join(' ')),
  memo: row.memo === null ? row.name : `${row.name} ${row.memo}`,
});

const described: Respell = (row) => ({
  ...row,
  name: row.memo === null ? row.name : `${row.name} ${row.memo}`,
  memo: null,
});

/** Hours by which UTC is ahead of the bank's clock. */
const UTC_HOURS = 5;

/** The day in UTC of what is booked in the evening. */
const ofUtc: Respell = (row) => (row.from % 24 >= 24 - UTC_HOURS ? { ...row, day: row.day + 1 } : row);

/** The balance of the day in UTC. */
const balanceOfUtc: Shape = (statement, { moment }) =>
  statement.balance === null
    ? statement
    : { ...statement, balance: { cents: statement.balance.cents, day: dayOf(moment + UTC_HOURS) } };

/** The day of the balance moved as the days of the rows are. */
const balanceOff =
  (days: number): Shape =>
  (statement) =>
    statement.balance === null
      ? statement
      : { ...statement, balance: { cents: statement.balance.cents, day: statement.balance.day + days } };

const both =
  (first: Respell, second: Respell): Respell =>
  (row) =>
    second(first(row));

/** `TRN-…`, as bridges have them. */
const ofBridge: NonNullable<Variant['fitids']> = (rows) =>
  rows.map(({ key }) => `TRN-${digest(`bridge ${key}`)}-${digest(`${key} bridge`).slice(0, 4)}`);

/** Hashes of the content, which converters count where they are equal. */
const hashed = countedTwins('oldest first');

const weekly: Variant['gaps'] = (random) => random.int(8, 40);

const DIRECT: readonly Variant[] = [
  { about: 'Direct Connect', fitids: stable },
  { about: 'Direct Connect, balances of today', fitids: stable, balance: 'today' },
  { about: 'Direct Connect, balances of yesterday', fitids: stable, balance: 'yesterday' },
  { about: 'Direct Connect, an available balance only', fitids: stable, balance: 'available' },
  { about: 'Direct Connect, names in upper case', fitids: stable, respell: upperCase },
];

const DOWNLOADED: readonly Variant[] = [
  { about: 'files with FITIDs of the site', fitids: ofSite, respell: joinedAndCut, gaps: weekly },
  { about: 'files without FITIDs, in upper case', fitids: absent, respell: upperCase, balance: 'today', gaps: weekly },
  { about: 'files of transaction dates', fitids: ofSite, respell: daysOff(-1), shapes: [balanceOff(-1)], gaps: weekly },
  {
    about: 'files with the name in the memo, no balance',
    fitids: ofSite,
    respell: nameInMemo,
    balance: 'absent',
    gaps: weekly,
  },
  {
    about: 'files without FITIDs, masked, a day off',
    fitids: absent,
    respell: both(masked, daysOff(1)),
    shapes: [balanceOff(1)],
    gaps: weekly,
  },
];

const CONVERTED: readonly Variant[] = [
  { about: 'a converter', fitids: hashed, respell: readable, balance: 'yesterday' },
  { about: 'a converter without balances', fitids: hashed, respell: described, balance: 'absent' },
  {
    about: 'a converter of value dates',
    fitids: hashed,
    respell: both(readable, daysOff(1)),
    balance: 'today',
    shapes: [balanceOff(1)],
  },
  { about: 'a program without FITIDs', fitids: absent, respell: joinedAndCut, balance: 'now' },
  { about: 'a program that joins names', fitids: ofSite, respell: nameInMemo, balance: 'today' },
];

const BRIDGED: readonly Variant[] = [
  {
    about: 'a bridge with payees and days of UTC',
    fitids: ofBridge,
    respell: both(cleaned, ofUtc),
    balance: 'today',
    shapes: [balanceOfUtc],
  },
  { about: 'a bridge with descriptions', fitids: ofBridge, respell: described, balance: 'today' },
  { about: 'a bridge with payees', fitids: ofBridge, respell: cleaned, balance: 'yesterday' },
  {
    about: 'a bridge with days of UTC',
    fitids: ofBridge,
    respell: both(described, ofUtc),
    balance: 'today',
    shapes: [balanceOfUtc],
  },
  { about: 'a bridge with names as they are', fitids: ofBridge, balance: 'lagging' },
];

const VARIANTS: Readonly<Record<SourceKind, readonly Variant[]>> = {
  url: DIRECT,
  files: DOWNLOADED,
  command: CONVERTED,
  simplefin: BRIDGED,
};

/** Returns one of the ways of a source; each number is the same one always. */
export function stageOf(source: SourceKind, number: number): Stage & { readonly about: string } {
  const variants = VARIANTS[source];
  const variant = variants[number % variants.length];
  if (variant === undefined) throw new Error(`${source} has no ways`);
  const { about, ...ways } = variant;
  return { source, ways, about };
}
