import { MINUTE_MS } from '#shared/time.ts';

import { useNow } from '../stores/clock.ts';
import { formatDateTime, formatTime } from './format.ts';

/** When something came, short; whole on asking. */
export function When({ atMs }: { atMs: number }) {
  return (
    <time className="figures text-xs text-muted" title={formatDateTime(atMs)}>
      {formatTime(atMs, useNow(MINUTE_MS))}
    </time>
  );
}
