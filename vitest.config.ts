import { defineConfig } from 'vitest/config';

// Vitest takes its configuration from a default export.
export default defineConfig({
  test: {
    include: [
      'shared/**/*.test.ts',
      'electron/**/*.test.ts',
      'renderer/**/*.test.{ts,tsx}',
      'scripts/**/*.test.ts',
      'bench/**/*.test.ts',
    ],
    // These tests run in plain Node. Naming a folder keeps the package `electron` from fetching its binary on import.
    env: { ELECTRON_OVERRIDE_DIST_PATH: process.env.ELECTRON_OVERRIDE_DIST_PATH ?? 'not-needed-here' },
    // Real servers, real files and child processes: generous against a busy machine, never a measure of speed.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
