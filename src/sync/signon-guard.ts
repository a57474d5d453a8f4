/**
 * The sign-on guard: no timer ever repeats a refused sign-on, since institutions lock a login after a few. The refusal stays in
 * the store, and blocks the login, until its credentials change or a person forces a try.
 */

import { type OfxSyncError, SignonError } from '../errors.js';
import { localDate } from '../model/dates.js';
import { replacementStep } from '../model/secret.js';
import { shellWord } from '../model/shell-word.js';
import type { Signon } from '../ofx/file.js';
import { tokenText } from '../ofx/write/request.js';
import type { Login, Store } from '../ports.js';

export interface Guard {
  /** Returns the error with which the login is skipped, `null` when it may sign on. */
  blocked(login: Login): OfxSyncError | null;
  /** Returns true when the last sign-on was accepted, so that several requests may be sent at once. */
  trusted(login: Login): boolean;
  /** @param signon of the reply; the next sign-on carries its tokens. */
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
        `skipped, since the bank refused the sign-on on ${localDate(new Date(blocked.at))}: ${blocked.message}`,
        {
          hint: `Check the password, ${replacementStep(password, name)}; or try again with the same one: ofx-sync sync ${shellWord(name)} --force`,
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
      // The refusal may be about the tokens of an ended session; the institution gives new ones.
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
