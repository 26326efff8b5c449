import type { Model, Run } from '#shared/domain/bots/model.ts';
import { t } from '#shared/words.ts';

import type { Tone } from '../../ui/badge.tsx';
import { formatWritten } from '../../ui/written-time.ts';

export const modelStatusWords: Record<Model['status'], { word: string; tone: Tone }> = {
  idle: { word: t('Idle'), tone: 'neutral' },
  queued: { word: t('Queued'), tone: 'accent' },
  starting: { word: t('Starting'), tone: 'accent' },
  running: { word: t('Running'), tone: 'ok' },
  stopping: { word: t('Stopping'), tone: 'warn' },
  unknown: { word: t('Not known'), tone: 'warn' },
};

export const runStatusWords: Record<Run['status'], { word: string; tone: Tone }> = {
  queued: { word: t('Queued'), tone: 'accent' },
  running: { word: t('Running'), tone: 'ok' },
  completed: { word: t('Completed'), tone: 'neutral' },
  failed: { word: t('Failed'), tone: 'danger' },
  stopped: { word: t('Stopped'), tone: 'warn' },
  unknown: { word: t('Not known'), tone: 'warn' },
};

/** What a run is called within its model, in the middle of a sentence. */
export const runName = ({ number, id }: Pick<Run, 'number' | 'id'>): string =>
  t('run {number}', { number: number ?? id });

/** What a run was started with, as far as its backend says. */
export const runSettings = ({ mode, symbol, period }: Pick<Run, 'mode' | 'symbol' | 'period'>): string =>
  [mode, symbol, period === null ? null : formatWritten(period)].filter(Boolean).join(', ');

/** Something of it runs or is about to, or is not proven to have stopped. */
export const isActive = ({ status }: Pick<Model, 'status'>): boolean =>
  status === 'queued' || status === 'starting' || status === 'running' || status === 'stopping';

/** Why a model cannot be started now, in words; `null` when nothing here speaks against it. */
export function startObstacle(
  model: Pick<Model, 'status'>,
  around: { panic: boolean; halted: boolean; haltUnknown: boolean; stale: boolean; name: string },
): string | null {
  if (around.panic) return t('PANIC is on. Resume before anything is started.');
  if (around.halted)
    return t('{name} is halted. Resume it before anything is started.', { name: around.name });
  if (around.haltUnknown) return t('Whether {name} is halted is not known yet.', { name: around.name });
  if (around.stale) return t('{name} is not live: nothing is started on old data.', { name: around.name });
  if (model.status === 'stopping') return t('It is stopping. It can be started once that is proven.');
  if (isActive(model)) return t('It runs already.');
  return null;
}
