import { Ellipsis } from 'lucide-react';
import { useMemo, useState } from 'react';

import type { ActDescriptor } from '#shared/domain/backends/backend.ts';
import { entryKey } from '#shared/domain/desk.ts';
import type { Model, Run } from '#shared/domain/bots/model.ts';
import { toFloat } from '#shared/money.ts';
import { t } from '#shared/words.ts';

import { useBackend } from '../../stores/kinds.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Money, Percent } from '../../ui/figures.tsx';
import { formatCount } from '../../ui/format.ts';
import { Menu } from '../../ui/menu.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { byDecimal, timeText } from '../../ui/table-text.ts';
import type { TableColumn } from '../../ui/table-column.ts';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import { When } from '../../ui/when.tsx';
import { formatWritten } from '../../ui/written-time.ts';
import { ActDialog } from '../bot-room/act-dialog.tsx';
import { actsOn, fixedForRun } from './model-acts.ts';
import { runName, runSettings, runStatusWords } from './model-words.ts';
import { RunDialog } from './run-dialog.tsx';
import { isRunOver } from './run-timeline.ts';

/** Every run of a model, newest first, with what its backend lets a person do with one. */
export function RunsTable({ model, runs }: { model: Model; runs: readonly Run[] }) {
  const { config, kind } = useBackend(model.backendId);
  const [opened, setOpened] = useState<Run | null>(null);
  const [acting, setActing] = useState<{ run: Run; act: ActDescriptor } | null>(null);
  const acts = useMemo(() => actsOn(kind, 'run'), [kind]);
  const all = useMemo(
    () =>
      acts.length === 0 ? columns : [...columns, actColumn(acts, (run, act) => setActing({ run, act }))],
    [acts],
  );
  return (
    <>
      <VirtualTable
        label={t('Runs of {name}', { name: model.name })}
        name="Runs"
        rows={runs}
        columns={all}
        rowKey={({ backendId, id }) => entryKey(backendId, id)}
        onRowClick={setOpened}
        className="flex-1"
        empty={
          <EmptyState title={t('No runs yet')}>
            {t('Start the model, and its runs are listed here.')}
          </EmptyState>
        }
      />
      {opened !== null && <RunDialog model={model} run={opened} onClose={() => setOpened(null)} />}
      {acting !== null && config !== undefined && (
        <ActDialog
          backend={config}
          acts={[acting.act]}
          about={`${model.name}, ${runName(acting.run)}`}
          fixedFor={(act) => fixedForRun(act, acting.run)}
          onClose={() => setActing(null)}
        />
      )}
    </>
  );
}

const columns: readonly TableColumn<Run>[] = [
  {
    id: 'number',
    header: t('Run'),
    width: '3.5rem',
    sortValue: ({ number }) => number,
    cell: ({ number, id }) => <span className="figures text-ink">{number ?? id}</span>,
  },
  {
    id: 'status',
    header: t('Status'),
    width: '7.5rem',
    sortValue: ({ status }) => status,
    cell: (run) => <RunStatus run={run} />,
  },
  {
    id: 'trades',
    header: t('Trades'),
    align: 'right',
    width: '4.5rem',
    sortValue: ({ trades }) => trades,
    cell: ({ trades }) => <span className="figures">{trades === null ? '–' : formatCount(trades)}</span>,
  },
  {
    id: 'return',
    header: t('Return'),
    align: 'right',
    width: '5.5rem',
    sortValue: ({ returnPct }) => (returnPct === null ? null : toFloat(returnPct)),
    text: ({ returnPct }) => returnPct,
    cell: ({ returnPct }) => <Percent value={returnPct} />,
  },
  {
    id: 'what',
    header: t('What'),
    width: 'minmax(14rem, 2fr)',
    sortValue: runSettings,
    cell: (run) => {
      const words = runSettings(run);
      return (
        <span className="text-xs text-ink" title={words}>
          {words}
        </span>
      );
    },
  },
  {
    id: 'started',
    header: t('Started'),
    width: '9.5rem',
    sortValue: ({ startedAtMs, startedAtText }) => startedAtMs ?? startedAtText,
    text: ({ startedAtMs, startedAtText }) => startedAtText ?? timeText(startedAtMs),
    cell: (run) => <RunTime atMs={run.startedAtMs} text={run.startedAtText} />,
  },
  {
    id: 'value',
    header: t('Value'),
    align: 'right',
    width: '7rem',
    ...byDecimal(({ finalValue }) => finalValue),
    cell: ({ finalValue }) => <Money value={finalValue} />,
  },
];

function RunStatus({ run }: { run: Run }) {
  const { word, tone } = runStatusWords[run.status];
  const progress = !isRunOver(run) && run.progressPct !== null ? ` ${Math.round(run.progressPct)}%` : '';
  return (
    <Badge tone={tone} className="figures">
      {word}
      {progress}
    </Badge>
  );
}

/** A time, or the backend's own words for it where it names no zone. */
function RunTime({ atMs, text }: { atMs: number | null; text: string | null }) {
  if (atMs !== null) return <When atMs={atMs} />;
  return (
    <span className="figures text-xs text-muted" title={t("By the server's clock, which names no zone")}>
      {text === null ? '–' : formatWritten(text)}
    </span>
  );
}

const actColumn = (
  acts: readonly ActDescriptor[],
  onAct: (run: Run, act: ActDescriptor) => void,
): TableColumn<Run> => ({
  id: ' acts',
  header: <span className="sr-only">{t('With this run')}</span>,
  width: '3.25rem',
  cell: (run) => {
    // What only stops has nothing to do on a run that is over.
    const offered = acts.filter(({ risk }) => risk !== 'reduces' || !isRunOver(run));
    if (offered.length === 0) return null;
    return (
      <span onClick={(event) => event.stopPropagation()}>
        <Menu
          label={t('With {run}', { run: runName(run) })}
          items={offered.map((act) => ({ id: act.id, label: act.label, onSelect: () => onAct(run, act) }))}
        >
          <Button
            acts
            size="sm"
            variant="ghost"
            aria-label={t('With {run}', { run: runName(run) })}
            className="w-7 px-0"
          >
            <Ellipsis size={15} aria-hidden />
          </Button>
        </Menu>
      </span>
    );
  },
});
