import { describe, expect, it } from 'vitest';

import { playwrightOutcome, vitestOutcome } from './test-reports.ts';

describe('what a report of Vitest says', () => {
  const report = (...testResults: Parameters<typeof vitestOutcome>[0]['testResults']) => ({
    numPassedTests: 3,
    numPendingTests: 1,
    testResults,
  });

  it('names each test that failed, with its file as seen from the project', () => {
    const file = {
      name: '/project/electron/a.test.ts',
      status: 'failed',
      assertionResults: [
        { fullName: 'K1 halts', status: 'failed' },
        { fullName: 'K2 resumes', status: 'passed' },
      ],
    };
    expect(vitestOutcome(report(file), '/project')).toEqual({
      passed: 3,
      skipped: 1,
      failed: [{ file: 'electron/a.test.ts', name: 'K1 halts' }],
    });
  });

  it('names a file that failed before any of its tests could', () => {
    const file = { name: '/project/electron/a.test.ts', status: 'failed', assertionResults: [] };
    expect(vitestOutcome(report(file), '/project').failed).toEqual([
      { file: 'electron/a.test.ts', name: '' },
    ]);
  });
});

describe('what a report of Playwright says', () => {
  it('names each test that failed, however deep it stands', () => {
    const inner = {
      specs: [
        { file: 'lock.spec.ts', title: 'opens', ok: false },
        { file: 'lock.spec.ts', title: 'shuts', ok: true },
      ],
    };
    const report = { stats: { expected: 1, skipped: 0 }, suites: [{ specs: [], suites: [inner] }] };
    expect(playwrightOutcome(report)).toEqual({
      passed: 1,
      skipped: 0,
      failed: [{ file: 'lock.spec.ts', name: 'opens' }],
    });
  });
});
