/** Text as one word of a command that a person pastes. */

/** As it is where it can be; in double quotes, which every shell knows, where only blanks stand in the way. */
export function shellWord(text: string): string {
  if (/^[\p{L}\p{M}\p{N}_@%+=:,./-]+$/u.test(text)) return text;
  if (/^[\p{L}\p{M}\p{N}_@+=:,./ -]+$/u.test(text)) return `"${text}"`;
  return `'${text.replaceAll("'", "'\\''")}'`;
}
