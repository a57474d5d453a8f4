/** Regular expressions that take time in proportion to the text, whatever the expression: RE2, loaded when one is used. */

export interface Pattern {
  /** Whether it is found somewhere in the text, without regard to case. */
  found(text: string): boolean;
}

/** Makes a pattern. @throws Error saying what is wrong with the expression. */
export type PatternMaker = (expression: string) => Pattern;

export async function patternMaker(): Promise<PatternMaker> {
  const { RE2JS } = await import('re2js');
  return (expression) => {
    const compiled = RE2JS.compile(expression, RE2JS.CASE_INSENSITIVE);
    return { found: (text) => compiled.matcher(text).find() };
  };
}
