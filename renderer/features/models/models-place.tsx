import { BrainCircuit } from 'lucide-react';
import { useMemo } from 'react';

import type { Model } from '#shared/domain/bots/model.ts';
import { t } from '#shared/words.ts';

import { useEntry, useSliceValues } from '../../stores/desk.ts';
import { useKinds } from '../../stores/kinds.ts';
import { openPlace, useUi } from '../../stores/ui.ts';
import { PracticeMark } from '../../ui/backend-tag.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { PlaceHeader } from '../../ui/panel.tsx';
import { EmptyState, Skeleton } from '../../ui/states.tsx';
import { actsOn } from './model-acts.ts';
import { ModelCard } from './model-card.tsx';
import { ModelPage } from './model-page.tsx';
import { isActive } from './model-words.ts';
import { PredictionsPanel } from './predictions-panel.tsx';
import { modelKey } from './use-model.ts';

/** The trading models of all backends, a card each. The item is a model's key. */
export function ModelsPlace() {
  const itemId = useUi((state) => state.itemId);
  const open = useEntry('models', itemId);
  return open === undefined ? <Cards /> : <ModelPage key={itemId} model={open} />;
}

function Cards() {
  const models = useSliceValues('models');
  const backends = useSliceValues('backends');
  const sorted = useMemo(() => [...models].sort(activeFirst), [models]);
  const active = models.filter(isActive).length;
  const practice = models.filter(
    ({ backendId }) => backends.find(({ id }) => id === backendId)?.practice === true,
  ).length;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PlaceHeader
        title={t('Models')}
        note={
          models.length > 0 && (
            <>
              {practice > 0 && <PracticeMark large />}
              <span role="status">
                <Badge tone={active > 0 ? 'ok' : 'neutral'} className="figures">
                  {t('{active} of {count} running', { active, count: models.length })}
                </Badge>
              </span>
            </>
          )
        }
      />
      <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto px-5 pb-5">
        {models.length === 0 ? (
          <NoModels />
        ) : (
          <ul className="grid shrink-0 auto-rows-min grid-cols-[repeat(auto-fill,minmax(20rem,1fr))] gap-3">
            {sorted.map((model) => (
              <li key={modelKey(model)} className="flex min-w-0 [&>article]:flex-1">
                <ModelCard model={model} />
              </li>
            ))}
          </ul>
        )}
        <PredictionsPanel />
      </div>
    </div>
  );
}

/** What runs first; among the rest by name, so that nothing jumps while figures move. */
const activeFirst = (a: Model, b: Model): number =>
  Number(isActive(b)) - Number(isActive(a)) ||
  a.name.localeCompare(b.name) ||
  (modelKey(a) < modelKey(b) ? -1 : 1);

/** Nothing to show: because it is not read yet, because the backend has none, or because none is connected. */
function NoModels() {
  const backends = useSliceValues('backends');
  const links = useSliceValues('links');
  const kinds = useKinds();
  const able = backends.filter(
    (backend) => backend.enabled && actsOn(kinds?.get(backend.kind), 'model').length > 0,
  );
  const live = able.filter(({ id }) =>
    links.some(
      ({ backendId, state, dataAtMs }) => backendId === id && state.kind === 'live' && dataAtMs !== null,
    ),
  );
  const names = able.map(({ name }) => name).join(', ');
  const [first] = able;
  if (first !== undefined && live.length === 0) {
    const waiting = links.find(({ backendId, state }) => backendId === first.id && 'cause' in state);
    return waiting !== undefined && 'cause' in waiting.state ? (
      <EmptyState
        className="flex-1"
        icon={<BrainCircuit size={28} aria-hidden />}
        title={t('{names}: not connected', { names })}
        action={<Button onClick={() => openPlace('settings', first.id)}>{t('See the link')}</Button>}
      >
        {t('{message} Its models show as soon as they can be read.', {
          message: waiting.state.cause.message,
        })}
      </EmptyState>
    ) : (
      <div
        role="status"
        aria-label={t('Reading the models')}
        className="grid grid-cols-[repeat(auto-fill,minmax(20rem,1fr))] gap-3"
      >
        {[0, 1, 2].map((index) => (
          <Skeleton key={index} className="h-52" />
        ))}
      </div>
    );
  }
  if (first !== undefined) {
    return (
      <EmptyState
        className="flex-1"
        icon={<BrainCircuit size={28} aria-hidden />}
        title={t('{names} has no models yet', { names })}
        action={<Button onClick={() => openPlace('bot-room', first.id)}>{t('Open the Bot room')}</Button>}
      >
        {t('A model is made on the backend; what it offers for that is in the Bot room.')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      className="flex-1"
      icon={<BrainCircuit size={28} aria-hidden />}
      title={t('No backend with models is connected')}
      action={<Button onClick={() => openPlace('settings', 'backends')}>{t('Connect a backend')}</Button>}
    >
      {t('A backend of the kind AI-Trader runs trading models. Their runs, trades and thoughts show here.')}
    </EmptyState>
  );
}
