import { defineConfig } from 'vitest/config';

// Vitest takes its configuration from a default export.
export default defineConfig({
  test: {
    include: ['shared/**/*.test.ts', 'electron/**/*.test.ts', 'renderer/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
    // Real servers, real files and child processes: generous against a busy machine, never a measure of speed.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
