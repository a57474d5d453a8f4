/** Merges the quirks of several origins: the user's win over the institution's, and these over the processor's. */

import type { Quirks } from '../model/institution.js';
import { EMPTY_LAYER, type QuirkLayer, type Reasons } from './listing.js';
import { quirksSchema } from './quirks.js';

const QUIRK_ORIGINS = ['user', 'institution', 'processor'] as const;
type QuirkOrigin = (typeof QUIRK_ORIGINS)[number];

interface ResolvedQuirk<Key extends keyof Quirks = keyof Quirks> {
  readonly key: Key;
  readonly value: Exclude<Quirks[Key], undefined>;
  readonly origin: QuirkOrigin;
  /** The directory's reason; `null` for the user's own. */
  readonly why: string | null;
  /** Origins whose value this one replaces. */
  readonly overrides: readonly QuirkOrigin[];
}

interface QuirkLayers {
  readonly user?: Quirks;
  readonly institution?: QuirkLayer | null;
  readonly processor?: QuirkLayer | null;
}

const KEYS: readonly (keyof Quirks)[] = quirksSchema.keyof().options;

/** Returns each quirk that is set, with the origin that wins, in the order of the schema. For `check --explain`. */
export function resolveQuirks({ user = {}, institution, processor }: QuirkLayers): readonly ResolvedQuirk[] {
  const layers: readonly { origin: QuirkOrigin; quirks: Quirks; why: Reasons }[] = [
    { origin: 'user', quirks: user, why: {} },
    { origin: 'institution', ...(institution ?? EMPTY_LAYER) },
    { origin: 'processor', ...(processor ?? EMPTY_LAYER) },
  ];
  return KEYS.flatMap((key) => {
    const [winner, ...others] = layers.filter(({ quirks }) => quirks[key] !== undefined);
    const value = winner?.quirks[key];
    if (winner === undefined || value === undefined) return [];
    const overrides = others.map(({ origin }) => origin);
    return [{ key, value, origin: winner.origin, why: winner.why[key] ?? null, overrides }];
  });
}
