import { readFileSync } from 'node:fs';

const read = (name: string): string => readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');

/** The `data:` lines of the recorded live stream, in their order. */
export const recordedEvents = (): string[] =>
  read('coinruler-live.sse.txt')
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => line.slice('data: '.length));

/** The recorded answers by their headings; a heading that comes twice keeps both in their order. */
export function recordedAnswers(): { name: string; body: unknown; status: number }[] {
  return read('coinruler-rest-1.txt')
    .split(/^### /m)
    .slice(1)
    .map((block) => {
      const [name = '', body = ''] = block.split('\n');
      const status = Number(/<- HTTP (\d+)/.exec(block)?.[1]);
      return { name, body: JSON.parse(body) as unknown, status };
    });
}

export function recordedAnswer(name: string): unknown {
  const found = recordedAnswers().find((answer) => answer.name === name);
  if (found === undefined) throw new Error(`no recording called ${name}`);
  return found.body;
}

/** The recorded chat streams by what was asked: the frames' data. */
export function recordedChat(asked: string): string[] {
  const block = read('coinruler-chat-stream.txt')
    .split(/^### /m)
    .find((part) => part.startsWith('POST /chat/stream') && part.split('\n')[0]?.includes(asked));
  return (block ?? '')
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => line.slice('data: '.length));
}
