/** A front before a TLS server that looks at the first message of a handshake (RFC 8446 section 4.1.2) and may refuse it. */

import { connect, createServer, type Socket } from 'node:net';

export interface Front {
  readonly port: number;
  close(): void;
}

/** Cipher suites that a ClientHello offers, by their numbers. */
export function offeredCiphers(hello: Buffer): number[] {
  // Record header 5, handshake header 4, version 2, random 32, then the session id with its length.
  const afterSession = 44 + (hello[43] ?? 0);
  const length = hello.readUInt16BE(afterSession);
  return Array.from({ length: length / 2 }, (_, index) => hello.readUInt16BE(afterSession + 2 + index * 2));
}

/** Lets those through who offer no cipher that is refused, and cuts all others off. */
export async function strictFront(target: number, isRefused: (cipher: number) => boolean): Promise<Front> {
  const server = createServer((socket: Socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (hello) => {
      if (offeredCiphers(hello).some(isRefused)) return socket.resetAndDestroy();
      const behind = connect(target, '127.0.0.1');
      behind.on('error', () => socket.destroy());
      behind.write(hello);
      socket.pipe(behind);
      behind.pipe(socket);
      return undefined;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, close: () => server.close() };
}
