/** Names and values as they are taken over: spelling, blanks, control characters. */

/** Upper case and without a namespace prefix. What stands after the last colon begins like a name, or the colon stays none. */
export function plainName(name: string): string {
  const local = name.slice(name.lastIndexOf(':') + 1);
  return (/^[A-Za-z_]/.test(local) ? local : name.replaceAll(':', '_')).toUpperCase();
}

export function isBlank(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 0x20 || (code < 9 && code !== 0)) return false;
  }
  return true;
}

/**
 * Trimmed, one line, without control characters and lone surrogates; a no-break space inside stays. Two lines are never one
 * amount: what belongs together cannot be told, so that a bar is left between them.
 */
export function cleanValue(value: string, { isAmount }: { readonly isAmount: boolean }): string {
  const trimmed = value.trim();
  if (!/[\u0000-\u001f\u007f-\u009f\ud800-\udfff]/.test(trimmed)) return trimmed;
  return trimmed
    .replace(/[ \t]*[\r\n]+[ \t]*/g, isAmount ? ' | ' : ' ')
    .replace(/[\t\u0085]/g, ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, '')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .trim();
}
