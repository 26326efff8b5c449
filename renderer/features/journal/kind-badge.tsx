import type { JournalEntry } from '#shared/domain/journal/journal.ts';

import { Badge } from '../../ui/badge.tsx';
import { kindLabel, kindTone } from './kind-look.ts';

/** What kind of entry it is. */
export const KindBadge = ({ entry }: { entry: Pick<JournalEntry, 'kind' | 'severity'> }) => (
  <Badge tone={kindTone(entry)}>{kindLabel(entry.kind)}</Badge>
);
