import { useMemo, useRef, useState } from 'react';

import type { DecimalString } from '#shared/money.ts';
import { add, compare, subtract } from '#shared/money.ts';
import { t } from '#shared/words.ts';

import { useStaleBackends } from '../../stores/derived.ts';
import { useExposures } from '../../stores/exposures.ts';
import { useTotal } from '../../stores/shown-total.tsx';
import { selectItem } from '../../stores/ui.ts';
import type { ChartData } from '../../ui/chart-data.ts';
import { ChartFrame } from '../../ui/chart-frame.tsx';
import { cx } from '../../ui/cx.ts';
import { formatMoney, formatMoneyShort, formatShare } from '../../ui/format.ts';
import { Panel } from '../../ui/panel.tsx';
import { EmptyState } from '../../ui/states.tsx';
import type { AllocationSlice } from './allocation.ts';
import { allocation, ringPath } from './allocation.ts';
import { allocationPicture } from './allocation-picture.ts';
import type { Scope } from './scope.ts';

const SIZE = 156;
const THICKNESS = 22;
const MAX_SLICES = 7;
/** Prices of holdings and of totals are not of the same second; less than this says nothing. */
const LEAST_UNTOLD_USD = '100';
/** Steps of the accent towards the surface: told apart by brightness, not by hue alone; the legend names each. */
const SHADES = [100, 78, 60, 46, 35, 26, 18];

const shade = (index: number): string =>
  `color-mix(in oklab, var(--qd-accent) ${SHADES[index] ?? 14}%, var(--qd-raised))`;

/** How the value is spread over assets. Hovering or focusing a name lights its part. */
export function AllocationPanel({ scope, className }: { scope: Scope; className?: string }) {
  const all = useExposures()[scope];
  const [lit, setLit] = useState<string | null>(null);
  const ring = useRef<SVGSVGElement>(null);
  const slices = useMemo(() => allocation(all, MAX_SLICES), [all]);
  const stale = useStaleBackends();
  const isStale =
    stale.size > 0 && all.some(({ holdings }) => holdings.some(({ backendId }) => stale.has(backendId)));
  const { totalUsd } = useTotal(scope === 'practice');
  const told = slices.reduce<DecimalString>((sum, { valueUsd }) => add(sum, valueUsd), '0');
  const untold = totalUsd === null ? '0' : subtract(totalUsd, told);
  const shown = slices.find(({ label }) => label === lit) ?? slices[0];
  return (
    <Panel title={t('Allocation')} className={className ?? 'w-[26rem] shrink-0 max-[1100px]:w-full'}>
      {slices.length === 0 || shown === undefined ? (
        <EmptyState title={t('No holdings are known yet')}>
          {t('The parts show as soon as holdings and prices are known.')}
        </EmptyState>
      ) : (
        <ChartFrame
          title={t('Allocation')}
          range={null}
          legend={[]}
          data={allocationData(slices)}
          practice={scope === 'practice'}
          draw={() => allocationPicture(ring.current, slices)}
          onCursor={(index) => setLit(index === null ? null : (slices[index]?.label ?? null))}
          className="h-full min-h-52"
        >
          <div className="flex min-w-0 flex-1 flex-col">
            <div
              className={`flex flex-1 items-center justify-center gap-5 px-4 pt-1 pb-4 max-[1100px]:justify-start${isStale ? ' stale-figures' : ''}`}
            >
              <svg
                ref={ring}
                width={SIZE}
                height={SIZE}
                viewBox={`0 0 ${SIZE} ${SIZE}`}
                role="img"
                aria-label={inWords(slices)}
                className="shrink-0"
              >
                {slices.map((slice, index) => (
                  <path
                    key={slice.label}
                    d={ringPath(slice, SIZE, THICKNESS)}
                    fill={shade(index)}
                    className="edged-in-contrast"
                    opacity={lit === null || lit === slice.label ? 1 : 0.35}
                    onPointerEnter={() => setLit(slice.label)}
                    onPointerLeave={() => setLit(null)}
                  />
                ))}
                <text
                  x={SIZE / 2}
                  y={SIZE / 2 - 6}
                  textAnchor="middle"
                  className="fill-muted text-xs font-medium"
                >
                  {shown.label}
                </text>
                <text
                  x={SIZE / 2}
                  y={SIZE / 2 + 15}
                  textAnchor="middle"
                  className="figures fill-ink text-xl font-semibold"
                >
                  {formatShare(shown.sharePct)}
                </text>
              </svg>
              <ul className="min-w-0 flex-1">
                {slices.map((slice, index) => (
                  <li key={slice.label}>
                    <LegendRow
                      slice={slice}
                      colour={shade(index)}
                      lit={lit === slice.label}
                      onLight={setLit}
                    />
                  </li>
                ))}
              </ul>
            </div>
            {compare(untold, LEAST_UNTOLD_USD) > 0 && (
              <p className="px-4 pb-3 text-2xs text-faint">
                {t('{money} of the total is told by a backend that does not name its assets.', {
                  money: formatMoney(untold),
                })}
              </p>
            )}
            {isStale && <p className="px-4 pb-3 text-2xs text-warn">{t('With stale figures.')}</p>}
          </div>
        </ChartFrame>
      )}
    </Panel>
  );
}

interface LegendRowProps {
  slice: AllocationSlice;
  colour: string;
  lit: boolean;
  onLight: (label: string | null) => void;
}

function LegendRow({ slice, colour, lit, onLight }: LegendRowProps) {
  const { label, asset, sharePct, valueUsd } = slice;
  return (
    <button
      type="button"
      disabled={asset === null}
      onClick={() => selectItem(asset)}
      onPointerEnter={() => onLight(label)}
      onPointerLeave={() => onLight(null)}
      onFocus={() => onLight(label)}
      onBlur={() => onLight(null)}
      className={cx('flex h-6.5 w-full items-center gap-2 rounded-sm px-1.5 text-xs', lit && 'bg-raised')}
    >
      <span
        aria-hidden
        className="edged-in-contrast size-2 shrink-0 rounded-[3px]"
        style={{ backgroundColor: colour }}
      />
      <span className="min-w-0 truncate font-medium text-ink">{label}</span>
      <span className="figures ml-auto text-muted">{formatShare(sharePct)}</span>
      <span className="figures w-13 text-right text-faint">{formatMoneyShort(valueUsd)}</span>
    </button>
  );
}

const inWords = (slices: readonly AllocationSlice[]): string =>
  t('Allocation: {list}', {
    list: slices.map(({ label, sharePct }) => `${label} ${formatShare(sharePct)}`).join(', '),
  });

const allocationData = (slices: readonly AllocationSlice[]): ChartData => ({
  columns: [
    { name: t('Asset') },
    { name: t('Share'), align: 'right', sortValue: (index) => slices[index]?.sharePct ?? null },
    { name: t('Value'), align: 'right', sortValue: (index) => slices[index]?.sharePct ?? null },
  ],
  sort: 'allocation',
  isOverTime: false,
  count: slices.length,
  cells: (index) => {
    const slice = slices[index];
    return slice === undefined ? [] : [slice.label, formatShare(slice.sharePct), formatMoney(slice.valueUsd)];
  },
});
