/** The part of a store that the sign-on guard uses, in memory: a login is its user id at an address. */

import type { SignonState, Store } from '../../src/ports.js';

type SignonStore = Pick<Store, 'signonState' | 'setSignonState'> & {
  /** Every change, in order. */
  readonly writes: Partial<SignonState>[];
};

export function memoryOfSignons(): SignonStore {
  const states = new Map<string, SignonState>();
  const writes: Partial<SignonState>[] = [];
  const keyOf = ({ institution, userId, password }: Parameters<Store['signonState']>[0]) => {
    const login = `${institution.url} ${userId.reveal()}`;
    return { login, key: `${login} ${password.reveal()}` };
  };
  const signonState: Store['signonState'] = (of) => {
    const { login, key } = keyOf(of);
    const none = { verdict: null, unanswered: 0, last: null, clientUid: null, accessKey: null, sessionCookie: null };
    return states.get(key) ?? { login, credentials: key, ...none };
  };
  return {
    writes,
    signonState,
    setSignonState: (of, change) => {
      writes.push(change);
      states.set(keyOf(of).key, { ...signonState(of), ...change });
    },
  };
}
