import { useMemo, useState } from 'react';

import type { Model, Run } from '#shared/domain/bots/model.ts';
import { formatAge, SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { useNow } from '../../stores/clock.ts';
import { useEntry } from '../../stores/desk.ts';
import { Badge } from '../../ui/badge.tsx';
import type { ChartData, LegendItem } from '../../ui/chart-data.ts';
import { ChartFrame } from '../../ui/chart-frame.tsx';
import { Select } from '../../ui/controls.tsx';
import { formatDateTime } from '../../ui/format.ts';
import { Panel } from '../../ui/panel.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { rangeWords } from '../../ui/time-words.ts';
import { formatWritten } from '../../ui/written-time.ts';
import { Progress } from './model-parts.tsx';
import { isActive, runSettings, runStatusWords } from './model-words.ts';
import type { Timeline } from './run-timeline.ts';
import { isRunOver, runTimeline, SESSION_ID, sessionUnderWay } from './run-timeline.ts';
import { markWords, TimelineLine } from './timeline-line.tsx';
import { timelinePicture } from './timeline-picture.ts';
import { useModelEvents } from './use-model.ts';

const PERIOD_MS = 2 * SECOND_MS;

const LEGEND: readonly LegendItem[] = [
  { name: t('Start'), tone: 'accent', shape: 'dot' },
  { name: t('Trade'), tone: 'accent', shape: 'square' },
  { name: t('Error'), tone: 'danger', shape: 'up' },
  { name: t('End'), tone: 'ok', shape: 'dot' },
];

const timelineData = ({ marks }: Timeline): ChartData => ({
  columns: [{ name: t('Time') }, { name: t('What') }, { name: t('Said'), width: 'minmax(16rem, 4fr)' }],
  sort: 'timeline',
  isOverTime: true,
  count: marks.length,
  cells: (index) => {
    const mark = marks[index];
    return mark === undefined ? [] : [formatDateTime(mark.atMs), markWords[mark.kind], mark.words];
  },
});

const nameOf = ({ id, number }: Run): string =>
  id === SESSION_ID ? t('Session under way') : t('Run {number}', { number: number ?? id });

/** One run as a line of time: its start, its days, trades and errors, and its end. */
export function TimelinePanel({ model, runs }: { model: Model; runs: readonly Run[] }) {
  const [chosen, setChosen] = useState('');
  const practice = useEntry('backends', model.backendId)?.practice === true;
  const session = useMemo(
    () => (isActive(model) && runs.every(isRunOver) ? sessionUnderWay(model) : null),
    [model, runs],
  );
  const all = session === null ? runs : [session, ...runs];
  const newest = all[0];
  const run = all.find(({ id }) => id === chosen) ?? all.find((one) => !isRunOver(one)) ?? newest;
  // Of what was said without a zone, only the newest of each sort can be told: what goes on, and what ended last.
  const isNewest = run === newest || (session !== null && run === runs[0]);
  const said = useModelEvents(model);
  const now = useNow(PERIOD_MS);
  const open = run !== undefined && !isRunOver(run);
  // A run that is over does not grow.
  const untilMs = open ? now : 0;
  const timeline = useMemo(
    () => (run === undefined ? null : runTimeline(run, isNewest, said, untilMs)),
    [run, isNewest, said, untilMs],
  );
  if (run === undefined) return null;
  return (
    <Panel
      className="shrink-0"
      title={
        <>
          {nameOf(run)}
          <Badge tone={runStatusWords[run.status].tone}>{runStatusWords[run.status].word}</Badge>
          <span className="truncate text-xs font-normal text-muted">{runSettings(run)}</span>
        </>
      }
      actions={
        <>
          {all.length > 1 && (
            <Select
              size="sm"
              aria-label={t('Run')}
              value={run.id}
              onChange={setChosen}
              options={all.slice(0, 30).map((one) => ({ value: one.id, label: nameOf(one) }))}
            />
          )}
        </>
      }
      bodyClassName="px-2 pt-1 pb-3"
    >
      {timeline === null ? (
        <EmptyState className="!py-3" title={t('When this run was is not known')}>
          {t('The server names no zone with its times, and this desk did not hear the run.')}
          {run.startedAtText !== null &&
            ` ${t('By its own clock it began at {startedAtText}.', { startedAtText: formatWritten(run.startedAtText) })}`}
        </EmptyState>
      ) : (
        <>
          <ChartFrame
            title={t('{run} of {name}', { run: nameOf(run), name: model.name })}
            range={rangeWords(timeline.fromMs, timeline.toMs)}
            legend={LEGEND}
            data={timelineData(timeline)}
            practice={practice}
            draw={() => timelinePicture(timeline)}
            onCursor={null}
            tableClassName="h-44"
          >
            <div className="min-w-0 flex-1">
              <TimelineLine
                timeline={timeline}
                label={t('{run} of {name}', { run: nameOf(run), name: model.name })}
              />
            </div>
          </ChartFrame>
          <p className="mt-2 flex flex-wrap items-center gap-x-3 text-2xs text-faint">
            <span className="figures">
              {timeline.open ? t('Running for') : t('Took')} {formatAge(timeline.toMs - timeline.fromMs)}
            </span>
            {timeline.fromHearing && (
              <span>
                {t('Drawn from when this desk heard of it: the server names no zone with its times.')}
              </span>
            )}
          </p>
          {timeline.open && <Progress pct={run.progressPct} label={t('Progress of the run')} />}
        </>
      )}
    </Panel>
  );
}
