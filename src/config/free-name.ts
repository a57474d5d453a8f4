/** Names for new institutions in accounts.yaml. Pure. */

/** Returns a valid name made of a text: small letters and digits, with dashes between them. */
export function nameFrom(text: string): string {
  const word = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  return word === '' ? 'institution' : word;
}

/** Returns the name, with a number if it is taken. */
export function freeName(base: string, taken: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (!taken.includes(name)) return name;
  }
}
