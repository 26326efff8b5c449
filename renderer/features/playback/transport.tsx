import { CalendarRange, ChevronFirst, ChevronLast, Pause, Play, SkipBack, SkipForward } from 'lucide-react';
import { useState } from 'react';

import type { PlaybackMark, PlaybackState } from '#shared/domain/journal/playback.ts';
import { PLAYBACK_SPEEDS } from '#shared/domain/journal/playback-speed.ts';
import { SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { useNow } from '../../stores/clock.ts';
import { actOnPlayback, usePlayback } from '../../stores/playback.ts';
import { useRequest } from '../../stores/use-request.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { formatDateTime, formatTime } from '../../ui/format.ts';
import { Segmented } from '../../ui/tabs.tsx';
import { useWindowKeys } from '../../ui/use-window-keys.ts';
import { kindLabel } from '../journal/kind-look.ts';
import { StretchDialog } from './stretch-dialog.tsx';
import { Timeline } from './timeline.tsx';
import { markBefore, stepMs } from './timeline-picture.ts';

/** Plays, pauses, steps and goes along the past; by keys as well: space, arrows, Home and End on the line. */
export function Transport() {
  const state = usePlayback((store) => store.state);
  return state === null ? null : <Controls state={state} />;
}

function Controls({ state }: { state: PlaybackState }) {
  const { stretch, playing, speed } = state;
  const [isChoosing, setIsChoosing] = useState(false);
  const now = useNow(SECOND_MS);
  const positionMs = Math.min(stretch.toMs, Math.max(stretch.fromMs, playing ? now : state.positionMs));
  const timeline = useRequest('playback.timeline', {}, `${stretch.fromMs} ${stretch.toMs}`);
  const marks = timeline.value?.marks ?? [];
  const toggle = (): void => actOnPlayback({ act: playing ? 'pause' : 'play' });
  useSpace(toggle);
  const step = (direction: 1 | -1): void =>
    actOnPlayback({ act: 'seek', atMs: Math.max(0, Math.round(positionMs + direction * stepMs(stretch))) });
  return (
    <section
      aria-label={t('Transport')}
      className="flex shrink-0 flex-col gap-1.5 border-t-2 border-past-fill bg-surface px-3 py-2"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="flex items-center gap-1">
          <IconButton
            label={t('Previous event')}
            icon={<SkipBack size={16} aria-hidden />}
            onClick={() => actOnPlayback({ act: 'mark', direction: 'previous' })}
          />
          <IconButton
            label={t('Step back')}
            icon={<ChevronFirst size={17} aria-hidden />}
            onClick={() => step(-1)}
          />
          <Button
            variant="primary"
            className="w-24"
            icon={playing ? <Pause size={15} aria-hidden /> : <Play size={15} aria-hidden />}
            onClick={toggle}
          >
            {playing ? t('Pause') : t('Play')}
          </Button>
          <IconButton
            label={t('Step forward')}
            icon={<ChevronLast size={17} aria-hidden />}
            onClick={() => step(1)}
          />
          <IconButton
            label={t('Next event')}
            icon={<SkipForward size={16} aria-hidden />}
            onClick={() => actOnPlayback({ act: 'mark', direction: 'next' })}
          />
        </div>
        <Segmented
          label={t('Speed')}
          value={String(speed)}
          options={PLAYBACK_SPEEDS.map((one) => ({ value: String(one), label: `${one}×` }))}
          onChange={(next) => {
            const chosen = PLAYBACK_SPEEDS.find((one) => String(one) === next);
            if (chosen !== undefined) actOnPlayback({ act: 'speed', speed: chosen });
          }}
        />
        <Timeline stretch={stretch} positionMs={positionMs} timeline={timeline.value} />
        <Button
          icon={<CalendarRange size={15} aria-hidden />}
          aria-haspopup="dialog"
          onClick={() => setIsChoosing(true)}
        >
          {t('Stretch')}
        </Button>
      </div>
      <p className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 text-2xs text-muted">
        <span className="figures">
          {t('{dateTime} to {dateTime2}', {
            dateTime: formatDateTime(stretch.fromMs),
            dateTime2: formatDateTime(stretch.toMs),
          })}
        </span>
        <Said state={state} mark={markBefore(marks, positionMs)} />
        {timeline.trouble !== null && <span className="text-warn">{timeline.trouble}</span>}
        {timeline.value?.more === true && (
          <span>{t('Only the newest {count} events have a mark.', { count: marks.length })}</span>
        )}
      </p>
      {isChoosing && (
        <StretchDialog
          first={stretch}
          label={t('Play this')}
          onClose={() => setIsChoosing(false)}
          onChoose={(chosen) => {
            setIsChoosing(false);
            actOnPlayback({ act: 'stretch', stretch: chosen });
          }}
        />
      )}
    </section>
  );
}

/** What is wrong first, then where nothing was kept, then what happened last. */
function Said({ state, mark }: { state: PlaybackState; mark: PlaybackMark | null }) {
  const { gap, trouble, positionMs } = state;
  if (trouble !== null) return <span className="font-medium text-warn">{trouble}</span>;
  if (gap !== null) {
    return (
      <span role="status" className="font-medium text-warn">
        {t(
          'Nothing was kept from {time} to {time2}: the desk was off. What shows is what was known before.',
          { time: formatTime(gap.fromMs, positionMs), time2: formatTime(gap.toMs, positionMs) },
        )}
      </span>
    );
  }
  if (mark === null) return <span>{t('No event in this stretch up to here.')}</span>;
  return (
    <span className="min-w-0 truncate">
      <span className="figures">{formatTime(mark.atMs, positionMs)}</span> {kindLabel(mark.kind)}:{' '}
      <span className="text-ink">{mark.summary}</span>
    </span>
  );
}

/** Space plays and pauses wherever it would do nothing else. */
function useSpace(toggle: () => void): void {
  useWindowKeys((event) => {
    if (event.key !== ' ' || event.repeat || event.defaultPrevented || !isIdle(event.target)) return;
    event.preventDefault();
    toggle();
  });
}

const isIdle = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.matches('body, main, [role="slider"]') || target.closest('h1, h2') !== null) &&
  document.querySelector('[role="dialog"], [role="alertdialog"]') === null;
