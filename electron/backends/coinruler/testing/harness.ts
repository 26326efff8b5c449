import { expect } from 'vitest';

import type { BackendConfig } from '#shared/domain/backend.ts';
import type { DeskEvent } from '#shared/domain/desk.ts';

import { createConnections } from '../../../connections/connections.ts';
import type { Recorder } from '../../../connections/testing/recorder.ts';
import { createRecorder } from '../../../connections/testing/recorder.ts';
import type { Clock } from '../../../lib/clock.ts';
import { createSystemClock } from '../../../lib/clock.ts';
import { silentLogger } from '../../../lib/logger.ts';
import type { BackendContext } from '../../port.ts';

export interface Harness {
  context: BackendContext;
  events: Recorder<DeskEvent>;
  /** The first event of a kind, past or to come, that fits. */
  event<T extends DeskEvent['type']>(
    type: T,
    fits?: (event: Extract<DeskEvent, { type: T }>) => boolean,
  ): Promise<Extract<DeskEvent, { type: T }>>;
}

/** Everything that a backend is given, over real connections, with what it emits recorded. */
export function createHarness(options: { address: string; ownerId: string | null; clock?: Clock }): Harness {
  const clock = options.clock ?? createSystemClock();
  const events = createRecorder<DeskEvent>();
  const config: BackendConfig = {
    id: 'ruler',
    kind: 'coinruler',
    name: 'Ruler',
    address: options.address,
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
    secret: (name) => Promise.resolve(name === 'ownerId' ? options.ownerId : null),
    emit: (event) => events.add(event),
  };
  return {
    context,
    events,
    async event(type, fits = () => true) {
      type Wanted = Extract<DeskEvent, { type: typeof type }>;
      const isWanted = (event: DeskEvent): event is Wanted => event.type === type;
      const found = await events.until((event) => isWanted(event) && fits(event));
      if (!isWanted(found)) throw new Error('the recorder answered another event');
      return found;
    },
  };
}

/** Matches a text that has this in it. */
export const containing = (part: string): unknown => expect.stringContaining(part);

/** Waits until it is so. The ceiling only ends a test that would wait for ever; it measures nothing. */
export const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 25_000, interval: 5 });
