/** JSON as `transactions --json` prints it: one document, or one object per line. */

import type { Exporter } from '../ports.js';

export const json: Exporter = {
  format: 'json',
  title: 'one JSON document, as `transactions --json` prints it',
  extension: 'json',
  *render({ transactions }) {
    yield '{ "version": 1, "transactions": [';
    let separator = '\n';
    for (const transaction of transactions) {
      yield `${separator}${JSON.stringify(transaction)}`;
      separator = ',\n';
    }
    yield '\n] }\n';
  },
};

export const ndjson: Exporter = {
  format: 'ndjson',
  title: 'the same objects, one per line (JSON Lines)',
  extension: 'ndjson',
  appendable: true,
  *render({ transactions }) {
    for (const transaction of transactions) yield `${JSON.stringify(transaction)}\n`;
  },
};
