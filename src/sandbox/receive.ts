/** Receiving a request: its bytes, and what they say, or why they are refused. */

import type { IncomingMessage } from 'node:http';
import type { SandboxInstitution } from './institutions.js';
import { BadRequest, child, type OfxRequest, parseRequest, value } from './request.js';

const LARGEST_REQUEST = 4 * 1_048_576;

/** The request, or why it is refused. */
export function read(body: Buffer, { versions, name }: SandboxInstitution): OfxRequest | string {
  try {
    const request = parseRequest(body);
    if (!versions.some((version) => version === request.version))
      return `${name} does not speak OFX ${request.version}`;
    const sonrq = child(child(request.root, 'SIGNONMSGSRQV1'), 'SONRQ');
    if (!/^\d{8}/.test(value(sonrq, 'DTCLIENT')) || value(sonrq, 'DTCLIENT').includes('+'))
      return 'DTCLIENT is no date';
    return request;
  } catch (error) {
    if (error instanceof BadRequest) return error.message;
    throw error;
  }
}

/** How many things are asked for. */
export function accountsIn({ root }: OfxRequest): number {
  return root.children
    .filter(({ name }) => name !== 'SIGNONMSGSRQV1')
    .reduce((sum, set) => sum + set.children.length, 0);
}

/** The body, `null` when it is too large. */
export async function readRequest(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_REQUEST) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
