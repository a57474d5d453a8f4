/**
 * The pages for browsers: the sign-in with a page token, the page that says how programs get a token, and the status page, whose
 * content comes through {@link Pages}.
 */

import type { Scope } from '../store/serving/tokens.js';

/** Makes the status page. */
export interface Pages {
  /** Returns an HTML document without scripts, of the accounts that the scope contains. */
  status(scope: Scope): Promise<string>;
}

/** Nothing but styles of the page itself, and its forms. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** Returns the page with the form for a page token. */
export function signInPage(message: string | null): string {
  return page(
    'ofx-sync',
    `${message === null ? '' : `<p role="alert">${escaped(message)}</p>`}
<form method="post">
<label for="token">Page token</label>
<input id="token" name="token" type="password" autocomplete="off" required autofocus>
<button>Show the accounts</button>
</form>
<p>To make a page token, on the machine where ofx-sync runs: <code>ofx-sync serve token new NAME --page</code></p>`,
  );
}

/** Returns the page to which programs send their users for a token. */
export function createPage(): string {
  return page(
    'Connect a program',
    `<p>Tokens are made on the machine where ofx-sync runs, in a terminal:</p>
<pre><code>ofx-sync serve token new NAME</code></pre>
<p>It prints a setup token once. Paste it into the program within 24 hours.</p>
<p>For some accounts only: <code>--accounts river,summit/card</code>. Without what is older: <code>--since 2026-01-01</code>.</p>`,
  );
}

/** Escapes text for HTML, also between quotes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

/** Returns an HTML document that follows the light or dark colours of the system. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 45rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 0.25rem 1rem 0.25rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
td.amount, th.amount { text-align: right; font-variant-numeric: tabular-nums; }
input, button { font: inherit; padding: 0.25rem 0.5rem; }
</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${body}
</main>
</body>
</html>
`;
}
