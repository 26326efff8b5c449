import { startOfDay } from '#shared/wall-time.ts';

import { formatDay, formatHour } from '../../ui/format.ts';
import { isEverything } from './journal-filter.ts';
import { kindLabel } from './kind-look.ts';
import type { JournalFilter } from './use-journal-pages.ts';

/** What a filter lets through, as a sentence. `backendName` is what the person calls the backend. */
export function filterWords(filter: JournalFilter, backendName: string | null): string {
  if (isEverything(filter)) return 'Everything, from the first entry to the newest.';
  const { kinds, backendId, leastSeverity, symbol, fromMs, toMs } = filter;
  const text = filter.text.trim();
  const parts = [
    kinds.length === 0 ? 'Entries of every kind' : `Entries of the kind ${listed(kinds.map(kindLabel))}`,
  ];
  if (backendId !== null) parts.push(`of ${backendName ?? backendId}`);
  if (leastSeverity !== null)
    parts.push(leastSeverity === 'critical' ? 'that are critical' : `of severity ${leastSeverity} or above`);
  if (symbol !== '') parts.push(`about ${symbol}`);
  if (text !== '') parts.push(`with the words “${text}”`);
  if (fromMs !== null && toMs !== null) parts.push(`from ${beginning(fromMs)} to ${end(toMs)}`);
  else if (fromMs !== null) parts.push(`since ${beginning(fromMs)}`);
  else if (toMs !== null) parts.push(`up to ${end(toMs)}`);
  return `${parts.join(' ')}.`;
}

/** The day alone where it is meant from its beginning, or to its end. */
const beginning = (atMs: number): string => (isMidnight(atMs) ? formatDay(atMs) : formatMinute(atMs));
const end = (atMs: number): string => (isMidnight(atMs + 1) ? formatDay(atMs) : formatMinute(atMs));

const isMidnight = (atMs: number): boolean => startOfDay(atMs) === atMs;
const formatMinute = (atMs: number): string => `${formatDay(atMs)}, ${formatHour(atMs)}`;

const listed = (words: readonly string[]): string =>
  words.length < 2
    ? (words[0] ?? '')
    : `${words.slice(0, -1).join(', ')} or ${words[words.length - 1] ?? ''}`;
