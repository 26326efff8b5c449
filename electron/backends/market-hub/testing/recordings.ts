import { readFileSync } from 'node:fs';

/** The frames that a hub sent in a recording (`<<`), in their order. */
export function recordedFrames(number: 1 | 2): string[] {
  return readFileSync(new URL(`../fixtures/market-hub-${number}.txt`, import.meta.url), 'utf8')
    .split('\n')
    .flatMap((line) => /^\s*[\d.]+ << (.*)$/.exec(line)?.[1] ?? []);
}
