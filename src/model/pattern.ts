/** Regular expressions in time proportional to the text, whatever the expression: RE2, loaded on first use. */

export interface Pattern {
  /** Returns `true` if it matches somewhere in the text, without regard to case. */
  found(text: string): boolean;
}

/** Compiles a pattern. @throws Error with the reason for an invalid expression. */
export type PatternMaker = (expression: string) => Pattern;

export async function patternMaker(): Promise<PatternMaker> {
  const { RE2JS } = await import('re2js');
  return (expression) => {
    const compiled = RE2JS.compile(expression, RE2JS.CASE_INSENSITIVE);
    return { found: (text) => compiled.matcher(text).find() };
  };
}
