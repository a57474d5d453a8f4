/**
 * The README's picture: a real sync of accounts.example.yaml against the sandbox, recorded as it runs and drawn as an SVG that
 * plays it. Times are those of the run; without them the last screen is the same each time, and that is what `--check` compares.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from './run.js';

const COLUMNS = 84;
const COMMANDS: readonly (readonly string[])[] = [['ofx-sync'], ['ofx-sync', 'transactions', 'river', '--since', '6d']];
const [CHAR, LINE, PAD, TOP] = [8.4, 20, 18, 44] as const;
/** Seconds that the last screen stays before the picture begins again. */
const HOLD = 6;
const COLOURS: Readonly<Record<string, string>> = { 31: '#ff7b72', 32: '#7ee787', 33: '#e3b341' };

/** The screen, and the second at which it appeared. */
interface Frame {
  readonly at: number;
  readonly text: string;
}

/** Returns `true` when the picture in the file is of today's program; writes it when it is not, unless only asked. */
export async function updatePicture(root: string, file: string, check: boolean): Promise<boolean> {
  const [known, recording] = await Promise.all([readFile(join(root, file), 'utf8').catch(() => ''), record(root)]);
  const drawn = draw(recording);
  if (still(known) === still(drawn)) return true;
  if (!check) await writeFile(join(root, file), drawn);
  return false;
}

/** The part that must be the same: the last screen, without times. */
function still(svg: string): string {
  return (/<g id="end"[\s\S]*<\/g>/.exec(svg)?.[0] ?? '').replace(/\d+\.\d s/g, '0.0 s');
}

async function record(root: string): Promise<Frame[]> {
  const home = mkdtempSync(join(tmpdir(), 'ofx-sync-picture-'));
  const frames: Frame[] = [];
  const started = performance.now();
  let above = '';
  try {
    for (const [, ...argv] of COMMANDS) {
      above += `$ ${['ofx-sync', ...argv].join(' ')}\n`;
      let [live, out] = ['', ''];
      const shot = () => frames.push({ at: (performance.now() - started) / 1000, text: above + out + live });
      shot();
      await runProgram(
        argv,
        { root, home, columns: COLUMNS },
        {
          stderr: (text) => {
            live = text.slice(text.lastIndexOf('\u001b[0J') + 1).replace(/^\[0J/, '');
            shot();
          },
          stdout: (text) => {
            out += text;
          },
        },
      );
      above += `${out}`;
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  return [...thinned(frames), { at: (performance.now() - started) / 1000 + 0.6, text: above }];
}

/** About five a second: a picture is no film. */
function thinned(frames: readonly Frame[]): Frame[] {
  return frames.filter(({ at, text }, index) => {
    const next = frames[index + 1];
    return next === undefined || text !== next.text
      ? next === undefined || Math.floor(at * 5) !== Math.floor(next.at * 5)
      : false;
  });
}

function draw(frames: readonly Frame[]): string {
  const end = frames.at(-1) ?? { at: 0, text: '' };
  const lines = end.text.trimEnd().split('\n').length;
  const [width, height] = [COLUMNS * CHAR + 2 * PAD, TOP + lines * LINE + PAD].map(Math.round);
  const total = end.at + HOLD;
  const percent = (seconds: number) => ((seconds / total) * 100).toFixed(2);
  const film = frames.slice(0, -1);
  const shows = (from: number, to: number) => `0%{opacity:0}${percent(from)}%{opacity:1}${percent(to)}%{opacity:0}`;
  const rules = film.map(
    ({ at }, index) =>
      `@keyframes f${index}{${shows(at, frames[index + 1]?.at ?? end.at)}}.f${index}{animation:f${index} ${total.toFixed(1)}s step-end infinite}`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-label="A terminal in which ofx-sync pulls eight accounts at once">
<style>
text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#e6edf3;white-space:pre}
.film{opacity:0}
@media (prefers-reduced-motion:no-preference){
#end{animation:end ${total.toFixed(1)}s step-end infinite}@keyframes end{0%{opacity:0}${percent(end.at)}%{opacity:1}}
${rules.join('\n')}
}
</style>
<rect width="100%" height="100%" rx="10" fill="#0d1117"/>
<circle cx="22" cy="20" r="6" fill="#ff5f57"/><circle cx="42" cy="20" r="6" fill="#febc2e"/><circle cx="62" cy="20" r="6" fill="#28c840"/>
${film.map(({ text }, index) => `<g class="film f${index}">\n${textLines(text)}\n</g>`).join('\n')}
<g id="end">
${textLines(end.text)}
</g>
</svg>
`;
}

/** Each word group has a place of its own, so that no font can push the columns apart. */
function textLines(text: string): string {
  const lines = text.trimEnd().split('\n');
  return lines.map((line, row) => `<text y="${TOP + row * LINE + 12}">${pieces(line)}</text>`).join('\n');
}

function pieces(line: string): string {
  let [column, drawn] = [0, ''];
  let colour: string | null = null;
  // An SGR sequence, a run of two blanks or more, or text up to the next of either.
  for (const [part = '', code] of line.matchAll(/\u001b\[(\d+)m| {2,}|(?:(?! {2})[^\u001b])+/g)) {
    if (code !== undefined) colour = COLOURS[code] ?? null;
    else {
      if (part.trim() !== '')
        drawn += `<tspan x="${(PAD + column * CHAR).toFixed(1)}"${colour === null ? '' : ` fill="${colour}"`}>${escaped(part)}</tspan>`;
      column += [...part].length;
    }
  }
  return drawn;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
