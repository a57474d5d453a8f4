/**
 * The limit of requests to a bridge: 24 in any 24 hours, counted in the store, so that it holds across runs. A bridge that gets
 * more of them may disable the access for good.
 */

import { HttpError } from '../errors.js';
import { shellWord } from '../model/shell-word.js';
import type { Login, Store } from '../ports.js';

const MOST_REQUESTS = 24;
const DAY_MS = 86_400_000;

type RequestStore = Pick<Store, 'requestsSince' | 'recordRequest' | 'withdrawRequest'>;

/** Counts the requests of one source. */
export interface RequestCount {
  /** @throws HttpError DAILY_LIMIT, before any is sent, when that many requests may not follow. */
  readonly require: (login: Login, requests: number) => void;
  /** Returns the number of requests that may follow now. */
  readonly free: (login: Login) => number;
  /** Records a request that is about to be sent. @returns a function that takes it back when it was not sent. */
  readonly record: (login: Login) => () => void;
}

export function dailyLimit(store: RequestStore, now: () => Date): RequestCount {
  const sinceOf = (at: Date) => new Date(at.getTime() - DAY_MS);
  const sentTo = (login: Login) => {
    const at = now();
    // A clock that was ahead must not hold up the days until then.
    return store.requestsSince(login, sinceOf(at)).filter((one) => one <= at.toISOString());
  };
  return {
    free: (login) => Math.max(0, MOST_REQUESTS - sentTo(login).length),
    require: (login, requests) => {
      const sent = sentTo(login);
      if (sent.length + requests > MOST_REQUESTS) throw limitReached(login, { sent, requests });
    },
    record: (login) => {
      const at = now();
      store.recordRequest(login, { at, forgetBefore: sinceOf(at) });
      return () => store.withdrawRequest(login, at);
    },
  };
}

interface Sent {
  readonly sent: readonly string[];
  readonly requests: number;
}

function limitReached({ institution: { name } }: Login, { sent, requests }: Sent): HttpError {
  const word = shellWord(name);
  if (requests > MOST_REQUESTS)
    return new HttpError(
      'DAILY_LIMIT',
      `${requests} requests would be needed for these days, and bridges answer ${MOST_REQUESTS} a day`,
      {
        hint: `Request fewer days: ofx-sync sync ${word} --since 365d`,
      },
    );
  const freed = sent[sent.length + requests - MOST_REQUESTS - 1] ?? '';
  return new HttpError(
    'DAILY_LIMIT',
    `not requested: bridges answer ${MOST_REQUESTS} requests a day, and ${sent.length} were sent in the last 24 hours`,
    {
      hint: `Sync again after ${minuteAfter(freed)} UTC. To let timers leave more of them to you: atMostEvery: 6h in accounts.yaml.`,
    },
  );
}

/** Returns the minute, a day after an instant, in which one request more is allowed. */
function minuteAfter(sentAt: string): string {
  const free = new Date(Date.parse(sentAt) + DAY_MS + 59_999);
  return Number.isNaN(free.getTime()) ? 'a day' : free.toISOString().slice(0, 16).replace('T', ' ');
}
