import { ArrowDownRight, ArrowRight, ArrowUpRight } from 'lucide-react';

import type { Prediction } from '#shared/domain/market/market.ts';
import { t } from '#shared/words.ts';

import { Badge } from '../../ui/badge.tsx';

const LOOK = {
  up: { word: t('Up'), tone: 'gain', Icon: ArrowUpRight },
  down: { word: t('Down'), tone: 'loss', Icon: ArrowDownRight },
  flat: { word: t('Flat'), tone: 'neutral', Icon: ArrowRight },
} as const;

export const directionName = (direction: Prediction['direction']): string =>
  direction === null ? '' : LOOK[direction].word;

/** Where a price is expected to go: word, arrow and colour. */
export function DirectionBadge({ direction }: { direction: Prediction['direction'] }) {
  if (direction === null) return <span className="text-faint">–</span>;
  const { word, tone, Icon } = LOOK[direction];
  return (
    <Badge tone={tone} icon={<Icon size={11} aria-hidden />}>
      {word}
    </Badge>
  );
}

/** How sure the backend is, in percent and as a bar. */
export function Confidence({ value }: { value: number | null }) {
  if (value === null) return <span className="text-faint">–</span>;
  return (
    <span className="figures inline-flex items-center gap-2">
      <span aria-hidden className="h-1 w-10 overflow-hidden rounded-full bg-soft">
        <span className="block h-full rounded-full bg-accent" style={{ width: `${value * 100}%` }} />
      </span>
      {Math.round(value * 100)}%
    </span>
  );
}
