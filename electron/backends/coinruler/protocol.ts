import { z } from 'zod';

import { isMembers } from '#shared/json.ts';
import type { DecimalString } from '#shared/money.ts';
import { toDecimal } from '#shared/money.ts';
import { parseIsoMs } from '#shared/time.ts';

/*
 * What CoinRuler says, as schemas (fact sheet §4 and §5). Unknown members are ignored. Strict about what the desk cannot
 * do without (an id, a list, a map of balances); a member that is only shown may be of any type, because anyone can
 * POST an approval (§7.11) and one odd item must not hide the others.
 */

const text = z.string().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);
const decimal = z.unknown().optional().transform(toDecimal);
const isoTime = z.unknown().optional().transform(parseIsoMs);
/** An update repeats the id as whoever sent it wrote it; the digits of an ObjectId mean the same in either case. */
const idText = z
  .union([z.string(), z.int().transform(String)])
  .pipe(
    z
      .string()
      .min(1)
      .max(100)
      .transform((id) => (/^[0-9a-f]{24}$/i.test(id) ? id.toLowerCase() : id)),
  )
  .optional()
  .catch(undefined);

/** §7.2: `id` and `_id` differ by path; either serves. */
function requireId<T extends { id?: string | undefined; _id?: string | undefined }>(
  wire: T,
  context: z.core.$RefinementCtx,
): Omit<T, 'id' | '_id'> & { id: string } {
  const { _id, id, ...rest } = wire;
  const found = _id ?? id;
  if (found === undefined) context.addIssue({ code: 'custom', message: 'no id', input: wire });
  return { ...rest, id: found ?? '' };
}

const intentAction = z.object({ type: text, symbol: text, allocationPct: z.unknown().optional() });

const approvalMetadata = z.object({
  intent: z
    .object({ ruleId: text, action: intentAction.optional().catch(undefined) })
    .optional()
    .catch(undefined),
  dryRun: flag,
  profitTaking: flag,
  optimization: z.unknown().optional(),
  proposer: text,
  bot: text,
  model: text,
  confidence: decimal,
  currentPrice: decimal,
  baseline: decimal,
  aboveBaseline: decimal,
  riskNotes: z.array(z.unknown()).optional().catch(undefined),
  warnings: z.array(z.unknown()).optional().catch(undefined),
});

/** Compiled because a person waits for it: where one comes in an hour, a schema that is walked takes seven times as long. */
export const wireApproval = z.compile(
  z
    .object({
      id: idText,
      _id: idText,
      type: text,
      coin: text,
      amount: decimal,
      title: text,
      summary: text,
      rationale: text,
      reason: text,
      status: text,
      createdAt: isoTime,
      actedBy: text,
      metadata: approvalMetadata.optional().catch(undefined),
    })
    .transform(requireId),
);
export type WireApproval = z.output<typeof wireApproval>;

/** §4.1 `/approvals/pending`. Items are parsed one by one, so that one without an id costs only itself. */
export const wirePending = z.object({ items: z.array(z.unknown()) });

export const wireApprovalUpdate = z
  .object({ id: idText, _id: idText, status: z.string(), actedBy: text })
  .transform(requireId);
export type WireApprovalUpdate = z.output<typeof wireApprovalUpdate>;

/** §4.1: what a mark is answered with. */
export const wireMarked = z.object({ ok: z.literal(true) });

/** §4.3. `enabled` may be null or absent: that is unknown, never "off" (§7.12). `_id` is absent until a halt was ever stored. */
export const wireKillSwitch = z.object({
  enabled: z.boolean().nullable().optional().catch(null),
  reason: z.string().nullable().optional().catch(null),
  setBy: z.string().nullable().optional().catch(null),
  timestamp: isoTime,
  _id: z.unknown().optional(),
});
export type WireKillSwitch = z.output<typeof wireKillSwitch>;

/** Amounts by asset. Names that start with an underscore are the server's own (`_totalUSD` leaks as an asset, §4.4). */
export type AssetAmounts = ReadonlyMap<string, DecimalString>;

const SNAPSHOT_MEMBERS = new Set(['timestamp', 'reason', 'id']);
const ASSET_NAME = /^[\p{L}\p{N}$][\p{L}\p{N}$.\-]{0,23}$/u;

const isAssetName = (name: string): boolean => ASSET_NAME.test(name) && !SNAPSHOT_MEMBERS.has(name);

export function toAssetAmounts(record: Record<string, unknown>): AssetAmounts {
  const amounts = new Map<string, DecimalString>();
  for (const name of Object.keys(record)) {
    const value = record[name];
    const amount = isAssetName(name) ? toDecimal(value) : null;
    if (amount !== null) amounts.set(name, amount);
  }
  return amounts;
}

/** Taken as it is: copying it member by member, as a record of zod's does, costs more than reading it. */
const anyRecord = z.custom<Record<string, unknown>>(isMembers);
const assetAmounts = anyRecord.transform(toAssetAmounts);
const someAssetAmounts = anyRecord
  .optional()
  .catch(undefined)
  .transform((record) => toAssetAmounts(record ?? {}));

export const wirePortfolio = z.object({
  balances: assetAmounts,
  prices: someAssetAmounts,
  totalValueUSD: decimal,
  baselines: anyRecord
    .optional()
    .catch(undefined)
    .transform((record) =>
      toAssetAmounts(
        Object.fromEntries(
          Object.entries(record ?? {}).map(([name, entry]) => [
            name,
            z.object({ baseline: z.unknown() }).safeParse(entry).data?.baseline,
          ]),
        ),
      ),
    ),
  totalChange24hPct: decimal,
  priceChange24hPct: someAssetAmounts,
  collateral: z
    .object({ btcTotal: decimal, btcLocked: decimal, btcFree: decimal, ltv: decimal })
    .nullable()
    .optional()
    .catch(null),
  updatedAt: isoTime,
  /** By the server's clock alone, so that it holds however far that is from ours. */
  ageMs: z.number().nonnegative().max(Number.MAX_SAFE_INTEGER).nullish().catch(null),
  hasData: flag,
});
export type WirePortfolio = z.output<typeof wirePortfolio>;

export const wireBalances = z.object({
  balances: assetAmounts,
  prices: someAssetAmounts,
  totalUSD: decimal,
  source: text,
});
export type WireBalances = z.output<typeof wireBalances>;

/** One flat object: every asset is a top-level number beside `_prices`, `timestamp`, `reason` and `_id` (§4.4). */
export const wireSnapshot = anyRecord.transform((record) => ({
  id: typeof record._id === 'string' ? record._id : null,
  atMs: parseIsoMs(record.timestamp),
  quantities: toAssetAmounts(record),
  prices: someAssetAmounts.parse(record._prices),
}));
export type WireSnapshot = z.output<typeof wireSnapshot>;

/** §5.1: two shapes under one event name. */
export const wirePortfolioEvent = z.compile(
  z.union([
    z.object({ snapshot: wireSnapshot, isDeposit: flag }),
    z.object({ balances: assetAmounts, prices: someAssetAmounts, totalUSD: decimal, timestamp: isoTime }),
  ]),
);

export type WirePortfolioEvent = z.output<typeof wirePortfolioEvent>;

export const wireTradeSubmitted = z.object({
  mode: text,
  side: text,
  symbol: text,
  amount: decimal,
  ruleId: text,
  ts: isoTime,
});
export type WireTradeSubmitted = z.output<typeof wireTradeSubmitted>;

export const wireTradeResult = z.object({
  mode: text,
  ok: flag,
  orderId: idText,
  status: text,
  ruleId: text,
  ts: isoTime,
});
export type WireTradeResult = z.output<typeof wireTradeResult>;

/** §4.5: three kinds of execution under one list; a manual one says `approvalId`, an automatic one `approvedId`. */
export const wireExecution = z.object({
  id: idText,
  _id: idText,
  approvalId: idText,
  approvedId: idText,
  ruleId: text,
  type: text,
  mode: text,
  side: text,
  symbol: text,
  amount: decimal,
  orderId: idText,
  status: text,
  filledQty: decimal,
  avgFillPrice: decimal,
  executedAt: isoTime,
  dryRun: flag,
});
export type WireExecution = z.output<typeof wireExecution>;

export const wireExecutions = z.object({ items: z.array(z.unknown()) });

export const wireAlert = z.compile(
  z.object({
    type: z.string().min(1),
    severity: text,
    message: text,
    data: z.unknown().optional(),
    timestamp: isoTime,
  }),
);
export type WireAlert = z.output<typeof wireAlert>;

/** What an `execution` alert carries: the execution itself, or (automatic) the execution beside the trade. */
export const wireExecutionAlert = z.union([
  z.object({ exec: wireExecution, trade: z.object({ ok: flag }).optional().catch(undefined) }),
  wireExecution.transform((exec) => ({ exec, trade: undefined })),
]);

export const MOST_IN_A_TYPE = 80;

export const wireEnvelope = z.compile(
  z.object({ type: z.string().min(1).max(MOST_IN_A_TYPE), data: z.unknown().optional() }),
);
export type WireEnvelope = z.output<typeof wireEnvelope>;

/** §4.9; in degraded boot `{ok:false, mode, error}`. */
export const wireHealth = z.object({ ok: z.boolean(), db: text, mode: text, error: text, dryRun: flag });
export type WireHealth = z.output<typeof wireHealth>;

export const wireError = z.object({ error: z.string() });

export const wireExecuteRefusal = z.object({
  error: text,
  message: text,
  mfaRequired: flag,
  mfaFailed: flag,
  blocked: flag,
  estimatedValueUSD: decimal,
  expiresAt: isoTime,
});

export const wireExecuted = z.object({
  ok: z.literal(true),
  trade: z.object({ orderId: text, status: text, filledQty: decimal, avgFillPrice: decimal }),
  execution: wireExecution.optional().catch(undefined),
});

/** An odd `token` must not hide the error beside it: a `[DONE]` may follow. */
export const wireChatFrame = z.object({ token: text, error: text });

/** §4.7. `oldKeyId` may be the old secret itself: both key ids are left on the wire. */
export const wireRotation = z.object({
  service: text,
  success: z.boolean(),
  error: text,
  gracePeriodEnd: isoTime,
  timestamp: isoTime,
});

export const wireRules = z.array(
  z
    .object({ id: idText, _id: idText, enabled: flag })
    .transform(({ id, _id, enabled }) => ({ id: _id ?? id, enabled })),
);

export const wireRotationStatus = z.array(z.object({ service: text, lastRotation: isoTime }));

export const wireRotationPolicy = z.record(z.string(), z.unknown());

/** §3: figures that cannot be computed become null or disappear. */
const figure = z
  .number()
  .nullable()
  .optional()
  .transform((value) => value ?? null);

export const wireMonteCarlo = z.object({
  outcomes: z.array(z.number().nullable()).transform((values) => values.filter((value) => value !== null)),
  mean: figure,
  median: figure,
  percentile_5: figure,
  percentile_95: figure,
});

export const wireProjection = z.object({ monteCarlo: wireMonteCarlo });
