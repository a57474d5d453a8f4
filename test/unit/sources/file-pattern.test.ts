/** Names of statement files: patterns that match them, and patterns made from them. */

import { describe, expect, test } from 'vitest';
import { matchesPattern, patternFor } from '../../../src/sources/file-pattern.js';

describe('a pattern', () => {
  test.each([
    ['chase-*.qfx', 'chase-1.qfx'],
    ['chase*.qfx', 'Chase1234_Activity_20261101.QFX'],
    ['*.QFX', 'a.qfx'],
    ['a?c.ofx', 'a💶c.ofx'],
    ['**', ''],
    ['a*b*c', 'aXbXbYc'],
    ['statement (1).qfx', 'statement (1).qfx'],
    ['[a].qfx', '[a].qfx'],
    // Written as one letter, and as a letter with an accent.
    ['re\u0301sume\u0301*.ofx', 'R\u00c9SUM\u00c9-1.OFX'],
    ['*.qfx', 'line\nbreak.qfx'],
  ])('%j matches %j', (pattern, name) => {
    expect(matchesPattern(name, pattern)).toBe(true);
  });

  test.each([
    ['chase-*.qfx', 'Chase1234_Activity.QFX'],
    ['*.qfx', 'a.qfx.part'],
    ['a?c', 'ac'],
    ['', 'a'],
    ['a.qfx', 'abqfx'],
    ['a*b*c', 'acb'],
  ])('%j does not match %j', (pattern, name) => {
    expect(matchesPattern(name, pattern)).toBe(false);
  });

  test('heeds case when asked to', () => {
    expect(matchesPattern('A.QFX', '*.qfx', 'case')).toBe(false);
    expect(matchesPattern('A.qfx', '*.qfx', 'case')).toBe(true);
  });

  test('with many stars ends at once on a name that nearly matches', () => {
    expect(matchesPattern('a'.repeat(255), `${'*a'.repeat(100)}*b`)).toBe(false);
  });
});

describe('the pattern of a file', () => {
  test.each([
    ['Chase1234_Activity_20261101_20261120_20261121.QFX', 'Chase1234_Activity_*.QFX'],
    ['Chase1234_Activity_20261121.QFX', 'Chase1234_Activity_*.QFX'],
    ['Checking1.qfx', 'Checking1*.qfx'],
    ['Checking1 (2).qfx', 'Checking1*.qfx'],
    ['transactions.qfx', 'transactions*.qfx'],
    ['Checking - 1234_11-01-2026_11-20-2026.qfx', 'Checking - 1234_*.qfx'],
    ['stmt_2026-11.ofx', 'stmt_*.ofx'],
    ['card-2026-11-20.ofx', 'card-*.ofx'],
    ['Statement November 2026.ofx', 'Statement *.ofx'],
    ['2026-11-20_checking.qfx', '*_checking*.qfx'],
    ['20261120.qfx', '*.qfx'],
    ['export_5f0c2a1e-8d9b-4c7a-9e1f-0123456789ab.ofx', 'export_*.ofx'],
    ['.qfx', '.qfx*'],
  ])('%s is %s, which matches it', (name, pattern) => {
    expect(patternFor(name)).toBe(pattern);
    expect(matchesPattern(name, pattern)).toBe(true);
  });
});
