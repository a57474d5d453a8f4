/** One HTTP server for all banks of a life, each at a path of its own. It answers with what its bank has at the moment. */

import { createServer, type IncomingMessage } from 'node:http';
import { dayNumber } from '../calendar.js';

export interface Asked {
  /** The last part of the address. */
  readonly bank: string;
  readonly trnuid: string;
  readonly from: number;
  readonly to: number | null;
}

export interface Server {
  readonly url: string;
  close(): Promise<void>;
}

export async function startServer(answer: (asked: Asked) => string): Promise<Server> {
  // Connections are kept for as long as a busy machine may take until the next request.
  const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
    void bodyOf(request).then((body) => {
      const asked = askedIn(request.url ?? '', body);
      if (asked === null) {
        response.writeHead(400);
        response.end('not a request for a statement');
        return;
      }
      response.writeHead(200, { 'Content-Type': 'application/x-ofx' });
      response.end(answer(asked));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  request.setEncoding('latin1');
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

function askedIn(path: string, body: string): Asked | null {
  const value = (tag: string) => new RegExp(`<${tag}>([^<\\s]*)`).exec(body)?.[1];
  const [bank, trnuid, from, to] = [path.split('/').at(-1), value('TRNUID'), value('DTSTART'), value('DTEND')];
  if (bank === undefined || trnuid === undefined || from === undefined || !body.includes('<STMTTRNRQ>')) return null;
  return { bank: decodeURIComponent(bank), trnuid, from: dayNumber(from), to: to === undefined ? null : dayNumber(to) };
}
