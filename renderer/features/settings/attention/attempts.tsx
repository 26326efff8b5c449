import { Play } from 'lucide-react';
import { useMemo, useState } from 'react';

import type { SoundName } from '#shared/domain/attention/attention.ts';
import { soundName } from '#shared/domain/attention/attention.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../../../bridge.ts';
import { nowMs } from '../../../stores/clock.ts';
import { useEntry } from '../../../stores/desk.ts';
import { useRequest } from '../../../stores/use-request.ts';
import { Button } from '../../../ui/button.tsx';
import { Select } from '../../../ui/controls.tsx';
import { formatTime } from '../../../ui/format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../../ui/states.tsx';
import type { AttemptFilter } from './attempt-words.ts';
import { ATTEMPT_FILTERS, attemptReasons, passesFilter } from './attempt-words.ts';
import { SOUNDS } from './sounds.ts';

const RECENT = {
  text: '',
  kinds: ['notification'],
  backendId: null,
  fromMs: null,
  toMs: null,
  beforeSeq: null,
  limit: 60,
} as const;
const SHOWN = 15;

/** Test buttons, and the newest attempts to notify as the journal has them, with the rule that muted each. */
export function Attempts() {
  const params = useMemo(() => ({ ...RECENT, kinds: [...RECENT.kinds] }), []);
  // What became of an attempt is written down when it is over, which is after the test was answered.
  const written = useEntry('journal', 'journal')?.entries ?? 0;
  const attempts = useRequest('journal.search', params, written);
  const [testing, setTesting] = useState<SoundName | null>(null);
  const [tested, setTested] = useState<{ title: string; sinceMs: number } | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const outcome =
    tested === null
      ? undefined
      : attempts.value?.find(
          ({ atMs, summary }) => atMs >= tested.sinceMs && summary.startsWith(tested.title),
        );

  async function test(sound: SoundName): Promise<void> {
    setTesting(sound);
    try {
      const sinceMs = nowMs();
      const { title } = await request('attention.test', { sound });
      setTested({ title, sinceMs });
      setTrouble(null);
      attempts.reload();
    } catch (error) {
      setTrouble(t('The test could not be made: {error}', { error: describeError(error) }));
    }
    setTesting(null);
  }

  return (
    <>
      <Panel title={t('Try it')}>
        <ul>
          {soundName.options.map((sound) => (
            <li
              key={sound}
              className="flex items-center gap-3 border-b border-line px-4 py-2.5 last:border-0"
            >
              <span className="w-20 text-sm font-medium text-ink">{SOUNDS[sound].label}</span>
              <span className="min-w-0 flex-1 text-xs text-muted">{SOUNDS[sound].help}</span>
              <Button
                size="sm"
                aria-label={t('Test {label}', { label: SOUNDS[sound].label })}
                busy={testing === sound}
                icon={<Play size={12} aria-hidden />}
                onClick={() => void test(sound)}
              >
                {t('Test')}
              </Button>
            </li>
          ))}
        </ul>
        {(trouble !== null || tested !== null) && (
          <p role="status" className="border-t border-line px-4 py-2.5 text-xs text-muted">
            {trouble ?? outcome?.summary ?? t('Sent. What becomes of it is being written down.')}
          </p>
        )}
      </Panel>
      <Newest attempts={attempts} />
    </>
  );
}

type Found = ReturnType<typeof useRequest<'journal.search'>>;

function Newest({ attempts }: { attempts: Found }) {
  const [filter, setFilter] = useState<AttemptFilter>('all');
  const shown = attempts.value?.filter((entry) => passesFilter(entry, filter)).slice(0, SHOWN) ?? null;
  return (
    <Panel
      title={t('What became of the newest')}
      actions={
        <>
          <Select
            size="sm"
            aria-label={t('Which attempts')}
            className="w-44"
            value={filter}
            onChange={setFilter}
            options={ATTEMPT_FILTERS}
          />
          <Button size="sm" variant="ghost" onClick={attempts.reload}>
            {t('Read again')}
          </Button>
        </>
      }
    >
      {shown === null ? (
        attempts.trouble === null ? (
          <SkeletonRows count={3} />
        ) : (
          <ErrorState
            title={t('The journal could not be read')}
            message={attempts.trouble}
            onRetry={attempts.reload}
          />
        )
      ) : shown.length === 0 ? (
        filter === 'all' ? (
          <EmptyState title={t('Nothing was announced yet')}>{t('Press a test button above.')}</EmptyState>
        ) : (
          <EmptyState title={t('None of the newest')}>{t('All of them went another way.')}</EmptyState>
        )
      ) : (
        <ul>
          {shown.map((entry) => (
            <li key={entry.seq} className="flex gap-4 border-b border-line px-4 py-2 text-xs last:border-0">
              <span className="figures w-24 shrink-0 text-faint">{formatTime(entry.atMs, nowMs())}</span>
              <span className="selectable min-w-0 break-words text-ink">
                {entry.summary}
                {attemptReasons(entry).map((reason) => (
                  <span key={reason} className="block text-muted">
                    {reason}
                  </span>
                ))}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
