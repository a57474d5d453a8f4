/** A keychain of a test's own in the place of the system's, for programs that run in this process. */

import { createRequire, Module } from 'node:module';

/**
 * Puts a module that keeps these entries, by service and account, where Node looks for `keytar` first. A mock of vitest does
 * not do: of several imports at once, all but the first get the real module.
 */
export function standInForKeychain(service: string, entries: Readonly<Record<string, string>>): void {
  const kept = new Map(Object.entries(entries));
  const isOurs = (asked: string) => asked === service;
  const exports = {
    getPassword: async (asked: string, account: string) => (isOurs(asked) ? (kept.get(account) ?? null) : null),
    setPassword: async (asked: string, account: string, value: string) => {
      if (isOurs(asked)) kept.set(account, value);
    },
    deletePassword: async (asked: string, account: string) => isOurs(asked) && kept.delete(account),
  };
  const { cache, resolve } = createRequire(import.meta.url);
  const path = resolve('keytar');
  cache[path] = Object.assign(new Module(path), { filename: path, loaded: true, exports });
}
