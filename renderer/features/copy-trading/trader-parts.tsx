import { CircleCheck, CircleHelp, Unlink } from 'lucide-react';

import type { Follow, Trader } from '#shared/domain/bots/copy-trading.ts';
import { t } from '#shared/words.ts';

import { useTraderPoints } from './trader-history.ts';
import type { Tone } from '../../ui/badge.tsx';
import { Badge } from '../../ui/badge.tsx';
import { formatFixed } from '../../ui/format.ts';
import { SparkLine } from '../../ui/spark-line.tsx';

const RISK: Record<NonNullable<Trader['riskLevel']>, { word: string; tone: Tone }> = {
  low: { word: t('Low'), tone: 'ok' },
  medium: { word: t('Medium'), tone: 'warn' },
  high: { word: t('High'), tone: 'danger' },
};

export const riskName = ({ riskLevel }: Pick<Trader, 'riskLevel'>): string =>
  riskLevel === null ? '' : RISK[riskLevel].word;

export function RiskBadge({ trader }: { trader: Pick<Trader, 'riskLevel' | 'riskScore'> }) {
  if (trader.riskLevel === null) return <span className="text-faint">–</span>;
  const { word, tone } = RISK[trader.riskLevel];
  return (
    <Badge tone={tone}>
      {word}
      {trader.riskScore !== null && <span className="figures">{formatFixed(trader.riskScore, 1)}</span>}
    </Badge>
  );
}

const FOLLOW: Record<Follow['state'], { word: string; tone: Tone; Icon: typeof CircleCheck; help: string }> =
  {
    following: {
      word: t('Following'),
      tone: 'accent',
      Icon: CircleCheck,
      help: t('Their trades are copied.'),
    },
    unverified: {
      word: t('Unverified'),
      tone: 'warn',
      Icon: CircleHelp,
      help: t('It was asked for, and the backend does not prove it.'),
    },
    stopping: {
      word: t('Stopping'),
      tone: 'warn',
      Icon: CircleHelp,
      help: t('Until the backend shows that it ended.'),
    },
    lost: {
      word: t('Lost'),
      tone: 'danger',
      Icon: Unlink,
      help: t('The backend no longer knows of it. Nothing is followed again by itself.'),
    },
  };

/** Whether the person follows a trader, and what is not certain about it. */
export function FollowMark({ follow }: { follow: Follow | undefined }) {
  if (follow === undefined) return <span className="text-faint">–</span>;
  const { word, tone, Icon, help } = FOLLOW[follow.state];
  return (
    <span title={follow.note ?? help}>
      <Badge tone={tone} icon={<Icon size={11} aria-hidden />}>
        {word}
      </Badge>
    </span>
  );
}

/** How the trader did since this window was opened. */
export function TraderLine({ traderKey }: { traderKey: string }) {
  return <SparkLine points={useTraderPoints(traderKey)} />;
}
