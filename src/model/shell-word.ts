/** Quotes a text as one word of a command to paste: only if necessary, and for blanks with double quotes, which every shell knows. */
export function shellWord(text: string): string {
  if (/^[\p{L}\p{M}\p{N}_@%+=:,./-]+$/u.test(text)) return text;
  if (/^[\p{L}\p{M}\p{N}_@+=:,./ -]+$/u.test(text)) return `"${text}"`;
  return `'${text.replaceAll("'", "'\\''")}'`;
}
