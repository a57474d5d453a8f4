/** The errors of a bridge: what a failure in its answer, or an HTTP status in the place of one, means and what to do next. */

import { ConnectionError, HttpError, type OfxSyncError, SignonError, StatementError } from '../errors.js';
import type { Institution } from '../model/institution.js';
import { replacementStep } from '../model/secret.js';
import { shellWord } from '../model/shell-word.js';
import type { Status } from '../model/statement.js';

type Bridge = Pick<Institution, 'name' | 'password'>;

/** Returns the error that a failure of a whole answer means. */
export function accessError(status: Status, bridge: Bridge): OfxSyncError {
  return revoked(status.message === null ? 'gen.auth' : `“${status.message}”`, bridge);
}

/** Returns the error of one account. Codes that the protocol will have one day are shown as they came. */
export function problemError({ word = '', message }: Status, { name }: Pick<Institution, 'name'>): StatementError {
  const said = message === null ? '' : `: “${message}”`;
  const code = word === '' ? '' : ` (${word})`;
  if (word.startsWith('con.'))
    return new StatementError(
      'CONNECTION_ATTENTION',
      `the bridge’s connection to this bank needs attention${code}${said}`,
      {
        hint:
          word === 'con.auth'
            ? `Sign in at the website of the bridge and renew the connection, then: ofx-sync sync ${shellWord(name)}`
            : 'The bridge may reach the bank at its next update, in a day at most. If it repeats, renew the connection at the website of the bridge.',
      },
    );
  return new StatementError('STATEMENT_REFUSED', `the bridge has no current statement of this account${code}${said}`, {
    hint: 'The bridge may have it at its next update, in a day at most. If it repeats, see its website.',
  });
}

/** Returns the error of an account that an answer lacks, for the reason that the answer gives. */
export function missingAccount(problems: readonly Status[], { name }: Pick<Institution, 'name'>): StatementError {
  // Which connection an account belongs to is said by the account alone, which is absent.
  const reason = problems.find(({ word }) => word?.startsWith('con.')) ?? problems[0];
  if (reason !== undefined) return problemError(reason, { name });
  return new StatementError('STATEMENT_MISSING', 'the bridge has no account with this id', {
    hint: `A connection that was made anew has new ids. To see those of now: ofx-sync discover ${shellWord(name)}; then correct id: in accounts.yaml, where the history continues under the same name.`,
  });
}

/** Facts about an answer that is not an account set. */
export interface RefusedAnswer {
  readonly status: number;
  readonly host: string;
  readonly retryAfterMs: number | null;
}

/** Returns the error of an HTTP status that SimpleFIN gives a meaning of its own; `null` for any other. */
export function bridgeError({ status, host, retryAfterMs }: RefusedAnswer, bridge: Bridge): OfxSyncError | null {
  const httpStatus = status;
  switch (status) {
    case 401:
    case 403:
      return revoked(`HTTP ${status}`, bridge).withHttpStatus(status);
    case 402:
      return new HttpError('PAYMENT_REQUIRED', `${host} wants to be paid before it answers (HTTP 402)`, {
        httpStatus,
        hint: 'Renew your subscription at the website of the bridge, then sync again.',
      });
    case 404:
    case 410:
      return new HttpError(
        'HTTP_STATUS',
        `${host} has no SimpleFIN bridge at the address of the access URL (HTTP ${status})`,
        {
          httpStatus,
          hint: `${NEW_TOKEN}, ${replacementStep(bridge.password, bridge.name)}`,
        },
      );
    case 429:
      return new ConnectionError(
        'TOO_MANY_REQUESTS',
        `${host} got too many requests and answers none for now (HTTP 429)`,
        {
          httpStatus,
          ...(retryAfterMs === null ? {} : { retryAfterMs }),
          hint:
            retryAfterMs === null
              ? 'Bridges answer 24 requests a day: try again tomorrow, and let timers sync less often (atMostEvery: 6h).'
              : `Try again in ${minutes(retryAfterMs)}, and let timers sync less often (atMostEvery: 6h).`,
        },
      );
    default:
      return null;
  }
}

const NEW_TOKEN = 'Make a new setup token at the website of the bridge';

function revoked(how: string, { name, password }: Bridge): SignonError {
  return new SignonError(
    'SIGNON_REJECTED',
    `the bridge refused the access URL (${how}): it was revoked, or is not valid`,
    {
      hint: `${NEW_TOKEN}, ${replacementStep(password, name)}`,
    },
  );
}

function minutes(ms: number): string {
  const whole = Math.max(1, Math.ceil(ms / 60_000));
  return whole === 1 ? 'a minute' : whole < 120 ? `${whole} minutes` : `${Math.ceil(whole / 60)} hours`;
}
