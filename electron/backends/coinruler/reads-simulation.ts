import { compare, multiply, sum, toFloat } from '#shared/money.ts';
import { SECOND_MS } from '#shared/time.ts';

import { HttpFailure } from '../../connections/port.ts';
import type { Json } from '../port.ts';
import { optionalNumber, ParamError } from '../kit/params.ts';
import { wireMonteCarlo, wirePortfolio, wireProjection } from './protocol.ts';
import type { ReadContext, ReadDefinition } from './read-definition.ts';
import { descriptorOf } from '../kit/reading.ts';

/** The server computes without a limit and answers nobody meanwhile (§4.5). */
const MOST_SIMULATIONS = 20_000;

/** What the portfolio may be worth (§4.5). The server gives end values only, so these are distributions and no courses. */
export const simulationReads: readonly ReadDefinition[] = [
  {
    descriptor: descriptorOf('distribution', {
      id: 'monte-carlo',
      group: 'Analysis',
      label: 'Monte Carlo',
      help: 'What the portfolio may be worth at the end of so many days, over many simulated courses.',
      params: [
        {
          name: 'simulations',
          label: 'Simulations',
          type: 'number',
          required: false,
          min: 100,
          max: MOST_SIMULATIONS,
          defaultValue: '2000',
        },
        {
          name: 'days',
          label: 'Days',
          type: 'number',
          required: false,
          min: 1,
          max: 365,
          defaultValue: '30',
        },
      ],
      caution: 'CoinRuler assumes the same 2 % of movement a day for every asset, stable ones included.',
    }),
    run: monteCarlo,
  },
  {
    descriptor: descriptorOf('distribution', {
      id: 'projection',
      group: 'Analysis',
      label: 'Projection',
      help: 'CoinRuler’s own 1,000 simulations over 30 days.',
      caution:
        'CoinRuler multiplies by the price twice here, so these values are far too high. Use Monte Carlo instead.',
    }),
    async run({ tools, signal }) {
      const answer = await tools.client.read('/analysis/projection', wireProjection, {
        priority: 'read',
        signal,
      });
      return distribution(answer.monteCarlo, 30);
    },
  },
];

async function monteCarlo({ tools, params, signal }: ReadContext): Promise<Json> {
  const simulations = Math.round(
    optionalNumber(params, 'simulations', { min: 100, max: MOST_SIMULATIONS }) ?? 2_000,
  );
  const days = Math.round(optionalNumber(params, 'days', { min: 1, max: 365 }) ?? 30);
  const current = await tools.client.read('/portfolio/current', wirePortfolio, { priority: 'read', signal });
  // An asset without a price would be taken at one dollar each.
  const priced = [...current.balances].filter(([asset, quantity]) => {
    const price = current.prices.get(asset);
    return compare(quantity, '0') > 0 && price !== undefined && compare(price, '0') > 0;
  });
  if (priced.length === 0) throw new ParamError('Nothing is held that has a price.');
  const portfolio = {
    ...Object.fromEntries(priced.map(([asset, quantity]) => [asset, toFloat(quantity)])),
    _prices: Object.fromEntries(priced.map(([asset]) => [asset, toFloat(current.prices.get(asset) ?? '0')])),
  };
  const body = { portfolio, sims: simulations, days };
  const answer = await tools.client.ask('/monte-carlo', body, wireMonteCarlo, {
    priority: 'read',
    signal,
    timeoutMs: 60 * SECOND_MS,
  });
  // What they begin with, so that courses can be drawn from there to the end values.
  const startUsd = sum(
    priced.map(([asset, quantity]) => multiply(quantity, current.prices.get(asset) ?? '0')),
  );
  return { ...distribution(answer, days), startUsd };
}

function distribution(
  answer: {
    outcomes: number[];
    mean: number | null;
    median: number | null;
    percentile_5: number | null;
    percentile_95: number | null;
  },
  days: number,
): Record<string, Json> {
  if (answer.outcomes.length === 0)
    throw new HttpFailure({ code: 'bad-answer', message: 'CoinRuler simulated nothing.' }, true);
  const { mean, median, percentile_5: p5, percentile_95: p95 } = answer;
  return {
    unit: 'USD',
    days,
    outcomes: answer.outcomes
      .slice(0, MOST_SIMULATIONS)
      .map((value) => Math.round(value * 100) / 100)
      .sort((a, b) => a - b),
    summary: { mean, median, p5, p95 },
  };
}
