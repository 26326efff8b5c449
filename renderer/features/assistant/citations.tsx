import { ChevronDown, ChevronRight, FileSearch } from 'lucide-react';
import { useState } from 'react';

import type { Citation } from '#shared/domain/assistant/assistant.ts';
import { t } from '#shared/words.ts';

import { openDestination } from '../../stores/ui.ts';
import { Button } from '../../ui/button.tsx';

/** What was read for an answer; each opens where the window shows it. */
export function Citations({ citations }: { citations: readonly Citation[] }) {
  const [open, setOpen] = useState<number | null>(null);
  if (citations.length === 0) return null;
  const shown = open === null ? undefined : citations[open];
  return (
    <section aria-label={t('Read for this answer')} className="mt-2.5">
      <div className="flex flex-wrap items-center gap-1.5">
        <span className="flex items-center gap-1.5 text-2xs text-faint">
          <FileSearch size={13} aria-hidden /> {t('Read')}
        </span>
        {citations.map(({ label, items }, index) =>
          items.length === 0 ? (
            // Nothing to open: what was looked for and not found is said, and is no button.
            <span key={index} className="text-2xs text-faint">
              {label.replace(/^0 /, 'no ')}
            </span>
          ) : (
            <Button
              key={index}
              size="sm"
              className="h-6 rounded-full px-2.5 text-2xs"
              aria-expanded={open === index}
              onClick={() => setOpen(open === index ? null : index)}
            >
              {label}
              <ChevronDown size={11} aria-hidden className={open === index ? 'rotate-180' : ''} />
            </Button>
          ),
        )}
      </div>
      {shown !== undefined && (
        <ul className="mt-1.5 max-h-56 overflow-y-auto rounded-lg border border-line bg-surface p-1">
          {shown.items.map(({ label, destination }, index) => (
            <li key={index}>
              <button
                type="button"
                className="flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-left text-xs text-ink hover:bg-overlay"
                onClick={() => openDestination(destination)}
              >
                <span className="min-w-0 flex-1 truncate">{label || t('Open')}</span>
                <ChevronRight size={12} aria-hidden className="shrink-0 text-faint" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
