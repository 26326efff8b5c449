import { readFileSync } from 'node:fs';

const read = (name: string): string => readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');

/** The recorded answers by their headings, in their order. */
export function recordedAnswers(): { name: string; body: unknown; status: number }[] {
  return read('ai-trader-rest.txt')
    .split(/^### /m)
    .slice(1)
    .map((block) => {
      const [name = '', body = ''] = block.split('\n');
      return { name, body: JSON.parse(body) as unknown, status: Number(/<- HTTP (\d+)/.exec(block)?.[1]) };
    });
}

export function recordedAnswer(name: string): unknown {
  const found = recordedAnswers().find((answer) => answer.name === name);
  if (found === undefined) throw new Error(`no recording called ${name}`);
  return found.body;
}

/** The bytes of the recorded trading stream, comments and all, with the line ends of the wire. */
export const recordedStream = (): string =>
  read('ai-trader-trading-stream.txt')
    .split('\n')
    .map((line) => line.replace(/^\d+\.\d+ ?/, ''))
    .join('\n')
    .split('\n\n')
    .slice(1)
    .join('\n\n');

/** What the recorded trading stream says: the JSON of its frames. */
export const recordedFrames = (): string[] => framesIn(read('ai-trader-trading-stream.txt'));

const framesIn = (text: string): string[] => [...text.matchAll(/data: (.*)$/gm)].map(([, data = '']) => data);

/** What each recorded chat stream says: the JSON of its frames, by the line that asked. */
export const recordedChats = (): { asked: string; frames: string[] }[] =>
  read('ai-trader-chat-streams.txt')
    .split(/^### /m)
    .slice(1)
    .map((block) => ({
      asked: block.split('\n')[0]?.trim() ?? '',
      frames: framesIn(block),
    }));

/** The recorded chat stream that answers a request whose line ends so, as it was sent: with CRLF. */
export function recordedChat(asked: string): string {
  const block = read('ai-trader-chat-streams.txt')
    .split(/^### /m)
    .find((part) => part.split('\n')[0]?.trim() === `GET ${asked}`);
  if (block === undefined) throw new Error(`no recording of ${asked}`);
  return block.slice(block.indexOf('event: message')).trimEnd().replaceAll(/\r?\n/g, '\r\n') + '\r\n\r\n';
}
