/** What a momentum model expects of a price. */
interface Forecast {
  direction: 'up' | 'down';
  /** The model's own probability that the direction is right, 0.5 to 0.99. */
  confidence: number;
  /** Price at the end of the horizon, as a multiple of the price now. */
  multiple: number;
}

/**
 * Lets the latest moves go on and fade: the mean of the last returns, weighted towards the newest, against how much they
 * scatter. `closes` oldest first, evenly spaced; `steps` is the horizon in the same steps. `null` where nothing moved or too little is known.
 */
export function forecastMomentum(closes: readonly number[], steps: number): Forecast | null {
  const returns = closes.slice(1).map((close, index) => Math.log(close / (closes[index] ?? close)));
  if (returns.length < LEAST_RETURNS) return null;
  const mean = weightedMean(returns);
  const scatter = Math.sqrt(weightedMean(returns.map((one) => (one - mean) ** 2)));
  if (!(scatter > 0)) return null;
  let expected = 0;
  for (let step = 1; step <= steps; step += 1) expected += mean * FADE ** step;
  return {
    direction: expected >= 0 ? 'up' : 'down',
    confidence: Math.min(0.99, normalShareBelow(Math.abs(expected) / (scatter * Math.sqrt(steps)))),
    multiple: Math.exp(expected),
  };
}

function weightedMean(values: readonly number[]): number {
  let sum = 0;
  let weights = 0;
  values.forEach((value, index) => {
    const weight = 0.5 ** ((values.length - 1 - index) / HALF_LIFE_STEPS);
    sum += value * weight;
    weights += weight;
  });
  return sum / weights;
}

/** The standard normal distribution, in the logistic approximation (off by less than 0.01). */
const normalShareBelow = (z: number): number => 1 / (1 + Math.exp(-1.702 * z));

const LEAST_RETURNS = 8;
const HALF_LIFE_STEPS = 4;
const FADE = 0.8;
