/** The parameters of `GET /accounts`, as the protocol and the public bridge read them. Shares no code with our own server and client. */

import type { Problem } from './problems.js';

export interface AccountsQuery {
  readonly version: 1 | 2;
  /** Seconds since 1970: the first that belongs to the answer, and the first that does not. */
  readonly from: number;
  readonly before: number;
  /** The request names an end that is over: balances are those of that moment. */
  readonly isOver: boolean;
  readonly pending: boolean;
  /** Ids of accounts; `null` for all. */
  readonly accounts: readonly string[] | null;
  readonly balancesOnly: boolean;
  /** Remarks about the request. */
  readonly problems: readonly Problem[];
}

const DAY_S = 86_400;
/** Days above which the public bridge advises a shorter range. */
const ADVISED_DAYS = 45;

/** Reads the parameters, or returns the reason to refuse them. Unknown parameters are ignored. */
export function readQuery(query: URLSearchParams, now: Date, longestDays: number): AccountsQuery | string {
  const nowS = Math.floor(now.getTime() / 1000);
  const start = instant(query, 'start-date');
  if (typeof start === 'string') return start;
  const end = instant(query, 'end-date');
  if (typeof end === 'string') return end;
  const version = query.get('version') ?? '1';
  if (!/^[12](?:\.\d+)*$/.test(version)) return `version ${version} is not supported`;
  const before = end ?? Number.MAX_SAFE_INTEGER;
  const last = end ?? nowS;
  const longest = longestDays * DAY_S;
  const asked = start === null ? 0 : last - start;
  const from = start === null || asked > longest ? last - longest : start;
  return {
    version: version.startsWith('2') ? 2 : 1,
    from,
    before,
    isOver: end !== null && end < nowS,
    pending: query.get('pending') === '1',
    accounts: query.has('account') ? query.getAll('account') : null,
    balancesOnly: query.get('balances-only') === '1',
    problems: rangeProblems(asked / DAY_S, longestDays),
  };
}

/** The words are those of the public bridge, which readers look for. */
function rangeProblems(days: number, longest: number): Problem[] {
  if (days > longest)
    return [{ code: 'gen.api', msg: `Requested date range exceeds limit of ${longest} days and was capped.` }];
  if (days <= ADVISED_DAYS) return [];
  const range = `recommended range of ${ADVISED_DAYS} days`;
  return [{ code: 'gen.api', msg: `Requested date range exceeds ${range}. In the future, this may be capped.` }];
}

function instant(query: URLSearchParams, name: string): number | null | string {
  const text = query.get(name);
  if (text === null) return null;
  return /^\d{1,12}$/.test(text) ? Number(text) : `${name} is not seconds since 1970`;
}
