import type { HeardAnswer } from '#shared/domain/approvals/decision-record.ts';
import type { PanicTarget } from '#shared/domain/panic/kill-switch.ts';

import type { DeskPort } from '../desk/port.ts';
import type { JournalPort } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { settleWithin } from './settle-within.ts';

const DURABLE_LIMIT_MS = 2_000;

/** What the journal and the person are told of a panic beside its state. */
export interface PanicRecords {
  /** One entry an activation, however often it is pressed (K8). Not waited for (K15). */
  pressed(
    press: { id: string; origin: string; because: string | undefined },
    backendIds: readonly string[],
  ): void;
  settled(name: string, target: PanicTarget, answers: readonly HeardAnswer[]): void;
  /** K14: announced at once, whoever lifted it. */
  lifted(
    id: string,
    lifted: { backendId: string; name: string; by: string; byItself: boolean; reasserted: number },
  ): void;
  /** Resolves to whether the disk took it: resuming adds risk, so it is written down first. */
  resuming(id: string, origin: string, presses: number): Promise<boolean>;
  resumed(id: string, words: string): void;
}

export function createPanicRecords(parts: {
  desk: Pick<DeskPort, 'dispatch'>;
  journal: Pick<JournalPort, 'append' | 'appendDurably'>;
  clock: Clock;
  log: Logger;
}): PanicRecords {
  const { desk, journal, clock, log } = parts;

  async function durably(summary: string, data: Record<string, unknown>): Promise<boolean> {
    const record = { atMs: clock.now(), kind: 'panic' as const, backendId: null, summary, data };
    const written = await settleWithin(clock, DURABLE_LIMIT_MS * 2, () =>
      journal.appendDurably(record, DURABLE_LIMIT_MS),
    );
    if (written.kind !== 'value')
      log.error('the journal did not take an entry of PANIC in time', { summary });
    return written.kind === 'value';
  }

  return {
    pressed({ id, origin, because }, backendIds) {
      const words = because ?? `PANIC pressed from ${origin}`;
      void durably(words, { phase: 'pressed', id, origin, backendIds });
    },
    settled(name, target, answers) {
      const { backendId, state, detail } = target;
      const summary = `PANIC on ${name}: ${state}. ${detail}`;
      journal.append({
        atMs: clock.now(),
        kind: 'kill-switch',
        backendId,
        summary,
        data: { ...target, answers },
      });
    },
    lifted(id, { backendId, name, by, byItself, reasserted }) {
      const message = byItself
        ? `${name} lifted its halt by itself (${by}) while PANIC is latched. It is being halted again (${reasserted} so far).`
        : `${name} was resumed by ${by} while PANIC is latched. Press PANIC to halt it again, or resume here too.`;
      const atMs = clock.now();
      journal.append({
        atMs,
        kind: 'kill-switch',
        backendId,
        summary: message,
        data: { id, by, byItself, reasserted },
      });
      desk.dispatch({
        type: 'alert',
        alert: {
          backendId,
          id: `panic-${id}-lifted-${atMs}-${reasserted}`,
          kind: 'halt-lifted',
          severity: 'critical',
          rawSeverity: 'critical',
          message,
          groupKey: `halt-lifted-${byItself ? 'by-itself' : 'by-person'}`,
          instrument: null,
          facts: [{ name: 'Lifted by', value: by }],
          occurredAtMs: null,
          receivedAtMs: atMs,
          count: 1,
          acknowledgedAtMs: null,
        },
      });
    },
    resuming: (id, origin, presses) =>
      durably(`Resume asked from ${origin}`, { phase: 'resuming', id, origin, presses }),
    resumed(id, words) {
      const data = { phase: 'resumed', id, words };
      journal.append({
        atMs: clock.now(),
        kind: 'panic',
        backendId: null,
        summary: `Resume: ${words}`,
        data,
      });
    },
  };
}
