import { defineConfig } from '@playwright/test';

import { WAIT_LIMIT_MS } from './electron/lib/testing/soon.ts';

const jsonReport = process.env.PLAYWRIGHT_JSON_OUTPUT_FILE;

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  // One desk at a time: they share the session's bus, and on it the one notification server.
  workers: 1,
  // Room for several waits on a machine that is several times as slow as usual: it is the wait that fails, and says what did not come.
  timeout: 180_000,
  expect: { timeout: WAIT_LIMIT_MS, toPass: { timeout: WAIT_LIMIT_MS } },
  forbidOnly: true,
  reporter: jsonReport === undefined ? [['list']] : [['list'], ['json']],
});
