/** Regular expressions in time proportional to the text, whatever the expression: RE2, loaded on first use. */

export interface Pattern {
  /** Names of the groups: `1`, `2` …, and those that have a name under it as well. */
  readonly groups: readonly string[];
  /** Returns `true` if it matches somewhere in the text, without regard to case. */
  found(text: string): boolean;
  /** Returns the texts of the groups that took part in the first match, by their names; `null` without a match. */
  captures(text: string): ReadonlyMap<string, string> | null;
}

/** Compiles a pattern. @throws Error with the reason for an invalid expression. */
export type PatternMaker = (expression: string) => Pattern;

export async function patternMaker(): Promise<PatternMaker> {
  const { RE2JS } = await import('re2js');
  return (expression) => {
    const compiled = RE2JS.compile(expression, RE2JS.CASE_INSENSITIVE);
    const numbers = Array.from({ length: compiled.groupCount() }, (_, index) => index + 1);
    const names = Object.entries<number>(compiled.namedGroups());
    return {
      groups: [...numbers.map(String), ...names.map(([name]) => name)],
      found: (text) => compiled.matcher(text).find(),
      captures: (text) => {
        const matcher = compiled.matcher(text);
        if (!matcher.find()) return null;
        const group = (name: string, number: number): [string, string][] => {
          const found = matcher.group(number);
          return found === null ? [] : [[name, found]];
        };
        return new Map([
          ...numbers.flatMap((one) => group(String(one), one)),
          ...names.flatMap((one) => group(...one)),
        ]);
      },
    };
  };
}
