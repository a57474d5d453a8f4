/**
 * The requests of a login: a profile may give each message set an address of its own, some institutions take few accounts at
 * once, and some answer only short windows. A sync sends what is listed here, and `--dry-run` prints it.
 */

import type { IsoDate } from '../model/dates.js';
import type { Login, StatementWindow } from '../ports.js';
import { shortWindows } from './windows.js';

/** Accounts that belong together: one request for all whose window is short enough, and one for each piece of a longer window. */
export interface Batch {
  readonly whole: readonly StatementWindow[];
  readonly cut: readonly { readonly wanted: StatementWindow; readonly pieces: readonly StatementWindow[] }[];
}

/** In the order given: accounts of one address together, no more than the quirk `accountsPerRequest` in each. */
export function batchesOf(wanted: readonly StatementWindow[], login: Login, today: IsoDate): Batch[] {
  const { accountsPerRequest, maxDaysPerRequest } = login.institution.quirks;
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

/** The windows of each request, in the order in which a batch is asked for. */
export function requestsOf({ whole, cut }: Batch): StatementWindow[][] {
  const pieces = cut.flatMap((one) => one.pieces.map((piece) => [piece]));
  return whole.length === 0 ? pieces : [...pieces, [...whole]];
}

function byAddress(wanted: readonly StatementWindow[], { addresses = {} }: Login): StatementWindow[][] {
  const groups = new Map<string, StatementWindow[]>();
  for (const one of wanted) {
    const address = addresses[one.account.kind] ?? '';
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
