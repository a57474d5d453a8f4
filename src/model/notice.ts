/** Something wrong that could be lived with, reported and never swallowed. */

export interface Notice {
  /** Stable, kebab-case: `bare-ampersand`, `bad-amount`, `unclaimed-statement` … */
  readonly code: string;
  /** One sentence for a person. Bank text in it is raw; printing makes control characters visible. */
  readonly message: string;
  /** Offset in characters of the decoded text, when there is one. */
  readonly offset?: number;
  /** How often it happened, when more than once. */
  readonly count?: number;
}
