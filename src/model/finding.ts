/** The result of one check of the store or the machine. */
export interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly detail: string;
  /** The remedy of a problem; `null` when all is well. */
  readonly hint: string | null;
}

export function good(what: string, detail: string): Finding {
  return { what, ok: true, detail, hint: null };
}

export function bad(what: string, detail: string, hint: string): Finding {
  return { what, ok: false, detail, hint };
}
