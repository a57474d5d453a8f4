/** The YAML of the documentation is valid, so that it can be pasted. */

import { describe, expect, test } from 'vitest';
import { loadConfigText } from '../../../src/config/load.js';
import { blocks } from '../../support/markdown.js';

const BANKS = `institutions:
  - name: river
    url: sandbox://river
    userId: demo
    password: { literal: demo }
    accounts: [{ name: checking, kind: checking, id: "1", routing: "121000248" }]
`;

describe.each(['docs/configuration.md', 'docs/export.md'])('%s', (path) => {
  test.each(blocks(path, 'yaml').map((code) => ({ code })))('$code', async ({ code }) => {
    const text = /^institutions:/m.test(code) ? code : BANKS + code;
    const config = await loadConfigText(text, '/home/alex/accounts.yaml', { home: '/home/alex' });
    expect(config.institutions.length).toBeGreaterThan(0);
  });
});

test('the rules of the page have every kind of condition and value', async () => {
  const [rules = ''] = blocks('docs/configuration.md', 'yaml').filter((code) => code.startsWith('rules:'));
  const { exportConfig } = await loadConfigText(BANKS + rules, '/home/alex/accounts.yaml');
  const keys = (part: 'match' | 'set') => new Set(exportConfig?.rules.flatMap((rule) => Object.keys(rule[part])));
  expect([...keys('match')].toSorted()).toEqual(
    ['account', 'amount', 'check', 'date', 'not', 'payee', 'type'].toSorted(),
  );
  expect([...keys('set')].toSorted()).toEqual(['category', 'ignore', 'note', 'payee', 'splits', 'tags']);
});
