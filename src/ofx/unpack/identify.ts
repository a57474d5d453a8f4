/** What bytes without a statement are instead, so that the person knows which file to look for. */

import { OfxError } from '../../errors.js';
import { excerpt } from '../notices.js';
import { DOWNLOAD, KINDS } from './file-kinds.js';

/** Where bytes came from: a file that a person chose, or an institution's answer. What helps differs. */
export type Origin = 'file' | 'reply';

const AGAIN = 'The institution answered something else than a statement: try again later.';
const BLOCK_PAGES: readonly (readonly [RegExp, string])[] = [
  [/incapsula|imperva/i, 'a block page of Imperva'],
  [/akamai|reference #\d|access denied/i, 'a block page (Access Denied)'],
  [/cloudflare/i, 'a block page of Cloudflare'],
  [/maintenance|temporarily unavailable/i, 'a maintenance page'],
];

/** @param text the decoded text, as far as is needed to tell. */
export function unreadable(text: string, bytes: Uint8Array, origin: Origin): OfxError {
  const head = text.slice(0, 4096);
  const kind = KINDS.find(({ matches }) => matches(head, bytes));
  if (kind === undefined) {
    const binary = /[\u0000-\u0008\u000e-\u001f\ufffd]/.test(head);
    const what = binary ? 'it is binary data' : beginning(head);
    return new OfxError('OFX_UNREADABLE', `no OFX statement in its ${bytes.length} bytes: ${what}`, {
      hint: origin === 'file' ? DOWNLOAD : AGAIN,
    });
  }
  const page = kind.what.includes('HTML') ? BLOCK_PAGES.find(([pattern]) => pattern.test(head))?.[1] : undefined;
  const title = page ?? (kind.what.includes('HTML') ? titleOf(head) : null);
  return new OfxError(
    'OFX_UNREADABLE',
    `no OFX statement in it: it is ${kind.what}${title === null ? '' : `, ${title}`}`,
    { hint: origin === 'file' ? kind.hint : (kind.replyHint ?? AGAIN) },
  );
}

/** The first text with its offset; long numbers, which may be an account's, are masked. */
function beginning(head: string): string {
  const offset = head.search(/\S/);
  return `at offset ${offset} it begins with ${excerpt(head.slice(offset).replace(/\d{5,}/g, '•••'))}`;
}

function titleOf(head: string): string | null {
  const title = /<title[^>]{0,100}>([^<]{1,100})/i.exec(head)?.[1]?.trim();
  return title === undefined || title === '' ? null : excerpt(title);
}
