import type { CommandRecord } from '#shared/domain/approvals/decision-record.ts';
import type { Candle } from '#shared/domain/market/market.ts';
import type { RequestName } from '#shared/ipc/contract.ts';
import { pastRefusal } from '#shared/ipc/past-requests.ts';
import { compare } from '#shared/money.ts';
import { MINUTE_MS } from '#shared/time.ts';

import type { CandleRange } from '../journal/port.ts';
import type { PlaybackPort } from '../playback/port.ts';
import type { PatchHub } from './patch-hub.ts';
import { RequestError } from './request-error.ts';
import type { RequestHandlers } from './router.ts';

export interface PastParts {
  playback: Pick<PlaybackPort, 'state'>;
  /** Whether the window is one of the past. */
  isPast(windowId: number): boolean;
  patches: Pick<PatchHub, 'snapshot'>;
  /** The present comes to the front. */
  showPresent(): void;
}

/**
 * The same handlers, with those of a window of the past answering as of then: what is read from history ends at its now.
 * PANIC alone reaches the present, which is shown. What is refused there by name is refused before (`refusedInPast`).
 */
export function withPast(handlers: RequestHandlers, parts: PastParts): RequestHandlers {
  const { isPast, patches, showPresent } = parts;
  /** The past's now, or no bound for a window of the present. */
  function latest(windowId: number): number {
    if (!isPast(windowId)) return Number.POSITIVE_INFINITY;
    const state = parts.playback.state();
    if (state === null) throw new RequestError('past', 'This playback is over. Open another one.');
    return state.positionMs;
  }
  return {
    ...handlers,
    'desk.snapshot': (params, windowId) =>
      isPast(windowId) ? patches.snapshot(windowId) : handlers['desk.snapshot'](params, windowId),
    'journal.search': (query, windowId) => {
      const untilMs = latest(windowId);
      const toMs = Math.min(query.toMs ?? untilMs, untilMs);
      return handlers['journal.search']({ ...query, toMs: Number.isFinite(toMs) ? toMs : null }, windowId);
    },
    'journal.day-head': ({ beforeMs }, windowId) =>
      handlers['journal.day-head']({ beforeMs: Math.min(beforeMs, latest(windowId)) }, windowId),
    'market.candles': (range, windowId) =>
      candlesUntil(latest(windowId), range, async (asked) => handlers['market.candles'](asked, windowId)),
    'portfolio.history': (range, windowId) =>
      handlers['portfolio.history']({ ...range, toMs: Math.min(range.toMs, latest(windowId)) }, windowId),
    'portfolio.at': ({ timesMs }, windowId) => {
      const untilMs = latest(windowId);
      return handlers['portfolio.at']({ timesMs: timesMs.map((atMs) => Math.min(atMs, untilMs)) }, windowId);
    },
    async 'decisions.history'(params, windowId) {
      const untilMs = latest(windowId);
      const decisions = await handlers['decisions.history'](params, windowId);
      return decisions.filter(({ askedAtMs }) => askedAtMs <= untilMs).map((one) => asKnownAt(one, untilMs));
    },
    async 'panic.press'(params, windowId) {
      const answer = await handlers['panic.press'](params, windowId);
      if (isPast(windowId)) showPresent();
      return answer;
    },
  };
}

/**
 * Candles that know nothing later than a time. A candle that stands open then is put together from its minutes, since the one
 * that was recorded holds what came after.
 */
async function candlesUntil(
  untilMs: number,
  range: CandleRange,
  read: (range: CandleRange) => Promise<Candle[]>,
): Promise<Candle[]> {
  if (!Number.isFinite(untilMs) || range.toMs < untilMs - range.bucketMs) return read(range);
  const openedMs = untilMs - (untilMs % range.bucketMs);
  const minuteMs = untilMs - (untilMs % MINUTE_MS);
  const closed = range.fromMs < openedMs ? await read({ ...range, toMs: openedMs - 1 }) : [];
  if (minuteMs <= openedMs) return closed;
  const minutes = await read({ ...range, fromMs: openedMs, toMs: minuteMs - 1, bucketMs: MINUTE_MS });
  const [first, ...rest] = minutes;
  if (first === undefined) return closed;
  return [...closed, rest.reduce(joined, { ...first, atMs: openedMs })];
}

const joined = (one: Candle, next: Candle): Candle => ({
  ...one,
  high: compare(next.high, one.high) > 0 ? next.high : one.high,
  low: compare(next.low, one.low) < 0 ? next.low : one.low,
  close: next.close,
  ticks: one.ticks + next.ticks,
});

/** What became of a decision is left out where that was told later. */
function asKnownAt(record: CommandRecord, untilMs: number): CommandRecord {
  const { outcome, settled, askedAtMs } = record;
  const isAnswered = outcome !== null && askedAtMs + (outcome.latencyMs ?? 0) <= untilMs;
  return {
    ...record,
    outcome: isAnswered ? outcome : null,
    settled: settled !== null && settled.atMs <= untilMs ? settled : null,
  };
}

/** Why a window may not ask this: it is one of the past. */
export const refusedInPast =
  (isPast: (windowId: number) => boolean) =>
  (name: RequestName, windowId: number): string | null =>
    isPast(windowId) ? pastRefusal(name) : null;
