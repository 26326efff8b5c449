import type { KeyboardEvent } from 'react';
import { useMemo, useRef, useState } from 'react';

import { MINUTE_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { useNow } from '../../stores/clock.ts';
import { cx } from '../../ui/cx.ts';
import { formatTime } from '../../ui/format.ts';
import { Tooltip } from '../../ui/tooltip.tsx';
import type { MarkGroup, MarkKind, Timeline } from './run-timeline.ts';
import { groupMarks } from './run-timeline.ts';

/** Marks nearer than this share of the line are drawn as one. */
const GAP = 0.018;
const MAX_WORDS = 5;

export const markWords: Record<MarkKind, string> = {
  start: t('Start'),
  day: 'Day',
  trade: t('Trade'),
  error: t('Error'),
  step: t('Step'),
  end: 'End',
};

/** Shape as well as colour tells what it is. */
const looks: Record<MarkKind, string> = {
  start: 'size-3 rounded-full border-2 border-accent bg-surface',
  day: 'h-4 w-0.5 bg-line-strong',
  trade: 'size-2.5 rotate-45 bg-accent',
  error: 'h-3.5 w-3.5 bg-danger [clip-path:polygon(50%_0,100%_100%,0_100%)]',
  step: 'size-1.5 rounded-full bg-faint',
  end: 'size-3 rounded-full bg-ok',
};

/** The moments of a run along a line, true to time. One tab stop; the arrow keys go from moment to moment. */
export function TimelineLine({ timeline, label }: { timeline: Timeline; label: string }) {
  const groups = useMemo(() => groupMarks(timeline, GAP), [timeline]);
  const line = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(0);
  const stop = Math.min(focused, groups.length - 1);
  const now = useNow(MINUTE_MS);

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = event.key === 'Home' ? 0 : event.key === 'End' ? groups.length - 1 : stop + step;
    if (next === stop || next < 0 || next >= groups.length) return;
    event.preventDefault();
    setFocused(next);
    line.current?.querySelectorAll('button')[next]?.focus();
  }

  return (
    <div>
      <div
        ref={line}
        role="group"
        aria-label={t('{label}: {count} moments', { label, count: groups.length })}
        onKeyDown={onKeyDown}
        className="relative mx-2 h-9"
      >
        <span
          aria-hidden
          className="absolute inset-x-0 top-1/2 h-0.5 -translate-y-1/2 rounded-full bg-line-strong/60"
        />
        {groups.map((group, index) => (
          <Tooltip key={group.key} side="top" content={<GroupWords group={group} now={now} />}>
            <button
              type="button"
              tabIndex={index === stop ? 0 : -1}
              onFocus={() => setFocused(index)}
              aria-label={spoken(group, now)}
              className="absolute top-1/2 flex h-7 w-4 -translate-x-1/2 -translate-y-1/2 items-center justify-center rounded-sm"
              style={{ left: `${group.at * 100}%` }}
            >
              <span aria-hidden className={cx('block', looks[group.kind])} />
            </button>
          </Tooltip>
        ))}
      </div>
      <div className="figures flex justify-between text-2xs text-faint">
        <span>{formatTime(timeline.fromMs, now)}</span>
        <span>{timeline.open ? t('now') : formatTime(timeline.toMs, now)}</span>
      </div>
    </div>
  );
}

function GroupWords({ group, now }: { group: MarkGroup; now: number }) {
  const shown = group.marks.slice(-MAX_WORDS);
  return (
    <ul className="flex flex-col gap-1">
      {group.marks.length > shown.length && (
        <li className="text-faint">
          {t('{count} before these', { count: group.marks.length - shown.length })}
        </li>
      )}
      {shown.map((mark) => (
        <li key={mark.key}>
          <span className="figures text-faint">{formatTime(mark.atMs, now)}</span> {markWords[mark.kind]}:{' '}
          <span className="break-words">{cut(mark.words)}</span>
        </li>
      ))}
    </ul>
  );
}

function spoken({ marks, kind }: MarkGroup, now: number): string {
  const [first] = marks;
  const at = first === undefined ? '' : formatTime(first.atMs, now);
  return marks.length === 1
    ? t('{value} at {at}: {words}', { value: markWords[kind], at, words: cut(first?.words ?? '') })
    : t('{count} moments from {at}, among them: {value}', {
        count: marks.length,
        at,
        value: markWords[kind],
      });
}

const cut = (text: string): string => (text.length > 140 ? `${text.slice(0, 139)}…` : text);
