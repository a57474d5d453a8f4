/** `institutions`: a search that finds only similar names says so, and names the other ways. */

import { expect, test } from 'vitest';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

test('a name that is in the directory is listed without a word', async () => {
  const { code, stdout, stderr } = await runCli(['institutions', 'navy', 'federal'], { cwd: scratchDir() });
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^navy-federal +ended +Navy Federal Credit Union +it is listed for downloaded files/m);
});

test('similar names only: it is said before them, with what to do instead', async () => {
  const cwd = scratchDir();
  const { code, stdout, stderr } = await runCli(['institutions', 'digital', 'federal', 'credit', 'union'], { cwd });
  expect(code).toBe(0);
  expect(
    stderr,
  ).toBe(`no bank in the directory is named "digital federal credit union". ofx-sync init reads the statement files that you download, or takes the address, ORG and FID that your bank gives for Quicken.
These names are similar:
`);
  expect(stdout).toContain('citadel-federal-credit-union');
  const json = await runCli(['institutions', 'sofi', '--json'], { cwd });
  expect(json.stderr).toBe('');
  const { isNamed, institutions } = JSON.parse(json.stdout) as { isNamed: boolean; institutions: unknown[] };
  expect([isNamed, institutions[0]]).toMatchObject([false, { id: 'bofi-federal', state: 'old' }]);
});

test('nothing similar: the same advice, and exit status 1', async () => {
  const { code, stderr } = await runCli(['institutions', 'monzo'], { cwd: scratchDir() });
  expect([code, stderr]).toEqual([
    1,
    expect.stringContaining('matches monzo. ofx-sync init reads the statement files'),
  ]);
});

test('an institution without a known address says so wherever it is used', async () => {
  const cwd = scratchDir();
  const probe = await runCli(['probe', 'penfed'], { cwd });
  expect([probe.code, probe.stderr]).toEqual([
    2,
    expect.stringContaining('no address of PenFed Credit Union is known'),
  ]);
  const init = await runCli(['init', 'penfed', '--non-interactive', '--user-id', 'x'], { cwd });
  expect(init.code).toBe(2);
  expect(init.stderr).toContain('if its website offers QFX or OFX files, read them with files:');
});

test('an ended service is listed with the download of its website and, in JSON, with the source of that', async () => {
  const cwd = scratchDir();
  const { stdout } = await runCli(['institutions', 'chase'], { cwd });
  expect(stdout).toContain('download “Quicken Web Connect (QFX)” from its website');
  expect(stdout).toContain('files: [~/Downloads/Chase*_Activity*.qfx]');
  const json = await runCli(['institutions', 'chase', '--json'], { cwd });
  const { institutions } = JSON.parse(json.stdout) as { institutions: unknown[] };
  expect(institutions[0]).toMatchObject({
    id: 'chase',
    download: {
      format: 'ofx',
      files: ['Chase*_Activity*.qfx'],
      source: expect.stringMatching(/^https:.* \(2026-02\)$/),
    },
  });
});
