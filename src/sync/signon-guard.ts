/**
 * The sign-on guard: a refused signon is never repeated by a timer, since institutions lock a login after a few. What
 * blocks a login is kept in the store until its credentials change or a person forces a try.
 */

import { type OfxSyncError, SignonError } from '../errors.js';
import { localDate } from '../model/dates.js';
import { replacementStep } from '../model/secret.js';
import { shellWord } from '../model/shell-word.js';
import type { Signon } from '../ofx/file.js';
import { tokenText } from '../ofx/write/request.js';
import type { Login, Store } from '../ports.js';

export interface Guard {
  /** The error with which the login is left out, `null` when it may sign on. */
  blocked(login: Login): OfxSyncError | null;
  /** Whether the last signon was accepted, so that several requests may go out at once. */
  trusted(login: Login): boolean;
  /** @param signon the answer, whose tokens the next signon is to carry. */
  accepted(login: Login, signon: Signon): void;
  refused(login: Login, error: OfxSyncError): void;
}

type GuardStore = Pick<Store, 'loginState' | 'setLoginState' | 'credentialsChanged' | 'rememberCredentials'>;

export function createGuard(store: GuardStore, options: { readonly force: boolean; readonly now: () => Date }): Guard {
  return {
    blocked: (login) => {
      const { name, password } = login.institution;
      const { blocked } = store.loginState(name);
      if (blocked === null || options.force || store.credentialsChanged(login)) return null;
      return new SignonError(
        'SIGNON_BLOCKED',
        `not asked, because of its answer of ${localDate(new Date(blocked.at))}: ${blocked.message}`,
        {
          hint: `Put the password right, ${replacementStep(password, name)}; or try as it is: ofx-sync sync ${shellWord(name)} --force`,
        },
      );
    },
    trusted: (login) =>
      store.loginState(login.institution.name).lastSignon === 'ok' && !store.credentialsChanged(login),
    accepted: (login, { accessKey, sessionCookie }) => {
      store.setLoginState(login.institution.name, {
        lastSignon: 'ok',
        blocked: null,
        ...(accessKey === null ? {} : { accessKey: tokenText(accessKey) }),
        ...(sessionCookie === null ? {} : { sessionCookie: tokenText(sessionCookie) }),
      });
      store.rememberCredentials(login);
    },
    refused: (login, error) => {
      const blocks = error.code === 'SIGNON_REJECTED' || error.code === 'SIGNON_LOCKED';
      const blocked = blocks ? { code: error.code, message: error.message, at: options.now().toISOString() } : null;
      // Tokens of a session that has ended may be what was refused; the institution gives new ones.
      store.setLoginState(login.institution.name, {
        lastSignon: 'refused',
        accessKey: null,
        sessionCookie: null,
        ...(blocks ? { blocked } : {}),
      });
      store.rememberCredentials(login);
    },
  };
}

/** Whether an error is the institution's verdict on the signon, after which the login is left out for the rest of the run. */
export function endsLogin(error: OfxSyncError): boolean {
  return error instanceof SignonError;
}
