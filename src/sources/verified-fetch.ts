/** Fetches from webhooks and budgets. Node's own fetch lets an environment variable decide whether certificates are verified. */

import { Agent, fetch } from 'undici';
import type { HttpRequest } from '../model/http.js';
import { EACH_ADDRESS } from './endpoint.js';

/** Sends one request over a connection of its own, and returns the reply with its whole body. */
export async function verifiedFetch(url: string, request: HttpRequest): Promise<Response> {
  const dispatcher = new Agent({ connect: { ...EACH_ADDRESS, rejectUnauthorized: true } });
  try {
    const reply = await fetch(url, { ...request, dispatcher });
    const { status, statusText, headers } = reply;
    // These have no body by definition, and Response accepts none.
    const content = [204, 205, 304].includes(status) ? null : await reply.text();
    return new Response(content, { status, statusText, headers: Object.fromEntries(headers) });
  } finally {
    await dispatcher.destroy();
  }
}
