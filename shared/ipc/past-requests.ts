import type { RequestName } from './contract.ts';
import { PAST_REASON } from './past-reason.ts';

/** What a window of the past may ask: what it shows is read as of then, and PANIC acts on the present. */
const PASSES: ReadonlySet<string> = new Set<RequestName>([
  'app.info',
  'app.report-error',
  'app.show-window',
  'backends.kinds',
  'decisions.history',
  'desk.snapshot',
  'journal.day-head',
  'journal.search',
  'lock.now',
  'lock.status',
  'lock.unlock',
  'market.candles',
  'panic.press',
  'playback.act',
  'playback.kept',
  'playback.open',
  'playback.state',
  'playback.timeline',
  'portfolio.at',
  'portfolio.history',
  'settings.get',
]);

/** Reads whose answer would be of now. */
const OF_NOW: ReadonlySet<string> = new Set<RequestName>([
  'assistant.conversations',
  'assistant.key',
  'assistant.open',
  'backends.read',
  'channels.kinds',
  'command.check',
  'desktop.status',
  'ingest.status',
  'journal.retention-preview',
  'journal.verify',
  'rules.dry-run',
  'settings-file.last',
  'sign-in.status',
  'updates.state',
  'vault.status',
]);

/** Why a window of the past may not ask this, as sentences; `null` where it may. What has no name here is refused. */
export function pastRefusal(name: string): string | null {
  if (PASSES.has(name)) return null;
  return OF_NOW.has(name)
    ? 'This is the past, and no copy of this was kept. Look in the main window for how it is now.'
    : PAST_REASON;
}
