import { waitingLimits } from '#shared/domain/panic/waiting-limits.ts';

import { usePanic } from '../../stores/derived.ts';
import { useEntry } from '../../stores/desk.ts';
import { later } from '../../ui/later.tsx';

const strip = later(() => import('./waiting-strip.tsx').then((m) => m.WaitingStrip));

/** Under the bar after a resume: limits that were crossed, that nobody watches until a person says so. */
export function WaitingLimits() {
  const watch = useEntry('watch', 'watch');
  const { summary } = usePanic();
  const waiting = waitingLimits(watch, summary.latched);
  return waiting.length === 0 ? null : <strip.Component waiting={waiting} meanwhile={null} />;
}
