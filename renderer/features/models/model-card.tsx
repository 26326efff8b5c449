import { TriangleAlert } from 'lucide-react';

import type { Model } from '#shared/domain/bots/model.ts';
import { t } from '#shared/words.ts';

import { selectItem } from '../../stores/ui.ts';
import { Age } from '../../ui/age.tsx';
import { BackendTag } from '../../ui/backend-tag.tsx';
import { cx } from '../../ui/cx.ts';
import { Money, Percent } from '../../ui/figures.tsx';
import { FlashOnChange } from '../../ui/flash-on-change.tsx';
import { formatCount } from '../../ui/format.ts';
import { Stat } from '../../ui/panel.tsx';
import { Sentence, slot } from '../../ui/sentence.tsx';
import { ModelControls } from './model-controls.tsx';
import { ModelLight, ModelStatusBadge, ProgressLine, StaleNote } from './model-parts.tsx';
import { isActive } from './model-words.ts';
import { modelKey, useFiguresStale, useStartObstacle } from './use-model.ts';

/** A model at a glance: whether it runs and is heard, how it does, and what can be done with it. */
export function ModelCard({ model }: { model: Model }) {
  const obstacle = useStartObstacle(model);
  const stale = useFiguresStale(model);
  const about = [model.aiModel, model.style].filter((part) => part !== null).join(' · ');
  return (
    <article
      aria-label={model.name}
      className="flex min-w-0 flex-col gap-3 rounded-lg border border-line bg-surface p-4"
    >
      <header className="flex items-start gap-2.5">
        <span className="pt-0.5">
          <ModelLight model={model} />
        </span>
        <div className="min-w-0 flex-1">
          <h2 className="flex">
            <button
              type="button"
              onClick={() => selectItem(modelKey(model))}
              className="truncate rounded-sm text-left text-base font-semibold text-ink hover:underline"
              aria-label={t('Open {name}', { name: model.name })}
            >
              {model.name}
            </button>
          </h2>
          <p className="truncate text-xs text-muted" title={model.description ?? undefined}>
            {about === '' ? (model.description ?? ' ') : about}
          </p>
        </div>
        <ModelStatusBadge status={model.status} pct={isActive(model) ? model.progressPct : null} />
      </header>
      <dl className={cx('grid grid-cols-3 gap-3', stale && '[&_dd]:!text-muted [&_dd_*]:!text-muted')}>
        <Stat label={t('Value')}>
          <FlashOnChange value={model.portfolioValue}>
            <Money value={model.portfolioValue} />
          </FlashOnChange>
        </Stat>
        <Stat label={t('Return')}>
          <Percent value={model.returnPct} />
        </Stat>
        <Stat label={t('Trades today')}>
          {model.tradesToday === null ? (
            <span className="text-faint" title={t('Not known')}>
              –
            </span>
          ) : (
            formatCount(model.tradesToday)
          )}
        </Stat>
      </dl>
      {model.lastError !== null && (
        <p className="flex items-start gap-1.5 text-xs text-danger">
          <TriangleAlert size={13} aria-hidden className="mt-0.5 shrink-0" />
          <span className="selectable line-clamp-2 break-words">
            {isActive(model) ? '' : `${t('Last run failed:')} `}
            {model.lastError}
          </span>
        </p>
      )}
      {model.statusNote !== null && (
        <p className="line-clamp-3 text-xs leading-relaxed break-words text-warn">{model.statusNote}</p>
      )}
      <StaleNote model={model} />
      {obstacle !== null && !stale && !isActive(model) && <p className="text-xs text-warn">{obstacle}</p>}
      <footer className="relative mt-auto flex items-center gap-2 border-t border-line pt-3">
        {isActive(model) && (
          <ProgressLine pct={model.progressPct} label={t('Progress of {name}', { name: model.name })} />
        )}
        <span className="flex min-w-0 flex-1 flex-col gap-0.5">
          <BackendTag backendId={model.backendId} brief />
          <span className="text-2xs text-faint">
            {model.lastEventAtMs === null ? (
              t('No event heard yet')
            ) : (
              <>
                <Sentence
                  text={t('Last event {age}', { age: slot('age') })}
                  parts={{ age: <Age atMs={model.lastEventAtMs} as="ago" /> }}
                />
              </>
            )}
          </span>
        </span>
        <ModelControls model={model} />
      </footer>
    </article>
  );
}
