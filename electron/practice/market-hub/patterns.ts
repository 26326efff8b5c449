/** A formation, with the levels that a trader of it would use. */
export interface FoundPattern {
  name: 'breakout' | 'moving_average_cross' | 'double_bottom' | 'double_top';
  direction: 'up' | 'down';
  /** 0.5 to 0.95: how far the price went past the level that completes the formation. */
  confidence: number;
  entry: number;
  exit: number;
  stop: number;
}

type Rising = Pick<FoundPattern, 'confidence' | 'entry' | 'exit' | 'stop'>;

/** The formations that this price completes. `closes` oldest first, evenly spaced; falling ones are rising ones upside down. */
export function findPatterns(closes: readonly number[], price: number): FoundPattern[] {
  if (closes.length < LOOK_BACK) return [];
  const seen = closes.slice(-LOOK_BACK);
  const upsideDown = seen.map((close) => -close);
  return DETECTORS.flatMap(({ names: [rising, falling], detect }): FoundPattern[] => {
    const up = detect(seen, price);
    if (up !== null) return [{ name: rising, direction: 'up', ...up }];
    const down = detect(upsideDown, -price);
    if (down === null) return [];
    const { confidence, entry, exit, stop } = down;
    return [{ name: falling, direction: 'down', confidence, entry: -entry, exit: -exit, stop: -stop }];
  });
}

interface Detector {
  /** As it is called when prices rise, and when they fall. */
  names: [FoundPattern['name'], FoundPattern['name']];
  detect(closes: readonly number[], price: number): Rising | null;
}

const DETECTORS: readonly Detector[] = [
  { names: ['breakout', 'breakout'], detect: findBreakout },
  { names: ['moving_average_cross', 'moving_average_cross'], detect: findCross },
  { names: ['double_bottom', 'double_top'], detect: findDoubleBottom },
];

/** Above everything of the look back, by a tenth of its range. Aims at the range once more. */
function findBreakout(closes: readonly number[], price: number): Rising | null {
  const { high, range } = spanOf(closes);
  const beyond = price - high;
  if (range <= 0 || beyond < range * 0.1) return null;
  return { confidence: confidence(beyond / range), entry: high, exit: high + range, stop: high - range / 2 };
}

/** The fast average passes over the slow one with this price. Risks the last low, aims at twice that. */
function findCross(closes: readonly number[], price: number): Rising | null {
  const before = mean(closes.slice(-FAST)) - mean(closes.slice(-SLOW));
  const moved = [...closes, price];
  const slow = mean(moved.slice(-SLOW));
  const after = mean(moved.slice(-FAST)) - slow;
  const stop = Math.min(...moved.slice(-FAST));
  const { range } = spanOf(closes);
  if (before >= 0 || after <= 0 || stop >= price || range <= 0) return null;
  return {
    confidence: confidence((price - slow) / range),
    entry: price,
    exit: price + 2 * (price - stop),
    stop,
  };
}

/** Two lows at about one level, well apart, and a price that just rose over the peak between them. Aims at that height once more. */
function findDoubleBottom(closes: readonly number[], price: number): Rising | null {
  const { low, range } = spanOf(closes);
  const lows = closes.flatMap((close, index) => (close - low <= range * 0.15 ? [index] : []));
  const [first, last] = [lows[0], lows.at(-1)];
  if (range <= 0 || first === undefined || last === undefined || last - first < LOWS_APART) return null;
  const peak = Math.max(...closes.slice(first, last));
  const height = peak - low;
  const isFresh = closes.slice(last).every((close) => close <= peak) && price > peak;
  if (height < range * 0.5 || !isFresh) return null;
  return { confidence: confidence((price - peak) / height), entry: peak, exit: peak + height, stop: low };
}

function spanOf(values: readonly number[]): { low: number; high: number; range: number } {
  const low = Math.min(...values);
  const high = Math.max(...values);
  return { low, high, range: high - low };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const confidence = (share: number): number => Math.min(0.95, 0.5 + Math.max(0, share) / 2);

/** In steps of five minutes: two hours. */
const LOOK_BACK = 24;
const FAST = 6;
const SLOW = 24;
const LOWS_APART = 4;
