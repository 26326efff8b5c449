import { History } from 'lucide-react';

import type { Place } from '#shared/domain/attention/attention.ts';
import { t } from '#shared/words.ts';

import { PlaceHeader } from '../../ui/panel.tsx';
import { EmptyState } from '../../ui/states.tsx';

const WORDS: Partial<Record<Place, { title: string; words: string }>> = {
  settings: {
    title: t('Settings are of now'),
    words: t(
      'How they stood then is not kept. What was changed, and when, is in the journal. Open them in the main window.',
    ),
  },
  assistant: {
    title: t('Conversations are of now'),
    words: t('How they stood then is not kept. They are in the main window, with their times.'),
  },
};

/** Places of which no past is kept: they say so, and do not show the present as if it were then. */
export const hasNoPast = (place: Place): boolean => WORDS[place] !== undefined;

export function NoPast({ place, label }: { place: Place; label: string }) {
  const { title, words } = WORDS[place] ?? { title: '', words: '' };
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PlaceHeader title={label} />
      <EmptyState className="flex-1" icon={<History size={26} aria-hidden />} title={title}>
        {words}
      </EmptyState>
    </div>
  );
}
