import { useCallback, useState } from 'react';

import { useDeskStore } from '../../stores/desk.ts';
import type { DeskState } from '../../stores/desk-state.ts';
import { createFeed } from './feed.ts';
import type { FeedItem } from './feed-item.ts';

/** The newest happenings over all backends that match, newest first. Keep `matches` the same function while it is. */
export function useFeed(limit: number, matches: (item: FeedItem) => boolean): readonly FeedItem[] {
  const [feed] = useState(() => createFeed(limit));
  return useDeskStore(useCallback(({ slices }: DeskState) => feed(slices, matches), [feed, matches]));
}
