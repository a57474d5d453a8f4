/** Secret values, which cannot be printed, and the references to them in the configuration. */

import { createHmac } from 'node:crypto';
import { shellWord } from './shell-word.js';

/** `util.inspect.custom`, without types that a program using the library may lack. */
const INSPECT: unique symbol = Symbol.for('nodejs.util.inspect.custom');
const PLACEHOLDER = '[secret]';

/** Holds a password, token or user id. Every way of printing it gives `[secret]`; only `reveal()` gives the value. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** Joins named secrets into one: a JSON object. */
  static joined(secrets: Readonly<Record<string, Secret>>): Secret {
    return new Secret(
      JSON.stringify(Object.fromEntries(Object.entries(secrets).map(([name, one]) => [name, one.#value]))),
    );
  }

  /** Returns the value: only for the request writer, the APIs of budgets, and programs that bring statements (a test searches for other callers). */
  reveal(): string {
    return this.#value;
  }

  /** Returns the parts that the groups of a pattern match, each a secret of its own; none where it does not match. */
  parts(pattern: RegExp): readonly Secret[] {
    const [, ...groups] = pattern.exec(this.#value) ?? [];
    return groups.map((part) => new Secret(part));
  }

  /** Returns the answer of a question about the value, which the answer must not repeat. */
  is(question: (value: string) => boolean): boolean {
    return question(this.#value);
  }

  /** Returns what the value means as a part of an address, where characters are written with percent signs. */
  percentDecoded(): Secret {
    try {
      return new Secret(decodeURIComponent(this.#value));
    } catch {
      return this;
    }
  }

  /**
   * Returns ten bits that show whether a password has changed. They are too few to test a guess: one wrong password in
   * 1,024 has the same ones.
   */
  checkValue(salt: string): number {
    return createHmac('sha256', salt).update(this.#value).digest().readUInt16BE(0) & 0x3ff;
  }

  /** Returns a hash of the value together with its owner. Without the key, nobody can test a guess. */
  hash(key: string, owner: readonly (string | null)[]): string {
    return createHmac('sha256', key)
      .update(JSON.stringify([...owner, this.#value]))
      .digest('hex')
      .slice(0, 32);
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

/** A reference to a secret in accounts.yaml, resolved once per login just before use. `plain` is an ordinary value such as a user id. */
export type SecretReference =
  | { readonly scheme: 'keychain'; readonly name: string | null }
  | { readonly scheme: 'env'; readonly name: string }
  | { readonly scheme: 'file'; readonly path: string }
  | { readonly scheme: 'command'; readonly command: string | readonly string[] }
  | { readonly scheme: 'prompt' }
  | { readonly scheme: 'literal'; readonly value: Secret }
  | { readonly scheme: 'plain'; readonly value: string };

/** Returns the step that replaces a secret, to follow “Check the password, …”. */
export function replacementStep(reference: SecretReference | null, institution: string): string {
  switch (reference?.scheme) {
    case 'env':
      return `then set $${reference.name}`;
    case 'file':
      return `then write it to ${reference.path}`;
    case 'command':
      return `then change it where the command in accounts.yaml (${typeof reference.command === 'string' ? 'a shell line' : (reference.command[0] ?? '')}) finds it`;
    case 'literal':
    case 'plain':
      return 'then correct accounts.yaml';
    case 'prompt':
      return 'then enter it at the next run';
    default:
      return `then: ofx-sync secret set ${shellWord(reference?.name ?? institution)}`;
  }
}

/** Names the place of a secret for a person, never its value. @param name default name in the keychain */
export function storageOf(reference: SecretReference, name: string | null = null): string {
  switch (reference.scheme) {
    case 'keychain': {
      const entry = reference.name ?? name;
      return entry === null ? 'keychain' : `keychain:${entry}`;
    }
    case 'env':
      return `env:${reference.name}`;
    case 'file':
      return `file:${reference.path}`;
    case 'plain':
      return 'written in the file';
    default:
      return reference.scheme;
  }
}
