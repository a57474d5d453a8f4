/** The banks that an accounts.yaml names, read without checking the file. */

import { soundDocument } from './positions.js';

export interface NamedBank {
  readonly name: string;
  readonly url: string | null;
}

/** Returns the banks of a text with made-up banks in it; none of any other text, or of one with mistakes. */
export function banksInText(text: string): readonly NamedBank[] {
  if (!text.includes('sandbox://')) return [];
  const institutions: unknown = Reflect.get(Object(soundDocument(text)?.toJS()), 'institutions');
  if (!Array.isArray(institutions)) return [];
  return institutions.map((one: unknown) => ({ name: textIn(one, 'name') ?? '', url: textIn(one, 'url') }));
}

function textIn(value: unknown, key: string): string | null {
  const found: unknown = Reflect.get(Object(value), key);
  return typeof found === 'string' ? found : null;
}
