import type { Model, Run } from '#shared/domain/model.ts';

import type { Tone } from '../../ui/badge.tsx';

export const modelStatusWords: Record<Model['status'], { word: string; tone: Tone }> = {
  idle: { word: 'Idle', tone: 'neutral' },
  queued: { word: 'Queued', tone: 'accent' },
  starting: { word: 'Starting', tone: 'accent' },
  running: { word: 'Running', tone: 'ok' },
  stopping: { word: 'Stopping', tone: 'warn' },
  unknown: { word: 'Not known', tone: 'warn' },
};

export const runStatusWords: Record<Run['status'], { word: string; tone: Tone }> = {
  queued: { word: 'Queued', tone: 'accent' },
  running: { word: 'Running', tone: 'ok' },
  completed: { word: 'Completed', tone: 'neutral' },
  failed: { word: 'Failed', tone: 'danger' },
  stopped: { word: 'Stopped', tone: 'warn' },
  unknown: { word: 'Not known', tone: 'warn' },
};

/** Something of it runs or is about to, or is not proven to have stopped. */
export const isActive = ({ status }: Pick<Model, 'status'>): boolean =>
  status === 'queued' || status === 'starting' || status === 'running' || status === 'stopping';

/** Why a model cannot be started now, in words; `null` when nothing here speaks against it. */
export function startObstacle(
  model: Pick<Model, 'status'>,
  around: { panic: boolean; halted: boolean; haltUnknown: boolean; stale: boolean; name: string },
): string | null {
  if (around.panic) return 'PANIC is on. Resume before anything is started.';
  if (around.halted) return `${around.name} is halted. Resume it before anything is started.`;
  if (around.haltUnknown) return `Whether ${around.name} is halted is not known yet.`;
  if (around.stale) return `${around.name} is not live: nothing is started on old data.`;
  if (model.status === 'stopping') return 'It is stopping. It can be started once that is proven.';
  if (isActive(model)) return 'It runs already.';
  return null;
}
