import type { HttpAnswer, HttpPort, Transport } from '../../connections/port.ts';

const SHOWN_INSTEAD = 'the owner';

/** Shorter ones are words and numbers that a message may hold by chance. */
const SHORTEST = 6;

/**
 * Takes the owner id out of everything that a server says: its Discord bot gives it as the one who approved (§6), and any
 * error may repeat it. From there it would reach the journal and the samples of rejected messages (S1).
 */
export interface OwnerMask {
  learn(ownerId: string): void;
  http(port: HttpPort): HttpPort;
  transport(transport: Transport): Transport;
}

export function createOwnerMask(): OwnerMask {
  let learned = '';
  let pattern: RegExp | null = null;

  const text = (value: string): string =>
    pattern === null || !value.includes(learned) ? value : value.replace(pattern, SHOWN_INSTEAD);

  function json(value: unknown): unknown {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(json);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [text(name), json(member)]));
  }

  function answer(given: HttpAnswer): HttpAnswer {
    if (given.kind === 'text') return { ...given, body: text(given.body) };
    const isNamed = pattern !== null && JSON.stringify(given.body).includes(learned);
    return isNamed ? { ...given, body: json(given.body) } : given;
  }

  return {
    learn(ownerId) {
      if (ownerId === learned || ownerId.length < SHORTEST) return;
      learned = ownerId;
      pattern = new RegExp(`(?<!\\w)${ownerId.replace(/[^\w\s]/g, '\\$&')}(?!\\w)`, 'g');
    },
    http: (port) => ({
      ...port,
      request: async (request) => answer(await port.request(request)),
      async *stream(request) {
        for await (const message of port.stream(request)) yield { ...message, data: text(message.data) };
      },
    }),
    transport: (transport) => (events) =>
      transport({
        ...events,
        message: (message) => events.message(text(message)),
        rejected: (sample) => events.rejected({ ...sample, raw: text(sample.raw) }),
      }),
  };
}
