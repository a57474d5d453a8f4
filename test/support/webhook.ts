/** A webhook on loopback that remembers what it took, and answers as a test wants. */

import { createServer } from 'node:http';
import type { Message } from '../../src/model/notifications.js';

export interface Delivery extends Omit<Message, 'text'> {
  readonly text: string;
  readonly idempotencyKey: string | undefined;
}

export interface Webhook {
  readonly url: string;
  /** All that arrived, answered well or not. */
  readonly arrived: readonly Delivery[];
  /** Status for the deliveries to come; `hang` never answers. */
  answer: number | 'hang';
  /** Called when a delivery has arrived, before it is answered. */
  onArrival: () => void;
  close(): Promise<void>;
}

export async function startWebhook(): Promise<Webhook> {
  const arrived: Delivery[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const key = request.headers['idempotency-key'];
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Message;
      arrived.push({ ...body, idempotencyKey: Array.isArray(key) ? key[0] : key });
      webhook.onArrival();
      if (webhook.answer === 'hang') return;
      const isRedirect = webhook.answer >= 300 && webhook.answer < 400;
      response.writeHead(webhook.answer, isRedirect ? { Location: 'https://elsewhere.example/' } : {}).end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const webhook: Webhook = {
    url: `http://127.0.0.1:${port}/hook?token=canary-token`,
    arrived,
    answer: 200,
    onArrival: () => undefined,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return webhook;
}
