/** Pages and texts in which a server says that user id or password are wrong, and those that only look like it. */

import { expect, test } from 'vitest';
import { refusalText } from '../../../src/ofx/unpack/refusal-text.js';

const page = (body: string) =>
  `<!DOCTYPE html><html><head><title>Online Banking</title></head><body>${body}</body></html>`;
const said = (text: string) => refusalText(Buffer.from(text, 'latin1'));

test.each([
  ['Invalid user id or password', 'Invalid user id or password'],
  [page('<p>Invalid <b>user</b> or password.</p><p>Call us.</p>'), 'Invalid user or password.'],
  [
    page('<h1>Sorry</h1><div>The password you entered is incorrect. Try again.</div>'),
    'The password you entered is incorrect.',
  ],
  [
    page('<p>Your user ID and password do not match our records</p>'),
    'Your user ID and password do not match our records',
  ],
  [
    page('<p>The user ID or password<br/>you entered is <STRONG class="x">incorrect</STRONG>.</p>'),
    'The user ID or password you entered is incorrect.',
  ],
  ['{"error":"Invalid credentials"}', '{"error":"Invalid credentials"}'],
  ['Authentication failed', 'Authentication failed'],
  [page('<p>Login failed: user unknown</p>'), 'Login failed: user unknown'],
  ['The PIN is not valid!', 'The PIN is not valid!'],
])('%j refuses the sign-on', (text, words) => {
  expect(said(text)).toBe(words);
});

test.each([
  page('<form>User ID <input name=u> Password <input type=password> <a>Forgot your password?</a></form>'),
  page('<script>var text = "Invalid password";</script><p>We are sorry.</p>'),
  page('<p>Down for maintenance. Log in later.</p>'),
  page('<h1>Invalid request</h1><form><label>User ID</label><input name=u></form>'),
  page('<p>Your session is not valid</p><a href="/">Log in</a>'),
  page('<ul><li>Password</li><li>Wrong page? Go back</li></ul>'),
  'Bad Request',
  'Unauthorized',
  'Invalid request: VERSION',
  page('<p>Request unsuccessful. Incapsula incident ID: 1</p>'),
  '',
])('%j does not', (text) => {
  expect(said(text)).toBeNull();
});

test('at most 160 characters on one line', () => {
  const words = said(page(`<p>Invalid password ${'and so on\r\n '.repeat(100)}</p>`));
  expect(words).toMatch(/^Invalid password and so on and so on/);
  expect(words?.length).toBeLessThanOrEqual(160);
});

test('the time grows with the length of the text, not with its square', () => {
  const cost = (times: number) => {
    const bodies = ['<script>', 'password ', '<', 'login ', 'invalid '].map((word) => Buffer.from(word.repeat(times)));
    const before = process.cpuUsage();
    for (let round = 0; round < 5; round += 1) for (const body of bodies) refusalText(body);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  cost(1000);
  expect(cost(7000)).toBeLessThan(40 * Math.max(cost(700), 2000));
});
