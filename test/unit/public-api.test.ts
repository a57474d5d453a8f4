/** The library's exports, pinned; and a sync with nothing but them. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as library from '../../src/index.js';
import { configText } from '../support/institutions.js';
import { scratchDir } from '../support/scratch.js';

test('what is exported', () => {
  expect(Object.keys(library).toSorted()).toEqual([
    'ConfigError',
    'ERROR_CODES',
    'OfxSyncError',
    'Secret',
    'accountKey',
    'check',
    'classifierFor',
    'discover',
    'downloadAll',
    'exportText',
    'exporters',
    'freshnessOf',
    'importFiles',
    'layoutExporter',
    'loadConfig',
    'lockDataDir',
    'maskedId',
    'openStore',
    'parseConfig',
    'parseOfx',
    'probe',
    'push',
    'readOfx',
    'replayReplies',
    'sync',
    'withStore',
  ]);
});

test('a program that uses the library', async () => {
  const dir = scratchDir();
  writeFileSync(join(dir, 'accounts.yaml'), configText([{ name: 'summit', url: 'sandbox://summit' }]));
  const config = await library.loadConfig(join(dir, 'accounts.yaml'));
  const store = await library.openStore(join(dir, 'data'));
  const events: string[] = [];
  const result = await library.sync(config, { store, onProgress: ({ type }) => events.push(type) });
  expect(result.outcomes.map(({ status }) => status)).toEqual(['ok']);
  expect([events[0], events.at(-1)]).toEqual(['start', 'outcome']);
  expect([...store.transactions({})].length).toBeGreaterThan(20);
  const text = [...(await library.exportText(config, { store, format: 'ndjson' }))].join('');
  expect(text.trim().split('\n')).toHaveLength([...store.transactions({})].length);
  store.close();
});
