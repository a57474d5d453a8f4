/** The two limits under random tasks: never more than allowed, never a slot idle while work that may run waits, every result its own. */

import { expect, test } from 'vitest';
import { createLimiter } from '../../src/sync/limiter.js';
import { fc } from '../support/properties.js';

interface Task {
  readonly key: string;
  readonly turns: number;
  /** Turns after the overall slot is given back. */
  readonly after: number;
  readonly fails: boolean;
}

const task = fc.record({
  key: fc.constantFrom('a', 'b', 'c', 'd'),
  turns: fc.integer({ min: 0, max: 8 }),
  after: fc.integer({ min: 0, max: 4 }),
  fails: fc.boolean(),
});

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}

test('limits hold, failures free their slots, and results match their tasks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(task, { maxLength: 40 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 3 }),
      async (tasks: Task[], concurrency, perKey) => {
        const limiter = createLimiter({ concurrency, perKey });
        const running = new Map<string, number>();
        const waiting = new Map<string, number>();
        let all = 0;
        let idle = 0;
        for (const { key } of tasks) waiting.set(key, (waiting.get(key) ?? 0) + 1);
        const results = await Promise.allSettled(
          tasks.map(({ key, turns: count, after, fails }, index) =>
            limiter.run(key, async (release) => {
              all += 1;
              running.set(key, (running.get(key) ?? 0) + 1);
              waiting.set(key, (waiting.get(key) ?? 0) - 1);
              expect(all).toBeLessThanOrEqual(concurrency);
              expect(running.get(key)).toBeLessThanOrEqual(perKey);
              // Two turns are enough for every free slot to have been taken by what may run.
              await turns(2);
              const mayRun = [...waiting].some(([other, count]) => count > 0 && (running.get(other) ?? 0) < perKey);
              if (all < concurrency && mayRun) idle += 1;
              await turns(count);
              all -= 1;
              if (after > 0) release();
              await turns(after);
              running.set(key, (running.get(key) ?? 0) - 1);
              if (fails) throw new Error(`task ${index}`);
              return index;
            }),
          ),
        );
        for (const [index, result] of results.entries()) {
          if (tasks[index]?.fails === true)
            expect(result).toMatchObject({ status: 'rejected', reason: { message: `task ${index}` } });
          else expect(result).toEqual({ status: 'fulfilled', value: index });
        }
        expect(all).toBe(0);
        expect(idle).toBe(0);
      },
    ),
    { numRuns: 150 },
  );
});

test('a slow institution holds no other back', async () => {
  const limiter = createLimiter({ concurrency: 2, perKey: 1 });
  const finished: string[] = [];
  const slow = Array.from({ length: 5 }, (_, index) =>
    limiter.run('slow', async () => turns(40).then(() => finished.push(`slow-${index}`))),
  );
  const quick = Array.from({ length: 20 }, (_, index) =>
    limiter.run('quick', async () => turns(1).then(() => finished.push(`quick-${index}`))),
  );
  await Promise.all([...slow, ...quick]);
  expect(finished.indexOf('quick-19')).toBeLessThan(finished.indexOf('slow-2'));
});
