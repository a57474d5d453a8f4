/** Lets a few answers be written at a time, and a limited number wait. */

export interface Gate {
  /** Runs the task when a place is free. @returns `null`, without running it, when too many wait already */
  run<Result>(task: () => Promise<Result>): Promise<Result | null>;
}

export function createGate({ places, waiting }: { readonly places: number; readonly waiting: number }): Gate {
  let free = places;
  const queue: (() => void)[] = [];
  return {
    run: async (task) => {
      if (free > 0) free -= 1;
      else if (queue.length >= waiting) return null;
      else await new Promise<void>((resolve) => queue.push(resolve));
      try {
        return await task();
      } finally {
        // The place goes to the next in line.
        const next = queue.shift();
        if (next === undefined) free += 1;
        else next();
      }
    },
  };
}
