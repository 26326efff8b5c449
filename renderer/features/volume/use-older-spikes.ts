import { useMemo } from 'react';

import type { VolumeSpike } from '#shared/domain/alerts/volume.ts';
import { volumeSpike } from '#shared/domain/alerts/volume.ts';
import { parseJson } from '#shared/json.ts';
import { t } from '#shared/words.ts';

import { EVERYTHING, toFilter } from '../journal/journal-filter.ts';
import type { JournalFilter, JournalPages } from '../journal/use-journal-pages.ts';
import { useJournalPages } from '../journal/use-journal-pages.ts';

/** The journal writes each volume alert as an activity that begins with this word. */
const FILTER: JournalFilter = { ...toFilter(EVERYTHING), text: `${t('Volume')} `, kinds: ['activity'] };

/** Volume alerts that the journal holds, read page by page as they are asked for. */
export function useOlderSpikes(): Omit<JournalPages, 'entries'> & { spikes: readonly VolumeSpike[] } {
  const { entries, ...pages } = useJournalPages(FILTER);
  const spikes = useMemo(() => entries.flatMap(({ data }) => parseSpike(data)), [entries]);
  return { ...pages, spikes };
}

/** Other activities may hold the word as well; what is no volume alert is left out. */
function parseSpike(data: string): VolumeSpike[] {
  const parsed = volumeSpike.safeParse(parseJson(data));
  return parsed.success ? [parsed.data] : [];
}
