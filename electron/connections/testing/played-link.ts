import type { LinkStatus } from '#shared/domain/backends/link.ts';

import { createManualClock } from '../../lib/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { LinkOptions, MessageVerdict, TransportEvents } from '../port.ts';
import { superviseLink } from '../supervisor.ts';

export const SILENCE_MS = 65_000;

/** A link over a transport that the test plays itself; chance is left out, so that waits are the shortest possible. */
export function playLink(overrides: Partial<LinkOptions> = {}) {
  const clock = createManualClock();
  const attempts: { events: TransportEvents; disposed: boolean }[] = [];
  const statuses: LinkStatus[] = [];
  const messages: string[] = [];
  let snapshots = 0;
  const link = superviseLink(
    {
      backendId: 'bot',
      linkId: 'live',
      label: 'Live events',
      transport(events) {
        const attempt = { events, disposed: false };
        attempts.push(attempt);
        return () => (attempt.disposed = true);
      },
      silenceMs: SILENCE_MS,
      staleAfterMs: 90_000,
      async onOpened() {
        snapshots += 1;
      },
      onMessage(text): MessageVerdict {
        messages.push(text);
        return { kind: 'data' };
      },
      onStatus: (status) => statuses.push(status),
      ...overrides,
    },
    { clock, log: silentLogger, random: () => 0 },
  );
  const latest = () => {
    const attempt = attempts.at(-1);
    if (attempt === undefined) throw new Error('no attempt yet');
    return attempt;
  };
  return {
    clock,
    link,
    attempts,
    statuses,
    messages,
    latest,
    snapshots: () => snapshots,
    kinds: () =>
      statuses.map(({ state }) => state.kind).filter((kind, index, all) => kind !== all[index - 1]),
    state: () => link.status().state,
    settle: () => clock.advance(0),
    async goLive() {
      await clock.advance(0);
      latest().events.opened();
      await clock.advance(0);
    },
    async fail() {
      latest().events.closed({ code: 'closed', message: 'The server closed it.' });
      await clock.advance(0);
    },
  };
}

/** Lets attempt after attempt fail at once and answers the waits between them. */
export async function waitsOf(
  desk: ReturnType<typeof playLink>,
  count: number,
  before: () => Promise<void>,
): Promise<number[]> {
  const waits: number[] = [];
  for (let index = 0; index < count; index += 1) {
    await before();
    await desk.fail();
    const state = desk.state();
    if (state.kind !== 'waiting') throw new Error(`unexpected ${state.kind}`);
    waits.push(state.nextAttemptAtMs - desk.clock.now());
    await desk.clock.advance(state.nextAttemptAtMs - desk.clock.now());
  }
  return waits;
}
