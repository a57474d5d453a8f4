/** The institution that a command is about. */

import { UsageError } from '../../errors.js';
import type { Config, Institution } from '../../model/institution.js';
import { nearest } from '../../model/nearest.js';

/** @throws UsageError with the nearest name. */
export function chosenInstitution({ institutions }: Config, name: string): Institution {
  const known = institutions.find((one) => one.name === name);
  if (known !== undefined) return known;
  const names = institutions.map((one) => one.name);
  const near = nearest(name, names);
  throw new UsageError(
    `no institution of accounts.yaml is named ${JSON.stringify(name)}`,
    near === null ? `There are: ${names.join(', ')}` : `Did you mean ${near}?`,
  );
}
