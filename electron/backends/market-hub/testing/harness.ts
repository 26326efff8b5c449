import type { BackendConfig } from '#shared/domain/backend.ts';
import type { DeskEvent } from '#shared/domain/desk.ts';
import type { Pattern, Prediction, Quote } from '#shared/domain/market.ts';

import { createConnections } from '../../../connections/connections.ts';
import type { Recorder } from '../../../connections/testing/recorder.ts';
import { createRecorder } from '../../../connections/testing/recorder.ts';
import type { ManualClock } from '../../../lib/clock.ts';
import { createManualClock } from '../../../lib/clock.ts';
import { silentLogger } from '../../../lib/logger.ts';
import type { BackendContext } from '../../port.ts';
import { createAbout } from '../about.ts';
import type { About } from '../about.ts';
import { createIntake } from '../intake.ts';
import type { Intake } from '../intake.ts';

const START_MS = Date.UTC(2030, 0, 1);

export interface Heard {
  events: Recorder<DeskEvent>;
  of<T extends DeskEvent['type']>(type: T): Extract<DeskEvent, { type: T }>[];
  quotes(): Quote[];
  predictions(): Prediction[];
  patterns(): Pattern[];
}

/** An intake without a connection: frames in, events out. */
export interface Listening extends Heard {
  clock: ManualClock;
  about: About;
  intake: Intake;
  take(message: unknown): ReturnType<Intake['take']>;
  notedData(): number;
}

export function listen(): Listening {
  const clock = createManualClock(START_MS);
  const heard = createHeard();
  const about = createAbout();
  let noted = 0;
  const intake = createIntake({
    backendId: 'hub',
    now: () => clock.now(),
    emit: (event) => heard.events.add(event),
    about,
    noteData: () => (noted += 1),
  });
  intake.opened();
  return {
    ...heard,
    clock,
    about,
    intake,
    take: (message) => intake.take(typeof message === 'string' ? message : JSON.stringify(message)),
    notedData: () => noted,
  };
}

/** Everything that a backend is given, over real connections, with what it emits recorded. */
export interface Harness extends Heard {
  context: BackendContext;
  clock: ManualClock;
  /** The first event of a kind, past or to come, that fits. */
  event<T extends DeskEvent['type']>(
    type: T,
    fits?: (event: Extract<DeskEvent, { type: T }>) => boolean,
  ): Promise<Extract<DeskEvent, { type: T }>>;
}

export function createHarness(address: string, clock = createManualClock(START_MS)): Harness {
  const heard = createHeard();
  const config: BackendConfig = {
    id: 'hub',
    kind: 'market-hub',
    name: 'Hub',
    address,
    colour: '#8b7cf6',
    practice: false,
    enabled: true,
    allowPlainHttp: false,
  };
  const context: BackendContext = {
    config,
    clock,
    log: silentLogger,
    connections: createConnections({ clock, log: silentLogger, random: () => 0.5 }),
    secret: () => Promise.resolve(null),
    emit: (event) => heard.events.add(event),
  };
  return {
    ...heard,
    context,
    clock,
    async event(type, fits = () => true) {
      type Wanted = Extract<DeskEvent, { type: typeof type }>;
      const isWanted = (event: DeskEvent): event is Wanted => event.type === type;
      const found = await heard.events.until((event) => isWanted(event) && fits(event));
      if (!isWanted(found)) throw new Error('the recorder answered another event');
      return found;
    },
  };
}

function createHeard(): Heard {
  const events = createRecorder<DeskEvent>();
  const feeds = () => events.all.filter((event) => event.type === 'feed');
  return {
    events,
    of(type) {
      type Wanted = Extract<DeskEvent, { type: typeof type }>;
      return events.all.filter((event): event is Wanted => event.type === type);
    },
    quotes: () => feeds().flatMap((event) => (event.slice === 'quotes' ? [...event.entries] : [])),
    predictions: () => feeds().flatMap((event) => (event.slice === 'predictions' ? [...event.entries] : [])),
    patterns: () => feeds().flatMap((event) => (event.slice === 'patterns' ? [...event.entries] : [])),
  };
}
