/** A message on the desktop of each system, and in the environment of a command: whatever a bank writes, nothing of it is run. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Message, NotifySettings } from '../../src/model/notifications.js';
import { send } from '../../src/notify/send.js';
import { configText } from '../support/institutions.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const HOSTILE = '"; touch ran; $(touch ran) `touch ran` \'|touch ran #\\n <b>&amp;</b> {title} %PATH% \0 é';
const SHOWN = HOSTILE.replace('\0', '\uFFFD');
const MESSAGE: Message = {
  id: '1',
  at: '2026-11-20T06:30:00Z',
  title: `T ${HOSTILE}`,
  text: `-x ${HOSTILE}`,
  news: [],
};

/** Sends the message on a system whose program of that name notes what it was given. */
async function sent(program: string, platform: string, to: NotifySettings['to'], message = MESSAGE) {
  const cwd = scratchDir();
  const note = `#!/bin/sh
for word in "$@"; do printf '%s\\0' "$word"; done >words
printf '%s\\0%s' "$OFX_SYNC_TITLE" "$OFX_SYNC_TEXT" >environment
cat >input
`;
  writeFileSync(join(cwd, program), note, { mode: 0o755 });
  const env = { PATH: `${cwd}:/usr/bin:/bin` };
  const settings = { to, timeoutMs: 10_000, kinds: [], details: false };
  const { signal } = new AbortController();
  await send(message, settings, {
    env,
    platform,
    baseDir: cwd,
    signal,
    fetch: () => Promise.reject(new Error('unused')),
  });
  const read = (name: string) => readFileSync(join(cwd, name), 'utf8');
  return {
    ran: existsSync(join(cwd, 'ran')),
    words: read('words').split('\0').slice(0, -1),
    environment: read('environment').split('\0'),
    input: JSON.parse(read('input')) as unknown,
  };
}

const DATA = {
  ran: false,
  environment: [`T ${SHOWN}`, `-x ${SHOWN}`],
  input: expect.objectContaining({ title: MESSAGE.title, text: MESSAGE.text }),
};

test('free desktops: markup and escapes are those of text', async () => {
  const { words, ...rest } = await sent('notify-send', 'linux', { desktop: true });
  const text = SHOWN.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\\', '\\\\');
  expect(words).toEqual(['--app-name=ofx-sync', '--', `T ${SHOWN}`, `-x ${text}`]);
  expect(rest).toEqual(DATA);
});

test('macOS: AppleScript gets the message as arguments', async () => {
  const { words, ...rest } = await sent('osascript', 'darwin', { desktop: true });
  const at = words.indexOf('--');
  expect(words.slice(at + 1)).toEqual([`T ${SHOWN}`, `-x ${SHOWN}`]);
  expect(words.slice(0, at).join(' ')).not.toContain('touch');
  expect(rest).toEqual(DATA);
});

test('Windows: PowerShell gets the message in the environment, and the script is always the same', async () => {
  const { words, ...rest } = await sent('powershell.exe', 'win32', { desktop: true });
  const other = await sent('powershell.exe', 'win32', { desktop: true }, { ...MESSAGE, title: 'a', text: 'b' });
  expect(words).toEqual(other.words);
  const script = Buffer.from(words.at(-1) ?? '', 'base64').toString('utf16le');
  expect(script).toContain('CreateTextNode($env:OFX_SYNC_TEXT)');
  expect(rest).toEqual(DATA);
});

test('a shell has the message in its environment', async () => {
  const command = ['sh', '-c', 'exec tell "$OFX_SYNC_TITLE" "$OFX_SYNC_TEXT"'];
  const { words, ...rest } = await sent('tell', 'linux', { command });
  expect(words).toEqual([`T ${SHOWN}`, `-x ${SHOWN}`]);
  expect(rest).toEqual(DATA);
});

test('notify: desktop is short, and has the other keys as a section', async () => {
  const cwd = scratchDir();
  writeFileSync(join(cwd, 'notify-send'), '#!/bin/sh\necho "$@" >>shown\n', { mode: 0o755 });
  for (const notify of ['desktop', '{ desktop: true, timeout: 5s, kinds: [signon] }']) {
    const text = configText([{ name: 'summit', url: 'sandbox://summit' }]);
    writeFileSync(join(cwd, 'accounts.yaml'), `${text}notify: ${notify}\n`);
    const { code, stdout } = await runCli(['notify', 'test'], { cwd, env: { PATH: `${cwd}:/usr/bin:/bin` } });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^delivered to the desktop: /) });
  }
  expect(readFileSync(join(cwd, 'shown'), 'utf8').match(/^--app-name=ofx-sync -- /gm)).toHaveLength(2);
});

test.each([
  [
    '{ command: [sh, -c, \'notify-send "{text}"\'] }',
    /notify\.command: \{title\} or \{text\} is part of the code that "sh" runs/,
  ],
  ['{ desktop: true, webhook: "https://push.example/" }', /notify: webhook and desktop cannot be combined/],
  ['{ desktop: false }', /notify\.desktop: /],
  ['desk', /notify: /],
  ['{}', /notify: needs a command or a webhook \(write notify: desktop, /],
])('notify: %s is a mistake', async (notify, said) => {
  const cwd = scratchDir();
  const text = configText([{ name: 'summit', url: 'sandbox://summit' }]);
  writeFileSync(join(cwd, 'accounts.yaml'), `${text}notify: ${notify}\n`);
  const { code, stderr } = await runCli(['notify', 'test'], { cwd });
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(said) });
});
