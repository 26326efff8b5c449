import type { Server } from 'node:http';

import type { z } from 'zod';

import type { PracticeBackend } from '../backends/fleet-port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Account } from './account.ts';
import type { Faults } from './faults.ts';
import type { IdMaker } from './ids.ts';
import type { Market } from './market/market.ts';
import type { Random } from './random.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** What every protocol works on: one clock, one market, one account, so that what one says agrees with the others. */
export interface PracticeWorld {
  clock: Clock;
  log: Logger;
  unit: UnitOfWork;
  market: Market;
  account: Account;
  /** Chance of bots and of fills. */
  random: Random;
  ids: IdMaker;
  faults: Faults;
  /** A first start does nothing by itself. */
  quiet: boolean;
  /** Seconds of the clock in a second of the machine, for the timers of libraries, which know the machine's alone. */
  speed: number;
}

/** Socket.IO's own pings, at the pace of the clock: a desk on the same clock takes a link without them for dead. */
export const enginePings = (speed: number): { pingInterval: number; pingTimeout: number } => ({
  pingInterval: Math.max(LEAST_PING_MS, Math.round(PING_INTERVAL_MS / speed)),
  pingTimeout: PING_TIMEOUT_MS,
});
const PING_INTERVAL_MS = 25_000;
const PING_TIMEOUT_MS = 20_000;
const LEAST_PING_MS = 100;

/** Throws with words for a tester when what it is given does not fit. */
export type ControlAction = (body: unknown) => unknown;

/** One protocol of the practice desk. A further one is a folder that makes one of these, and a line in practice.ts. */
export interface PracticeProtocol {
  /** The kind of backend that speaks it. */
  readonly kind: string;
  readonly server: Server;
  /** How the desk connects to it, once it listens on this port of loopback. */
  backend(port: number): PracticeBackend;
  /** Quiet: it answers, and nothing happens by itself. */
  setQuiet(quiet: boolean): void;
  /** Breaks every open connection, as a network does. */
  dropConnections(): void;
  /** Requests that the fault `hang` held back go on. */
  resumeRequests(): void;
  /** What the control port can make happen here, by name. */
  readonly actions: readonly (readonly [string, ControlAction])[];
  /** Its part of the truth at `GET /control/state`. */
  truth(): Record<string, unknown>;
  /** What it keeps over a restart, as JSON; `null` keeps nothing. */
  saved(): unknown;
  dispose(): void;
}

/** A control action whose body is checked first. */
export const controlAction = <S extends z.ZodType>(
  name: string,
  schema: S,
  run: (body: z.output<S>) => unknown,
): [string, ControlAction] => [name, (body) => run(schema.parse(body))];
