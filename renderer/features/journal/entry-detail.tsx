import { History, X } from 'lucide-react';
import { Fragment, useMemo } from 'react';

import type { JournalEntry } from '#shared/domain/journal/journal.ts';
import { t } from '#shared/words.ts';

import { BackendTag } from '../../ui/backend-tag.tsx';
import { SeverityBadge } from '../../ui/badge.tsx';
import { playBack } from '../../stores/playback.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { formatDateTime } from '../../ui/format.ts';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import { entryFacts } from './entry-facts.ts';
import { RelatedEntries } from './related-entries.tsx';
import { KindBadge } from './kind-badge.tsx';

interface EntryDetailProps {
  entry: JournalEntry;
  /** Another entry is to be shown instead. */
  onOpen: (entry: JournalEntry) => void;
  onClose: () => void;
}

/**
 * An entry in plain words, what belongs to it, the record as it was written, and the hash that binds it to all before it
 * (S5).
 */
export function EntryDetail({ entry, onOpen, onClose }: EntryDetailProps) {
  const facts = useMemo(() => entryFacts(entry.data, entry.summary), [entry]);
  const pretty = useMemo(() => prettyData(entry.data), [entry.data]);
  return (
    <aside
      aria-label={t('Entry in detail')}
      className="flex max-h-full w-104 shrink-0 flex-col rounded-lg border border-line bg-surface max-[1180px]:max-h-[50%] max-[1180px]:w-full"
    >
      <header className="flex items-center gap-2 border-b border-line px-4 py-2.5">
        <KindBadge entry={entry} />
        {entry.severity !== null && <SeverityBadge severity={entry.severity} />}
        <span className="figures text-xs text-faint">{t('No. {seq}', { seq: entry.seq })}</span>
        <IconButton
          size="sm"
          label={t('Close')}
          icon={<X size={14} aria-hidden />}
          className="-mr-1.5 ml-auto"
          onClick={onClose}
        />
      </header>
      <ScrollArea label={t('The entry')} className="selectable min-h-0 flex-1 px-4 py-3">
        <p className="text-sm leading-relaxed break-words text-ink">{entry.summary}</p>
        <p className="figures mt-1 flex flex-wrap items-center gap-x-3 text-xs text-muted">
          {formatDateTime(entry.atMs)}
          {entry.backendId !== null && <BackendTag backendId={entry.backendId} />}
        </p>
        <Button
          size="sm"
          className="mt-2.5"
          icon={<History size={14} aria-hidden />}
          onClick={() => void playBack({ atMs: entry.atMs })}
        >
          {t('Play back this moment')}
        </Button>
        {facts.length > 0 && (
          <dl className="mt-4 grid grid-cols-[minmax(5.5rem,auto)_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-xs">
            {facts.map(({ name, value }, index) => (
              <Fragment key={index}>
                <dt className="text-muted">{name}</dt>
                <dd className="figures min-w-0 break-words text-ink">{value}</dd>
              </Fragment>
            ))}
          </dl>
        )}
        <RelatedEntries entry={entry} onOpen={onOpen} />
        <div className="mt-4 flex items-center">
          <h2 className="label">{t('Record')}</h2>
          <CopyButton text={pretty} label={t('Copy the record')} className="ml-auto" />
        </div>
        <pre className="rounded-md border border-line bg-canvas p-3 font-mono text-2xs leading-relaxed break-words whitespace-pre-wrap text-ink">
          {pretty}
        </pre>
        <div className="mt-3 flex items-center">
          <h2 className="label">{t('Hash')}</h2>
          <CopyButton text={entry.hash} label={t('Copy the hash')} className="ml-auto" />
        </div>
        <p className="font-mono text-2xs break-all text-muted">{entry.hash}</p>
      </ScrollArea>
    </aside>
  );
}

/** The record with a line for each member, or as it stands where it is not JSON. */
function prettyData(data: string): string {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  } catch {
    return data;
  }
}
