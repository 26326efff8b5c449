import { formatDay } from '../../ui/format.ts';
import { isEverything } from './journal-filter.ts';
import { kindLabel } from './kind-look.ts';
import type { JournalFilter } from './use-journal-pages.ts';

/** What a filter lets through, as a sentence. `backendName` is what the person calls the backend. */
export function filterWords(filter: JournalFilter, backendName: string | null): string {
  if (isEverything(filter)) return 'Everything, from the first entry to the newest.';
  const { text, kinds, backendId, fromMs, toMs } = filter;
  const parts = [
    kinds.length === 0 ? 'Entries of every kind' : `Entries of the kind ${listed(kinds.map(kindLabel))}`,
  ];
  if (backendId !== null) parts.push(`of ${backendName ?? backendId}`);
  if (text !== '') parts.push(`with the words “${text}”`);
  if (fromMs !== null && toMs !== null) parts.push(`from ${formatDay(fromMs)} to ${formatDay(toMs)}`);
  else if (fromMs !== null) parts.push(`since ${formatDay(fromMs)}`);
  else if (toMs !== null) parts.push(`up to ${formatDay(toMs)}`);
  return `${parts.join(' ')}.`;
}

const listed = (words: readonly string[]): string =>
  words.length < 2
    ? (words[0] ?? '')
    : `${words.slice(0, -1).join(', ')} or ${words[words.length - 1] ?? ''}`;
