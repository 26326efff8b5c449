import { useMemo } from 'react';

import type { Model } from '#shared/domain/bots/model.ts';
import { t } from '#shared/words.ts';

import { useSliceValues } from '../../../stores/desk.ts';
import { openPlace } from '../../../stores/ui.ts';
import { Badge } from '../../../ui/badge.tsx';
import { BackendTag } from '../../../ui/backend-tag.tsx';
import { Button } from '../../../ui/button.tsx';
import { cx } from '../../../ui/cx.ts';
import { Money, Percent } from '../../../ui/figures.tsx';
import { FlashOnChange } from '../../../ui/flash-on-change.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { ModelLight, ModelStatusBadge, Progress } from '../../models/model-parts.tsx';
import { isActive } from '../../models/model-words.ts';
import { modelKey, useFiguresStale } from '../../models/use-model.ts';

/** Every model in a line or two, what runs first. */
export function ModelsPanel() {
  const models = useSliceValues('models');
  const sorted = useMemo(
    () =>
      [...models].sort((a, b) => Number(isActive(b)) - Number(isActive(a)) || a.name.localeCompare(b.name)),
    [models],
  );
  const running = models.filter(isActive).length;
  return (
    <Panel
      title={
        <>
          {t('Models')}
          {models.length > 0 && (
            <Badge tone={running > 0 ? 'ok' : 'neutral'} className="figures">
              {t('{running} of {count} running', { running, count: models.length })}
            </Badge>
          )}
        </>
      }
      actions={
        <Button size="sm" variant="ghost" onClick={() => openPlace('models')}>
          {t('Open')}
        </Button>
      }
      bodyClassName="overflow-y-auto"
    >
      {models.length === 0 ? (
        <EmptyState title={t('No models yet')} className="h-full !py-6">
          {t('They show once a backend that has trading models is connected.')}
        </EmptyState>
      ) : (
        <ul className="py-1">
          {sorted.map((model) => (
            <ModelLine key={modelKey(model)} model={model} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function ModelLine({ model }: { model: Model }) {
  const stale = useFiguresStale(model);
  return (
    <li className="flex items-start gap-2 px-3.5 py-1.5 hover:bg-raised">
      <span className="pt-0.5">
        <ModelLight model={model} />
      </span>
      <button
        type="button"
        onClick={() => openPlace('models', modelKey(model))}
        className={cx('min-w-0 flex-1 rounded-sm text-left', stale && '[&_.figures]:!text-muted')}
      >
        <span className="flex items-center gap-2">
          <span className="min-w-0 flex-1 truncate text-sm font-medium text-ink">
            <span className="sr-only">{t('Open')} </span>
            {model.name}
          </span>
          <FlashOnChange value={model.portfolioValue}>
            <Money value={model.portfolioValue} className="text-sm text-ink" />
          </FlashOnChange>
        </span>
        <span className="mt-0.5 flex items-center gap-2 text-xs">
          <ModelStatusBadge status={model.status} />
          <BackendTag backendId={model.backendId} className="min-w-0 !text-faint" />
          <span className="ml-auto">
            <Percent value={model.returnPct} />
          </span>
        </span>
        {isActive(model) && (
          <Progress pct={model.progressPct} label={t('Progress of {name}', { name: model.name })} />
        )}
      </button>
    </li>
  );
}
