/** The history of one movement, to see how an error came about: every statement that listed it, and when it was changed. */

import type { LifeAccount } from './account.js';
import type { Listed } from './bank/behaviour.js';
import { money } from './bank/write.js';
import { dayOf, isoDay } from './calendar.js';
import type { Household } from './household.js';

const NEAR_DAYS = 4;

/** Returns a line for each statement or file in which the rows of an amount near a day differ from the former one. */
export function traceOf(account: LifeAccount, household: Household, about: { day: number; cents: number }): string {
  const isNear = ({ day, cents }: { day: number; cents: number }) =>
    cents === about.cents && Math.abs(day - about.day) <= NEAR_DAYS;
  const lines: string[] = [];
  let former = '';
  for (const { moment, isFile, from, to, rows, balance, number } of account.deliveries.map((one, index) => ({
    ...one,
    number: index + 1,
  }))) {
    const text = rows.filter(isNear).map(shown).join('; ');
    if (text === former) continue;
    former = text;
    const kind = isFile ? 'file' : 'sync';
    const stated = balance === null ? 'no balance' : `balance ${money(balance.cents)} of ${isoDay(balance.day)}`;
    lines.push(
      `${number} ${kind} ${when(moment)}, days ${isoDay(from)} to ${isoDay(to)}, ${stated}: ${text === '' ? 'nothing' : text}`,
    );
  }
  const stored = household.transactions(account.behaviour.name).filter(isNear);
  return [...lines, `stored: ${stored.map(({ day, name }) => `${isoDay(day)} ${name}`).join('; ')}`].join('\n');
}

function shown({ truth, fitid, day, name, memo, isPending }: Listed): string {
  const text = memo === null ? name : `${name} / ${memo}`;
  return `${truth} ${fitid ?? 'without FITID'} ${isoDay(day)} ${text}${isPending ? ' (pending)' : ''}`;
}

function when(moment: number): string {
  return `${isoDay(dayOf(moment))} ${String(moment % 24).padStart(2, '0')}:00`;
}
