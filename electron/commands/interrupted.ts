import type { CommandRecord } from '#shared/domain/approvals/decision-record.ts';
import { entryKey } from '#shared/domain/desk.ts';
import { journalQuery } from '#shared/domain/journal/journal.ts';
import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { JournalPort } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import type { Logger } from '../lib/logger.ts';
import { readCommandRecords } from './decision-records.ts';
import { wordsOf } from './settle-within.ts';

/** Commands that were written down to be sent when the desk was killed or lost its power. Each gets an end in the journal. */
export interface Interrupted {
  /** A command of this life, which ends by itself. */
  began(requestId: string): void;
  /** When a decision of an earlier run was asked for that may still arrive; `null` where there is none. */
  mayArrive(backendId: string, approvalId: string, nowMs: number): number | null;
  /** Reads the journal, again and again until that works. Never rejects. */
  start(): Promise<void>;
  dispose: Disposer;
}

/** An end stands after its beginning, so what has none is among the newest. */
const NEWEST = 500;
const RETRY_MS = 10 * SECOND_MS;

/** No backend takes longer over a request that it once has. */
const MAY_ARRIVE_FOR_MS = 10 * MINUTE_MS;

const WORDS = 'Quarterdeck ended before it was known what became of it.';

export function createInterrupted(parts: {
  journal: Pick<JournalPort, 'append' | 'search'>;
  nameOf: (backendId: string) => string;
  clock: Clock;
  log: Logger;
}): Interrupted {
  const { clock, journal, log } = parts;
  const own = new Set<string>();
  /** When decisions of earlier runs were asked for whose fate nobody knows, by proposal. */
  const open = new Map<string, number>();
  let isDone = false;
  let cancel: Disposer = () => undefined;

  async function start(): Promise<void> {
    try {
      const entries = await journal.search(journalQuery.parse({ kinds: ['command'], limit: NEWEST }));
      for (const record of readCommandRecords(entries)) {
        if (isUnknown(record))
          open.set(entryKey(record.backendId, record.approvalId ?? ''), record.askedAtMs);
        if (isOpen(record)) close(record);
      }
      isDone = true;
      own.clear();
    } catch (error) {
      log.warn('commands of an earlier run could not be read', { error: wordsOf(error) });
      cancel = clock.after(RETRY_MS, () => void start());
    }
  }

  const isOpen = ({ intended, outcome, requestId, settled }: CommandRecord): boolean =>
    intended && outcome === null && settled === null && !own.has(requestId);

  const isUnknown = ({ approvalId, intended, outcome, requestId, settled }: CommandRecord): boolean =>
    approvalId !== null &&
    intended &&
    !own.has(requestId) &&
    (settled === null ? outcome === null || outcome.status === 'unconfirmed' : settled.as === 'unknown');

  function close({ act, backendId, requestId }: CommandRecord): void {
    journal.append({
      atMs: clock.now(),
      kind: 'command',
      backendId,
      summary: `${act} on ${parts.nameOf(backendId)}: ${WORDS}`,
      data: { act, phase: 'settled', requestId, status: 'unknown', message: WORDS },
    });
  }

  return {
    began(requestId) {
      if (!isDone) own.add(requestId);
    },
    mayArrive(backendId, approvalId, nowMs) {
      const askedAtMs = open.get(entryKey(backendId, approvalId));
      return askedAtMs !== undefined && Math.abs(nowMs - askedAtMs) < MAY_ARRIVE_FOR_MS ? askedAtMs : null;
    },
    start,
    dispose: () => cancel(),
  };
}
