import { ArrowDown, ArrowUp, CornerDownRight } from 'lucide-react';

import type { VolumeSpike } from '#shared/domain/alerts/volume.ts';
import { multiply } from '#shared/money.ts';
import { t } from '#shared/words.ts';

import { useEntry } from '../../stores/desk.ts';
import type { Tone } from '../../ui/badge.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Percent } from '../../ui/figures.tsx';
import { formatDateTime, formatRatio } from '../../ui/format.ts';
import { delayWords } from './delay-words.ts';

const KIND_LOOK: Record<VolumeSpike['kind'], { word: string; tone: Tone }> = {
  spike: { word: t('Spike'), tone: 'warn' },
  'half-update': { word: t('Half hour'), tone: 'accent' },
  'full-update': { word: t('Full hour'), tone: 'neutral' },
};

/** The symbol, or that it is an update of the one above. */
export function SpikeSymbol({ alert, isUpdate }: { alert: VolumeSpike; isUpdate: boolean }) {
  if (!isUpdate) return <span className="font-semibold text-ink">{alert.symbol}</span>;
  return (
    <span className="flex items-center gap-1.5 pl-2 text-muted">
      <CornerDownRight size={13} aria-hidden className="shrink-0" />
      <span className="sr-only">{t('Update of')}</span>
      <span className="truncate">{alert.symbol}</span>
    </span>
  );
}

export const kindName = (kind: VolumeSpike['kind']): string => KIND_LOOK[kind].word;

export function KindBadge({ kind }: { kind: VolumeSpike['kind'] }) {
  return <Badge tone={KIND_LOOK[kind].tone}>{KIND_LOOK[kind].word}</Badge>;
}

/** Times the hour before; nothing to compare with is said so. */
export function Ratio({ alert }: { alert: VolumeSpike }) {
  if (alert.ratio === '0') {
    return (
      <span className="text-xs text-faint" title={t('The hour before had no volume')}>
        {t('from 0')}
      </span>
    );
  }
  return <span className="figures font-medium text-ink">{formatRatio(alert.ratio)}</span>;
}

/** A fraction of the wire as a change in percent. */
export function Fraction({ value, className }: { value: string | null; className?: string }) {
  return (
    <Percent
      value={value === null ? null : multiply(value, '100')}
      {...(className === undefined ? {} : { className })}
    />
  );
}

export function CandleMark({ candle }: { candle: VolumeSpike['candle'] }) {
  if (candle === null) return <span className="text-faint">–</span>;
  const up = candle === 'bullish';
  const Icon = up ? ArrowUp : ArrowDown;
  return (
    <Badge tone={up ? 'gain' : 'loss'} icon={<Icon size={11} aria-hidden />}>
      {up ? t('Bullish') : t('Bearish')}
    </Badge>
  );
}

/** How late it came, and whether its tier is the reason. */
export function Delay({ alert }: { alert: VolumeSpike }) {
  const config = useEntry('backends', alert.backendId);
  const words = delayWords(alert, config);
  if (words === null) {
    return (
      <span
        className="text-xs text-faint"
        title={t('Received {dateTime}', { dateTime: formatDateTime(alert.receivedAtMs) })}
      >
        {alert.detectedAtMs === null ? t('not told') : t('at once')}
      </span>
    );
  }
  return (
    <span
      className="figures text-xs text-muted"
      title={t('{long} Received {dateTime}.', {
        long: words.long,
        dateTime: formatDateTime(alert.receivedAtMs),
      })}
    >
      {words.short}
    </span>
  );
}
