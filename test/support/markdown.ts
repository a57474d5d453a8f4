/** Pages of documentation taken apart, as far as tests look at them. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The text of a page, by its path from the root of the project. */
export function page(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}

interface Fence {
  readonly language: string;
  readonly code: string;
}

/** Fenced blocks in their order. */
export function fences(markdown: string): Fence[] {
  return [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = '', code = '']) => ({
    language,
    code,
  }));
}

/** The fenced blocks of one language on a page, or in one of its sections. */
export function blocks(path: string, language: string, section?: string): string[] {
  const text = section === undefined ? page(path) : sectionOf(page(path), section);
  return fences(text).flatMap((fence) => (fence.language === language ? [fence.code] : []));
}

/** The text without fenced blocks. */
export function prose(markdown: string): string {
  return markdown.replace(/^```[\s\S]*?^```$/gm, '');
}

/** The targets of links and pictures. */
export function links(markdown: string): string[] {
  const withoutCode = prose(markdown).replace(/`[^`\n]*`/g, 'code');
  return [...withoutCode.matchAll(/\]\(([^()\s]+)\)/g)].map(([, target = '']) => target);
}

/** The anchors of a page, as GitHub makes them from headings. */
export function anchors(markdown: string): string[] {
  const seen = new Map<string, number>();
  return [...prose(markdown).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => {
    const slug = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-');
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    return times === 0 ? slug : `${slug}-${times}`;
  });
}

function sectionOf(markdown: string, heading: string): string {
  const start = markdown.search(new RegExp(`^## ${heading}$`, 'm'));
  if (start < 0) throw new RangeError(`no section is named ${heading}`);
  const rest = markdown.slice(start + 3);
  const end = rest.search(/^## /m);
  return end < 0 ? rest : rest.slice(0, end);
}
