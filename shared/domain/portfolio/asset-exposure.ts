import type { DecimalString } from '../../money.ts';
import { absolute, compare, sum, toDecimal, toFloat } from '../../money.ts';
import type { BackendConfig } from '../backends/backend.ts';
import { addable } from '../derive.ts';
import type { Holding } from './portfolio.ts';

/** One asset over several backends. */
export interface Exposure {
  readonly asset: string;
  readonly quantity: DecimalString;
  /** Null when no backend knows a price for it. */
  readonly valueUsd: DecimalString | null;
  /** Share of all priced holdings given, in percent, to two decimals. */
  readonly sharePct: DecimalString | null;
  readonly holdings: readonly Holding[];
}

/** Greatest first, real and practice apart. */
export interface Exposures {
  readonly real: readonly Exposure[];
  readonly practice: readonly Exposure[];
}

export const NO_EXPOSURES: Exposures = { real: [], practice: [] };

/**
 * Exposure per asset over all `addable` backends. `before` is what was worked out last: an asset of which nothing moved keeps its
 * object, and a list of which nothing moved is the same list, so that only what changed is reckoned and drawn again.
 */
export function exposures(
  holdings: Iterable<Holding>,
  backends: Iterable<BackendConfig>,
  before: Exposures = NO_EXPOSURES,
): Exposures {
  const added = addable(backends);
  const practiceById = new Map([...added.real, ...added.practice].map(({ id, practice }) => [id, practice]));
  const real: Holding[] = [];
  const practice: Holding[] = [];
  for (const holding of holdings) {
    const isPractice = practiceById.get(holding.backendId);
    if (isPractice !== undefined) (isPractice ? practice : real).push(holding);
  }
  return { real: exposuresOf(real, before.real), practice: exposuresOf(practice, before.practice) };
}

function exposuresOf(holdings: readonly Holding[], before: readonly Exposure[]): readonly Exposure[] {
  const known = new Map(before.map((exposure) => [exposure.asset, exposure]));
  const worth = [...Map.groupBy(holdings, ({ asset }) => asset)].map(([asset, held]) => {
    const last = known.get(asset);
    const added = last !== undefined && isSameList(last.holdings, held) ? last : addedUp(asset, held);
    return { added, last, size: Math.abs(toFloat(added.valueUsd ?? '0')) };
  });
  // Short positions count by their size: a share is a share of what is at stake.
  const whole = worth.reduce((total, { size }) => total + size, 0);
  const all = worth
    .sort((a, b) => b.size - a.size || inOrder(a.added, b.added))
    .map(({ added, last, size }): Exposure => {
      const isPriced = added.valueUsd !== null && whole > 0;
      const sharePct = isPriced ? toDecimal(Math.round((size / whole) * 10_000) / 100) : null;
      return added === last && last.sharePct === sharePct ? last : { ...added, sharePct };
    });
  return isSameList(before, all) ? before : all;
}

function addedUp(asset: string, holdings: readonly Holding[]): Exposure {
  const values = holdings.flatMap(({ valueUsd }) => (valueUsd === null ? [] : [valueUsd]));
  return {
    asset,
    quantity: sum(holdings.map(({ quantity }) => quantity)),
    valueUsd: values.length === 0 ? null : sum(values),
    sharePct: null,
    holdings,
  };
}

/** Where floats cannot tell two values apart. */
const inOrder = (a: Exposure, b: Exposure): number =>
  compare(absolute(b.valueUsd ?? '0'), absolute(a.valueUsd ?? '0')) || (a.asset < b.asset ? -1 : 1);

const isSameList = <T>(one: readonly T[], other: readonly T[]): boolean =>
  one.length === other.length && one.every((item, index) => item === other[index]);
