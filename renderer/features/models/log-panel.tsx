import type { Model, Run } from '#shared/domain/bots/model.ts';
import { modelLog } from '#shared/domain/bots/model.ts';
import { parseIsoMs } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { Badge } from '../../ui/badge.tsx';
import { formatCount } from '../../ui/format.ts';
import { humanise } from '../../ui/humanise.ts';
import { EmptyState } from '../../ui/states.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { When } from '../../ui/when.tsx';
import { formatWritten } from '../../ui/written-time.ts';
import { ReadState } from './read-state.tsx';
import { useModelRead } from './use-model-read.ts';

/** The model's own log as its backend keeps it, newest first. */
export function LogPanel({ model, runs }: { model: Model; runs: readonly Run[] }) {
  const state = useModelRead(model, 'log', modelLog, runs);
  return (
    <ReadState state={state} what={t('its log')}>
      {({ entries, total }) => (
        <>
          <VirtualList
            label={t('Log of {name}', { name: model.name })}
            items={entries}
            itemKey={({ id }) => id}
            estimateHeight={64}
            className="flex-1 basis-0"
            renderItem={({ date, at, role, text }) => (
              <article className="border-b border-line/60 px-4 py-2.5">
                <header className="flex items-center gap-2">
                  {role !== null && <Badge>{humanise(role)}</Badge>}
                  <span className="ml-auto">
                    <LogTime at={at} date={date} />
                  </span>
                </header>
                <p className="selectable mt-1 text-xs leading-relaxed break-words whitespace-pre-wrap text-ink">
                  {text}
                </p>
              </article>
            )}
            empty={
              <EmptyState title={t('Its log is empty')}>
                {t('It is written while the model trades.')}
              </EmptyState>
            }
          />
          {entries.length < total && (
            <p className="shrink-0 border-t border-line px-4 py-1.5 text-2xs text-faint">
              {t('The newest {count} of {count2} entries.', {
                count: formatCount(entries.length),
                count2: formatCount(total),
              })}
            </p>
          )}
        </>
      )}
    </ReadState>
  );
}

/** A time where its zone is known, else as the backend writes it. */
function LogTime({ at, date }: { at: string | null; date: string }) {
  const atMs = parseIsoMs(at);
  if (atMs !== null) return <When atMs={atMs} />;
  return <span className="figures text-xs text-faint">{formatWritten(at ?? date)}</span>;
}
