import { preparedAct } from '#shared/domain/bots/model.ts';
import type { PreparedAct } from '#shared/domain/bots/model.ts';
import { z } from 'zod';

import type { BackendContext } from '../port.ts';
import type { Book } from './book.ts';

const NAME = 'starts';
const MOST = 200;
const remembered = z.record(z.string(), preparedAct);

/** How each model was last started from here, kept over restarts so that one click starts it again. */
export interface Starts {
  restored(): Promise<void>;
  add(modelId: string, start: PreparedAct): void;
}

export function createStarts({ memory }: BackendContext, book: Book): Starts {
  let known: Record<string, PreparedAct> = {};
  let restoring: Promise<void> | null = null;

  let isRestored = false;

  async function restore(): Promise<void> {
    const stored = remembered.safeParse(await memory.recall(NAME)).data ?? {};
    known = { ...stored, ...known };
    isRestored = true;
    for (const [modelId, start] of Object.entries(known)) book.started(modelId, start);
  }

  return {
    // What cannot be read is asked for again at the next opening.
    restored: () => (restoring ??= restore().catch(() => void (restoring = null))),
    add(modelId, start) {
      known = Object.fromEntries(
        [...Object.entries(known).filter(([id]) => id !== modelId), [modelId, start] as const].slice(-MOST),
      );
      book.started(modelId, start);
      // Losing it costs a person a few fields to fill in. What could not be read yet is not written over.
      if (isRestored) memory.remember(NAME, known).catch(() => undefined);
    },
  };
}
