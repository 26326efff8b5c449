import { z } from 'zod';

import type { BackendContext } from '../port.ts';
import { mapAlert } from './alerts.ts';

/** A condition of the connection that a person should know of. */
export interface Warning {
  /** Which condition it is, for this backend's memory. */
  condition: string;
  kind: string;
  severity: 'medium' | 'high';
  message: string;
}

/** Tells of a condition once each time it begins: not again while it lasts, over restarts too, and anew when it comes back. */
export interface Warnings {
  begin(warning: Warning): void;
  end(condition: string): void;
}

const MEMORY_NAME = 'warnings';
/** Since when each condition lasts. */
const keptConditions = z.record(z.string(), z.number());

export function createWarnings(
  { config, clock, memory }: Pick<BackendContext, 'config' | 'clock' | 'memory'>,
  emit: BackendContext['emit'],
): Warnings {
  let since: Map<string, number> | null = null;
  let last = Promise.resolve();

  async function known(): Promise<Map<string, number>> {
    if (since !== null) return since;
    // What cannot be read is told once more rather than not at all.
    const kept = await memory.recall(MEMORY_NAME).catch(() => null);
    since = new Map(Object.entries(keptConditions.safeParse(kept).data ?? {}));
    return since;
  }

  const keep = (conditions: ReadonlyMap<string, number>): Promise<void> =>
    memory.remember(MEMORY_NAME, Object.fromEntries(conditions)).catch(() => undefined);

  function inTurn(step: () => Promise<void>): void {
    last = last.then(step);
  }

  return {
    begin: ({ condition, kind, severity, message }) =>
      inTurn(async () => {
        const conditions = await known();
        const sinceMs = conditions.get(condition) ?? clock.now();
        // The same condition has the same alert, which the desk applies once.
        const wire = { type: kind, severity, message, timestamp: sinceMs };
        emit({ type: 'alert', alert: mapAlert(wire, { backendId: config.id, receivedAtMs: clock.now() }) });
        if (conditions.has(condition)) return;
        conditions.set(condition, sinceMs);
        await keep(conditions);
      }),
    end: (condition) =>
      inTurn(async () => {
        const conditions = await known();
        if (conditions.delete(condition)) await keep(conditions);
      }),
  };
}
