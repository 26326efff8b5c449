import { TriangleAlert } from 'lucide-react';

import { assertNever } from '#shared/assert-never.ts';
import type { JournalHealth } from '#shared/domain/journal/journal.ts';
import { t } from '#shared/words.ts';

import { useEntry } from '../../stores/desk.ts';
import { cx } from '../../ui/cx.ts';

/** Says that the journal is not well, and what that means for what is being decided (D6). Nothing while it is. */
export function JournalHealthBanner() {
  const health = useEntry('journal', 'journal');
  if (health === undefined || health.state === 'ok') return null;
  const { title, grave } = words(health.state);
  return (
    <div
      role={grave ? 'alert' : 'status'}
      className={cx(
        'mx-5 mb-3 flex items-start gap-2.5 rounded-md px-3.5 py-2.5 text-sm',
        grave ? 'bg-danger-soft text-danger' : 'bg-warn-soft text-warn',
      )}
    >
      <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0" />
      <span>
        <strong className="font-semibold">{title}</strong> {health.trouble}
      </span>
    </div>
  );
}

function words(state: Exclude<JournalHealth['state'], 'ok'>): { title: string; grave: boolean } {
  switch (state) {
    case 'read-only':
      return { title: t('The journal can be read but not written.'), grave: true };
    case 'failing':
      return { title: t('The journal is not being written.'), grave: true };
    case 'restarting':
      return {
        title: t('The journal is starting again. What happens meanwhile is kept and written after.'),
        grave: false,
      };
    case 'rebuilt':
      return { title: t('The journal was damaged and had to be begun anew.'), grave: false };
    case 'continued':
      return { title: t('The journal is kept in two files.'), grave: false };
    default:
      return assertNever(state);
  }
}
