/**
 * Trees of elements, parsed by ofx-js. It gets well-formed XML without attributes, with upper-case names and the three
 * entities that it decodes, so that its fallback for SGML, which takes exponential time on some inputs, is never reached.
 */

import { parseSync } from 'ofx-js';

/** A value, or children by name; several children of the same name are an array. */
export type Tree = string | TreeNode;
interface TreeNode {
  readonly [name: string]: Tree | readonly Tree[] | undefined;
}

const NONE: readonly never[] = [];

/** Returns the content of the root `<OFX>`. */
export function parseXml(xml: string): Tree {
  return parseSync(xml).OFX;
}

/** Returns all children of a name. Names are upper case, so that none is inherited from `Object`. */
export function children(tree: Tree | undefined, name: string): readonly Tree[] {
  if (tree === undefined || typeof tree === 'string') return NONE;
  const value = tree[name];
  if (value === undefined) return NONE;
  return isList(value) ? value : [value];
}

/** Returns the first child of a name. */
export function child(tree: Tree | undefined, name: string): Tree | undefined {
  if (tree === undefined || typeof tree === 'string') return undefined;
  const value = tree[name];
  return value === undefined || !isList(value) ? value : value[0];
}

/** Returns the names of the children, each once, in the order of the file. */
export function childNames(tree: Tree | undefined): readonly string[] {
  return tree === undefined || typeof tree === 'string' ? NONE : Object.keys(tree);
}

/** Returns the first value of a name that is not empty, or `null`. */
export function text(tree: Tree | undefined, name: string): string | null {
  if (tree === undefined || typeof tree === 'string') return null;
  const found = tree[name];
  if (typeof found === 'string') return found === '' ? null : found;
  if (found === undefined || !isList(found)) return null;
  const value = found.find((one) => one !== '');
  return typeof value === 'string' ? value : null;
}

/** Returns the descendant at a path of first children. */
export function descendant(tree: Tree | undefined, ...path: readonly string[]): Tree | undefined {
  return path.reduce<Tree | undefined>((current, name) => child(current, name), tree);
}

function isList(value: Tree | readonly Tree[]): value is readonly Tree[] {
  return Array.isArray(value);
}
