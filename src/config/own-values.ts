/** The values that a person wrote for an institution, without the directory and the defaults, to explain the origin of a value. */

import type { Quirks } from '../model/institution.js';
import { ownQuirks } from './build.js';
import { configSchema } from './schema.js';
import { parseYaml, withEmptyAccounts } from './yaml/positions.js';

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

/** Reads the values of each institution. @param text a configuration that has been checked */
export function ownValues(text: string): OwnValues[] {
  const file = configSchema.parse(withEmptyAccounts(parseYaml(text)).value);
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
