import { z } from 'zod';

import type { KeptUntilNow, PlaybackState, PlaybackTimeline } from '../domain/journal/playback.ts';
import { playbackAct, stretch } from '../domain/journal/playback.ts';
import { epochMs } from '../epoch-ms.ts';
import { request } from './request.ts';

export const playbackRequests = {
  'playback.kept': request<KeptUntilNow>()(z.object({})),
  /** Opens the playback window at a time, or in the stretch; without either in the last quarter of an hour. Refused in words where nothing is kept. */
  'playback.open': request<{ opened: boolean; message: string }>()(
    z.object({ atMs: epochMs.nullable(), stretch: stretch.nullable() }),
  ),
  /** `null` while no playback is open. */
  'playback.state': request<PlaybackState | null>()(z.object({})),
  'playback.timeline': request<PlaybackTimeline>()(z.object({})),
  'playback.act': request<null>()(playbackAct),
} as const;
