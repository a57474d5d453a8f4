/** Ids of transactions: unique within an account, as the protocol promises, and no more than that, since other accounts have the same. */

import { createHash } from 'node:crypto';
import type { IsoDate } from '../../model/dates.js';
import type { Booking } from './bridges.js';
import type { BridgeFault } from './faults.js';

interface IdContext {
  readonly isPending: boolean;
  readonly faults: readonly BridgeFault[];
  readonly today: IsoDate;
  /** Number of the answer. */
  readonly answer: number;
}

/** Returns the id of a transaction. A pending one gets another when it posts. */
export function transactionId(booking: Booking, { isPending, faults, today, answer }: IdContext): string {
  const parts = [booking.key, isPending ? 'pending' : 'posted'];
  if (faults.includes('new-ids')) parts.push(`answer ${answer}`);
  if (faults.includes('daily-ids')) parts.push(today);
  if (faults.includes('block-ids')) {
    const renewed = lastRenewal(today);
    if ((booking.postedOn ?? today) < renewed) parts.push(renewed);
  }
  return `TRN-${createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32)}`;
}

/** Returns the first day of the month whose tenth was the latest: ids of earlier transactions changed on that tenth. */
function lastRenewal(today: IsoDate): string {
  const [year, month, day] = today.split('-').map(Number);
  const back = (day ?? 1) >= 10 ? 1 : 2;
  return new Date(Date.UTC(year ?? 0, (month ?? 1) - back, 1)).toISOString().slice(0, 10);
}
