import { Ellipsis, Play, RotateCw, Square } from 'lucide-react';
import { useState } from 'react';

import type { ActDescriptor } from '#shared/domain/backends/backend.ts';
import type { Model, PreparedAct } from '#shared/domain/bots/model.ts';
import { t } from '#shared/words.ts';

import { describeError } from '../../bridge.ts';
import { submitCommand } from '../../stores/commands.ts';
import { useBackend } from '../../stores/kinds.ts';
import { toast } from '../../stores/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { ActDialog } from '../bot-room/act-dialog.tsx';
import { lastParams, rememberParams } from './last-params.ts';
import { fixedFor, knownFor, modelActs } from './model-acts.ts';
import { isActive } from './model-words.ts';
import { modelKey, useStartObstacle } from './use-model.ts';

interface Opened {
  acts: readonly ActDescriptor[];
  startWith?: string;
}

/** What can be done with a model: start, again as last time, stop, and whatever else its backend offers on it. */
export function ModelControls({ model }: { model: Model }) {
  const { config, kind } = useBackend(model.backendId);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [repeating, setRepeating] = useState(false);
  const obstacle = useStartObstacle(model);
  const { starts, stops, others } = modelActs(kind);
  const key = modelKey(model);
  if (config === undefined) return null;
  const active = isActive(model);
  const { again } = model;
  const againAct = starts.find(({ id }) => id === again?.act);

  async function startAgain(how: PreparedAct, act: ActDescriptor): Promise<void> {
    // What has to be asked first is asked in the form.
    const ask = (): void => setOpened({ acts: starts, startWith: act.id });
    if (act.confirm !== undefined) {
      ask();
      return;
    }
    setRepeating(true);
    try {
      const params = { ...how.params, ...fixedFor(act, model.id) };
      const outcome = await submitCommand({
        backendId: model.backendId,
        act: how.act,
        params,
        origin: 'window',
      });
      if (outcome.status === 'confirmed') toast.success(`${model.name}: ${outcome.message}`);
      else if (outcome.status === 'unconfirmed') toast.warning(`${model.name}: ${outcome.message}`);
      else if (outcome.status === 'rejected') toast.error(`${model.name}: ${outcome.message}`);
      else ask();
    } catch (error) {
      toast.error(t('{name} could not be started again', { name: model.name }), {
        description: describeError(error),
      });
    } finally {
      setRepeating(false);
    }
  }

  return (
    <div
      role="group"
      aria-label={t('What to do with {name}', { name: model.name })}
      className="flex items-center gap-1.5"
    >
      {active ? (
        <Button
          acts
          size="sm"
          busy={model.status === 'stopping'}
          disabled={stops.length === 0}
          icon={<Square size={12} aria-hidden />}
          onClick={() => setOpened({ acts: stops })}
        >
          {model.status === 'stopping' ? t('Stopping') : t('Stop')}
        </Button>
      ) : (
        <>
          {again !== null && againAct !== undefined && (
            <Button
              acts
              size="sm"
              busy={repeating}
              disabled={obstacle !== null}
              icon={<RotateCw size={12} aria-hidden />}
              title={t('Starts it as it was started last time')}
              onClick={() => void startAgain(again, againAct)}
            >
              {t('Again')}
            </Button>
          )}
          <Button
            acts
            size="sm"
            variant="primary"
            disabled={obstacle !== null || starts.length === 0}
            icon={<Play size={12} aria-hidden />}
            onClick={() => setOpened({ acts: starts, ...(again === null ? {} : { startWith: again.act }) })}
          >
            {t('Start')}
          </Button>
        </>
      )}
      {others.length > 0 && (
        <Menu
          label={t('More for {name}', { name: model.name })}
          items={others.map((act) => ({
            id: act.id,
            label: act.label,
            onSelect: () => setOpened({ acts: [act] }),
          }))}
        >
          <Button
            acts
            size="sm"
            variant="ghost"
            aria-label={t('More for {name}', { name: model.name })}
            className="w-7 px-0"
          >
            <Ellipsis size={15} aria-hidden />
          </Button>
        </Menu>
      )}
      {opened !== null && (
        <ActDialog
          backend={config}
          acts={opened.acts}
          {...(opened.startWith === undefined ? {} : { startWith: opened.startWith })}
          about={opened.acts.length > 1 ? t('Start {name}', { name: model.name }) : model.name}
          fixedFor={(act) => fixedFor(act, model.id)}
          knownFor={(act) => knownFor(act, lastParams(key, act.id), again)}
          onSent={(act, params) => rememberParams(key, act.id, params)}
          onClose={() => setOpened(null)}
        />
      )}
    </div>
  );
}
