import { readFileSync } from 'node:fs';

const recording = (name: string): string =>
  readFileSync(new URL(`../fixtures/volspike-${name}.txt`, import.meta.url), 'utf8');

/** The events that a server sent in a recording (`<<`), in their order. */
export function recordedEvents(who: 'guest' | 'elite'): string[] {
  return recording(`sio-${who}`)
    .split('\n')
    .flatMap((line) => /^\s*[\d.]+ << (.*)$/.exec(line)?.[1] ?? []);
}

/** The answer to a recorded request, by its heading. */
export function recordedAnswer(heading: string): { status: number; body: unknown } {
  const [, body, status] =
    new RegExp(`^### ${heading}\\n(.*)\\n<- HTTP (\\d+)`, 'm').exec(recording('rest')) ?? [];
  if (body === undefined) throw new Error(`nothing recorded under “${heading}”`);
  return { status: Number(status), body: JSON.parse(body) as unknown };
}
