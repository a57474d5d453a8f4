/** The quirks as rows of a table for docs/banks.md: the effect of each key, and an institution that needs it. */

import type { Directory } from '../src/institutions/directory.js';
import { quirksSchema } from '../src/institutions/quirks.js';
import type { Quirks } from '../src/model/institution.js';

interface QuirkRow {
  readonly key: keyof Quirks;
  readonly does: string;
  /** `null` when no institution of the directory is known to need it. */
  readonly example: { readonly institution: string; readonly value: string; readonly why: string } | null;
}

/** Returns a row for each key of the schema, in its order. */
export function quirksTable(directory: Directory): readonly QuirkRow[] {
  return quirksSchema.keyof().options.map((key) => ({
    key,
    does: quirksSchema.shape[key].unwrap().description ?? '',
    example: exampleOf(key, directory),
  }));
}

/** Returns the first institution that has the quirk, preferring one whose service has not ended. */
function exampleOf(key: keyof Quirks, { institutions }: Directory): QuirkRow['example'] {
  const having = institutions.filter(({ quirks }) => quirks[key] !== undefined);
  const chosen = having.find(({ ended }) => ended === null) ?? having[0];
  const why = chosen?.why[key];
  if (chosen === undefined || why === undefined) return null;
  const value = chosen.quirks[key];
  return { institution: chosen.title, value: typeof value === 'string' ? value : JSON.stringify(value), why };
}
