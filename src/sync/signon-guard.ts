/**
 * The sign-on guard: nothing locks a person out of the bank. A refused sign-on is never repeated, by no command and no timer.
 * Credentials that were never accepted are presented at most twice without a verdict. The count is on disk before anything is
 * sent, so that a killed run counts, too. Both belong to the login (host, ORG, FID, user id) and hold for all names of it,
 * until the password changes or a person confirms it.
 */

import { interrupted, type OfxSyncError, SignonError, toOfxSyncError } from '../errors.js';
import { localDate } from '../model/dates.js';
import { replacementStep } from '../model/secret.js';
import { shellWord } from '../model/shell-word.js';
import { tokenText } from '../ofx/write/request.js';
import type { Login, SignonState, Store } from '../ports.js';
import type { WriteOptions } from './commits.js';
import { SignonTurn } from './signon-turn.js';
import { refusedByError, type SignonVerdict } from './verdict.js';

/** Sign-ons without a verdict after which credentials that were never accepted are left alone. */
const MOST_UNANSWERED = 2;
/** A refusal that is not recorded would be asked for again. Each wait is that of the store, five seconds. */
const PATIENCE = 5;

export interface Guard {
  /** Returns the error with which the login is skipped, `null` when it may sign on. */
  blocked(login: Login): OfxSyncError | null;
  /** Returns true when the last verdict on the credentials was an acceptance. */
  isAccepted(login: Login): boolean;
  /** Returns true when the next request must be one that no single account can spoil. */
  mustConfirm(login: Login): boolean;
  /**
   * Sends one request with the credentials and records the verdict on them before another may follow.
   * @throws OfxSyncError of the request; a SignonError when it was refused, or must not be sent.
   */
  present<Result>(login: Login, presentation: Presentation<Result>): Promise<Result>;
}

/** One request that presents the credentials of a login. */
export interface Presentation<Result> {
  /** The address of the request, `''` for the institution's own. */
  readonly address: string;
  readonly signal: AbortSignal;
  /** Waits for a slot and runs the task in it. */
  readonly inSlot?: <T>(task: () => Promise<T>) => Promise<T>;
  readonly send: (how: SendOptions) => Promise<Result>;
  /** Returns the verdict of a reply; `null` leaves the record as it was. */
  readonly judge: (result: Result) => SignonVerdict | null;
}

interface SendOptions {
  /** Also aborted when the bank refuses the login in another request. */
  readonly signal: AbortSignal;
  readonly mayResend: () => Promise<boolean>;
}

type GuardStore = Pick<Store, 'signonState' | 'setSignonState'>;

interface GuardOptions {
  /** Signs on although the sign-on was refused before. */
  readonly force: boolean;
  /** A person asks for it: credentials that got no verdict are presented again. */
  readonly confirms?: boolean;
  readonly now: () => Date;
  /** Writes to the store, and resolves when that is committed; at once when absent. */
  readonly commit?: (work: () => void, how: WriteOptions) => Promise<void>;
}

export function createGuard(store: GuardStore, options: GuardOptions): Guard {
  return new SignonGuard(store, options);
}

class SignonGuard implements Guard {
  readonly #store: GuardStore;
  readonly #options: GuardOptions;
  /** By login. */
  readonly #turns = new Map<string, SignonTurn>();
  /** By login and password. */
  readonly #states = new Map<string, SignonState>();
  readonly #credentials = new WeakMap<Login, string>();

  constructor(store: GuardStore, options: GuardOptions) {
    this.#store = store;
    this.#options = options;
  }

  blocked(login: Login): OfxSyncError | null {
    if (!hasSecrets(login)) return null;
    const state = this.#state(login);
    const { verdict, unanswered, last } = state;
    if (verdict === 'refused' && !this.#options.force) return refusedBefore(login, last);
    if (cannotLock(login)) return null;
    return verdict !== 'accepted' && unanswered >= MOST_UNANSWERED ? unconfirmed(login, last) : null;
  }

  isAccepted(login: Login): boolean {
    if (!hasSecrets(login)) return true;
    const { verdict } = this.#state(login);
    return verdict === 'accepted' || (cannotLock(login) && verdict === null);
  }

  mustConfirm(login: Login): boolean {
    if (!hasSecrets(login) || cannotLock(login)) return false;
    const { verdict, unanswered } = this.#state(login);
    if (verdict === 'accepted') return false;
    // Its first reply only sets cookies, and counts.
    return unanswered > 0 || login.institution.quirks.cookies === 'resend-when-empty';
  }

  async present<Result>(login: Login, presentation: Presentation<Result>): Promise<Result> {
    const { address, inSlot = (task) => task() } = presentation;
    if (!hasSecrets(login))
      return inSlot(() => presentation.send({ signal: presentation.signal, mayResend: async () => true }));
    const turn = this.#turnOf(this.#state(login).login);
    const leave = await turn.enter(address);
    try {
      return await inSlot(() => this.#presentNow(login, presentation, turn));
    } finally {
      leave();
    }
  }

  async #presentNow<Result>(login: Login, presentation: Presentation<Result>, turn: SignonTurn): Promise<Result> {
    const { address, signal, send, judge } = presentation;
    if (signal.aborted) throw interrupted();
    const stop = turn.refusal ?? this.blocked(login);
    if (stop !== null) throw stop;
    const before = this.#state(login);
    await this.#count(login);
    // Another request may have been refused while this was written.
    const { refusal: latest } = turn;
    if (signal.aborted || latest !== null) {
      await this.#restore(login, before);
      throw latest ?? interrupted();
    }
    try {
      const mayResend = async () => {
        if (turn.refusal !== null || this.blocked(login) !== null) return false;
        await this.#count(login);
        return true;
      };
      const result = await send({ signal: turn.signalWith(signal), mayResend });
      const verdict = judge(result);
      if (verdict === null) await this.#restore(login, before);
      else await this.#record(login, verdict, { turn, address });
      return result;
    } catch (thrown) {
      const error = toOfxSyncError(thrown);
      if (turn.refusal !== null && !signal.aborted && error.code === 'INTERRUPTED') throw turn.refusal;
      const refusal = refusedByError(error, login.institution);
      if (error.unsent) await this.#restore(login, before);
      else
        await this.#record(login, refusal === null ? { kind: 'none', error } : { kind: 'refused', error: refusal }, {
          turn,
          address,
        });
      throw refusal ?? error;
    }
  }

  /** Returns the state; what a person confirms begins anew, once. One run at a time uses a store, so that it is read once. */
  #state(login: Login): SignonState {
    const known = this.#states.get(this.#credentials.get(login) ?? '');
    if (known !== undefined) return known;
    const read = this.#store.signonState(login);
    const state = this.#states.get(read.credentials) ?? read;
    this.#credentials.set(login, read.credentials);
    this.#states.set(read.credentials, state);
    const { force, confirms = false } = this.#options;
    if (state === read && (force || confirms) && read.unanswered > 0) {
      this.#store.setSignonState(login, { unanswered: 0 });
      this.#states.set(read.credentials, { ...read, unanswered: 0 });
    }
    return this.#states.get(read.credentials) ?? read;
  }

  /** Changes the state, at once for this run and on disk when it resolves. */
  async #change(login: Login, change: Partial<SignonState>, how: WriteOptions = {}): Promise<void> {
    const state = this.#state(login);
    this.#states.set(state.credentials, { ...state, ...change });
    const write = () => this.#store.setSignonState(login, change, how);
    if (this.#options.commit === undefined) write();
    else await this.#options.commit(write, how);
  }

  #turnOf(key: string): SignonTurn {
    const turn = this.#turns.get(key) ?? new SignonTurn();
    this.#turns.set(key, turn);
    return turn;
  }

  /** Writes that the credentials are about to be presented, unless they were accepted last. */
  async #count(login: Login): Promise<void> {
    const { verdict, unanswered, last } = this.#state(login);
    if (verdict === 'accepted' || cannotLock(login)) return;
    const waiting = { code: 'SIGNON_UNCONFIRMED', message: 'no reply arrived', at: this.#options.now().toISOString() };
    const change = { unanswered: unanswered + 1, last: verdict === 'refused' ? last : waiting };
    await this.#change(login, change, { durable: true });
  }

  async #restore(login: Login, { unanswered, last }: SignonState): Promise<void> {
    if (this.#state(login).unanswered !== unanswered) await this.#change(login, { unanswered, last });
  }

  async #record(
    login: Login,
    verdict: SignonVerdict,
    at: { readonly turn: SignonTurn; readonly address: string },
  ): Promise<void> {
    if (verdict.kind === 'refused') return this.#recordRefusal(login, verdict.error, at.turn);
    if (verdict.kind === 'none') return this.#recordNoVerdict(login, verdict.error);
    at.turn.accept(at.address);
    return this.#recordAcceptance(login, verdict);
  }

  async #recordAcceptance(login: Login, { signon }: SignonVerdict & { kind: 'accepted' }): Promise<void> {
    const before = this.#state(login);
    const { accessKey = null, sessionCookie = null } = signon ?? {};
    const after = {
      verdict: 'accepted',
      unanswered: 0,
      last: null,
      accessKey: accessKey === null ? before.accessKey : tokenText(accessKey),
      sessionCookie: sessionCookie === null ? before.sessionCookie : tokenText(sessionCookie),
    } as const;
    const isKnown =
      before.verdict === 'accepted' &&
      before.unanswered === 0 &&
      before.accessKey === after.accessKey &&
      before.sessionCookie === after.sessionCookie;
    // A daily refresh without news costs no write.
    if (!isKnown) await this.#change(login, after);
  }

  /** A refusal may be about the tokens of an ended session; the institution gives new ones. */
  async #recordRefusal(login: Login, error: SignonError, turn: SignonTurn): Promise<void> {
    const tokens = { accessKey: null, sessionCookie: null, unanswered: 0 };
    if (error.code !== 'SIGNON_REJECTED' && error.code !== 'SIGNON_LOCKED') return this.#change(login, tokens);
    const last = { code: error.code, message: error.message, at: this.#options.now().toISOString() };
    turn.refuse(error);
    return this.#change(login, { ...tokens, verdict: 'refused', last }, { durable: true, patience: PATIENCE });
  }

  async #recordNoVerdict(login: Login, error: OfxSyncError | null): Promise<void> {
    const { verdict } = this.#state(login);
    if (verdict !== null || error === null) return;
    const last = { code: error.code, message: error.message, at: this.#options.now().toISOString() };
    await this.#change(login, { last });
  }
}

/** Returns false for a program or a bridge without secrets, which is shown nothing that it could refuse. */
function hasSecrets({ institution: { program, simplefin, password } }: Login): boolean {
  if (simplefin === true) return password !== null;
  return program === undefined || Object.keys(program.secrets).length > 0;
}

/** Nobody is locked out of an access URL, which belongs to no person: only its refusal counts. */
function cannotLock({ institution: { simplefin } }: Login): boolean {
  return simplefin === true;
}

function refusedBefore({ institution: { name, password, simplefin } }: Login, last: SignonState['last']): OfxSyncError {
  return new SignonError(
    'SIGNON_BLOCKED',
    `skipped, since the bank refused the sign-on on ${dayOf(last)}: ${last?.message ?? 'sign-on refused'}`,
    {
      hint: `${simplefin === true ? 'Make a new setup token at the website of the bridge' : 'Check the password'}, ${replacementStep(password, name)}; or try again with the same one: ofx-sync sync ${shellWord(name)} --force`,
    },
  );
}

function unconfirmed({ institution: { name, password } }: Login, last: SignonState['last']): OfxSyncError {
  return new SignonError(
    'SIGNON_UNCONFIRMED',
    `skipped, since the bank neither accepted nor refused two sign-ons, the last on ${dayOf(last)}: ${last?.message ?? 'no reply arrived'}`,
    {
      hint: `More of them could lock the login. Check user id and password, ${replacementStep(password, name)}; or try again with the same ones: ofx-sync check ${shellWord(name)}`,
    },
  );
}

function dayOf(last: SignonState['last']): string {
  return last === null ? 'an earlier day' : localDate(new Date(last.at));
}
