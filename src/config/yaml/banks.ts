/** The banks that an accounts.yaml names, read without checking the file. */

import { parse } from 'yaml';
import { MAX_FILE_LENGTH } from './problem.js';

export interface NamedBank {
  readonly name: string;
  readonly url: string | null;
}

/** Returns the banks of a text with made-up banks in it; none of any other text. @throws when it is not YAML. */
export function banksInText(text: string): readonly NamedBank[] {
  if (text.length > MAX_FILE_LENGTH || !text.includes('sandbox://')) return [];
  const institutions: unknown = Reflect.get(Object(parse(text)), 'institutions');
  if (!Array.isArray(institutions)) return [];
  return institutions.map((one: unknown) => ({ name: textIn(one, 'name') ?? '', url: textIn(one, 'url') }));
}

function textIn(value: unknown, key: string): string | null {
  const found: unknown = Reflect.get(Object(value), key);
  return typeof found === 'string' ? found : null;
}
