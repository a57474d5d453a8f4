/**
 * The report in a real Chromium: nothing is requested, nothing of a bank becomes markup, everything fits each width, and axe finds
 * no fault. OFX_SYNC_SCREENSHOTS names a folder for pictures to look at.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { escaped } from '../../src/report/page/html.js';
import { reportPage } from '../../src/report/page/page.js';
import { account } from '../support/builders.js';
import { Browser, CHROMIUM, type Page, type View } from '../support/chromium.js';
import { stored } from '../support/export-input.js';
import { HOSTILE_TEXTS } from '../support/nasty-text.js';
import { hasPeer } from '../support/peer-program.js';
import { conditionOf, largeScene, reportScene } from '../support/report-scene.js';
import { scratchDir } from '../support/scratch.js';

const OPTIONS = { locale: 'en-GB', timeZone: 'UTC' };
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PICTURES = process.env['OFX_SYNC_SCREENSHOTS'];

const ATTACKS = [
  '<img src=http://127.0.0.1:9/x onerror="window.attacked=1">',
  '"><svg onload=window.attacked=1>',
  '</title></style></table><script>window.attacked=1</script>',
  "' onmouseover='window.attacked=1",
  'javascript:window.attacked=1',
  '<style>*{display:none}</style><link rel=stylesheet href=http://127.0.0.1:9/x>',
  '<meta http-equiv=refresh content="0;url=http://127.0.0.1:9/">',
  '--><iframe srcdoc="<script>parent.attacked=1</script>">',
];
/** A text of blanks alone counts as none. */
const TEXTS = [...HOSTILE_TEXTS, ...ATTACKS].filter((text) => text.trim() !== '');

const WIDTHS = [360, 800, 1280];
const VIEWS: readonly (readonly [string, View])[] = WIDTHS.flatMap((width) => [
  [`${width} light`, { width }] as const,
  [`${width} dark`, { width, dark: true }] as const,
]);

const isHere = hasPeer(CHROMIUM);
let browser: Browser;
let dir: string;

beforeAll(() => {
  if (!isHere) return;
  dir = scratchDir();
  browser = new Browser();
});

afterAll(async () => {
  if (isHere) await browser.close();
});

function open(name: string, page: string, view: View): Promise<Page> {
  const file = join(dir, `${name}.html`);
  writeFileSync(file, page);
  return browser.open(pathToFileURL(file).href, view);
}

async function picture(page: Page, name: string): Promise<void> {
  const image = await page.screenshot();
  expect(image.length).toBeGreaterThan(10_000);
  if (PICTURES !== undefined) writeFileSync(join(PICTURES, `${name}.png`), image);
}

/** A page of texts that try to be something else: names, payees, categories, securities, messages. */
function hostilePage(): string {
  const members = TEXTS.map((text, index) => account({ institution: text, name: `${index} ${text}`, id: text }));
  return reportPage(
    reportScene({
      accounts: members,
      conditions: members.map((one) =>
        conditionOf({
          account: one,
          condition: {
            failing: true,
            lastFailure: { at: '', status: 'failed', code: one.institution, message: one.institution, hint: one.name },
          },
        }),
      ),
      movements: TEXTS.map((text, index) => ({
        transaction: stored({
          postedOn: '2026-11-02',
          amount: '-1.00',
          institution: members[index]?.institution ?? '',
          account: members[index]?.name ?? '',
        }),
        isTransfer: false,
        payee: text,
        category: text,
      })),
    }),
    OPTIONS,
  );
}

/** Evaluated in the page: what sticks out of it, or lies on something else. */
const LAYOUT = `(() => {
  const shown = (element) => element.getClientRects().length > 0 && !element.closest('.hidden');
  const name = (element) => element.tagName.toLowerCase() + '.' + element.className + ' ' + element.textContent.slice(0, 40);
  const width = document.documentElement.clientWidth;
  const all = [...document.body.querySelectorAll('*')].filter((one) => shown(one) && !one.closest('svg') && !one.classList.contains('skip'));
  const outside = all.filter((one) => !one.parentElement.closest('.wide') && one.getBoundingClientRect().right > width + 0.5);
  const scrolled = all.filter((one) => !one.classList.contains('wide') && !one.parentElement.closest('.wide') && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline');
  const blocks = [...document.querySelectorAll('section, .card, .needs li, h1, h2, h3, figure, nav')].filter(shown);
  const overlapping = blocks.flatMap((one, index) => blocks.slice(index + 1).filter((other) => {
    if (one.contains(other)) return false;
    const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
    return a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5;
  }).map((other) => name(one) + ' / ' + name(other)));
  return { scrolls: document.documentElement.scrollWidth > width, outside: outside.map(name), scrolled: scrolled.map(name), overlapping, blocks: blocks.length };
})()`;

describe.skipIf(!isHere)('the report in Chromium', () => {
  test.each(VIEWS)('fits at %s: nothing sticks out, overlaps or scrolls the page', async (name, view) => {
    const page = await open('household', reportPage(reportScene(), OPTIONS), view);
    await picture(page, `household ${name}`);
    await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
    const { blocks, ...faults } = (await page.evaluate(LAYOUT)) as { blocks: number };
    expect(faults).toEqual({ scrolls: false, outside: [], scrolled: [], overlapping: [] });
    expect(blocks).toBeGreaterThan(30);
  });

  test('fits on paper', async () => {
    const page = await open('household', reportPage(reportScene(), OPTIONS), { width: 794, print: true });
    await picture(page, 'household print');
    const { blocks: _, ...faults } = (await page.evaluate(LAYOUT)) as { blocks: number };
    expect(faults).toEqual({ scrolls: false, outside: [], scrolled: [], overlapping: [] });
    expect(await page.evaluate("getComputedStyle(document.querySelector('nav')).display")).toBe('none');
  });

  test('requests nothing, and breaks no rule of its own policy', async () => {
    const page = await open('household', reportPage(reportScene(), OPTIONS), { width: 800 });
    await page.evaluate('new Promise((done) => setTimeout(done, 300))');
    expect(page.requests).toEqual([pathToFileURL(join(dir, 'household.html')).href]);
    expect(page.complaints).toEqual([]);
    expect(await page.evaluate("getComputedStyle(document.querySelector('.card')).borderTopWidth")).toBe('1px');
  });

  test('its policy stops scripts, styles and pictures, if any came into it', async () => {
    const page = await open('household', reportPage(reportScene(), OPTIONS), { width: 800 });
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend',
      '<img src="http://127.0.0.1:9/x" onerror="window.attacked=1"><p id="styled" style="color:red">x</p>');
      const script = document.createElement('script'); script.textContent = 'window.attacked=2'; document.body.append(script);
      new Promise((done) => setTimeout(done, 300))`);
    expect(await page.evaluate('window.attacked')).toBeUndefined();
    expect(await page.evaluate("getComputedStyle(document.getElementById('styled')).color")).not.toBe('rgb(255, 0, 0)');
    expect(page.complaints.join('\n')).toMatch(/img-src[\s\S]*script-src|script-src[\s\S]*img-src/);
  });

  test('hostile texts stay text', async () => {
    const page = await open('hostile', hostilePage(), { width: 360 });
    await picture(page, 'hostile 360');
    expect(page.requests).toHaveLength(1);
    expect(page.complaints).toEqual([]);
    expect(await page.evaluate('window.attacked')).toBeUndefined();
    expect(
      await page.evaluate("document.querySelectorAll('script, img, iframe, link, object, base, form').length"),
    ).toBe(0);
    expect(await page.evaluate("document.querySelectorAll('style').length")).toBe(1);
    const rows = await page.evaluate(
      "[...document.querySelectorAll('#spending ~ div table')][0].querySelectorAll('th[scope=row] bdi').length",
    );
    expect(rows).toBe(TEXTS.length);
    // The browser reads them as what they were, with invisible characters made visible.
    const read =
      await page.evaluate(`(() => { const area = document.createElement('textarea'); return ${JSON.stringify(TEXTS.map(escaped))}
      .map((one) => { area.innerHTML = one.replace(/^\\n/, '\\n\\n'); return area.value; }).toSorted(); })()`);
    const shown = "[...document.querySelectorAll('#spending ~ div table')][0].querySelectorAll('th[scope=row] bdi')";
    expect(await page.evaluate(`[...${shown}].map((one) => one.textContent).toSorted()`)).toEqual(read);
    expect(read).toEqual(expect.arrayContaining(['<STMTTRN>', "'; DROP TABLE x", ...ATTACKS]));
    const { blocks: _, ...faults } = (await page.evaluate(LAYOUT)) as { blocks: number };
    expect(faults).toEqual({ scrolls: false, outside: [], scrolled: [], overlapping: [] });
  });

  test.each([
    ['light', {}],
    ['dark', { dark: true }],
  ])('axe finds no fault (%s)', async (_name, look) => {
    for (const [name, source] of [
      ['household', reportPage(reportScene(), OPTIONS)],
      ['hostile', hostilePage()],
    ] as const) {
      const page = await open(name, source, { width: 360, ...look });
      await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
      await page.evaluate(AXE);
      const found =
        await page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations, passes }) =>
        ({ passes: passes.length, faults: violations.map(({ id, impact, nodes }) => [impact, id, nodes[0].html.slice(0, 200), nodes[0].failureSummary].join(' ')) }))`);
      expect(found).toMatchObject({ faults: [] });
      expect((found as { passes: number }).passes).toBeGreaterThan(20);
    }
  });

  test('every link, list and table that scrolls can be reached by keyboard', async () => {
    const page = await open('household', reportPage(reportScene(), OPTIONS), { width: 800 });
    const expected = Number(
      await page.evaluate(
        '[...document.querySelectorAll(\'a, summary, [tabindex="0"]\')].filter((one) => one.tagName === "SUMMARY" || !one.closest("details:not([open])")).length',
      ),
    );
    const reached: string[] = [];
    for (let count = 0; count < expected; count += 1) {
      await page.press('Tab');
      reached.push(String(await page.evaluate('document.activeElement.outerHTML.slice(0, 80)')));
    }
    expect(reached[0]).toContain('class="skip"');
    expect(await page.evaluate("document.querySelector('.skip').matches(':focus')")).toBe(false);
    expect(new Set(reached).size).toBeGreaterThan(15);
    expect(reached.filter((one) => one.startsWith('<body'))).toEqual([]);
    expect(reached.filter((one) => one.startsWith('<summary')).length).toBeGreaterThan(5);
  });

  test('thirty accounts of ten years fit', async () => {
    const source = reportPage(largeScene(30, 10), OPTIONS);
    expect(Buffer.byteLength(source)).toBeLessThan(2_000_000);
    const page = await open('large', source, { width: 800 });
    await picture(page, 'large 800');
    expect(await page.evaluate("document.querySelectorAll('svg.curve').length")).toBe(30);
    expect(await page.evaluate("document.querySelectorAll('.calendar tbody td').length")).toBe(30 * 121);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(800);
  });
});
