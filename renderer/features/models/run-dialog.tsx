import type { Model, Run } from '#shared/domain/bots/model.ts';
import { modelRunDetail } from '#shared/domain/bots/model.ts';
import { t } from '#shared/words.ts';

import { Badge } from '../../ui/badge.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { humanise } from '../../ui/humanise.ts';
import { memberName } from '../../ui/member-name.ts';
import { Stat } from '../../ui/panel.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import { formatWritten } from '../../ui/written-time.ts';
import { runSettings } from './model-words.ts';
import { historyColumns } from './positions-panel.tsx';
import { ReadState } from './read-state.tsx';
import { useModelRead } from './use-model-read.ts';

const NO_RUNS: readonly Run[] = [];

/** What the backend keeps of one run beyond its line: its facts and its steps, oldest first. */
export function RunDialog({ model, run, onClose }: { model: Model; run: Run; onClose: () => void }) {
  const state = useModelRead(model, 'run', modelRunDetail, NO_RUNS, { runId: run.id });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="lg"
      title={t('{name}, run {number}', { name: model.name, number: run.number ?? run.id })}
      description={runSettings(run)}
    >
      <ReadState state={state} what={t('this run')}>
        {({ facts, steps, history }) => (
          <div className="flex flex-col gap-4">
            {facts.length > 0 && (
              <dl className="grid grid-cols-[repeat(auto-fit,minmax(9rem,1fr))] gap-x-4 gap-y-2.5">
                {facts.map(({ name, value }) => (
                  <Stat key={name} label={memberName(name)}>
                    <span title={value}>{formatWritten(value)}</span>
                  </Stat>
                ))}
              </dl>
            )}
            {history.length > 0 && (
              <VirtualTable
                label={t('Positions of the run')}
                name="Positions of the run"
                rows={history}
                columns={historyColumns}
                rowKey={({ id }) => id}
                className="h-44 shrink-0 rounded-md border border-line"
                empty={null}
              />
            )}
            <VirtualList
              label={t('Steps of the run')}
              items={steps.map((step, index) => ({ ...step, key: String(index) }))}
              itemKey={({ key }) => key}
              estimateHeight={56}
              className="max-h-[45vh] rounded-md border border-line"
              renderItem={({ at, kind, text }) => (
                <article className="border-b border-line/60 px-3.5 py-2">
                  <header className="flex items-center gap-2">
                    <Badge>{humanise(kind)}</Badge>
                    <span className="figures ml-auto text-xs text-faint">
                      {at === null ? null : formatWritten(at)}
                    </span>
                  </header>
                  <p className="selectable mt-1 text-xs leading-relaxed break-words whitespace-pre-wrap text-ink">
                    {text}
                  </p>
                </article>
              )}
              empty={<EmptyState title={t('The backend kept no steps of this run')} />}
            />
          </div>
        )}
      </ReadState>
    </Dialog>
  );
}
