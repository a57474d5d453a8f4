/** A secret value that cannot be printed, and the reference by which configuration names one. */

import { createHmac } from 'node:crypto';
import { shellWord } from './shell-word.js';

/** `util.inspect.custom`, without types that a program using the library might not have. */
const INSPECT: unique symbol = Symbol.for('nodejs.util.inspect.custom');
const PLACEHOLDER = '[secret]';

/** Holds a password, token or user id. Every way of printing it gives `[secret]`; only `reveal()` gives the value. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself: for `ofx/request.ts` alone (a test greps for other callers). */
  reveal(): string {
    return this.#value;
  }

  /**
   * Ten bits by which a changed password is noticed. So few that whoever reads them can hardly test a guess: one wrong
   * password in 1,024 fits as well as the right one.
   */
  checkValue(salt: string): number {
    return createHmac('sha256', salt).update(this.#value).digest().readUInt16BE(0) & 0x3ff;
  }

  toString(): string {
    return PLACEHOLDER;
  }

  toJSON(): string {
    return PLACEHOLDER;
  }

  [INSPECT](): string {
    return PLACEHOLDER;
  }
}

/** How accounts.yaml names a secret; resolved once a login, just before use. `plain` is an ordinary value such as a user id. */
export type SecretReference =
  | { readonly scheme: 'keychain'; readonly name: string | null }
  | { readonly scheme: 'env'; readonly name: string }
  | { readonly scheme: 'file'; readonly path: string }
  | { readonly scheme: 'command'; readonly command: string | readonly string[] }
  | { readonly scheme: 'prompt' }
  | { readonly scheme: 'literal'; readonly value: Secret }
  | { readonly scheme: 'plain'; readonly value: string };

/** How the person puts another one there: what follows “Check the password, …”. */
export function replacementStep(reference: SecretReference | null, institution: string): string {
  switch (reference?.scheme) {
    case 'env':
      return `then put it into $${reference.name}`;
    case 'file':
      return `then write it into ${reference.path}`;
    case 'command':
      return `then store it where the command of accounts.yaml (${typeof reference.command === 'string' ? 'a shell line' : (reference.command[0] ?? '')}) looks`;
    case 'literal':
    case 'plain':
      return 'then correct accounts.yaml';
    case 'prompt':
      return 'then type it at the next run';
    default:
      return `then: ofx-sync secret set ${shellWord(reference?.name ?? institution)}`;
  }
}
