import { z } from 'zod';

import { decimalString } from '../../decimal-string.ts';
import { epochMs } from '../../epoch-ms.ts';
import { fact } from '../fact.ts';

/** The last price that a backend named for a symbol. Its age counts from receipt: not every backend's clock can be read. */
export const quote = z.object({
  backendId: z.string(),
  /** The symbol as the backend writes it. */
  id: z.string(),
  /** The asset that the symbol stands for, such as `ETH` for `ETH-USDC`. */
  asset: z.string(),
  price: decimalString,
  change24hPct: decimalString.nullable(),
  volume24h: decimalString.nullable(),
  /** It may be a sample or a constant of its backend: shown as that, and never reckoned with (`isPriceOfMarket`). */
  sample: z.literal(true).optional(),
  receivedAtMs: epochMs,
});
export type Quote = z.infer<typeof quote>;

/** False for a price that may be none of a market: no total, alert, limit or candle is made of it. */
export const isPriceOfMarket = ({ sample }: Pick<Quote, 'sample'>): boolean => sample !== true;

/** What a model expects. It can be scored only where symbol, direction, price then and horizon are known. */
export const prediction = z.object({
  backendId: z.string(),
  id: z.string(),
  model: z.string().nullable(),
  symbol: z.string().nullable(),
  direction: z.enum(['up', 'down', 'flat']).nullable(),
  predictedPrice: decimalString.nullable(),
  priceThen: decimalString.nullable(),
  /** Between 0 and 1. */
  confidence: z.number().min(0).max(1).nullable(),
  horizonMs: z.number().int().positive().nullable(),
  facts: z.array(fact).max(20),
  receivedAtMs: epochMs,
});
export type Prediction = z.infer<typeof prediction>;

/** A formation that a backend saw in a chart. Levels are given only where the backend gave them. */
export const pattern = z.object({
  backendId: z.string(),
  id: z.string(),
  name: z.string(),
  symbol: z.string().nullable(),
  direction: z.enum(['up', 'down', 'flat']).nullable(),
  confidence: z.number().min(0).max(1).nullable(),
  entryPrice: decimalString.nullable(),
  exitPrice: decimalString.nullable(),
  stopPrice: decimalString.nullable(),
  facts: z.array(fact).max(20),
  receivedAtMs: epochMs,
});
export type Pattern = z.infer<typeof pattern>;

/** Open, high, low and close of one stretch of time, made from prices as they were received. */
export const candle = z.object({
  atMs: epochMs,
  open: decimalString,
  high: decimalString,
  low: decimalString,
  close: decimalString,
  /** How many prices it is made of. */
  ticks: z.number().int().positive(),
});
export type Candle = z.infer<typeof candle>;
