import { describe, expect, it } from 'vitest';

import type { DeskEvent, DeskPatchBatch } from '#shared/domain/desk.ts';

import { createDesk } from '../desk/desk.ts';
import { anApproval, aQuote } from '#shared/domain/testing/entries.ts';
import { feedEvent } from '#shared/domain/testing/feed-entries.ts';
import { createManualClock } from '../lib/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import { createPatchSender, CROWDED_FRAME_MS, FRAME_MS } from './patches.ts';

/** What the window is sent for what the desk hears, counted: no clock but the manual one has a say in it. */

const SECOND_MS = 1_000;
const SYMBOLS = 50;

interface Sent {
  batches: DeskPatchBatch[];
  /** The last price of each symbol, as the desk has it. */
  onDesk: Map<string, string>;
  /** The same as a window has it that applied every batch. */
  inWindow: Map<string, string>;
  /** How often a window was sent an older price of a symbol than it had. */
  backwards: number;
}

/** A second of so many price events, evenly spread, to a window that listens. */
async function aSecondOf(eventsASecond: number, symbols = SYMBOLS): Promise<Sent> {
  const clock = createManualClock();
  const desk = createDesk(silentLogger);
  const sent: Sent = { batches: [], onDesk: new Map(), inWindow: new Map(), backwards: 0 };
  const sender = createPatchSender({
    desk,
    frameClock: clock,
    send(batch) {
      sent.batches.push(batch);
      return true;
    },
  });
  sender.snapshot();
  const startMs = clock.now();
  for (let number = 0; number < eventsASecond; number += 1) {
    const atMs = Math.floor((number * SECOND_MS) / eventsASecond);
    if (startMs + atMs > clock.now()) await clock.advance(startMs + atMs - clock.now());
    desk.dispatch(priceEvent(number, clock.now(), symbols));
  }
  await clock.advance(SECOND_MS);
  for (const [key, entry] of desk.entries('quotes')) sent.onDesk.set(key, entry.price);
  for (const { patches } of sent.batches) {
    for (const patch of patches) {
      if (patch.slice !== 'quotes' || patch.value === null) continue;
      const before = Number(sent.inWindow.get(patch.key) ?? -1);
      if (Number(patch.value.price) <= before) sent.backwards += 1;
      sent.inWindow.set(patch.key, patch.value.price);
    }
  }
  sender.dispose();
  return sent;
}

/** A window that listens to a desk, by a clock that stands still. */
function aWindow() {
  const clock = createManualClock();
  const desk = createDesk(silentLogger);
  const sent: DeskPatchBatch[] = [];
  const sender = createPatchSender({ desk, frameClock: clock, send: (batch) => sent.push(batch) > 0 });
  sender.snapshot();
  return { clock, desk, sent };
}

const priceEvent = (number: number, receivedAtMs: number, symbols = SYMBOLS): DeskEvent =>
  feedEvent('quotes', [aQuote({ id: `SYM${number % symbols}`, price: String(number), receivedAtMs })]);

describe('D7 what the window is sent', () => {
  it.each([100, 1_000, 10_000])('is at most one message a frame at %s events a second', async (rate) => {
    const { batches } = await aSecondOf(rate);
    expect(batches.length).toBeLessThanOrEqual(Math.ceil(SECOND_MS / FRAME_MS) + 1);
  });

  it('is at most 63 messages for a thousand events that come within a second', async () => {
    expect((await aSecondOf(1_000)).batches.length).toBeLessThanOrEqual(63);
  });

  it('is ten messages a second in a flood over more than can be read, and a frame later again once that is over', async () => {
    const { batches, inWindow, onDesk } = await aSecondOf(10_000, 500);
    expect(batches.length).toBeLessThanOrEqual(11);
    expect(inWindow).toEqual(onDesk);

    const { clock, desk, sent } = aWindow();
    for (let number = 0; number < 500; number += 1) desk.dispatch(priceEvent(number, clock.now(), 500));
    await clock.advance(FRAME_MS);
    const counts: number[] = [sent.length];
    for (const waitMs of [FRAME_MS, CROWDED_FRAME_MS - FRAME_MS, FRAME_MS]) {
      desk.dispatch(priceEvent(1_000 + counts.length, clock.now()));
      await clock.advance(waitMs);
      counts.push(sent.length);
    }
    expect(counts).toEqual([1, 1, 2, 3]);
  });

  it('has what a person decides by at once, in a flood too', async () => {
    const { clock, desk, sent } = aWindow();
    for (let number = 0; number < 500; number += 1) desk.dispatch(priceEvent(number, clock.now(), 500));
    await clock.advance(FRAME_MS);
    desk.dispatch(priceEvent(500, clock.now(), 500));
    desk.dispatch({ type: 'approval-proposed', approval: anApproval() });
    expect(sent.at(-1)?.patches.map(({ slice }) => slice)).toEqual(['approvals']);
  });

  it('has each key once a message, however often it changed', async () => {
    const { batches } = await aSecondOf(10_000);
    for (const { patches } of batches) {
      expect(new Set(patches.map(({ key }) => key)).size).toBe(patches.length);
      expect(patches.length).toBeLessThanOrEqual(SYMBOLS);
    }
  });

  it('ends in what the desk has, never goes backwards, and has no gap in its numbers', async () => {
    const { batches, onDesk, inWindow, backwards } = await aSecondOf(10_000);
    expect(inWindow).toEqual(onDesk);
    expect(onDesk.size).toBe(SYMBOLS);
    expect(backwards).toBe(0);
    expect(batches.map(({ seq }) => seq)).toEqual(batches.map((_batch, index) => index + 1));
  });

  it('is nothing at all while nothing changes, and no timer runs for it', async () => {
    const clock = createManualClock();
    const desk = createDesk(silentLogger);
    const batches: DeskPatchBatch[] = [];
    const sender = createPatchSender({ desk, frameClock: clock, send: (batch) => batches.push(batch) > 0 });
    sender.snapshot();
    desk.dispatch(priceEvent(1, clock.now()));
    await clock.advance(SECOND_MS);
    expect(batches).toHaveLength(1);
    desk.dispatch(priceEvent(1, clock.now() - SECOND_MS));
    expect(clock.pending()).toBe(0);
    expect(batches).toHaveLength(1);
  });
});
