import type { RequestName } from '#shared/ipc/contract.ts';

import type { PlaybackPort } from '../playback/port.ts';
import type { RequestHandlers } from './router.ts';

type PlaybackHandlers = Pick<RequestHandlers, Extract<RequestName, `playback.${string}`>>;

export interface PlaybackHandlerParts {
  playback: PlaybackPort;
  /** Shows the window of the past, made where there is none. */
  showWindow(): void;
}

/** What any window asks about the past; acting on a playback is for its own window, and harmless from another. */
export function createPlaybackHandlers({ playback, showWindow }: PlaybackHandlerParts): PlaybackHandlers {
  return {
    'playback.kept': () => playback.kept(),
    async 'playback.open'(where) {
      const answer = await playback.open(where);
      if (answer.opened) showWindow();
      return answer;
    },
    'playback.state': () => playback.state(),
    'playback.timeline': () => playback.timeline(),
    'playback.act': (act) => {
      playback.act(act);
      return null;
    },
  };
}
