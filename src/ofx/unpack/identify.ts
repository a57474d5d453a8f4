/** What bytes without a statement are instead, so that the person knows which file to look for. */

import { OfxError } from '../../errors.js';
import { excerpt } from '../notices.js';
import { DOWNLOAD, KINDS } from './file-kinds.js';
import { senderOf } from './web-page.js';

/** Where bytes came from: a file that a person chose, or an institution's answer. What helps differs. */
export type Origin = 'file' | 'reply';

const AGAIN = 'The institution answered something else than a statement: try again later.';

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
  const page = kind.what.includes('HTML') ? pageText(head) : '';
  return new OfxError('OFX_UNREADABLE', `no OFX statement in it: it is ${kind.what}${page}`, {
    hint: origin === 'file' ? kind.hint : (kind.replyHint ?? AGAIN),
  });
}

/** The first text with its offset; long numbers, which may be an account's, are masked. */
function beginning(head: string): string {
  const offset = head.search(/\S/);
  return `at offset ${offset} it begins with ${excerpt(head.slice(offset).replace(/\d{5,}/g, '•••'))}`;
}

/** Returns the sender and the title of a web page, in words that follow "a web page". */
function pageText(head: string): string {
  const from = senderOf(head)?.from;
  const title = /<title[^>]{0,100}>([^<]{1,100})/i.exec(head)?.[1]?.trim() ?? '';
  return `${from === undefined ? '' : ` ${from}`}${title === '' ? '' : `, ${excerpt(title)}`}`;
}
