import { readFileSync } from 'node:fs';

const read = (name: string): string => readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');

/** The recorded answer under a heading. */
export function recordedReply(name: string): { status: number; json: unknown } {
  const block = read('copy-trading-rest.txt')
    .split(/^### /m)
    .find((part) => part.startsWith(`${name}\n`));
  if (block === undefined) throw new Error(`no recording called ${name}`);
  const [, body = '', status = ''] = block.split('\n');
  return { status: Number(/^<- HTTP (\d+)$/.exec(status)?.[1]), json: JSON.parse(body) };
}

export const recordedAnswer = (name: string): unknown => recordedReply(name).json;

/** The events that the plain server sent (`<<`), in their order, as they stand on the wire. */
export const recordedEvents = (): string[] =>
  read('copy-trading-sio-5001.txt')
    .split('\n')
    .flatMap((line) => /^\s*[\d.]+ << (.*)$/.exec(line)?.[1] ?? []);
