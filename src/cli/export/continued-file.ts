/** A file that is appended to: what it has already. Journals grow for decades, so that it is read line by line. */

import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Exporter } from '../../ports.js';

export interface ContinuedFile {
  /** Not there, or nothing in it: it begins with what is written now. */
  readonly isEmpty: boolean;
  /** Its last line has an end, and what is appended begins a new one. */
  readonly endsLine: boolean;
  /** What the format says is declared in it. */
  readonly declared: ReadonlySet<string>;
}

const EMPTY: ContinuedFile = { isEmpty: true, endsLine: true, declared: new Set() };

/** A file that cannot be read is taken for an empty one: writing to it tells what is wrong. */
export async function continuedFile(path: string, { declaredBy }: Exporter): Promise<ContinuedFile> {
  const last = await lastByte(path).catch(() => null);
  if (last === null) return EMPTY;
  const declared = new Set<string>();
  if (declaredBy !== undefined)
    for await (const line of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })) {
      const name = declaredBy(line);
      if (name !== null) declared.add(name);
    }
  return { isEmpty: false, endsLine: last === 0x0a, declared };
}

async function lastByte(path: string): Promise<number | null> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size === 0) return null;
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer[0] ?? null;
  } finally {
    await file.close();
  }
}
