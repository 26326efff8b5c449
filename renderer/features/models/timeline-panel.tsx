import { useMemo, useState } from 'react';

import type { Model, Run } from '#shared/domain/model.ts';
import { formatAge, SECOND_MS } from '#shared/time.ts';

import { useNow } from '../../stores/clock.ts';
import { Badge } from '../../ui/badge.tsx';
import { Select } from '../../ui/field.tsx';
import { formatTime } from '../../ui/format.ts';
import { Panel } from '../../ui/panel.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Segmented } from '../../ui/tabs.tsx';
import { Progress } from './model-parts.tsx';
import { isActive, runStatusWords } from './model-words.ts';
import { isRunOver, runTimeline, SESSION_ID, sessionUnderWay } from './run-timeline.ts';
import { markWords, TimelineLine } from './timeline-line.tsx';
import { useModelEvents } from './use-model.ts';

const PERIOD_MS = 2 * SECOND_MS;

const nameOf = ({ id, number }: Run): string =>
  id === SESSION_ID ? 'Session under way' : `Run ${number ?? id}`;

/** One run as a line of time, or as a table: its start, its days, trades and errors, and its end. */
export function TimelinePanel({ model, runs }: { model: Model; runs: readonly Run[] }) {
  const [chosen, setChosen] = useState('');
  const [view, setView] = useState<'line' | 'table'>('line');
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
          <span className="truncate text-xs font-normal text-muted">
            {[run.mode, run.symbol, run.period].filter((part) => part !== null).join(', ')}
          </span>
        </>
      }
      actions={
        <>
          {all.length > 1 && (
            <Select
              size="sm"
              aria-label="Run"
              value={run.id}
              onChange={setChosen}
              options={all.slice(0, 30).map((one) => ({ value: one.id, label: nameOf(one) }))}
            />
          )}
          <Segmented
            label="Shown as"
            value={view}
            onChange={setView}
            options={[
              { value: 'line', label: 'Line' },
              { value: 'table', label: 'Table' },
            ]}
          />
        </>
      }
      bodyClassName="px-4 py-3"
    >
      {timeline === null ? (
        <EmptyState className="!py-3" title="When this run was is not known">
          The server names no zone with its times, and this desk did not hear the run.
          {run.startedAtText !== null &&
            ` By its own clock it began at ${run.startedAtText.replace('T', ' ')}.`}
        </EmptyState>
      ) : (
        <>
          {view === 'line' ? (
            <TimelineLine timeline={timeline} label={`${nameOf(run)} of ${model.name}`} />
          ) : (
            <div
              className="max-h-44 overflow-y-auto"
              tabIndex={0}
              role="group"
              aria-label="Moments of the run"
            >
              <table className="w-full text-xs">
                <thead>
                  <tr className="border-b border-line text-left text-faint">
                    <th className="w-28 py-1 font-medium">When</th>
                    <th className="w-24 py-1 font-medium">What</th>
                    <th className="py-1 font-medium">Said</th>
                  </tr>
                </thead>
                <tbody>
                  {timeline.marks.map((mark) => (
                    <tr key={mark.key} className="border-b border-line/50 last:border-0">
                      <td className="figures py-1 text-muted">{formatTime(mark.atMs, now)}</td>
                      <td className="py-1 text-ink">{markWords[mark.kind]}</td>
                      <td className="selectable max-w-0 truncate py-1 text-muted" title={mark.words}>
                        {mark.words}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
          <p className="mt-2 flex flex-wrap items-center gap-x-3 text-2xs text-faint">
            <span className="figures">
              {timeline.open ? 'Running for' : 'Took'} {formatAge(timeline.toMs - timeline.fromMs)}
            </span>
            {timeline.fromHearing && (
              <span>Drawn from when this desk heard of it: the server names no zone with its times.</span>
            )}
          </p>
          {timeline.open && <Progress pct={run.progressPct} label="Progress of the run" />}
        </>
      )}
    </Panel>
  );
}
