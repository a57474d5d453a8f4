import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Limits against hanging, not against a slow machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two workers: system tests start servers and child processes, and share the machine with each other.
    maxWorkers: 2,
    coverage: { provider: 'v8', include: ['src/**/*.ts'] },
  },
});
