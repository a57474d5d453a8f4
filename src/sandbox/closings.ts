/** Closing statements of the sandbox: one at the end of each month, from the same history as the other statements. */

import { addDays, type IsoDate, isoDate } from '../model/dates.js';
import type { SandboxContext } from './context.js';
import { compact, decimalOf, leaves, type Tree } from './elements.js';
import { historyOf, openingCents } from './history.js';
import { child, type Node, value } from './request.js';
import { accountFrom, matches } from './statements.js';

/** Returns STMTENDRS or CCSTMTENDRS for the months that end in the window, or a status. */
export function closingStatement(content: Node, { institution, faults, today }: SandboxContext): Tree | number {
  const isCard = content.name === 'CCSTMTENDRQ';
  const from = child(content, isCard ? 'CCACCTFROM' : 'BANKACCTFROM');
  const account = institution.accounts.find((one) => matches(one, from));
  if (account === undefined) return 2003;
  const [start, end] = [value(content, 'DTSTART').slice(0, 8), value(content, 'DTEND').slice(0, 8)];
  const all = historyOf(institution, account, today);
  const sumUntil = (day: IsoDate) =>
    all.filter(({ date }) => date <= day).reduce((sum, { cents }) => sum + cents, openingCents(account));
  const closings = monthEnds(all[0]?.date ?? today, today)
    .filter((day) => (start === '' || compact(day) >= start) && (end === '' || compact(day) <= end))
    .map((day): Tree => {
      const first = isoDate(`${day.slice(0, 7)}-01`);
      const closing = leaves({
        FITID: `${compact(day)}C`,
        DTOPEN: compact(first),
        DTCLOSE: compact(day),
        BALOPEN: decimalOf(sumUntil(addDays(first, -1))),
        BALCLOSE: decimalOf(sumUntil(day)),
        ...(isCard ? dues(day, sumUntil(day)) : {}),
        DTPOSTSTART: compact(first),
        DTPOSTEND: compact(day),
      });
      return [isCard ? 'CCCLOSING' : 'CLOSING', closing];
    });
  return [
    isCard ? 'CCSTMTENDRS' : 'STMTENDRS',
    [['CURDEF', institution.currency], accountFrom(account, faults), ...closings],
  ];
}

/** Returns the minimum payment of a card, due three weeks later. */
function dues(day: IsoDate, cents: number): { DTPMTDUE: string; MINPMTDUE: string } {
  const least = cents < 0 ? Math.min(-cents, 2500) : 0;
  return { DTPMTDUE: compact(addDays(day, 21)), MINPMTDUE: decimalOf(least) };
}

function monthEnds(first: IsoDate, today: IsoDate): IsoDate[] {
  const ends: IsoDate[] = [];
  for (let year = Number(first.slice(0, 4)), month = Number(first.slice(5, 7)) + 1; ; month += 1) {
    if (month > 12) [year, month] = [year + 1, 1];
    const end = addDays(isoDate(`${year}-${String(month).padStart(2, '0')}-01`), -1);
    if (end > today) return ends;
    ends.push(end);
  }
}
