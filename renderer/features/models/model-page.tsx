import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';

import type { Model } from '#shared/domain/bots/model.ts';
import { t } from '#shared/words.ts';

import { selectItem } from '../../stores/ui.ts';
import { Age } from '../../ui/age.tsx';
import { BackendTag } from '../../ui/backend-tag.tsx';
import { CountBadge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Money, Percent } from '../../ui/figures.tsx';
import { FlashOnChange } from '../../ui/flash-on-change.tsx';
import { formatCount } from '../../ui/format.ts';
import { Stat } from '../../ui/panel.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { formatWritten } from '../../ui/written-time.ts';
import { LogPanel } from './log-panel.tsx';
import { ModelActivity } from './model-activity.tsx';
import { ModelControls } from './model-controls.tsx';
import { ModelLight, ModelStatusBadge, Progress, StaleNote, StreamAge } from './model-parts.tsx';
import { isActive } from './model-words.ts';
import { PerformancePanel } from './performance-panel.tsx';
import { PositionsPanel } from './positions-panel.tsx';
import { TimelinePanel } from './timeline-panel.tsx';
import { RunsTable } from './runs-table.tsx';
import { useFiguresStale, useModelRuns, useStartObstacle } from './use-model.ts';

/** One model: how it does, what it says, and what became of its runs. */
export function ModelPage({ model }: { model: Model }) {
  const [tab, setTab] = useState('positions');
  const runs = useModelRuns(model);
  const obstacle = useStartObstacle(model);
  const stale = useFiguresStale(model);
  // That its figures are old says already that nothing is started on them.
  const startNote = stale || isActive(model) ? null : obstacle;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 px-5 pt-3.5 pb-2">
        <IconButton
          size="sm"
          label={t('All models')}
          icon={<ArrowLeft size={15} aria-hidden />}
          onClick={() => selectItem(null)}
        />
        <ModelLight model={model} />
        <h1 className="min-w-0 truncate text-lg font-semibold tracking-tight text-ink">{model.name}</h1>
        <ModelStatusBadge status={model.status} />
        <BackendTag backendId={model.backendId} />
        <StreamAge model={model} className="max-w-80 truncate" />
        <span className="ml-auto">
          <ModelControls model={model} />
        </span>
      </header>
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-5 pb-5">
        <ModelFigures model={model} />
        <StaleNote model={model} className="shrink-0 rounded-md bg-warn-soft px-3 py-2" />
        {(model.statusNote !== null || startNote !== null) && (
          <p role="status" className="shrink-0 rounded-md bg-warn-soft px-3 py-2 text-xs text-warn">
            {[startNote, model.statusNote].filter(Boolean).join(' ')}
          </p>
        )}
        {model.lastError !== null && (
          <p
            role="alert"
            className="selectable shrink-0 rounded-md bg-danger-soft px-3 py-2 text-xs break-words text-danger"
          >
            {isActive(model) ? '' : `${t('Last run failed:')} `}
            {model.lastError}
          </p>
        )}
        <TimelinePanel model={model} runs={runs} />
        <div className="flex min-h-[24rem] flex-1 gap-3 max-[1180px]:flex-none max-[1180px]:flex-col">
          <ModelActivity
            model={model}
            className="min-w-0 flex-1 max-[1180px]:h-[26rem] max-[1180px]:flex-none"
          />
          <Tabs
            label={t('More of this model')}
            value={tab}
            onChange={setTab}
            className="min-h-0 min-w-0 flex-1 overflow-hidden rounded-lg border border-line bg-surface max-[1180px]:h-[26rem] max-[1180px]:flex-none"
            contentClassName="flex flex-col data-[state=inactive]:hidden"
            items={[
              { id: 'positions', label: t('Positions'), content: <PositionsPanel model={model} /> },
              {
                id: 'runs',
                label: (
                  <>
                    {t('Runs')} <CountBadge count={runs.length} />
                  </>
                ),
                content: <RunsTable model={model} runs={runs} />,
              },
              {
                id: 'performance',
                label: t('Performance'),
                content: <PerformancePanel model={model} runs={runs} />,
              },
              { id: 'log', label: t('Log'), content: <LogPanel model={model} runs={runs} /> },
            ]}
          />
        </div>
      </div>
    </div>
  );
}

function ModelFigures({ model }: { model: Model }) {
  const stale = useFiguresStale(model);
  return (
    <dl
      className={cx(
        'grid shrink-0 grid-cols-[repeat(auto-fit,minmax(7.5rem,1fr))] gap-x-4 gap-y-2 rounded-lg border border-line bg-surface px-4 py-3',
        stale && '[&_dd]:!text-muted [&_dd_*]:!text-muted',
      )}
    >
      <Stat label={t('Value')}>
        <FlashOnChange value={model.portfolioValue}>
          <Money value={model.portfolioValue} />
        </FlashOnChange>
      </Stat>
      <Stat label={t('Return')}>
        <Percent value={model.returnPct} />
      </Stat>
      <Stat label={t('Cash')}>
        <Money value={model.cash} />
      </Stat>
      <Stat label={t('Began with')}>
        <Money value={model.initialCash} />
      </Stat>
      <Stat label={t('Trades today')}>
        {model.tradesToday === null ? '–' : formatCount(model.tradesToday)}
      </Stat>
      {isActive(model) && model.progressPct !== null && (
        <Stat label={t('Progress')}>
          <Progress pct={model.progressPct} label={t('Progress of {name}', { name: model.name })} />
        </Stat>
      )}
      <Stat label={t('Last event')}>
        <Age atMs={model.lastEventAtMs} as="ago" />
      </Stat>
      {model.aiModel !== null && <Stat label={t('Thinks with')}>{model.aiModel}</Stat>}
      {model.style !== null && <Stat label={t('Style')}>{model.style}</Stat>}
      {model.facts.map(({ name, value }) => (
        <Stat key={name} label={name}>
          <span title={value}>{formatWritten(value)}</span>
        </Stat>
      ))}
    </dl>
  );
}
