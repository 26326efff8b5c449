import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import type { DeskEvent } from '#shared/domain/desk.ts';

import type { BackendKind } from '#electron/backends/port.ts';
import { createConnections } from '#electron/connections/connections.ts';
import { createSystemClock } from '#electron/lib/clock.ts';
import { silentLogger } from '#electron/lib/logger.ts';

import { cpuMicros } from '../frame/measure.ts';
import type { Contender, Gate, Row } from '../frame/row.ts';
import type { Flood } from './events.ts';
import { eventsOf } from './events.ts';

const EVENTS = 40_000;
/** As many as are counted: while code is still being compiled, what is measured is the compiler. */
const LEFT_OUT = 40_000;

/** Something that is connected to the server and calls back with the events that it took. */
export interface Listener {
  close(): void;
}
export type Connect = (address: string, took: (events: number) => void) => Promise<Listener>;

/**
 * A row of ingest: processor time an event, from the bytes on the socket to what the contender makes of them, against parsing the same
 * texts as JSON. Each contender has a connection of its own for each round; its first events are not counted.
 */
export function ingestRow(given: {
  title: string;
  flood: Flood;
  atMost: number;
  rounds?: number;
  floor: { label: string; connect: Connect };
  ours: { label: string; connect: Connect };
  peer: { label: string; connect: Connect };
}): Row {
  const { title, flood, atMost, floor, ours, peer } = given;
  const gate: Gate = { figure: 'cpu', unit: 'µs of CPU an event', against: 'limit', bound: { atMost } };
  return {
    title,
    rounds: given.rounds ?? 7,
    gates: [gate],
    async open() {
      const server = fork(join(import.meta.dirname, 'server.ts'), [flood]);
      const [address] = (await once(server, 'message')) as [string];
      const contender = ({ label, connect }: typeof ours): Contender => ({
        label,
        run: () => flooded(server, address, connect),
      });
      return {
        contenders: {
          limit: { label: 'JSON.parse of the same texts', run: () => parsed(flood) },
          floor: contender(floor),
          ours: contender(ours),
          peer: contender(peer),
        },
        close: () => void server.kill(),
      };
    },
  };
}

async function flooded(server: ChildProcess, address: string, connect: Connect) {
  let awaited = 0;
  let resolve: () => void = () => undefined;
  const listener = await connect(address, (events) => {
    awaited -= events;
    if (awaited <= 0) resolve();
  });
  const send = (count: number): Promise<void> => {
    awaited = count;
    server.send(count);
    return new Promise((done) => (resolve = done));
  };
  await send(LEFT_OUT);
  const micros = await cpuMicros(() => send(EVENTS));
  listener.close();
  return { cpu: micros / EVENTS };
}

async function parsed(flood: Flood) {
  const texts = eventsOf(flood, EVENTS);
  let members = 0;
  const micros = await cpuMicros(() => {
    for (const text of texts) members += Object.keys(JSON.parse(text) as object).length;
  });
  if (members === 0) throw new Error('nothing was parsed');
  return { cpu: micros / EVENTS };
}

/** A whole backend of this desk, up to the events that it emits; `count` says how many messages one of them stands for. */
export const backendListener =
  (
    kind: BackendKind,
    config: Pick<BackendConfig, 'id' | 'kind'>,
    count: (event: DeskEvent) => number,
  ): Connect =>
  (address, took) =>
    new Promise((resolve) => {
      const clock = createSystemClock();
      const log = silentLogger;
      let isLive = false;
      const backend = kind.create({
        config: {
          name: 'Bench',
          colour: '#8b7cf6',
          practice: false,
          enabled: true,
          allowPlainHttp: false,
          address,
          ...config,
        },
        clock,
        log,
        connections: createConnections({ clock, log, random: () => 0.5 }),
        secret: () => Promise.resolve(null),
        emit(event) {
          const isNowLive = event.type === 'link-status' && event.status.state.kind === 'live';
          if (!isLive && isNowLive) {
            isLive = true;
            resolve({ close: () => backend.dispose() });
          }
          const messages = isLive ? count(event) : 0;
          if (messages > 0) took(messages);
        },
        memory: { recall: () => Promise.resolve(null), remember: () => Promise.resolve() },
      });
      backend.start();
    });
