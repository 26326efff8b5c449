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

/**
 * Every recorded request, in its order; one of several under the same heading has its number behind it. The body is `null` where no
 * answer was kept, or only its beginning.
 */
export function recordedAnswers(): { heading: string; status: number; body: unknown }[] {
  const times = new Map<string, number>();
  return [...recording('rest').matchAll(/^### (.*)\n(?:(.*)\n<- HTTP (\d+))?/gm)].map(
    ([, heading = '', body, status]) => {
      const time = (times.get(heading) ?? 0) + 1;
      times.set(heading, time);
      return {
        heading: time === 1 ? heading : `${heading} (${time})`,
        status: status === undefined ? 0 : Number(status),
        body: body === undefined ? null : parsed(body),
      };
    },
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A spike as the list was recorded with it, under another id. */
export const spike = (id: string) => ({
  ...(recordedAnswer('list pro').body as { alerts: object[] }).alerts[0],
  id,
});
