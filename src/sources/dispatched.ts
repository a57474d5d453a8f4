/** Sends a request through undici, whose handlers cost less time than the streams that it makes of them. */

import type { Dispatcher } from 'undici';
import type { Reception, ReplyHead } from './exchange.js';

/** @returns the head of the reply, when all of it has arrived. @throws the error of the connection, or of the abort. */
export function dispatched(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  { signal, onSent, onHead, body }: Reception,
): Promise<ReplyHead> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new Error('aborted'));
    let control: Dispatcher.DispatchController | null = null;
    let head: ReplyHead = { status: 0, headers: {} };
    const stop = () => {
      control?.abort(signal.reason);
      // undici takes no notice before there is a connection.
      reject(new Error('aborted'));
    };
    signal.addEventListener('abort', stop, { once: true });
    dispatcher.dispatch(request, {
      onRequestStart: (controller) => {
        if (signal.aborted) return controller.abort(signal.reason);
        control = controller;
        onSent();
      },
      onResponseStart: (_, status, headers) => {
        if (status < 200) return;
        head = { status, headers };
        onHead(status);
      },
      onResponseData: (_, chunk) => body.add(chunk),
      onResponseEnd: () => resolve(head),
      onResponseError: (_, error) => reject(error),
    });
  });
}
