/**
 * Splits a login into requests: a profile may give each message set an address of its own, some institutions accept few accounts
 * in a request, and some answer only short windows. A sync sends these requests, and `--dry-run` prints them.
 */

import type { IsoDate } from '../model/dates.js';
import type { Login, StatementWindow } from '../ports.js';
import { shortWindows } from './date-windows.js';

/** One request for all accounts whose window is short enough, and one for each piece of the longer windows. */
export interface Batch {
  readonly whole: readonly StatementWindow[];
  readonly cut: readonly { readonly wanted: StatementWindow; readonly pieces: readonly StatementWindow[] }[];
}

/** Groups accounts by address and protection of the password, in the order given, at most `accountsPerRequest` (a quirk) in each batch. */
export function batchesOf(wanted: readonly StatementWindow[], login: Login, today: IsoDate): Batch[] {
  const { quirks, simplefin } = login.institution;
  // A bridge answers for all accounts at once, and its source cuts the days.
  if (simplefin === true) return [{ whole: wanted, cut: [] }];
  const { accountsPerRequest, maxDaysPerRequest } = quirks;
  return byAddress(wanted, login)
    .flatMap((some) => slices(some, accountsPerRequest ?? some.length))
    .map((some) => {
      const windows = some.map((one) => ({ wanted: one, pieces: shortWindows(one, maxDaysPerRequest, today) }));
      return {
        whole: windows.flatMap(({ wanted: one, pieces }) => (pieces.length === 1 ? [one] : [])),
        cut: windows.filter(({ pieces }) => pieces.length > 1),
      };
    });
}

/** Lists the windows of each request, in the order in which the requests of a batch are sent. */
export function requestsOf({ whole, cut }: Batch): StatementWindow[][] {
  const pieces = cut.flatMap((one) => one.pieces.map((piece) => [piece]));
  return whole.length === 0 ? pieces : [...pieces, [...whole]];
}

/** The accounts that cannot be requested come last: they must not delay or fail the others. */
function byAddress(wanted: readonly StatementWindow[], { addresses = {}, encrypted = [] }: Login): StatementWindow[][] {
  const groups = new Map<string, StatementWindow[]>();
  const isOpen = ({ account }: StatementWindow) => !encrypted.includes(account.kind);
  for (const one of [...wanted.filter(isOpen), ...wanted.filter((window) => !isOpen(window))]) {
    const address = isOpen(one) ? (addresses[one.account.kind] ?? '') : 'none';
    groups.set(address, [...(groups.get(address) ?? []), one]);
  }
  return [...groups.values()];
}

function slices<T>(items: readonly T[], size: number): T[][] {
  const step = Math.max(1, size);
  return Array.from({ length: Math.ceil(items.length / step) }, (_, index) =>
    items.slice(index * step, (index + 1) * step),
  );
}
