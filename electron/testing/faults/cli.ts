import { parseArgs } from 'node:util';

import { FAULT_KINDS } from './fault-kinds.ts';
import type { TraceLine } from './play.ts';
import { reportLine, reportTable, traceLine } from './report.ts';
import type { SeedResult } from './run-seed.ts';
import { runSeed } from './run-seed.ts';

const USAGE = `npm run faults -- [--minutes N] [--seed S] [--runs N] [--kind NAME]... [--desk-minutes N] [--keep FOLDER]

  --minutes       goes on with the next seed until so many minutes are over (default: only --runs counts)
  --seed          the first seed (default 1); the following ones count up
  --runs          so many seeds (default 1, or as many as fit into --minutes)
  --kind          only faults of this kind; may be repeated (--kind list names them)
  --desk-minutes  the scripted time in which things go wrong (default 60)
  --trace         tells what happens as it happens
  --keep          where ledger, journal and trace of a failed seed are kept (default faults-out)`;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    seed: { type: 'string', default: '1' },
    runs: { type: 'string' },
    kind: { type: 'string', multiple: true, default: [] },
    'desk-minutes': { type: 'string', default: '60' },
    keep: { type: 'string', default: 'faults-out' },
    trace: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(USAGE);
else if (values.kind.includes('list')) console.log(FAULT_KINDS.map(({ name }) => name).join('\n'));
else process.exitCode = await run();

async function run(): Promise<number> {
  const first = whole('seed', values.seed);
  const minutes = values.minutes === undefined ? null : whole('minutes', values.minutes);
  const most = values.runs === undefined ? (minutes === null ? 1 : Infinity) : whole('runs', values.runs);
  const unknown = values.kind.filter((name) => !FAULT_KINDS.some((kind) => kind.name === name));
  if (unknown.length > 0) fail(`No such kind of fault: ${unknown.join(', ')}. --kind list names them.`);
  const endAt = minutes === null ? Infinity : performance.now() + minutes * 60_000;
  const tracing = values.trace ? { onTrace: (line: TraceLine) => console.log(traceLine(line)) } : {};
  const results: SeedResult[] = [];
  for (let seed = first; results.length < most && performance.now() < endAt; seed += 1) {
    const deskMinutes = whole('desk-minutes', values['desk-minutes']);
    const result = await runSeed({
      seed,
      minutes: deskMinutes,
      only: values.kind,
      keepIn: values.keep,
      ...tracing,
    });
    results.push(result);
    console.log(reportLine(result));
  }
  console.log(reportTable(results));
  return results.some(({ violations }) => violations.length > 0) ? 1 : 0;
}

function whole(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0)
    fail(`--${name} takes a whole number, not "${text}".\n\n${USAGE}`);
  return value;
}

function fail(words: string): never {
  console.error(words);
  process.exit(1);
}
