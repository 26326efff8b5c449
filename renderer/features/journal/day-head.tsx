import { useState } from 'react';

import { dayName } from '#shared/wall-time.ts';
import { t } from '#shared/words.ts';

import { nowMs } from '../../stores/clock.ts';
import { useRequest } from '../../stores/use-request.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { DayInput } from '../../ui/day-input.tsx';
import { Field } from '../../ui/field.tsx';
import { formatDateTime } from '../../ui/format.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { startOfDay, startOfNextDay } from './journal-filter.ts';

/** The number and hash of the last entry of a day: kept elsewhere, they vouch for everything up to it (S5). */
export function DayHead() {
  const [day, setDay] = useState('');
  const fromMs = startOfDay(day);
  return (
    <section aria-label={t('Head of a day')} className="mt-5 border-t border-line pt-4">
      <Field label={t('Head of a day')} help={t('The last entry up to the end of this day, as NUMBER:HASH.')}>
        {(aria) => (
          <DayInput {...aria} className="w-40" value={day} max={dayName(nowMs())} onChange={setDay} />
        )}
      </Field>
      {fromMs !== null && <Head beforeMs={startOfNextDay(fromMs)} />}
    </section>
  );
}

function Head({ beforeMs }: { beforeMs: number }) {
  const { value, trouble, loading } = useRequest('journal.day-head', { beforeMs });
  if (trouble !== null)
    return (
      <p role="alert" className="mt-2 text-xs text-danger">
        {t('It could not be read. {trouble}', { trouble })}
      </p>
    );
  if (loading) return <Spinner size={13} label={t('Reading the entry')} />;
  if (value === null)
    return (
      <p role="status" className="mt-2 text-xs text-muted">
        {t('The journal holds no entry of that day or before.')}
      </p>
    );
  const head = `${value.seq}:${value.hash}`;
  return (
    <div role="status" className="mt-2">
      <p className="flex items-center gap-1">
        <code className="selectable min-w-0 font-mono text-xs break-all text-ink">{head}</code>
        <CopyButton text={head} label={t('Copy the head')} />
      </p>
      <p className="mt-1 text-xs leading-relaxed text-muted">
        {t('Written {dateTime}', { dateTime: formatDateTime(value.atMs) })}
        {beforeMs > nowMs() && t(', the newest so far on a day that is not over')}
        {t('. Keep it somewhere else;')}{' '}
        <code className="selectable font-mono text-2xs">
          <span className="whitespace-nowrap">{'npm run journal -- verify FILE'}</span>{' '}
          <span className="whitespace-nowrap">--head NUMBER:HASH</span>
        </code>{' '}
        {t('says later whether everything up to it is still what it was.')}
      </p>
    </div>
  );
}
