import { createManualClock } from '../../../lib/clock.ts';
import { createTestContext } from '../../testing/test-context.ts';
import { createFigures } from '../figures.ts';
import { createIntake } from '../intake.ts';

const START_MS = Date.UTC(2026, 10, 20, 23, 30);

export function createHarness(
  address: string,
  given: { secrets?: Record<string, string>; options?: Record<string, string> } = {},
) {
  const clock = createManualClock(START_MS);
  const test = createTestContext({
    config: { id: 'vol', kind: 'volspike', address, options: given.options ?? {} },
    clock,
    secrets: given.secrets ?? {},
  });
  return { ...test, clock };
}

/** An intake without a connection: events in, the desk's events out. */
export function listen() {
  const harness = createHarness('http://127.0.0.1:1');
  const { clock, events } = harness;
  const calls: string[] = [];
  const emit = events.add.bind(events);
  const figures = createFigures({ backendId: 'vol', clock, emit });
  const intake = createIntake({
    backendId: 'vol',
    clock,
    emit,
    figures,
    listener: {
      told: (tier) => calls.push(`told ${tier}`),
      tierChanged: (tier) => calls.push(`tier ${tier}`),
      sessionInvalidated: (id) => calls.push(`session ${id}`),
      userDeleted: () => calls.push('deleted'),
      thresholdFired: (id) => calls.push(`fired ${id}`),
      refreshed: () => calls.push('refreshed'),
    },
  });
  const take = (name: string, payload: unknown) => intake.take(JSON.stringify([name, payload]));
  return { ...harness, intake, take, calls };
}
