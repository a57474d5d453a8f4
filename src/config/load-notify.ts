/** `notify:` alone, out of a configuration that may be wrong elsewhere: that it is wrong is what there is to tell. */

import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import type { NotifySettings } from '../model/notifications.js';
import { buildNotify } from './build.js';
import { notifyRules } from './rules.js';
import { notifySchema } from './schema.js';
import { LARGEST_FILE } from './yaml/positions.js';

interface FoundNotify {
  readonly settings: NotifySettings;
  /** Variables of the environment that the file names for its secrets, wherever it does. */
  readonly secretVariables: ReadonlySet<string>;
}

/** `null` when there is none, it is wrong itself, or the file cannot be read. */
export async function loadNotify(file: string): Promise<FoundNotify | null> {
  try {
    const text = await readFile(file, 'utf8');
    if (text.length > LARGEST_FILE) return null;
    const value: unknown = parseDocument(text, { logLevel: 'silent' }).toJS({ maxAliasCount: 0 });
    const notify: unknown = Reflect.get(Object(value), 'notify');
    const checked = notifySchema.safeParse(notify);
    if (!checked.success || notifyRules({ notify }).length > 0) return null;
    // By their spelling: what is wrong may be just there.
    const named = text.matchAll(/\benv\b["']?\s*:\s*["']?([A-Za-z_]\w*)/g);
    return {
      settings: buildNotify(checked.data),
      secretVariables: new Set([...named].flatMap(([, name]) => name ?? [])),
    };
  } catch {
    // What keeps it from being read keeps the configuration from being read, and was told there.
    return null;
  }
}
