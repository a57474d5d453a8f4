/** Replies that begin with `100 Continue`, which some servers send unasked (RFC 9110 section 15.2.1). undici takes it for a broken reply. */

import type { Socket } from 'node:net';

const CONTINUE = /^(?:HTTP\/1\.[01] 100(?: [^\r\n]*)?\r\n(?:[^\r\n]+\r\n)*\r\n)+/;
const MOST_BYTES = 2000;
const H = 0x48;

/** Removes them from what is read of a socket. @returns the same socket. */
export function withoutContinue(socket: Socket): Socket {
  const read = socket.read.bind(socket);
  socket.read = (size?: number): unknown => {
    const chunk: unknown = read(size);
    if (!(chunk instanceof Uint8Array) || chunk[0] !== H) return chunk;
    const [found = ''] = CONTINUE.exec(Buffer.from(chunk.subarray(0, MOST_BYTES)).toString('latin1')) ?? [];
    return found.length === chunk.length ? socket.read(size) : chunk.subarray(found.length);
  };
  return socket;
}
