import { History } from 'lucide-react';
import { useState } from 'react';

import type { KeptPast, Stretch } from '#shared/domain/journal/playback.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { useRequest } from '../../stores/use-request.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ClockInput } from '../../ui/clock-input.tsx';
import { DayInput } from '../../ui/day-input.tsx';
import { Field } from '../../ui/field.tsx';
import { formatBytes, formatDateTime } from '../../ui/format.ts';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { localText, parseLocal } from './local-time.ts';

interface StretchDialogProps {
  /** What stands in the inputs first. */
  first: Stretch;
  label: string;
  onClose: () => void;
  onChoose: (stretch: Stretch) => void;
}

const LAST: readonly { label: string; ms: number }[] = [
  { label: t('Last 15 minutes'), ms: 15 * MINUTE_MS },
  { label: t('Last hour'), ms: HOUR_MS },
  { label: t('Last 4 hours'), ms: 4 * HOUR_MS },
  { label: t('Last day'), ms: DAY_MS },
  { label: t('Last 7 days'), ms: 7 * DAY_MS },
];

/** Which stretch to play, and since when there is anything. */
export function StretchDialog({ first, label, onClose, onChoose }: StretchDialogProps) {
  const kept = useRequest('playback.kept', {});
  const [from, setFrom] = useState(() => localText(first.fromMs));
  const [to, setTo] = useState(() => localText(first.toMs));
  // Now, whatever time the window shows.
  const nowMs = kept.value?.nowMs ?? 0;
  const since = kept.value?.since ?? null;
  const read = readStretch(from, to, since, nowMs);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('Play back')}
      description={t('The desk as it was, in a window of its own. The live desk goes on.')}
      footer={
        <>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button
            variant="primary"
            disabled={read.stretch === null || since === null}
            onClick={() => read.stretch !== null && onChoose(read.stretch)}
          >
            {label}
          </Button>
        </>
      }
    >
      {kept.trouble !== null ? (
        <ErrorState
          title={t('What is kept could not be read')}
          message={kept.trouble}
          onRetry={kept.reload}
        />
      ) : kept.value === null ? (
        <SkeletonRows count={3} />
      ) : kept.value.since === null ? (
        <EmptyState icon={<History size={22} aria-hidden />} title={t('Nothing is kept yet')}>
          {kept.value.trouble ??
            t('The desk keeps its past from its first seconds on. Look again in a moment.')}
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-4">
          <KeptLine kept={kept.value} />
          <div role="group" aria-label={t('Usual stretches')} className="flex flex-wrap gap-2">
            {LAST.map(({ label: name, ms }) => (
              <Button
                key={name}
                size="sm"
                onClick={() => {
                  setFrom(localText(Math.max(since ?? 0, nowMs - ms)));
                  setTo(localText(nowMs));
                }}
              >
                {name}
              </Button>
            ))}
          </div>
          <div className="grid grid-cols-2 gap-4 max-[40rem]:grid-cols-1">
            <TimeField label={t('From')} value={from} onChange={setFrom} error={read.error} />
            <TimeField label={t('To')} value={to} onChange={setTo} error={null} />
          </div>
        </div>
      )}
    </Dialog>
  );
}

interface TimeFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error: string | null;
}

const TimeField = ({ label, value, onChange, error }: TimeFieldProps) => (
  <Field label={label} {...(error === null ? {} : { error })}>
    {(aria) => (
      <span className="flex gap-1.5">
        <DayInput
          {...aria}
          className="min-w-0 flex-1"
          value={value.split('T')[0] ?? ''}
          onChange={(day) => onChange(`${day}T${value.split('T')[1] ?? ''}`)}
        />
        <ClockInput
          aria-label={t('{label}: time', { label })}
          aria-describedby={aria['aria-describedby']}
          aria-invalid={aria['aria-invalid']}
          seconds
          className="!w-28"
          value={value.split('T')[1] ?? ''}
          onChange={(time) => onChange(`${value.split('T')[0] ?? ''}T${time}`)}
        />
      </span>
    )}
  </Field>
);

function KeptLine({ kept }: { kept: KeptPast }) {
  return (
    <p className="text-xs leading-relaxed text-muted">
      {t('Kept since')}{' '}
      <span className="figures text-ink">{kept.since === null ? '' : formatDateTime(kept.since)}</span>
      {t(', {bytes}. How much is kept can be set in Settings, Journal.', {
        bytes: formatBytes(kept.sizeBytes),
      })}
      {kept.trouble !== null && <span className="mt-1 block text-warn">{kept.trouble}</span>}
    </p>
  );
}

function readStretch(
  from: string,
  to: string,
  since: number | null,
  nowMs: number,
): { stretch: Stretch | null; error: string | null } {
  const [fromMs, toMs] = [parseLocal(from), parseLocal(to)];
  if (fromMs === null || toMs === null) return { stretch: null, error: t('Type a day and a time in both.') };
  if (fromMs >= toMs) return { stretch: null, error: t('It has to begin before it ends.') };
  if (fromMs >= nowMs) return { stretch: null, error: t('That has not happened yet.') };
  if (since !== null && toMs <= since) return { stretch: null, error: t('Nothing is kept of that time.') };
  return { stretch: { fromMs, toMs }, error: null };
}
