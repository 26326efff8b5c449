import { relative } from 'node:path';

/** How a run of a runner ended. */
export interface Outcome {
  passed: number;
  skipped: number;
  failed: FailedTest[];
}

export interface FailedTest {
  /** As the runner takes it as an argument. */
  file: string;
  /** Empty where the file failed before any of its tests could. */
  name: string;
}

/** What is read of the JSON that Vitest writes. */
interface VitestReport {
  numPassedTests: number;
  numPendingTests: number;
  testResults: { name: string; status: string; assertionResults: { fullName: string; status: string }[] }[];
}

/** What is read of the JSON that Playwright writes. */
interface PlaywrightReport {
  stats: { expected: number; skipped: number };
  suites: PlaywrightSuite[];
}

interface PlaywrightSuite {
  specs?: { file: string; title: string; ok: boolean }[];
  suites?: PlaywrightSuite[];
}

/** What Vitest's report says; its files are given as seen from `root`. */
export function vitestOutcome(report: VitestReport, root: string): Outcome {
  const failed = report.testResults.flatMap(({ name: path, status, assertionResults }) => {
    const file = relative(root, path);
    const tests = assertionResults.filter((test) => test.status === 'failed');
    if (tests.length === 0 && status === 'failed') return [{ file, name: '' }];
    return tests.map(({ fullName }) => ({ file, name: fullName }));
  });
  return { passed: report.numPassedTests, skipped: report.numPendingTests, failed };
}

/** What Playwright's report says. */
export function playwrightOutcome(report: PlaywrightReport): Outcome {
  const failed = report.suites.flatMap(specsOf).filter((spec) => !spec.ok);
  return {
    passed: report.stats.expected,
    skipped: report.stats.skipped,
    failed: failed.map(({ file, title }) => ({ file, name: title })),
  };
}

function specsOf({
  specs = [],
  suites = [],
}: PlaywrightSuite): { file: string; title: string; ok: boolean }[] {
  return [...specs, ...suites.flatMap(specsOf)];
}
