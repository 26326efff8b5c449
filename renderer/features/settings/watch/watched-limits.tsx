import { limitFigure, limitName } from '#shared/domain/panic/watch-words.ts';
import type { WatchedLimit, WatchState } from '#shared/domain/panic/watch.ts';
import { toFloat } from '#shared/money.ts';
import { t } from '#shared/words.ts';

import { usePanic } from '../../../stores/derived.ts';
import { useEntry } from '../../../stores/desk.ts';
import { useSettings } from '../../../stores/settings.ts';
import { PracticeMark } from '../../../ui/backend-tag.tsx';
import type { Tone } from '../../../ui/badge.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { cx } from '../../../ui/cx.ts';
import { Panel } from '../../../ui/panel.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { ArmButton } from '../../watch/arm-button.tsx';

/** How near each limit is now, and what became of those that were crossed. */
export function WatchedLimits({ watch }: { watch: WatchState | undefined }) {
  const { summary } = usePanic();
  const limits = watch?.limits ?? [];
  const fired = limits.filter(({ phase }) => phase === 'fired');
  return (
    <Panel
      title={t('Watched now')}
      actions={
        <>
          {watch?.practice === true && limits.length > 0 && <PracticeMark />}
          {fired.length > 0 && !summary.latched && <ArmButton limits={fired} />}
        </>
      }
    >
      {limits.length === 0 ? (
        <EmptyState title={t('No limit is armed')}>
          {t('Switch one on above. Data of a bot is watched as soon as a bot that may trade is connected.')}
        </EmptyState>
      ) : (
        <ul>
          {limits.map((limit) => (
            <LimitRow key={limit.id} limit={limit} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function LimitRow({ limit }: { limit: WatchedLimit }) {
  const { kind, backendId, value, blind, partly, phase, fired } = limit;
  const name = useEntry('backends', backendId)?.name ?? backendId ?? '';
  const span = useSettings()?.watch.drawdownSpan ?? 'day';
  const what = limitName(kind, span, name);
  const share = value === null ? 0 : Math.min(100, (toFloat(value) / toFloat(limit.limit)) * 100);
  const { words, tone } = stateOf(limit);
  return (
    <li className="border-b border-line px-4 py-3 last:border-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <p className="text-sm text-ink first-letter:uppercase">{what}</p>
        <p className="figures flex items-center gap-2 text-sm text-ink">
          <span>
            {value === null ? '–' : limitFigure(kind, value)}{' '}
            <span className="text-xs text-muted">
              {t('of {kind}', { kind: limitFigure(kind, limit.limit) })}
            </span>
          </span>
          <Badge tone={tone}>{words}</Badge>
        </p>
      </div>
      <div
        role="meter"
        aria-label={what}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share)}
        aria-valuetext={limit.sentence === '' ? (blind ?? '') : limit.sentence}
        className="relative mt-2 h-1.5 overflow-hidden rounded-full bg-soft"
      >
        <span
          className={cx(
            'block h-full rounded-full',
            share >= 100 ? 'bg-danger-fill' : share >= 80 ? 'bg-warn' : 'bg-accent',
          )}
          style={{ width: `${share}%` }}
        />
        <span aria-hidden className="absolute top-0 left-[80%] h-full w-px bg-line-strong" />
      </div>
      {blind !== null && <p className="mt-1.5 text-xs text-warn">{t('Not watched: {blind}', { blind })}</p>}
      {partly !== null && <p className="mt-1.5 text-xs text-warn">{t('Left out: {partly}', { partly })}</p>}
      {phase === 'fired' && fired !== null && (
        <p className="mt-1.5 text-xs text-muted">
          {t('{what}{words}. It is armed again below 80 %, or by you.', {
            what: fired.pressed
              ? `${t('It pressed PANIC:')} `
              : `${t('It was crossed, and PANIC was not pressed for it:')} `,
            words: fired.words,
          })}
        </p>
      )}
    </li>
  );
}

function stateOf({ phase, blind, fired }: WatchedLimit): { words: string; tone: Tone } {
  if (phase === 'fired')
    return { words: fired?.pressed === true ? t('Has pressed') : t('Crossed'), tone: 'danger' };
  if (blind !== null) return { words: t('Cannot see'), tone: 'warn' };
  return phase === 'warned' ? { words: t('Near'), tone: 'warn' } : { words: t('Armed'), tone: 'ok' };
}
