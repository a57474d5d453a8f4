/** Replies that begin with `100 Continue`, which some servers send unasked (RFC 9110 section 15.2.1). undici takes it for a broken reply. */

import type { Socket } from 'node:net';

const CONTINUE = /^(?:HTTP\/1\.[01] 100(?: [^\r\n]*)?\r\n(?:[^\r\n]+\r\n)*\r\n)+/;
const MOST_BYTES = 2000;

/** Removes them from what is read of a socket. @returns the same socket. */
export function withoutContinue(socket: Socket): Socket {
  const read = socket.read.bind(socket);
  socket.read = (size?: number): unknown => {
    const chunk: unknown = read(size);
    if (!(chunk instanceof Buffer) || !mayContinue(chunk)) return chunk;
    const [found = ''] = CONTINUE.exec(chunk.toString('latin1', 0, MOST_BYTES)) ?? [];
    return found.length === chunk.length ? socket.read(size) : chunk.subarray(found.length);
  };
  return socket;
}

/** Looks at the first digits of the status only: almost every reply has another one. */
function mayContinue(chunk: Buffer): boolean {
  const [zero, one] = [0x30, 0x31];
  return chunk[9] === one && chunk[10] === zero && chunk[11] === zero;
}
