import { z } from 'zod';

import { t } from '../../words.ts';

import { decimalString } from '../../decimal-string.ts';
import type { DecimalString } from '../../money.ts';
import type { EpochMs } from '../../time.ts';
import { backendId } from '../backends/backend.ts';

const aboveZero = decimalString.refine(
  (value) => !value.startsWith('-') && !/^0*\.?0*$/.test(value),
  t('must be above zero'),
);
const percent = aboveZero.refine((value) => Number(value) <= 100, t('must not be above 100'));
const minutes = z.number().int().min(1).max(1_440);

/** The limits that press PANIC, and what else holds while nobody looks. `null` switches a limit off, as all are at first. */
export const watchSettings = z.object({
  dayLossUsd: aboveZero.nullable().default(null),
  dayLossPct: percent.nullable().default(null),
  drawdownUsd: aboveZero.nullable().default(null),
  drawdownPct: percent.nullable().default(null),
  /** Since when the peak is looked for. */
  drawdownSpan: z.enum(['day', '7-days', '30-days']).default('day'),
  /** Data of a backend that may trade older than this. */
  staleMinutes: minutes.nullable().default(null),
  /** The same for single backends; `null` does not watch that one. */
  staleMinutesOf: z.record(backendId, minutes.nullable()).default({}),
  /** Keeps the computer from sleeping while something that may trade is connected or a limit is armed. */
  keepAwake: z.boolean().default(false),
  askBeforeQuit: z.boolean().default(true),
});
export type WatchSettings = z.infer<typeof watchSettings>;

/** Where and how the desk says that it works. The address may hold a secret, so it is kept in the vault and not here. */
export const heartbeatSettings = z.object({
  enabled: z.boolean().default(false),
  method: z.enum(['GET', 'POST']).default('GET'),
  everyMinutes: z.number().int().min(1).max(60).default(5),
  /** The service knows `/start` and `/fail` behind the address; without them trouble is told by silence. */
  startAndFail: z.boolean().default(false),
  /** Plain HTTP to the address was allowed by the person (S3). */
  allowPlainHttp: z.boolean().default(false),
});
export type HeartbeatSettings = z.infer<typeof heartbeatSettings>;

export type LimitKind = 'day-loss-usd' | 'day-loss-pct' | 'drawdown-usd' | 'drawdown-pct' | 'stale';

/**
 * `armed`: watched. `warned`: past the warning. `fired`: was crossed and is not watched until it is well within bounds again
 * or a person arms it.
 */
export type LimitPhase = 'armed' | 'warned' | 'fired';

/** One limit and how near it is. Figures are in US dollars, percent or minutes, as its kind says. */
export interface WatchedLimit {
  /** The kind; of `stale` the kind and the backend, `stale/ID`. */
  id: string;
  kind: LimitKind;
  backendId: string | null;
  limit: DecimalString;
  /** What it is measured at; never negative. `null` while it cannot be. */
  value: DecimalString | null;
  /** Both in words, `loss of the day $2,140, limit $2,000`; empty while it cannot be measured. */
  sentence: string;
  /** Why it cannot be measured, as a sentence; such a limit presses nothing. */
  blind: string | null;
  /** What is left out of the figure, as a sentence. */
  partly: string | null;
  phase: LimitPhase;
  fired: FiredLimit | null;
  /** It has been blind for so long that the person was told. */
  unwatched: boolean;
}

/** `pressed` is false where PANIC was on already, or the limit was past its bound when it was set. */
export interface FiredLimit {
  atMs: EpochMs;
  pressed: boolean;
  words: string;
}

/** How the outbound heartbeat stands. `trouble` is in a person's words and names the host alone. */
export interface HeartbeatState {
  state: 'off' | 'no-address' | 'starting' | 'ok' | 'failing';
  /** Of the address; the rest of it may be secret. */
  host: string | null;
  lastOkAtMs: EpochMs | null;
  failingSinceMs: EpochMs | null;
  trouble: string | null;
  /** What the desk last said of itself: nothing where it works. */
  deskTrouble: string[];
}

/** Everything that the window shows of the watch. */
export interface WatchState {
  /** True where it is practice bots that are watched, because nothing real is connected. */
  practice: boolean;
  limits: WatchedLimit[];
  heartbeat: HeartbeatState;
  /** Whether the computer is kept from sleeping, and what for. */
  awake: { held: boolean; why: string };
}

/** What goes on without the desk when it ends. */
export interface Leaving {
  backends: { name: string; items: string[] }[];
  /** What the desk does now and nobody will. */
  unwatched: string[];
}

/** What a person is asked before the desk ends. */
export interface QuitQuestion {
  leaving: Leaving;
  /** `none` before it was chosen; then PANIC is awaited until it is confirmed everywhere, or known not to be. */
  halt: 'none' | 'under-way' | 'not-confirmed';
  /** PANIC was on and confirmed when this was asked: there is nothing more to halt. */
  halted: boolean;
  /** Names of the backends on which the halt is not confirmed. */
  open: string[];
}

export const quitAnswer = z.enum(['quit', 'stay', 'halt-and-quit']);
export type QuitAnswer = z.infer<typeof quitAnswer>;
