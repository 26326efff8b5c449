import { startOfDay } from '#shared/wall-time.ts';
import type { JournalEntry } from '#shared/domain/journal/journal.ts';
import type { DecimalString } from '#shared/money.ts';
import { add, compare } from '#shared/money.ts';
import type { EpochMs } from '#shared/time.ts';
import { HOUR_MS, SECOND_MS } from '#shared/time.ts';

import { searchPages } from '../journal/pages-port.ts';
import type { JournalPort } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import type { Logger } from '../lib/logger.ts';
import { readCommandRecords } from './decision-records.ts';
import { wordsOf } from './settle-within.ts';

/** What decisions of a day put at stake. `unknown` counts those whose value nobody knows. */
export interface DayUse {
  usd: DecimalString;
  unknown: number;
  count: number;
}

/** One command that was sent, or is about to be. */
export interface LedgerEntry {
  requestId: string;
  atMs: number;
  backendId: string;
  /** Approving and then executing one proposal is used once. */
  approvalId: string | null;
  practice: boolean;
  addsRisk: boolean;
  valueUsd: DecimalString | null;
  ruleId: string | null;
}

export interface DayQuestion {
  practice: boolean;
  /** `null` over all backends. */
  backendId: string | null;
  /** A proposal whose own earlier decisions are not counted. */
  except?: { backendId: string; approvalId: string | null };
  /** Decisions of this rule, whatever they decided; else those that added risk, whoever made them. */
  ruleId?: string;
}

/**
 * What was decided here today (A4), from the journal: every decision is written there before it is sent. One that was sent
 * and whose fate is not known counts; one that was refused, or was proved not to have happened, does not.
 */
export interface DecisionLedger {
  /** `null` until the day's decisions are read. */
  used(question: DayQuestion, nowMs: number): DayUse | null;
  /** Counts a command from now on; in the same tick as the last look at the limits, so that two at once cannot both fit. */
  reserve(entry: LedgerEntry): void;
  /** It did not happen. */
  release(requestId: string): void;
  /** Reads the day from the journal, again and again until that works. Never rejects. */
  start(): Promise<void>;
  dispose: Disposer;
}

/** Far more than a person and their rules decide in a day. */
const MOST_PAGES = 40;
const RETRY_MS = 10 * SECOND_MS;

/** A day has 25 hours at most: whichever time zone is chosen next, what its day has used is here. */
const keptFrom = (nowMs: EpochMs): EpochMs => nowMs - 25 * HOUR_MS;

export function createDecisionLedger(parts: {
  journal: Pick<JournalPort, 'search'>;
  clock: Clock;
  log: Logger;
}): DecisionLedger {
  const { clock, journal, log } = parts;
  const entries = new Map<string, LedgerEntry>();
  const released = new Set<string>();
  let isRead = false;
  let cancel: Disposer = () => undefined;

  async function readDay(): Promise<void> {
    const fromMs = keptFrom(clock.now());
    const found: JournalEntry[] = [];
    for await (const lines of searchPages(journal, { kinds: ['command'], fromMs }, MOST_PAGES))
      found.push(...lines);
    for (const record of readCommandRecords(found)) {
      const { outcome, settled } = record;
      const didNotHappen =
        !record.intended ||
        outcome?.status === 'blocked' ||
        outcome?.status === 'rejected' ||
        outcome?.status === 'needs-code' ||
        settled?.as === 'rejected' ||
        settled?.as === 'otherwise';
      if (didNotHappen || released.has(record.requestId) || entries.has(record.requestId)) continue;
      const { addsRisk, approvalId, askedAtMs: atMs, backendId, practice, requestId, valueUsd } = record;
      const ruleId = record.rule?.id ?? null;
      entries.set(requestId, {
        requestId,
        atMs,
        backendId,
        approvalId,
        practice,
        addsRisk,
        valueUsd,
        ruleId,
      });
    }
    isRead = true;
  }

  const ledger: DecisionLedger = {
    used(question, nowMs) {
      if (!isRead) return null;
      const fromMs = startOfDay(nowMs);
      const bySubject = new Map<string, LedgerEntry>();
      for (const entry of entries.values()) {
        if (entry.atMs < fromMs || !concerns(question, entry)) continue;
        const subject =
          entry.approvalId === null ? entry.requestId : `${entry.backendId}/${entry.approvalId}`;
        const known = bySubject.get(subject);
        if (known === undefined || isMore(entry, known)) bySubject.set(subject, entry);
      }
      const counted = [...bySubject.values()];
      return {
        usd: counted.reduce((total, { valueUsd }) => add(total, valueUsd ?? '0'), '0'),
        unknown: counted.filter(({ valueUsd }) => valueUsd === null).length,
        count: counted.length,
      };
    },
    reserve(entry) {
      const fromMs = keptFrom(clock.now());
      for (const { atMs, requestId } of entries.values()) if (atMs < fromMs) entries.delete(requestId);
      entries.set(entry.requestId, entry);
    },
    release(requestId) {
      // Said before the journal was read, it still counts then.
      if (!isRead) released.add(requestId);
      entries.delete(requestId);
    },
    async start() {
      try {
        await readDay();
      } catch (error) {
        log.warn('the decisions of the day could not be read', { error: wordsOf(error) });
        cancel = clock.after(RETRY_MS, () => void ledger.start());
      }
    },
    dispose: () => cancel(),
  };
  return ledger;
}

function concerns({ practice, backendId, except, ruleId }: DayQuestion, entry: LedgerEntry): boolean {
  if (entry.practice !== practice) return false;
  if (backendId !== null && entry.backendId !== backendId) return false;
  if (ruleId !== undefined) return entry.ruleId === ruleId;
  const isExcepted =
    except !== undefined &&
    except.approvalId !== null &&
    except.backendId === entry.backendId &&
    except.approvalId === entry.approvalId;
  return entry.addsRisk && !isExcepted;
}

function isMore(a: LedgerEntry, b: LedgerEntry): boolean {
  if (a.valueUsd === null || b.valueUsd === null) return b.valueUsd === null && a.valueUsd !== null;
  return compare(a.valueUsd, b.valueUsd) > 0;
}
