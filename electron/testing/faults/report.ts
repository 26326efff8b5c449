import type { TraceLine } from './play.ts';
import type { SeedResult } from './run-seed.ts';

const MOST_TOLD = 8;
const TRACE_TOLD = 25;

/** A line a run, and what went wrong under it, with the last of what happened. */
export function reportLine(result: SeedResult): string {
  const { commands, faults, impatience, lives, presses, requests, seed, tookMs, trace, violations } = result;
  const outcomes = [...commands].map(([status, count]) => `${count} ${status}`).join(', ');
  const failed = violations.length > 0;
  const head = [
    `seed ${seed}: ${failed ? `${violations.length} VIOLATIONS` : 'ok'}`,
    `${sum(faults.values())} faults`,
    `${sum(commands.values())} commands (${outcomes})`,
    `${presses} × PANIC`,
    `${lives} lives`,
    `${requests} requests`,
    `${(tookMs / 1_000).toFixed(1)} s`,
    ...(impatience > 0 ? [`${impatience} × not quiet in time`] : []),
  ].join(' · ');
  if (!failed) return head;
  return [
    head,
    ...violations.slice(0, MOST_TOLD).map(({ promise, words }) => `  ${promise}: ${words}`),
    ...(violations.length > MOST_TOLD ? [`  and ${violations.length - MOST_TOLD} more`] : []),
    ...trace.slice(-TRACE_TOLD).map(traceLine),
    `  again: ${result.again}`,
  ].join('\n');
}

/** Counts over all runs, the times, and what could not be done here. */
export const traceLine = ({ atMs, words }: TraceLine): string =>
  `    ${(atMs / 1_000).toFixed(1).padStart(7)} s  ${words}`;

export function reportTable(results: readonly SeedResult[]): string {
  const faults = new Map<string, number>();
  for (const result of results)
    for (const [name, count] of result.faults) faults.set(name, (faults.get(name) ?? 0) + count);
  const failed = results.filter(({ violations }) => violations.length > 0);
  const cannot = new Map(
    results.flatMap((result) => result.cannot.map(({ name, why }) => [name, why] as const)),
  );
  return [
    '',
    `${results.length} seeds, ${failed.length} with violations${failed.length > 0 ? `: ${failed.map(({ seed }) => seed).join(', ')}` : ''}`,
    '',
    ...[...faults]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, count]) => `${name.padEnd(28)}${String(count).padStart(6)}`),
    ...[...cannot].map(([name, why]) => `${name.padEnd(28)}not done: ${why}`),
    ...NEVER_DONE.map(([name, why]) => `${name.padEnd(28)}not done: ${why}`),
    '',
    `PANIC, gesture to first request:   ${times(
      results.flatMap(({ toRequestMs }) => toRequestMs),
      'ms',
    )}`,
    `PANIC, request to confirmation:    ${times(
      results.flatMap(({ toConfirmedMs }) => toConfirmedMs).map((ms) => ms / 1_000),
      's of the desk’s clock',
    )}`,
  ].join('\n');
}

/** What no run of this suite does, and why. */
const NEVER_DONE: readonly (readonly [string, string])[] = [
  ['black hole in the network', 'here a proxy swallows; a real one is in black-hole-namespace.test.ts'],
  ['power cut', 'a kill loses what the process held, never what the system had taken'],
];

function times(list: readonly number[], unit: string): string {
  const sorted = [...list].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  const worst = sorted.at(-1);
  if (median === undefined || worst === undefined) return 'never';
  return `median ${median.toFixed(2)} ${unit}, worst ${worst.toFixed(2)} ${unit} (${sorted.length} times)`;
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, one) => total + one, 0);
