import type { LinkCause, LinkState, LinkStatus, RejectedSample } from '#shared/domain/backends/link.ts';

import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import { redactAndCut } from '../lib/redact.ts';
import { createDelayMeter } from './delay-meter.ts';
import { createMinuteRate } from './minute-rate.ts';
import type { LinkOptions } from './port.ts';

const MOST_SAMPLES = 10;
const RAW_LENGTH = 2_000;
const WORDS_LENGTH = 300;
/** Counters and ages are told at most so often; a state is told at once. */
const PACE_MS = 1_000;

/** Counts what a link does and tells it. */
export interface LinkReporter {
  status(): LinkStatus;
  setState(state: LinkState): void;
  /** What is known was received over a connection that is gone, and will not be read again. */
  forgetData(): void;
  /**
   * The snapshot, where there is one, was read: the state becomes live and its data is fresh. It counts from when the connection
   * stood, so that what the snapshot brought is of this connection too.
   */
  setLive(openedAtMs: number): void;
  /** Bytes of any kind arrived. */
  received(nowMs: number): void;
  message(nowMs: number): void;
  /** The message that came now was sent at this time of the backend's clock. */
  sent(atMs: number, nowMs: number): void;
  /** Fresh data is here, from the link or by another way. */
  data(nowMs: number): void;
  reject(sample: Omit<RejectedSample, 'atMs'>): void;
  dispose(): void;
}

export function createLinkReporter(options: LinkOptions, clock: Clock): LinkReporter {
  const startMs = clock.now();
  let state: LinkState = { kind: 'connecting', sinceMs: startMs, attempt: 1 };
  let receivedAtMs: number | null = null;
  let dataAtMs: number | null = null;
  const counts = { reconnections: 0, received: 0, rejected: 0 };
  let samples: RejectedSample[] = [];
  const rate = createMinuteRate();
  const delays = createDelayMeter();
  let toldAtMs = Number.NEGATIVE_INFINITY;
  let stopTimer: Disposer | null = null;
  let wasLive = false;
  let disposed = false;

  function status(): LinkStatus {
    const { about, backendId, linkId, label, staleAfterMs } = options;
    return {
      backendId,
      linkId,
      label,
      ...(about === undefined ? {} : { about }),
      state,
      receivedAtMs,
      dataAtMs,
      staleAfterMs,
      ...counts,
      perMinute: rate.read(receivedAtMs ?? startMs),
      latency: delays.read(clock.now()),
      rejectedSamples: samples,
      budget: options.budget?.() ?? null,
    };
  }

  function tell(): void {
    stopTimer?.();
    stopTimer = null;
    if (disposed) return;
    toldAtMs = clock.now();
    try {
      options.onStatus(status());
    } catch {
      // Counted like any other input that our own side could not digest, but not told: the teller is what failed.
      counts.rejected += 1;
      keepSample({ reason: 'the state of the link could not be passed on', raw: '' });
    }
  }

  function tellSoon(nowMs: number): void {
    if (disposed || stopTimer !== null) return;
    const sinceMs = nowMs - toldAtMs;
    // A clock that was set back gives a negative time, which must not become a long wait.
    if (sinceMs >= PACE_MS || sinceMs < 0) tell();
    else stopTimer = clock.after(PACE_MS - sinceMs, tell);
  }

  /** Keeps the newest. In a flood one a second is enough to diagnose it, and redacting each would cost more than the flood. */
  function keepSample({ reason, raw }: Omit<RejectedSample, 'atMs'>): void {
    const atMs = clock.now();
    const newestAtMs = samples.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY;
    if (samples.length >= MOST_SAMPLES && atMs >= newestAtMs && atMs - newestAtMs < PACE_MS) return;
    const sample = { atMs, reason: redactAndCut(reason, WORDS_LENGTH), raw: redactAndCut(raw, RAW_LENGTH) };
    samples = [...samples, sample].slice(-MOST_SAMPLES);
  }

  return {
    status,
    setState(next) {
      state = 'cause' in next ? { ...next, cause: cleaned(next.cause) } : next;
      tell();
    },
    forgetData() {
      dataAtMs = null;
    },
    setLive(openedAtMs) {
      if (wasLive) counts.reconnections += 1;
      wasLive = true;
      if (options.hasSnapshot !== false) dataAtMs = clock.now();
      state = { kind: 'live', sinceMs: openedAtMs };
      tell();
    },
    received(nowMs) {
      receivedAtMs = nowMs;
      // Data from the future is left behind by a clock that was set back: from now on it ages, and does not stay new for as long.
      if (dataAtMs !== null && dataAtMs > nowMs) dataAtMs = nowMs;
      tellSoon(nowMs);
    },
    message(nowMs) {
      counts.received += 1;
      rate.note(nowMs);
    },
    sent(atMs, nowMs) {
      delays.note(atMs, nowMs);
    },
    data(nowMs) {
      dataAtMs = nowMs;
      tellSoon(nowMs);
    },
    reject(sample) {
      counts.rejected += 1;
      keepSample(sample);
      tellSoon(clock.now());
    },
    dispose() {
      disposed = true;
      stopTimer?.();
    },
  };
}

function cleaned(cause: LinkCause): LinkCause {
  return { code: cause.code, message: redactAndCut(cause.message, WORDS_LENGTH) };
}
