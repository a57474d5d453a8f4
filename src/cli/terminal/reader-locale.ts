/** The locale of the person, by the variables that programs of the terminal read. */

/** Returns a tag such as `de-DE`; `en-US` without a locale, and for one that this Node does not know. */
export function localeOf(env: Readonly<Record<string, string | undefined>>): string {
  const name = [env['LC_ALL'], env['LC_TIME'], env['LANG']].find((one) => one !== undefined && one !== '') ?? '';
  const tag = name.replace(/[.@].*$/, '').replaceAll('_', '-');
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([tag])[0] ?? DEFAULT;
  } catch {
    return DEFAULT;
  }
}

const DEFAULT = 'en-US';
