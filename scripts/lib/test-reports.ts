import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

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
  /** The beginning of the first error, plain text of at most `WHY_LINES` lines. */
  why: string;
}

/** What is wrong stands at the top; below it are stacks and logs of what was tried. */
const WHY_LINES = 6;

/** What is read of the JSON that Vitest writes. */
interface VitestReport {
  numPassedTests: number;
  numPendingTests: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
  }[];
}

/** What is read of the JSON that Playwright writes. */
interface PlaywrightReport {
  stats: { expected: number; skipped: number };
  suites: PlaywrightSuite[];
}

interface PlaywrightSuite {
  specs?: PlaywrightSpec[];
  suites?: PlaywrightSuite[];
}

interface PlaywrightSpec {
  file: string;
  title: string;
  ok: boolean;
  tests: { results: { errors: { message?: string; location?: { line: number } }[] }[] }[];
}

/** What Vitest's report says; its files are given as seen from `root`. */
export function vitestOutcome(report: VitestReport, root: string): Outcome {
  const failed = report.testResults.flatMap(({ name: path, status, message, assertionResults }) => {
    const file = relative(root, path);
    const tests = assertionResults.filter((test) => test.status === 'failed');
    if (tests.length === 0 && status === 'failed') return [{ file, name: '', why: top(message) }];
    return tests.map(({ fullName, failureMessages }) => ({
      file,
      name: fullName,
      why: top(failureMessages[0] ?? ''),
    }));
  });
  return { passed: report.numPassedTests, skipped: report.numPendingTests, failed };
}

/** What Playwright's report says. */
export function playwrightOutcome(report: PlaywrightReport): Outcome {
  const failed = report.suites.flatMap(specsOf).filter((spec) => !spec.ok);
  return {
    passed: report.stats.expected,
    skipped: report.stats.skipped,
    failed: failed.map((spec) => ({ file: spec.file, name: spec.title, why: whyOf(spec) })),
  };
}

function specsOf({ specs = [], suites = [] }: PlaywrightSuite): PlaywrightSpec[] {
  return [...specs, ...suites.flatMap(specsOf)];
}

function whyOf({ tests }: PlaywrightSpec): string {
  const [error] = tests.flatMap(({ results }) => results.flatMap(({ errors }) => errors));
  const line = error?.location === undefined ? '' : ` (line ${error.location.line})`;
  return `${top(error?.message ?? '')}${line}`;
}

function top(message: string): string {
  const lines = stripVTControlCharacters(message).split('\n');
  return lines
    .filter((line) => line.trim() !== '')
    .slice(0, WHY_LINES)
    .join('\n');
}
