/** The patterns beside those of an institution. Made again from a kept configuration, so without the parts that check one. */

import { dirname } from 'node:path';
import type { Institution } from '../model/institution.js';

/** Gives each institution of files all patterns of its folders, so that ignoring case takes no file from another one. */
export function withFilesBeside(institutions: readonly Institution[]): Institution[] {
  const byFolder = new Map<string, string[]>();
  for (const pattern of institutions.flatMap(({ files }) => files ?? [])) {
    const beside = byFolder.get(dirname(pattern)) ?? [];
    byFolder.set(dirname(pattern), beside);
    beside.push(pattern);
  }
  return institutions.map((one) => {
    if (one.files === null) return one;
    const [folder, ...more] = new Set(one.files.map((pattern) => dirname(pattern)));
    const beside = [folder ?? '', ...more].map((name) => byFolder.get(name) ?? []);
    // One list for all of a folder: with each bank's own there would be as many lists as banks.
    const filesBeside = more.length === 0 ? (beside[0] ?? []) : beside.flat();
    return filesBeside.length === one.files.length ? one : { ...one, filesBeside };
  });
}
