import type { Exposure } from '#shared/domain/portfolio/asset-exposure.ts';
import type { DecimalString } from '#shared/money.ts';
import { absolute, compare, sum, toFloat } from '#shared/money.ts';
import { t } from '#shared/words.ts';

/** One arc of the ring. Angles are turns (0..1), clockwise from the top; floats, for drawing only. */
export interface AllocationSlice {
  label: string;
  /** The asset, or `null` for what is gathered as the rest. */
  asset: string | null;
  valueUsd: DecimalString;
  sharePct: number;
  fromTurn: number;
  toTurn: number;
}

const REST = t('Other');

/** The greatest priced assets, and the rest together. Assets without a price have no share and are left out. */
export function allocation(exposures: readonly Exposure[], maxSlices: number): AllocationSlice[] {
  const priced = exposures
    .flatMap(({ asset, valueUsd }) => (valueUsd === null ? [] : [{ asset, valueUsd: absolute(valueUsd) }]))
    .filter(({ valueUsd }) => compare(valueUsd, '0') > 0)
    .sort((a, b) => compare(b.valueUsd, a.valueUsd));
  const whole = priced.reduce((total, { valueUsd }) => total + toFloat(valueUsd), 0);
  const shown = priced.length > maxSlices ? priced.slice(0, maxSlices - 1) : priced;
  const rest = priced.slice(shown.length);
  const parts = [
    ...shown.map(({ asset, valueUsd }) => ({ label: asset, asset, valueUsd })),
    ...(rest.length === 0
      ? []
      : [
          {
            label: REST,
            asset: null,
            valueUsd: sum(rest.map(({ valueUsd }) => valueUsd)),
          },
        ]),
  ];
  let turn = 0;
  return parts.map((part) => {
    const share = toFloat(part.valueUsd) / whole;
    const slice = { ...part, sharePct: share * 100, fromTurn: turn, toTurn: turn + share };
    turn += share;
    return slice;
  });
}

/** The path of a ring segment in a square of the given size, with a small gap to its neighbours. */
export function ringPath(
  slice: Pick<AllocationSlice, 'fromTurn' | 'toTurn'>,
  size: number,
  thickness: number,
): string {
  const outer = size / 2;
  const inner = outer - thickness;
  const gap = slice.toTurn - slice.fromTurn > 0.98 ? 0 : 0.0025;
  const from = slice.fromTurn + gap;
  // A full turn has no start and end that differ, so it stops just short of one.
  const to = Math.max(from + 0.0005, Math.min(slice.toTurn - gap, from + 0.9999));
  const large = to - from > 0.5 ? 1 : 0;
  const at = (turn: number, radius: number): string => {
    const angle = turn * 2 * Math.PI - Math.PI / 2;
    return `${(outer + radius * Math.cos(angle)).toFixed(2)} ${(outer + radius * Math.sin(angle)).toFixed(2)}`;
  };
  return [
    `M ${at(from, outer)}`,
    `A ${outer} ${outer} 0 ${large} 1 ${at(to, outer)}`,
    `L ${at(to, inner)}`,
    `A ${inner} ${inner} 0 ${large} 0 ${at(from, inner)}`,
    'Z',
  ].join(' ');
}
