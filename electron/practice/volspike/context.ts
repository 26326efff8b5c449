import type { PracticeWorld } from '../protocol.ts';
import type { VolspikeState } from './documents.ts';
import type { Figures } from './figures.ts';
import { isoOf } from './wire-time.ts';

/** What every part of the practice VolSpike works on. */
export interface Volspike extends Pick<
  PracticeWorld,
  'clock' | 'log' | 'unit' | 'market' | 'faults' | 'speed'
> {
  state: VolspikeState;
  figures: Figures;
  /** As long as the ids of the reference server, 25 characters. */
  newId(): string;
}

export const nowIso = ({ clock }: Pick<Volspike, 'clock'>): string => isoOf(clock.now());

/** Adds to a list that is kept only so long. */
export function keep<T>(list: T[], item: T, kept: number): void {
  list.push(item);
  if (list.length > kept) list.splice(0, list.length - kept);
}

export const ALERTS_KEPT = 500;
