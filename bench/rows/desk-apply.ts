import type { DeskEvent } from '#shared/domain/desk.ts';
import type { Quote } from '#shared/domain/market/market.ts';

import { createDesk } from '#electron/desk/desk.ts';
import { FEED_ENTRIES_KEPT } from '#electron/desk/bounds.ts';
import { createPatchSender } from '#electron/ipc/patches.ts';
import { createManualClock } from '#electron/lib/clock.ts';
import { silentLogger } from '#electron/lib/logger.ts';

import { eventsOf } from '../flood/events.ts';
import { cpuMicros } from '../frame/measure.ts';
import type { Row } from '../frame/row.ts';

const EVENTS = 100_000;
/** As many of them come within a frame at 10,000 events a second. */
const EVENTS_A_FRAME = 160;
const FEW = 100;
const USUAL = 10_000;
const MANY = 100_000;

/** An event of the desk, from the reducer to the batch that would be sent to the window, among so many keys that live. */
export const row: Row = {
  title: 'Desk: apply an event and make its patch',
  rounds: 7,
  gates: [
    { figure: 'cpu', unit: 'µs of CPU an event, 10,000 keys', against: 'limit', bound: { atMost: 1 } },
    { figure: 'growth', unit: '100,000 keys over 100', against: null, bound: { atMost: 1.5 } },
  ],
  open() {
    const desks = new Map([FEW, USUAL, MANY].map((keys) => [keys, filledDesk(keys)]));
    const cpuAt = (keys: number): Promise<number> => desks.get(keys)?.() ?? Promise.resolve(NaN);
    return {
      contenders: {
        limit: { label: 'JSON.parse of such an event (190 B)', run: parsed },
        floor: { label: 'writing the value into a Map', run: written },
        ours: {
          label: 'reduce, commit, tell, coalesce, one batch a frame',
          async run() {
            const few = await cpuAt(FEW);
            const cpu = await cpuAt(USUAL);
            return { cpu, growth: (await cpuAt(MANY)) / few };
          },
        },
      },
      close: () => undefined,
    };
  },
};

/** A desk with so many live prices, spread over backends so that none passes its bound; answers µs an event. */
function filledDesk(keys: number): () => Promise<number> {
  const clock = createManualClock();
  const desk = createDesk(silentLogger);
  let patches = 0;
  let messages = 0;
  const sender = createPatchSender({
    desk,
    frameClock: clock,
    send(batch) {
      patches += batch.patches.length;
      messages += 1;
      return true;
    },
  });
  let number = 0;
  const next = (): DeskEvent => priceEvent(number++ % keys, number);
  for (let index = 0; index < keys; index += 1) desk.dispatch(next());
  sender.snapshot();
  // Made beforehand, and two of each so that every event is news: what making them costs is not the desk's.
  const halves = [0, 1].map(() => Array.from({ length: EVENTS }, next));
  let round = 0;
  return async () => {
    patches = 0;
    messages = 0;
    const events = halves[round++ % 2] ?? [];
    const micros = await cpuMicros(async () => {
      for (const [index, event] of events.entries()) {
        desk.dispatch(event);
        if (index % EVENTS_A_FRAME === 0) await clock.advance(16);
      }
      await clock.advance(16);
    });
    // A message holds each key once, and in a flood there are ten a second.
    const expected = Math.min(EVENTS, messages * keys);
    if (messages < 50 || patches < expected * 0.6)
      throw new Error(`only ${patches} patches in ${messages} messages of ${EVENTS} events`);
    return micros / EVENTS;
  };
}

function priceEvent(key: number, number: number): DeskEvent {
  const backendId = `hub-${Math.floor(key / FEED_ENTRIES_KEPT.quotes.all)}`;
  return { type: 'feed', slice: 'quotes', backendId, entries: [quoteOf(backendId, key, number)] };
}

const quoteOf = (backendId: string, key: number, number: number): Quote => ({
  backendId,
  id: `C${key}/USDT`,
  asset: `C${key}`,
  price: `${60_000 + (number % 977)}.25`,
  change24hPct: '1.25',
  volume24h: '123456789.5',
  receivedAtMs: 1_800_000_000_000,
});

const texts = eventsOf('websocket', EVENTS);

async function parsed() {
  let length = 0;
  const micros = await cpuMicros(() => {
    for (const text of texts) length += Object.keys(JSON.parse(text) as object).length;
  });
  return { cpu: length === 0 ? NaN : micros / EVENTS };
}

const quotes = Array.from({ length: EVENTS }, (_, number) => quoteOf('hub', number % USUAL, number));

async function written() {
  const map = new Map<string, Quote>();
  const micros = await cpuMicros(() => {
    for (const quote of quotes) map.set(`${quote.backendId}/${quote.id}`, quote);
  });
  return { cpu: micros / EVENTS };
}
