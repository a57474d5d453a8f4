/** Statement files as trees, to write the same statement in every way that banks do. */

export interface OfxNode {
  readonly name: string;
  /** As markup; `null` for an aggregate. */
  readonly text: string | null;
  readonly children: readonly OfxNode[];
}

/** How a tree is written. */
export interface Style {
  readonly open: (name: string, isLeaf: boolean) => string;
  readonly close: (name: string, isLeaf: boolean) => string;
  readonly closesLeaf: (name: string) => boolean;
  readonly closesAggregate: (name: string) => boolean;
  readonly value: (markup: string) => string;
  /** An element without a value; `null` to write it like any other, with its end tag. */
  readonly empty: ((name: string) => string) | null;
  readonly newline: string;
  readonly before: (node: OfxNode) => string;
  readonly after: (node: OfxNode) => string;
}

export const PLAIN: Style = {
  open: (name) => `<${name}>`,
  close: (name) => `</${name}>`,
  closesLeaf: () => false,
  closesAggregate: () => true,
  value: (markup) => markup,
  empty: null,
  newline: '\r\n',
  before: () => '',
  after: () => '',
};

/** Of what `repairedText` gives: an element a line, every one closed. */
export function treeOf(repaired: string): readonly OfxNode[] {
  const lines = repaired.trimEnd().split('\n').values();
  const read = (end: string | null): OfxNode[] => {
    const nodes: OfxNode[] = [];
    for (const line of lines) {
      const [, name = '', text] = /^\s*<([^/>]+)>(?:(.*)<\/\1>)?$/.exec(line) ?? [];
      if (line.trim() === end) return nodes;
      nodes.push(
        text === undefined ? { name, text: null, children: read(`</${name}>`) } : { name, text, children: [] },
      );
    }
    return nodes;
  };
  return read(null);
}

export function writeTree(nodes: readonly OfxNode[], changes: Partial<Style> = {}): string {
  const style = { ...PLAIN, ...changes };
  return nodes.map((node) => written(node, style)).join('');
}

function written(node: OfxNode, style: Style): string {
  const { name, text, children } = node;
  const isLeaf = text !== null;
  const before = style.before(node);
  if (text === '' && style.empty !== null) return `${before}${style.empty(name)}${style.newline}`;
  const inside = isLeaf ? style.value(text) : style.newline + children.map((child) => written(child, style)).join('');
  const isClosed = isLeaf ? text === '' || style.closesLeaf(name) : style.closesAggregate(name);
  const end = isClosed ? style.close(name, isLeaf) : '';
  return `${before}${style.open(name, isLeaf)}${inside}${end}${style.after(node)}${style.newline}`;
}

/** Every aggregate changed, from the inside out. */
export function changed(nodes: readonly OfxNode[], change: (node: OfxNode) => readonly OfxNode[]): readonly OfxNode[] {
  return nodes.flatMap((node) =>
    node.text === null ? change({ ...node, children: changed(node.children, change) }) : [node],
  );
}

export function leaf(name: string, text: string): OfxNode {
  return { name, text, children: [] };
}
