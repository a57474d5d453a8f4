/** Names and paths in the texts of a report: what is replaced, and what stays. */

import { expect, test } from 'vitest';
import { namesRedactorFor } from '../../../src/check/redact-names.js';
import { parseConfig } from '../../../src/index.js';

function redactorOf(name: string, account = 'Anna private') {
  const text = JSON.stringify({
    institutions: [
      {
        name,
        url: 'https://ofx.chase.example/ofx',
        userId: 'env:CHASE_USER',
        password: 'file:/home/anna/secrets/pw',
        ca: '/etc/anna/ca.pem',
        accounts: [{ name: account, kind: 'checking', id: '000123456', routing: '121000248' }],
      },
    ],
  });
  const { institutions } = parseConfig(text, '/home/anna/accounts.yaml');
  const [institution] = institutions;
  if (institution === undefined) throw new Error('the configuration has no institution');
  const surroundings = { home: '/home/anna', paths: ['/srv/May: 3; x.qfx'], redact: (one: string) => one };
  return namesRedactorFor(institution, institutions, surroundings);
}

test.each([
  ['no connection to ofx.chase.example: refused', 'no connection to ofx.chase.example: refused'],
  ['no connection to chase:443', 'no connection to chase:443'],
  ['see https://host.example/chase', 'see https://host.example/chase'],
  ['as in directory chase-bank, chase2 and purchase', 'as in directory chase-bank, chase2 and purchase'],
  ['Check the url of chase: banks move.', 'Check the url of bank: banks move.'],
  ['try again later: chase may be down, or “chase”.', 'try again later: bank may be down, or “bank”.'],
  ['ofx-sync probe "chase"; ofx-sync --dry-run chase', 'ofx-sync probe "bank"; ofx-sync --dry-run bank'],
  ['chase/Anna private: failed, Anna private.', 'bank/account-1: failed, account-1.'],
  ['$CHASE_USER is not set; keychain:chase', '$[variable] is not set; keychain:bank'],
  ['/home/anna/secrets/pw not found', '[path] not found'],
  ['file:/home/anna/secrets/pw', 'file:[path]'],
  ['/etc/anna/ca.pem cannot be read', '[path] cannot be read'],
  ['/srv/May: 3; x.qfx: no OFX', '[path]: no OFX'],
  ['Traceback in "/home/anna/bin/x.py", line 3', 'Traceback in "[path]", line 3'],
  ['POST https://ofx.chase.example/ofx', 'POST https://ofx.chase.example/ofx'],
])('%s', (text, shown) => {
  const redact = redactorOf('chase');
  expect(redact(text)).toBe(shown);
});

test('a name with characters of a pattern is a name', () => {
  const redact = redactorOf('a.b', 'x.y');
  expect(redact('a.b and x.y, not aab and xzy')).toBe('bank and account-1, not aab and xzy');
});
