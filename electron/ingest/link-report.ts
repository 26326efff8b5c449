import type { IngestStatus } from '#shared/domain/settings/ingest.ts';
import { INGEST_ID } from '#shared/domain/own-ids.ts';
import type { LinkState, LinkStatus, RejectedSample } from '#shared/domain/backends/link.ts';
import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { plainText } from '../lib/clean.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import { redact } from '../lib/redact.ts';

/** What the listener tells of itself, in the form in which every link does. */
interface LinkReport {
  connecting(): void;
  live(): void;
  stopped(message: string): void;
  /** An alert was taken; `isNew` unless it was posted before. */
  taken(isNew: boolean): void;
  refused(refusal: { status: number; error: string; body: string | null }): void;
  dispose(): void;
  counts(): Pick<IngestStatus, 'received' | 'refused' | 'lastError'>;
}

/**
 * An open listener is live, and nothing that it shows grows old: it is for the scripts to speak. Refused bodies that could not be
 * understood are kept as samples, redacted and bounded (D5).
 */
export function createLinkReport(clock: Clock, tell: (status: LinkStatus) => void): LinkReport {
  let state: LinkState = { kind: 'connecting', sinceMs: clock.now(), attempt: 1 };
  let dataAtMs: number | null = null;
  let receivedAtMs: number | null = null;
  let requests = 0;
  let received = 0;
  let refused = 0;
  let recent: number[] = [];
  let lastError: IngestStatus['lastError'] = null;
  const rejectedSamples: RejectedSample[] = [];
  let toldAtMs = Number.NEGATIVE_INFINITY;
  let cancelReport: Disposer | null = null;

  function report(): void {
    cancelReport?.();
    cancelReport = null;
    toldAtMs = clock.now();
    recent = recent.filter((atMs) => toldAtMs - atMs < MINUTE_MS).slice(-MAX_COUNTED);
    tell({
      backendId: INGEST_ID,
      linkId: 'listener',
      label: 'Listener',
      state,
      receivedAtMs,
      dataAtMs,
      staleAfterMs: Number.MAX_SAFE_INTEGER,
      reconnections: 0,
      received: requests,
      rejected: refused,
      perMinute: recent.length,
      latency: null,
      rejectedSamples: [...rejectedSamples],
      budget: null,
    });
  }

  function become(next: LinkState): void {
    state = next;
    if (next.kind === 'live') dataAtMs = Math.max(dataAtMs ?? 0, next.sinceMs);
    report();
  }

  function count(): number {
    const nowMs = clock.now();
    requests += 1;
    receivedAtMs = nowMs;
    if (recent.length < 2 * MAX_COUNTED) recent.push(nowMs);
    return nowMs;
  }

  return {
    connecting: () => become({ kind: 'connecting', sinceMs: clock.now(), attempt: 1 }),
    live() {
      lastError = null;
      become({ kind: 'live', sinceMs: clock.now() });
    },
    stopped(message) {
      lastError = { atMs: clock.now(), message };
      become({ kind: 'stopped', sinceMs: clock.now(), cause: { code: 'refused', message } });
    },
    taken(isNew) {
      dataAtMs = count();
      if (isNew) received += 1;
      report();
    },
    refused({ status, error, body }) {
      const atMs = count();
      refused += 1;
      lastError = { atMs, message: `A request was refused (${status}): ${error}.` };
      if (body !== null) {
        const raw = plainText(redact(body.slice(0, MAX_SAMPLE_LENGTH)), MAX_SAMPLE_LENGTH);
        rejectedSamples.unshift({ atMs, reason: error, raw });
        rejectedSamples.splice(MAX_SAMPLES);
      }
      // Whoever knocks a thousand times a second must not make the desk draw as often.
      if (atMs - toldAtMs >= REFUSALS_TOLD_EVERY_MS) report();
      else cancelReport ??= clock.after(REFUSALS_TOLD_EVERY_MS, report);
    },
    dispose: () => cancelReport?.(),
    counts: () => ({ received, refused, lastError }),
  };
}

const REFUSALS_TOLD_EVERY_MS = SECOND_MS;
const MAX_SAMPLES = 10;
const MAX_SAMPLE_LENGTH = 2_000;
const MAX_COUNTED = 10_000;
