/** The environment of the programs that a run starts (`onSync:`, `notify:`), without the variables that hold secrets of the run. */

import { type Config, secretReferences } from '../../model/institution.js';
import type { SecretReference } from '../../model/secret.js';

type Env = Readonly<Record<string, string | undefined>>;

/** Returns it for commands of `onSync:`: without the variables of institutions' secrets. The token of a budget stays, for `push`. */
export function withoutLoginSecrets(env: Env, { institutions }: Config): Env {
  return without(
    env,
    institutions.flatMap((institution) => secretReferences(institution).map(([, reference]) => reference)),
  );
}

/** Returns it for commands of `notify:`, which need no secret. */
export function withoutAnySecret(env: Env, config: Config): Env {
  const tokens = Object.values(config.push ?? {}).flatMap((settings) => Object.values(settings?.secrets ?? {}));
  return without(withoutLoginSecrets(env, config), tokens);
}

function without(env: Env, references: readonly SecretReference[]): Env {
  const names = references.flatMap((one) => (one.scheme === 'env' ? [one.name] : []));
  return withoutVariables(env, new Set(names));
}

export function withoutVariables(env: Env, secret: ReadonlySet<string>): Env {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !secret.has(name)));
}
