/** `notify:` alone, out of a configuration that may be wrong elsewhere: that it is wrong is what there is to tell. */

import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import type { NotifySettings } from '../model/news.js';
import { buildNotify } from './build.js';
import { LARGEST_FILE } from './positions.js';
import { notifyRules } from './rules.js';
import { notifySchema } from './schema.js';

/** `null` when there is none, it is wrong itself, or the file cannot be read. */
export async function loadNotify(file: string): Promise<NotifySettings | null> {
  try {
    const text = await readFile(file, 'utf8');
    if (text.length > LARGEST_FILE) return null;
    const value: unknown = parseDocument(text, { logLevel: 'silent' }).toJS({ maxAliasCount: 0 });
    const notify: unknown = Reflect.get(Object(value), 'notify');
    const checked = notifySchema.safeParse(notify);
    return checked.success && notifyRules({ notify }).length === 0 ? buildNotify(checked.data) : null;
  } catch {
    // What keeps it from being read keeps the configuration from being read, and was told there.
    return null;
  }
}
