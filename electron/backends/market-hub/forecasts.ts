import type { Pattern, Prediction } from '#shared/domain/market/market.ts';
import type { DecimalString } from '#shared/money.ts';
import { compare, toDecimal, toFloat } from '#shared/money.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { contentId } from '../kit/content-id.ts';
import type { Members } from './free-form.ts';
import { readMembers } from './free-form.ts';
import type { MappingContext } from './mapping.ts';
import type { WireMembers } from './protocol.ts';

const SYMBOL = ['symbol', 'pair', 'trading_pair', 'ticker', 'instrument', 'market', 'asset', 'coin'];
const CONFIDENCE = ['confidence', 'confidence_score', 'probability', 'certainty'];
const PRICE_THEN = ['current_price', 'price_then', 'last_price', 'base_price', 'spot_price', 'price'];

type Direction = Prediction['direction'];

/** What is known of the market at the time of a message. */
export interface KnownMarket {
  /** The price of a symbol as it stands now, where one is known. */
  lastPrice(symbol: string): DecimalString | null;
  /** The symbol under which its prices come, where they come under another form of it (§7.9). */
  quotedAs(symbol: string): string;
}

/** `null` when there is nothing in it. */
export function mapPrediction(
  data: WireMembers,
  context: MappingContext,
  market: KnownMarket,
): Prediction | null {
  const members = readMembers(data);
  const symbol = symbolOf(members, market);
  const predictedPrice = members.price([
    'predicted_price',
    'price_prediction',
    'target_price',
    'price_target',
    'forecast_price',
    'predicted_value',
    'prediction',
    'forecast',
    'target',
  ]);
  const priceThen = members.price(PRICE_THEN) ?? (symbol === null ? null : market.lastPrice(symbol));
  const prediction: Prediction = {
    backendId: context.backendId,
    id: contentId([data, context.sentAt]),
    model: members.text(['model', 'model_name', 'model_id', 'algorithm', 'strategy', 'source'], 80),
    symbol,
    direction:
      members.find(
        ['direction', 'predicted_direction', 'signal', 'prediction', 'trend', 'side', 'action'],
        directionOf,
      ) ?? between(priceThen, predictedPrice),
    predictedPrice,
    priceThen,
    confidence: members.find(CONFIDENCE, fractionOf),
    horizonMs: horizonOf(members),
    facts: members.rest(),
    receivedAtMs: context.receivedAtMs,
  };
  return saysNothing(prediction) ? null : prediction;
}

/** `null` when there is nothing in it. */
export function mapPattern(data: WireMembers, context: MappingContext, market: KnownMarket): Pattern | null {
  const members = readMembers(data);
  const name = members.text(['pattern', 'pattern_name', 'pattern_type', 'formation', 'name', 'type'], 80);
  const pattern: Pattern = {
    backendId: context.backendId,
    id: contentId([data, context.sentAt]),
    name: name ?? 'Unnamed pattern',
    symbol: symbolOf(members, market),
    direction: members.find(['direction', 'signal', 'bias', 'trend', 'side', 'action'], directionOf),
    confidence: members.find(CONFIDENCE, fractionOf),
    entryPrice: members.price(['entry_price', 'entry', 'entry_level', 'breakout_price', 'breakout_level']),
    exitPrice: members.price([
      'exit_price',
      'exit',
      'exit_level',
      'take_profit',
      'target_price',
      'price_target',
      'target',
    ]),
    stopPrice: members.price(['stop_price', 'stop_loss', 'stop', 'stop_level', 'invalidation']),
    facts: members.rest(),
    receivedAtMs: context.receivedAtMs,
  };
  return name === null && saysNothing(pattern) ? null : pattern;
}

function symbolOf(members: Members, market: KnownMarket): string | null {
  const symbol = members.text(SYMBOL, 60);
  return symbol === null ? null : market.quotedAs(symbol);
}

/** An empty dictionary is a message, but no prediction. */
function saysNothing(forecast: Prediction | Pattern): boolean {
  const { symbol, direction, confidence, facts } = forecast;
  const figures =
    'predictedPrice' in forecast
      ? [forecast.model, forecast.predictedPrice, forecast.horizonMs]
      : [forecast.entryPrice, forecast.exitPrice, forecast.stopPrice];
  return [symbol, direction, confidence, ...figures].every((value) => value === null) && facts.length === 0;
}

const WORDS: readonly (readonly [NonNullable<Direction>, RegExp])[] = [
  ['up', /^(?:strong[ _-]?)?(?:up|upward|uptrend|long|buy|bull|bullish|rise|rising|increase|higher)$/i],
  [
    'down',
    /^(?:strong[ _-]?)?(?:down|downward|downtrend|short|sell|bear|bearish|fall|falling|decrease|lower)$/i,
  ],
  ['flat', /^(?:flat|neutral|hold|sideways|none|unchanged|ranging)$/i],
];

function directionOf(value: unknown): Direction {
  if (value === 1) return 'up';
  if (value === -1) return 'down';
  if (value === 0) return 'flat';
  if (typeof value !== 'string') return null;
  return WORDS.find(([, words]) => words.test(value.trim()))?.[0] ?? null;
}

function between(from: DecimalString | null, to: DecimalString | null): Direction {
  if (from === null || to === null) return null;
  return ({ '-1': 'down', '0': 'flat', '1': 'up' } as const)[compare(to, from)];
}

/** 0.85, 85 and "85%" are the same confidence. */
function fractionOf(value: unknown): number | null {
  const percent = typeof value === 'string' && value.trim().endsWith('%');
  const decimal = toDecimal(typeof value === 'string' ? value.trim().replace(/\s*%$/, '') : value);
  if (decimal === null) return null;
  const figure = toFloat(decimal);
  const fraction = percent || figure > 1 ? figure / 100 : figure;
  return fraction >= 0 && fraction <= 1 ? fraction : null;
}

const UNITS: readonly (readonly [suffixes: readonly string[], ms: number])[] = [
  [['ms', 'milliseconds'], 1],
  [['s', 'sec', 'secs', 'second', 'seconds'], SECOND_MS],
  [['m', 'min', 'mins', 'minute', 'minutes'], MINUTE_MS],
  [['h', 'hr', 'hrs', 'hour', 'hours'], HOUR_MS],
  [['d', 'day', 'days'], DAY_MS],
  [['w', 'week', 'weeks'], 7 * DAY_MS],
];
const HORIZON = ['horizon', 'prediction_horizon', 'forecast_horizon', 'time_horizon'];
const LONGEST_MS = 366 * DAY_MS;

/** A horizon whose unit stands in its name or its value; a bare number could be anything and stays unknown. */
function horizonOf(members: Members): number | null {
  const inText = members.find(HORIZON, (value) => {
    const [, figure, unit] =
      /^\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*$/i.exec(typeof value === 'string' ? value : '') ?? [];
    const found = UNITS.find(([suffixes]) => suffixes.includes(unit?.toLowerCase() ?? ''));
    return found === undefined ? null : lengthOf(Number(figure), found[1]);
  });
  if (inText !== null) return inText;
  for (const [suffixes, ms] of UNITS) {
    const names = HORIZON.flatMap((name) => suffixes.map((suffix) => `${name}_${suffix}`));
    const length = members.find(names, (value) => lengthOf(Number(toDecimal(value)), ms));
    if (length !== null) return length;
  }
  return null;
}

function lengthOf(figure: number, unitMs: number): number | null {
  const length = Math.round(figure * unitMs);
  return length > 0 && length <= LONGEST_MS ? length : null;
}
