/** A request over HTTP to a service other than a bank, whose certificate is always verified. */

export interface HttpRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly signal: AbortSignal;
  /** `manual` returns a redirect as it is. No request follows one. */
  readonly redirect: 'error' | 'manual';
}

export type HttpFetch = (url: string, request: HttpRequest) => Promise<Response>;
