import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { FAULT_KINDS } from './fault-kinds.ts';
import type { FaultKind } from './fault-kinds.ts';
import type { LedgerLine } from './ledger.ts';
import { judge } from './oracle/judge.ts';
import type { Violation } from './oracle/violation.ts';
import type { TraceLine } from './play.ts';
import { play } from './play.ts';
import { makePlan } from './plan.ts';
import { createStage } from './stage.ts';

export interface SeedOptions {
  seed: number;
  /** Of the desk's time in which things go wrong; settling comes on top. */
  minutes: number;
  /** Only these kinds of fault; all when empty. */
  only?: readonly string[];
  /** Where ledger and trace of a failed run are kept. */
  keepIn?: string;
  /** Told what happens as it happens. */
  onTrace?: (line: TraceLine) => void;
}

/** What one seed came to. */
export interface SeedResult {
  seed: number;
  /** What plays the same once more. */
  again: string;
  violations: Violation[];
  faults: ReadonlyMap<string, number>;
  trace: TraceLine[];
  /** Kinds of fault that this machine cannot do, with the reason. */
  cannot: readonly { name: string; why: string }[];
  commands: ReadonlyMap<string, number>;
  presses: number;
  /** From the gesture to the first request, in milliseconds of the machine. */
  toRequestMs: number[];
  /** From the request to halt until a backend was confirmed, in milliseconds of the desk's clock. */
  toConfirmedMs: number[];
  requests: number;
  lives: number;
  tookMs: number;
  impatience: number;
}

/** Plays one seed from its first process to the last and judges it. */
export async function runSeed({
  seed,
  minutes,
  only = [],
  keepIn,
  onTrace,
}: SeedOptions): Promise<SeedResult> {
  const startedAt = performance.now();
  const stage = await createStage(seed);
  try {
    const cannot: { name: string; why: string }[] = [];
    const wanted = FAULT_KINDS.filter(
      (kind) => (only.length === 0 || only.includes(kind.name)) && isPossible(kind),
    );
    function isPossible(kind: FaultKind): boolean {
      const why = kind.cannot?.(stage) ?? null;
      if (why !== null) cannot.push({ name: kind.name, why });
      return why === null;
    }
    const plan = makePlan(stage.random('plan'), { minutes, kinds: wanted, servers: stage.kinds });
    const ending = await play(stage, plan, onTrace);
    const { violations, ledger } = judge(stage, ending);
    if (violations.length > 0 && keepIn !== undefined)
      keep(join(keepIn, `seed-${seed}`), stage.desk, { trace: ending.trace, violations });
    return {
      seed,
      again: [
        `npm run faults -- --seed ${seed} --desk-minutes ${minutes}`,
        ...only.map((kind) => `--kind "${kind}"`),
      ].join(' '),
      violations,
      faults: ending.faults,
      trace: ending.trace,
      cannot,
      ...figuresOf(ledger),
      requests: stage.wire.length,
      tookMs: performance.now() - startedAt,
      impatience: stage.impatience(),
    };
  } finally {
    await stage.close();
  }
}

function figuresOf(
  ledger: readonly LedgerLine[],
): Pick<SeedResult, 'commands' | 'presses' | 'toRequestMs' | 'toConfirmedMs' | 'lives'> {
  const commands = new Map<string, number>();
  const toRequestMs: number[] = [];
  const toConfirmedMs: number[] = [];
  /** When each target of each activation was asked first, on a clock that nobody sets; `null` once it was confirmed. */
  const asked = new Map<string, number | null>();
  let setMs = 0;
  let presses = 0;
  for (const line of ledger) {
    if (line.kind === 'outcome')
      commands.set(line.outcome.status, (commands.get(line.outcome.status) ?? 0) + 1);
    if (line.kind === 'jump') setMs += line.slept ? 0 : line.ms;
    if (line.kind === 'press' && line.toRequestMs === null) presses += 1;
    if (line.kind === 'press' && line.toRequestMs !== null) toRequestMs.push(line.toRequestMs);
    if (line.kind !== 'panic' || line.state.kind !== 'latched') continue;
    for (const { backendId, state } of line.state.targets) {
      const key = `${line.state.id} ${backendId}`;
      const sinceMs = asked.get(key);
      if (sinceMs === undefined) asked.set(key, line.atMs - setMs);
      if (state !== 'confirmed' || sinceMs === null) continue;
      toConfirmedMs.push(line.atMs - setMs - (sinceMs ?? line.atMs - setMs));
      asked.set(key, null);
    }
  }
  return {
    commands,
    presses,
    toRequestMs,
    toConfirmedMs,
    lives: Math.max(...ledger.map(({ life }) => life)),
  };
}

function keep(
  folder: string,
  desk: { ledger: string; journalFile: string },
  { trace, violations }: { trace: readonly TraceLine[]; violations: readonly Violation[] },
): void {
  mkdirSync(folder, { recursive: true });
  copyFileSync(desk.ledger, join(folder, 'ledger.ndjson'));
  copyFileSync(desk.journalFile, join(folder, 'journal.sqlite'));
  const lines = [
    ...trace.map(({ atMs, words }) => `${(atMs / 1_000).toFixed(1)} s  ${words}`),
    '',
    ...violations.map(({ promise, words }) => `${promise}  ${words}`),
  ];
  writeFileSync(join(folder, 'trace.txt'), `${lines.join('\n')}\n`);
}
