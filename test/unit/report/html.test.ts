/** Text of others never becomes markup. */

import { describe, expect, test } from 'vitest';
import { escaped, foreign, html } from '../../../src/report/page/html.js';
import { HOSTILE_TEXTS, nastyText } from '../../support/nasty-text.js';
import { fc } from '../../support/properties.js';

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" };

/** Reads text as a browser does, within what `escaped` writes. */
function read(markup: string): string {
  return markup.replace(/&([a-z]+|#\d+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}

describe('escaped text', () => {
  test.each([
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    [`" onload='x'`, '&quot; onload=&#39;x&#39;'],
    ['a & b &lt;', 'a &amp; b &amp;lt;'],
    ['\u0000\u001b[2J\u007f', '␀␛[2J␡'],
    ['\u202eabc\u2066', '&lt;U+202E&gt;abc&lt;U+2066&gt;'],
    ['\ud800x\udc00', '\ufffdx\ufffd'],
    ['😀 e\u0301 中 \u200f\u00a0', '😀 e\u0301 中 \u200f\u00a0'],
    ['\u0085\ufffe\uffff\ufdd0', '&lt;U+0085&gt;&lt;U+FFFE&gt;&lt;U+FFFF&gt;&lt;U+FDD0&gt;'],
    ['one\ntwo\tthree', 'one\ntwo\tthree'],
  ])('%j', (text, markup) => {
    expect(escaped(text)).toBe(markup);
  });

  test('has no character of markup, whatever the text is, and reads as the same text', () => {
    fc.assert(
      fc.property(nastyText, (text) => {
        const markup = escaped(text);
        expect(markup).not.toMatch(/[<>"'\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        expect(markup.replace(/&(?:lt|gt|amp|quot|#39);/g, '')).not.toContain('&');
        expect(markup).not.toMatch(/\p{Surrogate}/u);
        const harmless = text.replace(/[^\P{C}\n\t]|[\p{Zl}\p{Zp}]/gu, '');
        if (harmless === text) expect(read(markup)).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  test('is the rule for each hostile text in a template, as content and as attribute', () => {
    for (const text of HOSTILE_TEXTS) {
      const { markup } = html`<p title="${text}">${foreign(text)}</p>`;
      expect(markup.match(/[<>"]/g)?.join('')).toBe('<""><><><>');
    }
  });
});

test('a template takes markup, lists, numbers and nothing', () => {
  const items = ['a', '<b>'].map((one) => html`<li>${one}</li>`);
  expect(html`<ul class="${null}">${items}${3}${null}</ul>`.markup).toBe(
    '<ul class=""><li>a</li><li>&lt;b&gt;</li>3</ul>',
  );
});
