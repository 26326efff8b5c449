import { create } from 'zustand';

import type { PlaybackAct, PlaybackState, Stretch } from '#shared/domain/journal/playback.ts';
import { t } from '#shared/words.ts';

import { describeError, on, request } from '../bridge.ts';
import { setClock } from './clock.ts';
import { forgetAllPoints } from './point-history.ts';
import { toast } from './toasts.ts';

interface PlaybackStore {
  /** `null` until it is read. */
  readonly state: PlaybackState | null;
  readonly trouble: string | null;
}

/** So much of the machine's time the clock runs on without news: what shows is not older than the time that stands over it. */
const MOST_AHEAD_MS = 500;

/** The playback that this window shows. */
export const usePlayback = create<PlaybackStore>(() => ({ state: null, trouble: null }));

/** Follows the playback, and makes its time that of the window. Returns the disposer. */
export function connectPlayback(): () => void {
  const dispose = on('playback.state', take);
  request('playback.state', {}).then(
    (state) => {
      // One that was pushed meanwhile is newer.
      if (usePlayback.getState().state !== null) return;
      if (state === null) usePlayback.setState({ trouble: t('This playback is over. Close the window.') });
      else take(state);
    },
    (error: unknown) => usePlayback.setState({ trouble: describeError(error) }),
  );
  return dispose;
}

function take(state: PlaybackState): void {
  const before = usePlayback.getState().state;
  if (before !== null && before.jumps !== state.jumps) forgetAllPoints();
  const { playing, speed, positionMs, atRealMs, stretch } = state;
  usePlayback.setState({ state, trouble: null });
  setClock({
    factor: playing ? speed : 0,
    originMs: positionMs,
    originRealMs: atRealMs,
    untilMs: Math.max(positionMs, Math.min(stretch.toMs, positionMs + speed * MOST_AHEAD_MS)),
  });
}

export function actOnPlayback(act: PlaybackAct): void {
  request('playback.act', act).catch((error: unknown) => {
    toast.error(t('The playback did not take that'), { description: describeError(error) });
  });
}

/** Opens the window of the past at a time or on a stretch, or says why there is none. Answers whether it opened. */
export async function playBack(where: { atMs?: number; stretch?: Stretch }): Promise<boolean> {
  try {
    const { opened, message } = await request('playback.open', {
      atMs: where.atMs ?? null,
      stretch: where.stretch ?? null,
    });
    if (!opened) toast.error(t('Nothing to play back'), { description: message });
    return opened;
  } catch (error) {
    toast.error(t('The past could not be opened'), { description: describeError(error) });
    return false;
  }
}
