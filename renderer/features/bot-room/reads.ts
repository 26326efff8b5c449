import { useCallback } from 'react';
import { create } from 'zustand';

import { t } from '#shared/words.ts';

import { describeError, request } from '../../bridge.ts';
import { nowMs } from '../../stores/clock.ts';
import type { FieldParams } from '../../ui/field-values.ts';
import type { Json } from './result-shape.ts';

/** How far a question to a backend has come. An answer stays while the question is asked again. */
export interface ReadRun {
  readonly running: { readonly sinceMs: number; readonly token: string } | null;
  readonly answer: { readonly value: Json; readonly atMs: number; readonly tookMs: number } | null;
  readonly trouble: string | null;
  /** With what it was asked last. */
  readonly params: FieldParams;
}

const NEVER: ReadRun = { running: null, answer: null, trouble: null, params: {} };
/** Answers are kept for coming back to; the oldest go first. */
const MAX_KEPT = 40;

const useRuns = create<{ readonly byKey: ReadonlyMap<string, ReadRun> }>(() => ({ byKey: new Map() }));

const keyOf = (backendId: string, read: string): string => `${backendId}/${read}`;

export const useReadRun = (backendId: string, read: string): ReadRun =>
  useRuns(useCallback(({ byKey }) => byKey.get(keyOf(backendId, read)) ?? NEVER, [backendId, read]));

export function wasNeverAsked(backendId: string, read: string): boolean {
  return current(keyOf(backendId, read)) === NEVER;
}

/** Asks, unless it is being asked already. */
export async function runRead(backendId: string, read: string, params: FieldParams): Promise<void> {
  const key = keyOf(backendId, read);
  const before = current(key);
  if (before.running !== null) return;
  const running = { sinceMs: nowMs(), token: crypto.randomUUID() };
  write(key, { ...before, running, trouble: null, params });
  try {
    const value = await request('backends.read', { backendId, read, params });
    const atMs = nowMs();
    settle(key, running.token, { answer: { value, atMs, tookMs: atMs - running.sinceMs }, trouble: null });
  } catch (error) {
    settle(key, running.token, { trouble: describeError(error) });
  }
}

/** Stops waiting. The backend may go on working; what it answers is dropped. */
export function leaveRead(backendId: string, read: string): void {
  const key = keyOf(backendId, read);
  const { running } = current(key);
  if (running !== null)
    settle(key, running.token, { trouble: t('You stopped waiting. Its answer will not be shown.') });
}

function settle(key: string, token: string, end: Partial<ReadRun>): void {
  const run = current(key);
  if (run.running?.token === token) write(key, { ...run, running: null, ...end });
}

const current = (key: string): ReadRun => useRuns.getState().byKey.get(key) ?? NEVER;

function write(key: string, run: ReadRun): void {
  useRuns.setState(({ byKey }) => {
    const next = new Map(byKey);
    next.delete(key);
    next.set(key, run);
    for (const oldest of next.keys()) {
      if (next.size <= MAX_KEPT) break;
      next.delete(oldest);
    }
    return { byKey: next };
  });
}
