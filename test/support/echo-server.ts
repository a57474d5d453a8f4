/** An institution that says again what it was sent: in a refusal, in a web page, or the whole request. */

import { createServer } from 'node:http';

export interface EchoServer {
  readonly url: (way: 'message' | 'page' | 'request' | 'error' | 'text') => string;
  /** Bodies of the requests, as latin-1 text. */
  readonly received: readonly string[];
  close(): Promise<void>;
}

export async function startEcho(): Promise<EchoServer> {
  const received: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const text = body.toString('latin1');
      received.push(text);
      const said = `${textOf(text, 'USERID')} with ${textOf(text, 'USERPASS')} ${textOf(text, 'USERCRED1')}`;
      const page = Buffer.from(`<html><title>No access for ${said}</title><body>${said}</body></html>`, 'latin1');
      const [status, type, answer] = {
        '/message': [200, 'application/x-ofx', Buffer.from(refusal(text, said), 'latin1')],
        '/page': [200, 'text/html', page],
        '/error': [403, 'text/html', page],
        '/request': [200, 'application/x-ofx', body],
        '/text': [200, 'text/plain', Buffer.from(`cannot read: ${said}`, 'latin1')],
      }[request.url ?? ''] ?? [404, 'text/plain', Buffer.from('')];
      response.writeHead(Number(status), { 'Content-Type': String(type) }).end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: (way) => `http://127.0.0.1:${port}/${way}`,
    received,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function textOf(request: string, tag: string): string {
  return new RegExp(`<${tag}>([^<\\r\\n]*)`).exec(request)?.[1] ?? '';
}

function refusal(request: string, said: string): string {
  const status = `<STATUS><CODE>15500</CODE><SEVERITY>ERROR</SEVERITY><MESSAGE>no signon for ${said}</MESSAGE></STATUS>`;
  const trnuid = textOf(request, 'TRNUID');
  return `<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<?OFX OFXHEADER="200" VERSION="203" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>\n<OFX><SIGNONMSGSRSV1><SONRS>${status}<DTSERVER>20261120063000</DTSERVER><LANGUAGE>ENG</LANGUAGE></SONRS></SIGNONMSGSRSV1><CREDITCARDMSGSRSV1><CCSTMTTRNRS><TRNUID>${trnuid}</TRNUID>${status}</CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>\n`;
}
