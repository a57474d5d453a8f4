/** A problem that did not prevent the work; it is always reported. */

export interface Notice {
  /** Stable, kebab-case: `bare-ampersand`, `bad-amount`, `unclaimed-statement` … */
  readonly code: string;
  /** One sentence for a person. Text of the institution in it is raw; printing escapes control characters. */
  readonly message: string;
  /** Offset in characters of the decoded text, if known. */
  readonly offset?: number;
  /** Number of times that it happened, if more than once. */
  readonly count?: number;
}
