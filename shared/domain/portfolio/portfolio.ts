import { z } from 'zod';

import { decimalString } from '../../decimal-string.ts';
import { epochMs } from '../../epoch-ms.ts';

/** What a backend holds of one asset. `valueUsd` is null when no price is known. */
export const holding = z.object({
  backendId: z.string(),
  asset: z.string(),
  quantity: decimalString,
  priceUsd: decimalString.nullable(),
  valueUsd: decimalString.nullable(),
  change24hPct: decimalString.nullable(),
  baseline: decimalString.nullable(),
  updatedAtMs: epochMs,
});
export type Holding = z.infer<typeof holding>;

export const collateral = z.object({
  asset: z.string(),
  total: decimalString,
  locked: decimalString,
  free: decimalString,
  ltvPct: decimalString.nullable(),
});
export type Collateral = z.infer<typeof collateral>;

/**
 * One backend's portfolio as a whole. `occurredAtMs` is the backend's time of the figures. `asOfMs`, by our clock, is a time that
 * the figures are not older than, however wrong the backend's clock is: the desk sets it, from what a backend tells of their age where
 * one does.
 */
export const portfolio = z.object({
  backendId: z.string(),
  totalUsd: decimalString.nullable(),
  change24hPct: decimalString.nullable(),
  collateral: collateral.nullable(),
  occurredAtMs: epochMs.nullable(),
  receivedAtMs: epochMs,
  asOfMs: epochMs.optional(),
});
export type Portfolio = z.infer<typeof portfolio>;

/** How fresh the figures of a portfolio are, by our clock. A backend's clock that is ahead does not make them fresher than their coming. */
export const figuresAtMs = ({ occurredAtMs, receivedAtMs, asOfMs }: Portfolio): number =>
  asOfMs ?? Math.min(occurredAtMs ?? receivedAtMs, receivedAtMs);

/** Total value of one backend at a time; the equity curve is a list of these. */
export const equityPoint = z.object({
  backendId: z.string(),
  atMs: epochMs,
  totalUsd: decimalString,
  /** Value of a deposit made at this point, kept apart from profit. */
  depositUsd: decimalString.nullable(),
});
export type EquityPoint = z.infer<typeof equityPoint>;
