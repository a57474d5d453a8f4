/** `ofx-sync report`: one file that only its owner can read, made from the store alone. */

import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const NOW = new Date('2026-11-20T06:30:00Z');
const YAML = `version: 1
institutions:
  - name: river
    url: sandbox://river
    org: RIVER
    fid: "1001"
    userId: demo
    password: { literal: demo }
    accounts:
      - { name: checking, kind: checking, id: "000123456", routing: "121000248" }
      - { name: savings, kind: savings, id: "000123457", routing: "121000248" }
  - name: harbor
    url: sandbox://harbor
    org: HARBOR
    fid: "6006"
    ofxVersion: "103"
    userId: demo
    password: { literal: demo }
    accounts:
      - { name: retirement, kind: investment, id: "77-1234", brokerId: harbor.example }
`;

let cwd: string;

beforeEach(() => {
  cwd = scratchDir();
  writeFileSync(join(cwd, 'accounts.yaml'), YAML);
});

const ofxSync = (argv: string[], env: Record<string, string> = {}) => runCli(argv, { cwd, env, now: () => NOW });
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

/** Puts a program into the way of a system's opener; it notes its words. */
function opener(status: number): Record<string, string> {
  mkdirSync(join(cwd, 'bin'));
  const script = `#!/bin/sh\nprintf '%s\\n' "$@" > "${cwd}/opened"\nenv >> "${cwd}/opened"\nexit ${status}\n`;
  writeFileSync(join(cwd, 'bin/xdg-open'), script);
  chmodSync(join(cwd, 'bin/xdg-open'), 0o755);
  return { PATH: `${cwd}/bin:/usr/bin:/bin` };
}

describe('after a sync', () => {
  beforeEach(async () => {
    expect((await ofxSync(['sync', '--quiet'])).code).toBe(0);
  });

  test('writes the page into the data folder, for its owner alone, and prints where', async () => {
    const run = await ofxSync(['report']);
    expect(run).toEqual({ code: 0, stdout: `${cwd}/data/report.html\n`, stderr: '' });
    expect(modeOf(join(cwd, 'data/report.html'))).toBe('600');
    const page = readFileSync(join(cwd, 'data/report.html'), 'utf8');
    expect(page).toContain('<bdi>river</bdi> › <bdi>checking</bdi>');
    expect(page).toContain('<h2 id="positions">');
    expect(page).toContain('Nothing needs your attention');
    expect(page).toMatch(/up to \d accounts at once/);
    expect(page).not.toMatch(/<script|https?:|src=|url\(/);
    expect(page).not.toContain('000123456');
  });

  test('writes the same page again, in place of the last one', async () => {
    await ofxSync(['report']);
    const first = readFileSync(join(cwd, 'data/report.html'), 'utf8');
    chmodSync(join(cwd, 'data/report.html'), 0o644);
    await ofxSync(['report']);
    expect(readFileSync(join(cwd, 'data/report.html'), 'utf8')).toBe(first);
    expect(modeOf(join(cwd, 'data/report.html'))).toBe('600');
  });

  test('selects accounts by words and by --accounts, with commas', async () => {
    for (const argv of [
      ['river/savings', 'harbor'],
      ['--accounts', 'river/savings,harbor'],
      ['--accounts', 'river/savings', 'harbor'],
    ]) {
      await ofxSync(['report', ...argv, '--output', 'some.html']);
      const page = readFileSync(join(cwd, 'some.html'), 'utf8');
      expect(page).toContain('<bdi>savings</bdi>');
      expect(page).toContain('<bdi>retirement</bdi>');
      expect(page).not.toContain('<article class="card"><h3><bdi>river</bdi> › <bdi>checking</bdi>');
    }
  });

  test('begins with --since, and writes amounts and dates as the reader does', async () => {
    await ofxSync(['report', '--since', '2026-10-01'], { LC_ALL: 'de_DE.UTF-8' });
    const page = readFileSync(join(cwd, 'data/report.html'), 'utf8');
    expect(page).toContain('01.10.2026');
    expect(page).toMatch(/\d,\d\d\s\$/);
    expect(page).not.toContain('September 2026');
  });

  test('--json', async () => {
    const { stdout } = await ofxSync(['report', '--json', '--output', 'page.html']);
    const bytes = statSync(join(cwd, 'page.html')).size;
    expect(JSON.parse(stdout)).toEqual({ version: 1, file: `${cwd}/page.html`, bytes, opened: false });
  });

  test('--open hands the file to the system’s opener, which gets no password', async () => {
    writeFileSync(join(cwd, 'accounts.yaml'), YAML.replace('{ literal: demo }', 'env:RIVER_PASSWORD'));
    const run = await ofxSync(['report', '--open', '--quiet'], {
      ...opener(0),
      RIVER_PASSWORD: 'p4ss',
      BROWSER: 'surf',
    });
    expect(run).toEqual({ code: 0, stdout: '', stderr: '' });
    const [file, ...env] = readFileSync(join(cwd, 'opened'), 'utf8').split('\n');
    expect(file).toBe(`${cwd}/data/report.html`);
    expect(env).toContain('BROWSER=surf');
    expect(env.join('\n')).not.toContain('p4ss');
  });

  test('an opener that fails or is missing leaves the page and says where it is', async () => {
    const failed = await ofxSync(['report', '--open'], opener(3));
    expect(failed.code).toBe(1);
    expect(failed.stderr).toBe(
      `the report was written, and not opened: xdg-open ended with status 3\n  Open it yourself: ${cwd}/data/report.html\n`,
    );
    const missing = await ofxSync(['report', '--open', '--json'], { PATH: `${cwd}/nothing` });
    expect(missing.stderr).toContain('xdg-open was not found');
    expect(JSON.parse(missing.stdout)).toMatchObject({ opened: false });
  });
});

test('before the first sync it shows that nothing was downloaded', async () => {
  const run = await ofxSync(['report']);
  expect(run.code).toBe(0);
  const page = readFileSync(join(cwd, 'data/report.html'), 'utf8');
  expect(page.match(/No statement was downloaded yet/g)).toHaveLength(3);
  expect(page).toContain('<code>ofx-sync sync river/checking</code>');
  expect(modeOf(join(cwd, 'data'))).toBe('700');
});

test('a refused sign-on stands at the top with the command that mends it', async () => {
  await ofxSync(['sync', '--quiet']);
  writeFileSync(join(cwd, 'accounts.yaml'), YAML.replace('literal: demo', 'literal: wrong'));
  await ofxSync(['sync', 'river', '--quiet']);
  await ofxSync(['sync', 'river', '--quiet']);
  await ofxSync(['report']);
  const page = readFileSync(join(cwd, 'data/report.html'), 'utf8');
  const top = page.slice(page.indexOf('id="attention"'), page.indexOf('id="worth"'));
  expect(top).toContain('<bdi>river</bdi> › <bdi>checking</bdi>, <bdi>river</bdi> › <bdi>savings</bdi>');
  expect(top).toMatch(/<code>ofx-sync [^<]*river[^<]*<\/code>/);
});

test.each([
  [['report', 'rivr'], 'no bank or account is named "rivr"'],
  [['report', '--accounts', 'river,nothing'], 'no bank or account is named "nothing"'],
  [['report', '--since', 'soon'], '--since takes'],
  [['report', '--output', 'missing/page.html'], 'missing/page.html was not written: its folder does not exist'],
])('%j is refused, and nothing is written', async (argv, message) => {
  const run = await ofxSync(argv);
  expect(run.code).not.toBe(0);
  expect(run.stderr).toContain(message);
});
