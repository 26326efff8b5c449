import type { Pattern, Prediction, Quote } from '#shared/domain/market/market.ts';

import type { ManualClock } from '../../../lib/clock.ts';
import { createManualClock } from '../../../lib/clock.ts';
import type { TestContext } from '../../testing/test-context.ts';
import { createTestContext } from '../../testing/test-context.ts';
import type { About } from '../about.ts';
import { createAbout } from '../about.ts';
import type { Intake } from '../intake.ts';
import { createIntake } from '../intake.ts';

const START_MS = Date.UTC(2030, 0, 1);

interface Heard extends TestContext {
  clock: ManualClock;
  quotes(): Quote[];
  predictions(): Prediction[];
  patterns(): Pattern[];
}

/** An intake without a connection: frames in, events out. */
export interface Listening extends Heard {
  about: About;
  intake: Intake;
  take(message: unknown): ReturnType<Intake['take']>;
  notedData(): number;
}

export function listen(): Listening {
  const heard = createHarness('ws://127.0.0.1:1');
  const about = createAbout();
  let noted = 0;
  const intake = createIntake({
    backendId: 'hub',
    now: () => heard.clock.now(),
    emit: (event) => heard.events.add(event),
    about,
    noteData: () => (noted += 1),
  });
  intake.opened();
  return {
    ...heard,
    about,
    intake,
    take: (message) => intake.take(typeof message === 'string' ? message : JSON.stringify(message)),
    notedData: () => noted,
  };
}

/** Everything that a backend is given, over real connections, with what it emits recorded. */
export type Harness = Heard;

export function createHarness(address: string, clock = createManualClock(START_MS)): Harness {
  const test = createTestContext({ config: { id: 'hub', kind: 'market-hub', name: 'Hub', address }, clock });
  return {
    ...test,
    clock,
    quotes: () => test.entries('quotes'),
    predictions: () => test.entries('predictions'),
    patterns: () => test.entries('patterns'),
  };
}
