/** What a person wrote of an institution, before the directory and the defaults: for explaining where a value is from. */

import type { Quirks } from '../model/institution.js';
import { ownQuirks } from './build.js';
import { configSchema } from './schema.js';
import { locate, withAccountsToCome } from './yaml/positions.js';

export interface OwnValues {
  readonly name: string;
  /** `directory:` */
  readonly directory: string | null;
  readonly url: string | null;
  readonly org: string | null;
  readonly fid: string | null;
  readonly brokerId: string | null;
  /** Keys of `defaults:` that the file sets. */
  readonly defaults: ReadonlySet<string>;
  readonly quirks: Quirks;
}

/** One for each institution of a text that has been checked. */
export function ownValues(text: string): OwnValues[] {
  const file = configSchema.parse(withAccountsToCome(locate(text)).value);
  const defaults = new Set(Object.keys(file.defaults ?? {}));
  return file.institutions.map((entry) => ({
    name: entry.name,
    directory: entry.directory ?? null,
    url: entry.url ?? null,
    org: entry.org ?? null,
    fid: entry.fid ?? null,
    brokerId: entry.brokerId ?? null,
    defaults,
    quirks: ownQuirks(entry),
  }));
}
