import { useCallback, useMemo } from 'react';

import type { Subject } from '#shared/domain/backends/act-freshness.ts';
import { actFreshness } from '#shared/domain/backends/act-freshness.ts';
import type { Activity } from '#shared/domain/bots/activity.ts';
import { canBeHalted } from '#shared/domain/derive.ts';
import { entryKey } from '#shared/domain/desk.ts';
import type { LinkStatus } from '#shared/domain/backends/link.ts';
import type { Model, Run } from '#shared/domain/bots/model.ts';
import { SECOND_MS } from '#shared/time.ts';

import { usePanic } from '../../stores/derived.ts';
import { useLinksReading } from '../../stores/desk-reading.ts';
import { useDeskStore, useEntry, useSlice } from '../../stores/desk.ts';
import type { DeskState } from '../../stores/desk-state.ts';
import { useBackend } from '../../stores/kinds.ts';
import { newestOf } from '../activity/newest.ts';
import { startObstacle } from './model-words.ts';
import { saidAtMs } from './run-timeline.ts';

export const modelKey = ({ backendId, id }: Pick<Model, 'backendId' | 'id'>): string =>
  entryKey(backendId, id);

/** How many of a model's events are at hand; older ones are in the journal. */
const EVENTS_SHOWN = 100;

/** The stream of a model, where there is one now. */
export const useModelLink = (model: Pick<Model, 'backendId' | 'id'>): LinkStatus | undefined =>
  useEntry('links', entryKey(model.backendId, `model-${model.id}`));

/** Why it cannot be started now, in words; `null` when it can. */
export function useStartObstacle(model: Model): string | null {
  const { summary } = usePanic();
  const halt = useEntry('killSwitches', model.backendId);
  const { config, kind } = useBackend(model.backendId);
  const stale = useIsStale(model.backendId, model.id);
  return startObstacle(model, {
    panic: summary.latched,
    halted: halt?.enabled === true,
    haltUnknown: halt?.enabled !== false && canBeHalted(kind, config),
    stale,
    name: config?.name ?? model.backendId,
  });
}

/** Its figures are old: a stream that is down is of one model and brings no figures, so the backend's own link counts. */
export const useFiguresStale = ({ backendId }: Pick<Model, 'backendId'>): boolean =>
  useIsStale(backendId, null);

/** True when the backend's own links are stale, or that of the model where one is named. */
function useIsStale(backendId: string, modelId: string | null): boolean {
  const subject: Subject | null = modelId === null ? null : { thing: 'model', id: modelId };
  return useLinksReading(
    5 * SECOND_MS,
    (links, nowMs) => actFreshness(backendId, links.values(), subject, nowMs).stale,
  );
}

/** When the backend was last read, beside what streams of single models say. */
export const useReadAtMs = ({ backendId }: Pick<Model, 'backendId'>): number | null =>
  useDeskStore(
    useCallback(
      ({ slices }: DeskState) => {
        const own = [...slices.links.values()].filter((link) => isOwnLink(link, backendId));
        return own.reduce<number | null>(
          (newest, { dataAtMs }) => Math.max(newest ?? 0, dataAtMs ?? 0),
          null,
        );
      },
      [backendId],
    ),
  );

const isOwnLink = (link: LinkStatus, backendId: string): boolean =>
  link.backendId === backendId && link.about === undefined;

/** What a model said last, newest first. */
export function useModelEvents(model: Pick<Model, 'backendId' | 'id'>): readonly Activity[] {
  const activity = useSlice('activity');
  const { backendId, id } = model;
  return useMemo(() => {
    const own = [...activity.values()]
      .filter((event) => event.backendId === backendId && event.subject === id)
      .map((event) => ({ key: event.id, atMs: saidAtMs(event), event }));
    return newestOf(own, EVENTS_SHOWN).map(({ event }) => event);
  }, [activity, backendId, id]);
}

/** The runs of a model, the newest first. */
export function useModelRuns(model: Pick<Model, 'backendId' | 'id'>): readonly Run[] {
  const runs = useSlice('runs');
  const { backendId, id } = model;
  return useMemo(
    () =>
      [...runs.values()]
        .filter((run) => run.backendId === backendId && run.modelId === id)
        .sort(
          (a, b) =>
            (b.number ?? 0) - (a.number ?? 0) ||
            (b.startedAtMs ?? b.receivedAtMs) - (a.startedAtMs ?? a.receivedAtMs),
        ),
    [runs, backendId, id],
  );
}
