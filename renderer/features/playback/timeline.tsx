import type { KeyboardEvent, PointerEvent } from 'react';
import { useMemo, useRef, useState } from 'react';

import type { PlaybackTimeline, Stretch } from '#shared/domain/journal/playback.ts';
import { t } from '#shared/words.ts';

import { actOnPlayback } from '../../stores/playback.ts';
import { cx } from '../../ui/cx.ts';
import { formatDateTime } from '../../ui/format.ts';
import type { MarkLook } from './timeline-picture.ts';
import { drawMarks, placeOf, stepMs, timeAt } from './timeline-picture.ts';

interface TimelineProps {
  stretch: Stretch;
  positionMs: number;
  timeline: PlaybackTimeline | null;
}

/** While it is dragged, the desk is asked for at most so often. */
const DRAG_MS = 150;

const LOOKS: Record<MarkLook, string> = {
  decision: 'top-1 h-2.5 bg-accent',
  trade: 'top-1 h-2.5 bg-ok',
  alert: 'bottom-1 h-2.5 bg-warn',
  halt: 'top-0 bottom-0 !w-1 bg-danger-fill',
};

/** The stretch as a line to go along by pointer or keys, with what happened on it and where nothing was kept. */
export function Timeline({ stretch, positionMs, timeline }: TimelineProps) {
  const line = useRef<HTMLDivElement>(null);
  const [dragMs, setDragMs] = useState<number | null>(null);
  const askedAt = useRef(0);
  const marks = useMemo(() => drawMarks(timeline?.marks ?? [], stretch), [timeline, stretch]);
  const shownMs = dragMs ?? positionMs;

  const seek = (atMs: number): void =>
    actOnPlayback({ act: 'seek', atMs: Math.min(stretch.toMs, Math.max(stretch.fromMs, Math.round(atMs))) });

  function timeUnder(event: PointerEvent): number {
    const box = line.current?.getBoundingClientRect();
    return box === undefined ? positionMs : timeAt((event.clientX - box.left) / box.width, stretch);
  }
  function drag(event: PointerEvent, isLast: boolean): void {
    const atMs = timeUnder(event);
    setDragMs(isLast ? null : atMs);
    if (!isLast && event.timeStamp - askedAt.current < DRAG_MS) return;
    askedAt.current = event.timeStamp;
    seek(atMs);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const target = keyTarget(event.key, positionMs, stretch);
    if (target === null) return;
    event.preventDefault();
    seek(target);
  }

  return (
    <div
      ref={line}
      role="slider"
      tabIndex={0}
      aria-label={t('Time of the playback')}
      aria-valuemin={stretch.fromMs}
      aria-valuemax={stretch.toMs}
      aria-valuenow={Math.round(shownMs)}
      aria-valuetext={formatDateTime(shownMs)}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag(event, false);
      }}
      onPointerMove={(event) => dragMs !== null && drag(event, false)}
      onPointerUp={(event) => dragMs !== null && drag(event, true)}
      onPointerCancel={() => setDragMs(null)}
      className="relative h-8 min-w-40 flex-1 touch-none rounded-md border border-line-strong bg-canvas"
    >
      <div aria-hidden className="absolute inset-0 overflow-hidden rounded-md">
        {(timeline?.gaps ?? []).map((gap) => (
          <span
            key={gap.fromMs}
            className="absolute inset-y-0 min-w-px bg-(image:--qd-past-gap)"
            style={{
              left: `${placeOf(gap.fromMs, stretch)}%`,
              right: `${100 - placeOf(gap.toMs, stretch)}%`,
            }}
          />
        ))}
        <span
          className="absolute inset-y-0 left-0 bg-past-soft opacity-80"
          style={{ width: `${placeOf(shownMs, stretch)}%` }}
        />
        {marks.map(({ leftPct, look }) => (
          <span
            key={`${look} ${leftPct}`}
            className={cx('absolute w-0.5', LOOKS[look])}
            style={{ left: `${leftPct}%` }}
          />
        ))}
      </div>
      <span
        aria-hidden
        className="absolute -inset-y-1 w-1 -translate-x-1/2 rounded-full bg-past-fill"
        style={{ left: `${placeOf(shownMs, stretch)}%` }}
      />
    </div>
  );
}

function keyTarget(key: string, positionMs: number, stretch: Stretch): number | null {
  const step = stepMs(stretch);
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return positionMs + step;
    case 'ArrowLeft':
    case 'ArrowDown':
      return positionMs - step;
    case 'PageUp':
      return positionMs + 10 * step;
    case 'PageDown':
      return positionMs - 10 * step;
    case 'Home':
      return stretch.fromMs;
    case 'End':
      return stretch.toMs;
    default:
      return null;
  }
}
