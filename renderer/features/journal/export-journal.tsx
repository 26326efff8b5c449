import { Download } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import { useState } from 'react';

import type { JournalExportFormat } from '#shared/domain/journal/journal.ts';
import { t } from '#shared/words.ts';

import { useEntry } from '../../stores/desk.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { cx } from '../../ui/cx.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { formatBytes, formatCount } from '../../ui/format.ts';
import { ProgressBar } from '../../ui/progress.tsx';
import { filterWords } from './filter-words.ts';
import { isEverything } from './journal-filter.ts';
import type { ExportState } from './use-export.ts';
import { useExport } from './use-export.ts';
import type { JournalFilter } from './use-journal-pages.ts';

const FORMATS: readonly { id: JournalExportFormat; label: string; help: string }[] = [
  { id: 'csv', label: 'CSV', help: t('For a spreadsheet: a row for each entry.') },
  {
    id: 'json',
    label: 'JSON',
    help: t('For a program: one document, the record of each entry as structure.'),
  },
  {
    id: 'ndjson',
    label: 'NDJSON',
    help: t(
      'To keep and to check: a line for each entry with its hash. An export of everything can be checked anywhere with npm run journal -- verify FILE.',
    ),
  },
];

interface ExportJournalProps {
  filter: JournalFilter;
  /** How many entries match; `null` where that is not known. */
  known: number | null;
}

/** Writes what the filter lets through to a file of the person's choice, however much it is. */
export function ExportJournal({ filter, known }: ExportJournalProps) {
  // What was asked for when it was opened does not change under the person's hand.
  const [asked, setAsked] = useState<ExportJournalProps | null>(null);
  return (
    <>
      <Button size="sm" icon={<Download size={14} aria-hidden />} onClick={() => setAsked({ filter, known })}>
        {t('Export')}
      </Button>
      {asked !== null && <ExportDialog {...asked} onClose={() => setAsked(null)} />}
    </>
  );
}

function ExportDialog({ filter, known, onClose }: ExportJournalProps & { onClose: () => void }) {
  const backend = useEntry('backends', filter.backendId ?? '');
  const [format, setFormat] = useState<JournalExportFormat>(isEverything(filter) ? 'ndjson' : 'csv');
  const { state, start, cancel } = useExport();
  const running = state.kind === 'running';
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !running && onClose()}
      title={t('Export the journal')}
      description={filterWords(filter, backend?.name ?? null)}
      footer={
        running ? (
          <Button disabled={state.cancelling} onClick={cancel}>
            {state.cancelling ? t('Cancelling') : t('Cancel')}
          </Button>
        ) : state.kind === 'done' ? (
          <Button variant="primary" onClick={onClose}>
            {t('Done')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{t('Close')}</Button>
            <Button variant="primary" onClick={() => void start(filter, format)}>
              {state.kind === 'failed' ? t('Try again') : t('Choose a file and export')}
            </Button>
          </>
        )
      }
    >
      {state.kind !== 'done' && <Formats value={format} onChange={setFormat} disabled={running} />}
      <Progress state={state} known={known} />
    </Dialog>
  );
}

interface FormatsProps {
  value: JournalExportFormat;
  onChange: (format: JournalExportFormat) => void;
  disabled: boolean;
}

function Formats({ value, onChange, disabled }: FormatsProps) {
  return (
    <RadioGroup.Root
      aria-label={t('Format')}
      value={value}
      disabled={disabled}
      onValueChange={(next) => {
        const chosen = FORMATS.find(({ id }) => id === next);
        if (chosen !== undefined) onChange(chosen.id);
      }}
      className="flex flex-col gap-1.5"
    >
      {FORMATS.map(({ id, label, help }) => (
        <RadioGroup.Item
          key={id}
          value={id}
          aria-label={label}
          aria-describedby={`export-${id}`}
          className={cx(
            'flex gap-3 rounded-md border px-3 py-2 text-left disabled:opacity-50',
            id === value ? 'border-accent bg-accent-soft' : 'border-line hover:border-line-strong',
          )}
        >
          <span className="w-16 shrink-0 text-sm font-medium text-ink">{label}</span>
          <span id={`export-${id}`} className="text-xs leading-relaxed text-muted">
            {help}
          </span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}

function Progress({ state, known }: { state: ExportState; known: number | null }) {
  if (state.kind === 'idle') {
    return (
      <p role="status" className="mt-3 text-xs text-muted">
        {state.cancelled
          ? t('Cancelled. Nothing was written.')
          : known === null
            ? t('How many entries match is known once they are written.')
            : t('{count} entries match now.', { count: formatCount(known) })}
      </p>
    );
  }
  if (state.kind === 'running') {
    const written = t('{count} entries written', { count: formatCount(state.entries) });
    return (
      <div className="mt-4">
        <ProgressBar
          label={t('Export')}
          pct={known === null || known === 0 ? null : (state.entries / known) * 100}
          words={
            known === null
              ? written
              : t('{written} of {count}', { written, count: formatCount(Math.max(known, state.entries)) })
          }
        />
      </div>
    );
  }
  if (state.kind === 'failed') {
    return (
      <p role="alert" className="selectable mt-3 rounded-md bg-danger-soft px-3 py-2 text-sm text-danger">
        {t('The export failed, and nothing was left behind. {message}', { message: state.message })}
      </p>
    );
  }
  const { path, entries, bytes } = state.file;
  return (
    <div role="status">
      <p className="text-sm text-ink">
        {t('{count} {entries, plural, one {entry was} other {entries were}} written, {bytes}.', {
          count: formatCount(entries),
          entries,
          bytes: formatBytes(bytes),
        })}
      </p>
      <p className="mt-2 flex items-center gap-1">
        <code className="selectable min-w-0 font-mono text-xs break-all text-ink">{path}</code>
        <CopyButton text={path} label={t('Copy the path')} />
      </p>
    </div>
  );
}
