/** A package that writes to the console would write into our output. */

const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'group', 'groupEnd'] as const;

/** Does the work while the console says nothing. Pieces of work may overlap. */
export async function quietly<T>(work: () => Promise<T>): Promise<T> {
  if (depth === 0)
    for (const name of METHODS)
      saved.set(
        name,
        swap(name, () => undefined),
      );
  depth += 1;
  try {
    return await work();
  } finally {
    depth -= 1;
    if (depth === 0) for (const [name, method] of saved) swap(name, method);
  }
}

type Method = (...words: unknown[]) => void;

let depth = 0;
const saved = new Map<(typeof METHODS)[number], Method>();

function swap(name: (typeof METHODS)[number], method: Method): Method {
  const before = console[name];
  console[name] = method;
  return before;
}
