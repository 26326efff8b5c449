import { startOfDay } from '#shared/wall-time.ts';
import { t } from '#shared/words.ts';

import { formatDay, formatHour } from '../../ui/format.ts';
import { isEverything } from './journal-filter.ts';
import { kindLabel } from './kind-look.ts';
import type { JournalFilter } from './use-journal-pages.ts';

/** What a filter lets through, as a sentence. `backendName` is what the person calls the backend. */
export function filterWords(filter: JournalFilter, backendName: string | null): string {
  if (isEverything(filter)) return t('Everything, from the first entry to the newest.');
  const { kinds, backendId, leastSeverity, symbol, fromMs, toMs } = filter;
  const text = filter.text.trim();
  const parts = [
    kinds.length === 0
      ? t('Entries of every kind')
      : t('Entries of the kind {list}', { list: listed(kinds.map(kindLabel)) }),
  ];
  if (backendId !== null) parts.push(t('of {backendName}', { backendName: backendName ?? backendId }));
  if (leastSeverity !== null)
    parts.push(
      leastSeverity === 'critical'
        ? t('that are critical')
        : t('of severity {leastSeverity} or above', { leastSeverity }),
    );
  if (symbol !== '') parts.push(t('about {symbol}', { symbol }));
  if (text !== '') parts.push(t('with the words “{text}”', { text }));
  if (fromMs !== null && toMs !== null)
    parts.push(t('from {fromMs} to {toMs}', { fromMs: beginning(fromMs), toMs: end(toMs) }));
  else if (fromMs !== null) parts.push(t('since {fromMs}', { fromMs: beginning(fromMs) }));
  else if (toMs !== null) parts.push(t('up to {toMs}', { toMs: end(toMs) }));
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
    : t('{list} or {value}', { list: words.slice(0, -1).join(', '), value: words[words.length - 1] ?? '' });
