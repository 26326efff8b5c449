import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import type { DeskEvent, DeskSlices, FeedSlice } from '#shared/domain/desk.ts';

import { createConnections } from '../../connections/connections.ts';
import type { Recorder } from '../../connections/testing/recorder.ts';
import { createRecorder } from '../../connections/testing/recorder.ts';
import type { Clock } from '../../lib/clock.ts';
import { createSystemClock } from '../../lib/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { BackendContext } from '../port.ts';

type EventOf<T extends DeskEvent['type']> = Extract<DeskEvent, { type: T }>;

export interface TestContext {
  context: BackendContext;
  events: Recorder<DeskEvent>;
  /** The first event of a type, past or to come, that fits. */
  event<T extends DeskEvent['type']>(type: T, fits?: (event: EventOf<T>) => boolean): Promise<EventOf<T>>;
  /** All events of a type so far. */
  of<T extends DeskEvent['type']>(type: T): EventOf<T>[];
  /** All entries of a feed so far, as they were emitted. */
  entries<S extends FeedSlice>(slice: S): DeskSlices[S][];
}

/** Everything that a backend is given, over real connections, with what it emits and remembers recorded. */
export function createTestContext(given: {
  config: Pick<BackendConfig, 'id' | 'kind' | 'address'> & Partial<BackendConfig>;
  clock?: Clock;
  secrets?: Readonly<Record<string, string>>;
}): TestContext {
  const clock = given.clock ?? createSystemClock();
  const { secrets = {} } = given;
  const events = createRecorder<DeskEvent>();
  const remembered = new Map<string, unknown>();
  const context: BackendContext = {
    config: {
      name: 'Under test',
      colour: '#8b7cf6',
      practice: false,
      enabled: true,
      allowPlainHttp: false,
      ...given.config,
    },
    clock,
    log: silentLogger,
    connections: createConnections({ clock, log: silentLogger, random: () => 0.5 }),
    secret: (name) => Promise.resolve(secrets[name] ?? null),
    emit: (event) => events.add(event),
    memory: {
      recall: (name) => Promise.resolve(remembered.get(name) ?? null),
      remember(name, value) {
        remembered.set(name, structuredClone(value));
        return Promise.resolve();
      },
    },
  };
  return {
    context,
    events,
    async event(type, fits = () => true) {
      const isWanted = (event: DeskEvent): event is EventOf<typeof type> => event.type === type;
      const found = await events.until((event) => isWanted(event) && fits(event));
      if (!isWanted(found)) throw new Error('the recorder answered another event');
      return found;
    },
    of(type) {
      return events.all.filter((event): event is EventOf<typeof type> => event.type === type);
    },
    entries<S extends FeedSlice>(slice: S) {
      return events.all.flatMap((event) =>
        event.type === 'feed' && event.slice === slice ? ([...event.entries] as DeskSlices[S][]) : [],
      );
    },
  };
}
