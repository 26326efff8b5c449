import { availableParallelism } from 'node:os';

import { defineConfig } from 'vitest/config';

import { LOOK_EVERY_MS, TEST_LIMIT_MS, WAIT_LIMIT_MS } from './electron/lib/testing/soon.ts';

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
    // Node takes the types out of our files with WebAssembly, in every thread. Where several threads come and go, V8 of Node 24 may end the
    // process when it frees a wrapper that was compiled anew; with this none is.
    execArgv: ['--wasm-wrapper-tiering-budget=1000000000'],
    // Its own choice leaves one core idle, which is half of a small machine; most of these tests wait for servers and disks.
    maxWorkers: availableParallelism(),
    // Real servers, real files and child processes: generous against a busy machine, never a measure of speed.
    testTimeout: TEST_LIMIT_MS,
    hookTimeout: TEST_LIMIT_MS,
    expect: { poll: { timeout: WAIT_LIMIT_MS, interval: LOOK_EVERY_MS } },
  },
});
