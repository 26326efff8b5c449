import { get } from 'node:http';

import { createParser } from 'eventsource-parser';

import type { Connect } from './ingest.ts';

/** The bytes as they come, cut at the blank lines. No rule of the standard beyond that. */
export const bareStream: Connect = (address, took) =>
  new Promise((resolve) => {
    const request = get(`${address}/live`, (response) => {
      response.setEncoding('utf8');
      let rest = '';
      response.on('data', (chunk: string) => {
        const parts = (rest + chunk).split('\n\n');
        rest = parts.pop() ?? '';
        let events = 0;
        for (const part of parts) if (isEvent(JSON.parse(part.slice('data: '.length)))) events += 1;
        if (events > 0) took(events);
      });
      response.on('error', () => undefined);
      resolve({ close: () => request.destroy() });
    });
    request.on('error', () => undefined);
  });

/** How most programs read a stream that needs headers of its own: fetch and the parser that we use too. */
export const fetchedStream: Connect = async (address, took) => {
  const stop = new AbortController();
  const response = await fetch(`${address}/live`, { signal: stop.signal });
  const parser = createParser({
    onEvent({ data }) {
      if (isEvent(JSON.parse(data))) took(1);
    },
  });
  void (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? [])
      parser.feed(decoder.decode(chunk as Buffer, { stream: true }));
  })().catch(() => undefined);
  return { close: () => stop.abort() };
};

const isEvent = (message: unknown): boolean => (message as { type: string }).type !== 'connected';
