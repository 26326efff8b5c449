import type { Exposure } from '#shared/domain/portfolio/asset-exposure.ts';
import { toFloat } from '#shared/money.ts';
import { t } from '#shared/words.ts';

import { usePracticeOnly, useStaleBackends } from '../../../stores/derived.ts';
import { useExposures } from '../../../stores/exposures.ts';
import { openPlace } from '../../../stores/ui.ts';
import { PracticeMark } from '../../../ui/backend-tag.tsx';
import { Button } from '../../../ui/button.tsx';
import { cx } from '../../../ui/cx.ts';
import { Money, Percent, Quantity } from '../../../ui/figures.tsx';
import { FlashOnChange } from '../../../ui/flash-on-change.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { EmptyState } from '../../../ui/states.tsx';

const SHOWN = 30;

/** The greatest holdings over all backends, practice apart from real. */
export function HoldingsPanel() {
  const practice = usePracticeOnly();
  const stale = useStaleBackends();
  const all = useExposures()[practice ? 'practice' : 'real'];
  return (
    <Panel
      title={
        <>
          {t('Holdings')} {practice && <PracticeMark />}
        </>
      }
      actions={
        all.length > 0 && (
          <Button size="sm" variant="ghost" onClick={() => openPlace('portfolio')}>
            {t('All {count}', { count: all.length })}
          </Button>
        )
      }
      bodyClassName="overflow-y-auto"
    >
      {all.length === 0 ? (
        <EmptyState title={t('No holdings yet')} className="h-full !py-6">
          {t('They show with the first portfolio that a backend sends.')}
        </EmptyState>
      ) : (
        <ul className="py-1">
          {all.slice(0, SHOWN).map((exposure) => (
            <HoldingRow
              key={exposure.asset}
              exposure={exposure}
              stale={exposure.holdings.some((holding) => stale.has(holding.backendId))}
            />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function HoldingRow({ exposure, stale }: { exposure: Exposure; stale: boolean }) {
  const first = exposure.holdings[0];
  const share = exposure.sharePct === null ? 0 : toFloat(exposure.sharePct);
  return (
    <li>
      <button
        type="button"
        onClick={() => openPlace('portfolio', exposure.asset)}
        className={cx(
          'grid w-full grid-cols-[3.25rem_minmax(0,1fr)_5.5rem] items-center gap-2 px-3.5 py-1.5 text-left hover:bg-raised focus-visible:-outline-offset-2',
          stale && '[&_*]:!text-muted',
        )}
      >
        <span className="text-sm font-semibold text-ink">
          <span className="sr-only">{t('Open')} </span>
          {exposure.asset}
        </span>
        <span className="min-w-0">
          <FlashOnChange value={exposure.valueUsd} className="-mr-1 ml-auto block w-fit">
            <Money value={exposure.valueUsd} className="text-sm text-ink" />
          </FlashOnChange>
          <span className="mt-0.5 flex items-center justify-end gap-2 text-2xs text-faint">
            <span aria-hidden className="h-1 flex-1 overflow-hidden rounded-full bg-soft">
              <span className="block h-full rounded-full bg-accent/70" style={{ width: `${share}%` }} />
            </span>
            <Quantity value={exposure.quantity} priceUsd={first?.priceUsd ?? null} />
          </span>
        </span>
        <span className="text-right text-xs">
          <Percent value={first?.change24hPct ?? null} />
          <span className="block text-2xs text-faint">{stale ? t('stale') : '24 h'}</span>
        </span>
      </button>
    </li>
  );
}
