/** States how old the built-in directory's entry for an institution is, before a password is sent there. */

import { ownValues } from '../config/own-values.js';
import { type DirectoryInstitution, openDirectory } from '../institutions/directory.js';

export interface DirectoryRemark {
  readonly evidence: string;
  readonly isStale: boolean;
  /** Further facts that a person should know. */
  readonly note: string | null;
}

/** @param text of accounts.yaml. @returns `null` for an institution that is not configured with `directory:`. */
export async function directoryRemark(text: string, institution: string): Promise<DirectoryRemark | null> {
  const id = ownValues(text.replace(/^\ufeff/, '')).find(({ name }) => name === institution)?.directory ?? null;
  if (id === null) return null;
  const found = (await openDirectory()).lookUp(id);
  return 'suggestions' in found ? null : remarkOf(found);
}

export function remarkOf({ evidence, note }: DirectoryInstitution): DirectoryRemark {
  return { evidence: evidence.text, isStale: evidence.isStale, note };
}
