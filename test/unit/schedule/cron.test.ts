/** Lines of ofx-sync in a crontab, among the lines of the person. */

import { expect, test } from 'vitest';
import { cronBlock, cronMark, withBlock, withoutBlock } from '../../../src/schedule/cron.js';
import type { Job } from '../../../src/schedule/job.js';
import { fc } from '../../support/properties.js';

const PLACE = { home: '/home/alex', env: {}, platform: 'linux', uid: 1000 };
const JOB: Job = {
  command: ['/usr/bin/node', "/home/alex/it's 100%/bin.js", 'sync', '--unattended'],
  timing: { kind: 'times', minutes: [390], weekdays: true },
  path: '/usr/bin:/bin',
  version: '0.1.0',
  log: null,
};
const line = fc.oneof(
  fc.constantFrom('', '# mine', '0 4 * * 0 /bin/true', 'MAILTO=alex', '# ofx-sync', ' # ofx-sync schedule: begin.'),
  fc
    .string()
    .map((text) => text.replace(/[\n\r]/g, ''))
    .filter((text) => !text.startsWith('# ofx-sync schedule')),
);
const crontab = fc.array(line).map((lines) => lines.map((text) => `${text}\n`).join(''));

test('all other lines stay byte for byte, and a second installation changes nothing', () => {
  fc.assert(
    fc.property(crontab, crontab, (before, after) => {
      const block = cronBlock(JOB, PLACE, []);
      const installed = withBlock(before, block) + after;
      expect(withBlock(installed, block)).toBe(installed);
      expect(withBlock(installed, cronBlock({ ...JOB, version: '9' }, PLACE, [])).length).toBe(installed.length - 4);
      expect(withoutBlock(installed)).toEqual({ crontab: before + after, removed: true });
      expect(withoutBlock(before)).toEqual({ crontab: before, removed: false });
      expect(cronMark(installed)).toMatchObject({ command: JOB.command, timing: JOB.timing });
      expect(cronMark(before)).toBeNull();
    }),
  );
});

test('a last line without a line end gets one', () => {
  expect(withBlock('# mine', 'block\n')).toBe('# mine\nblock\n');
});

test('the line itself: its fields, its environment, and the characters special to cron and the shell', () => {
  const [, , text] = cronBlock(JOB, PLACE, []).split('\n');
  expect(text).toBe(
    "30 6 * * 1-5 umask 077; PATH=/usr/bin:/bin DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/1000/bus /usr/bin/node '/home/alex/it'\\''s 100\\%/bin.js' sync --unattended",
  );
});

test('an incomplete block is neither repeated nor removed', () => {
  const block = cronBlock(JOB, PLACE, []);
  const [begin = '', mark = '', job = ''] = block.split('\n');
  for (const broken of [`${begin}\n${mark}\n${job}\n`, `# mine\n${begin}\n${mark}\n${block}`]) {
    expect(() => withBlock(broken, block)).toThrow('crontab has the line');
    expect(() => withoutBlock(broken)).toThrow('crontab has the line');
    expect(cronMark(broken)).not.toBeNull();
  }
});
