import { describe, expect, it } from 'vitest';

import { playwrightOutcome, vitestOutcome } from './test-reports.ts';

describe('what a report of Vitest says', () => {
  const report = (...testResults: Parameters<typeof vitestOutcome>[0]['testResults']) => ({
    numPassedTests: 3,
    numPendingTests: 1,
    testResults,
  });

  it('names each test that failed and the top of why, with its file as seen from the project', () => {
    const file = {
      name: '/project/electron/a.test.ts',
      status: 'failed',
      message: '',
      assertionResults: [
        {
          fullName: 'K1 halts',
          status: 'failed',
          failureMessages: ['Error: \u001B[31mnot halted\u001B[39m\n\n1\n2\n3\n4\n5\n    at a stack'],
        },
        { fullName: 'K2 resumes', status: 'passed', failureMessages: [] },
      ],
    };
    expect(vitestOutcome(report(file), '/project')).toEqual({
      passed: 3,
      skipped: 1,
      failed: [{ file: 'electron/a.test.ts', name: 'K1 halts', why: 'Error: not halted\n1\n2\n3\n4\n5' }],
    });
  });

  it('names a file that failed before any of its tests could', () => {
    const file = {
      name: '/project/electron/a.test.ts',
      status: 'failed',
      message: 'no such module',
      assertionResults: [],
    };
    expect(vitestOutcome(report(file), '/project').failed).toEqual([
      { file: 'electron/a.test.ts', name: '', why: 'no such module' },
    ]);
  });
});

describe('what a report of Playwright says', () => {
  it('names each test that failed and the top of why, however deep it stands', () => {
    const error = { message: 'Error: still shut\n\nCall log:', location: { line: 12 } };
    const inner = {
      specs: [
        { file: 'lock.spec.ts', title: 'opens', ok: false, tests: [{ results: [{ errors: [error] }] }] },
        { file: 'lock.spec.ts', title: 'shuts', ok: true, tests: [] },
      ],
    };
    const report = { stats: { expected: 1, skipped: 0 }, suites: [{ specs: [], suites: [inner] }] };
    expect(playwrightOutcome(report)).toEqual({
      passed: 1,
      skipped: 0,
      failed: [{ file: 'lock.spec.ts', name: 'opens', why: 'Error: still shut\nCall log: (line 12)' }],
    });
  });
});
