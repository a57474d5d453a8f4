/**
 * ofx-js, and nothing else that knows it. It is given well-formed XML without attributes, with upper-case names and the
 * three entities that it decodes: its fallback for SGML, which takes exponential time on some inputs, is never reached.
 */

import { parseSync } from 'ofx-js';

/** A value, or children by name; several children of one name are an array. */
export type Tree = string | TreeNode;
interface TreeNode {
  readonly [name: string]: Tree | readonly Tree[] | undefined;
}

const NONE: readonly never[] = [];

/** The content of the root `<OFX>`. */
export function parseXml(xml: string): Tree {
  return parseSync(xml).OFX;
}

/** All children of one name, whether there are none, one or many. Names are upper case, so that none is inherited. */
export function many(tree: Tree | undefined, name: string): readonly Tree[] {
  if (tree === undefined || typeof tree === 'string') return NONE;
  const value = tree[name];
  if (value === undefined) return NONE;
  return isList(value) ? value : [value];
}

/** The first child of a name. */
export function one(tree: Tree | undefined, name: string): Tree | undefined {
  if (tree === undefined || typeof tree === 'string') return undefined;
  const value = tree[name];
  return value === undefined || !isList(value) ? value : value[0];
}

/** Names of the children, each once, in the order of the file. */
export function namesIn(tree: Tree | undefined): readonly string[] {
  return tree === undefined || typeof tree === 'string' ? NONE : Object.keys(tree);
}

/** The first value of a name that is not empty; `null` when there is none. */
export function text(tree: Tree | undefined, name: string): string | null {
  if (tree === undefined || typeof tree === 'string') return null;
  const found = tree[name];
  if (typeof found === 'string') return found === '' ? null : found;
  if (found === undefined || !isList(found)) return null;
  const value = found.find((one) => one !== '');
  return typeof value === 'string' ? value : null;
}

/** Follows a path of first children. */
export function at(tree: Tree | undefined, ...path: readonly string[]): Tree | undefined {
  return path.reduce<Tree | undefined>((current, name) => one(current, name), tree);
}

function isList(value: Tree | readonly Tree[]): value is readonly Tree[] {
  return Array.isArray(value);
}
