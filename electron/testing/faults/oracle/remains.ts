import { ALERTS_KEPT, EQUITY_POINTS_KEPT, TRADES_KEPT } from '../../../desk/bounds.ts';
import type { LedgerLine } from '../ledger.ts';
import type { Ending } from '../play.ts';
import type { Violation } from './violation.ts';

const HEAP_BYTES = 200 * 1024 * 1024;

/** D7: memory is bounded, nothing is left behind, and nothing fell over unseen. What did not come about in time is told too. */
export function judgeRemains(ledger: readonly LedgerLine[], ending: Ending): Violation[] {
  const { desk, exitCode, overdue, timersLeft } = ending;
  const found: Violation[] = overdue.map((words) => ({ promise: 'D2', words }));
  if (timersLeft > 0)
    found.push({ promise: 'D7', words: `${timersLeft} timers are left after the end of the desk` });
  if (exitCode !== 0)
    found.push({
      promise: 'D7',
      words: `the process of the desk did not end by itself (${exitCode ?? 'it had to be killed'})`,
    });
  if (desk !== null && desk.heapBytes > HEAP_BYTES)
    found.push({ promise: 'D7', words: `the desk holds ${Math.round(desk.heapBytes / 1_048_576)} MiB` });
  for (const [slice, most] of Object.entries(BOUNDS))
    if ((desk?.sizes[slice] ?? 0) > most)
      found.push({ promise: 'D7', words: `${slice}: ${desk?.sizes[slice]} entries, ${most} at most` });
  for (const line of ledger)
    if (
      line.kind === 'trouble' &&
      /^(uncaughtException|unhandledRejection|a command failed inside|a listener)/.test(line.words)
    )
      found.push({ promise: 'D5', words: line.words.slice(0, 600) });
  return found;
}

const BOUNDS: Readonly<Record<string, number>> = {
  alerts: ALERTS_KEPT,
  trades: TRADES_KEPT,
  equity: EQUITY_POINTS_KEPT,
};
