import { readFileSync } from 'node:fs';

const read = (name: string): string => readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');

/** The recorded answer under a heading. */
export function recordedAnswer(name: string): unknown {
  const block = read('copy-trading-rest.txt')
    .split(/^### /m)
    .find((part) => part.startsWith(`${name}\n`));
  if (block === undefined) throw new Error(`no recording called ${name}`);
  return JSON.parse(block.split('\n')[1] ?? '');
}

/** The events that the plain server sent (`<<`), in their order, as they stand on the wire. */
export const recordedEvents = (): string[] =>
  read('copy-trading-sio-5001.txt')
    .split('\n')
    .flatMap((line) => /^\s*[\d.]+ << (.*)$/.exec(line)?.[1] ?? []);
