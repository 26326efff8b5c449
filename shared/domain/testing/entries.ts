import type { Alert } from '../alerts/alert.ts';
import type { Approval } from '../approvals/approval.ts';
import type { BackendConfig } from '../backends/backend.ts';
import type { DeskEvent } from '../desk.ts';
import type { KillSwitch } from '../panic/kill-switch.ts';
import type { LinkStatus } from '../backends/link.ts';
import type { Pattern, Prediction, Quote } from '../market/market.ts';
import type { Holding, Portfolio } from '../portfolio/portfolio.ts';
import type { Trade } from '../portfolio/trade.ts';

/** The time at which tests of the desk begin; the same as a manual clock's. */
export const START_MS = 1_800_000_000_000;

/** Entries as a backend called `alpha` would report them, with the members that a test is about given by it. */
export const aBackend = (given: Partial<BackendConfig> = {}): BackendConfig => ({
  id: 'alpha',
  kind: 'scripted',
  name: 'Alpha',
  address: 'http://127.0.0.1:3001',
  colour: '#336699',
  practice: false,
  enabled: true,
  allowPlainHttp: false,
  ...given,
});

export const anApproval = (given: Partial<Approval> = {}): Approval => ({
  backendId: 'alpha',
  id: 'p1',
  status: 'pending',
  rawStatus: null,
  side: 'buy',
  instrument: 'BTC',
  quantity: '0.01',
  allocationPct: null,
  valueUsd: null,
  priceThen: null,
  title: 'Buy BTC',
  reason: 'Below its target weight',
  riskNotes: [],
  proposer: 'rebalancer',
  createdAtMs: START_MS,
  receivedAtMs: START_MS,
  expiresAtMs: null,
  decidedAtMs: null,
  decidedBy: null,
  decidedHere: false,
  groupKey: 'rebalancer BTC buy',
  executable: true,
  ...given,
});

export const aLink = (given: Partial<LinkStatus> = {}): LinkStatus => ({
  backendId: 'alpha',
  linkId: 'live',
  label: 'Live events',
  state: { kind: 'live', sinceMs: START_MS },
  receivedAtMs: START_MS,
  dataAtMs: START_MS,
  staleAfterMs: 600_000,
  reconnections: 0,
  received: 1,
  rejected: 0,
  perMinute: 0,
  latency: null,
  rejectedSamples: [],
  budget: null,
  ...given,
});

export const aHolding = (given: Partial<Holding> = {}): Holding => ({
  backendId: 'alpha',
  asset: 'BTC',
  quantity: '0.5',
  priceUsd: '50000',
  valueUsd: '25000',
  change24hPct: null,
  baseline: null,
  updatedAtMs: START_MS,
  ...given,
});

export const aPortfolio = (given: Partial<Portfolio> = {}): Portfolio => ({
  backendId: 'alpha',
  totalUsd: '25000',
  change24hPct: null,
  collateral: null,
  occurredAtMs: START_MS,
  receivedAtMs: START_MS,
  ...given,
});

export const portfolioEvent = (
  portfolio: Partial<Portfolio> = {},
  holdings: readonly Holding[] = [aHolding()],
  depositUsd: string | null = null,
): DeskEvent => ({ type: 'portfolio', portfolio: aPortfolio(portfolio), holdings, depositUsd });

export const anAlert = (given: Partial<Alert> = {}): Alert => ({
  backendId: 'alpha',
  id: 'a1',
  kind: 'collateral',
  severity: 'medium',
  rawSeverity: 'warning',
  message: 'Collateral updated',
  groupKey: 'collateral',
  instrument: null,
  facts: [],
  occurredAtMs: START_MS,
  receivedAtMs: START_MS,
  count: 1,
  acknowledgedAtMs: null,
  ...given,
});

export const aTrade = (given: Partial<Trade> = {}): Trade => ({
  backendId: 'alpha',
  id: 't1',
  side: 'buy',
  instrument: 'BTC',
  quantity: '0.01',
  filledQuantity: null,
  averagePrice: null,
  status: 'submitted',
  rawStatus: null,
  orderId: null,
  approvalId: null,
  origin: 'manual',
  realisedPnlUsd: null,
  occurredAtMs: START_MS,
  receivedAtMs: START_MS,
  ...given,
});

export const aQuote = (given: Partial<Quote> = {}): Quote => ({
  backendId: 'alpha',
  id: 'BTC-USD',
  asset: 'BTC',
  price: '50000',
  change24hPct: null,
  volume24h: null,
  receivedAtMs: START_MS,
  ...given,
});

export const aPrediction = (given: Partial<Prediction> = {}): Prediction => ({
  backendId: 'alpha',
  id: 'm1',
  model: 'momentum',
  symbol: 'BTC-USD',
  direction: 'up',
  predictedPrice: null,
  priceThen: '50000',
  confidence: 0.6,
  horizonMs: 900_000,
  facts: [],
  receivedAtMs: START_MS,
  ...given,
});

export const aPattern = (given: Partial<Pattern> = {}): Pattern => ({
  backendId: 'alpha',
  id: 'f1',
  name: 'double top',
  symbol: 'BTC-USD',
  direction: 'down',
  confidence: null,
  entryPrice: '49900',
  exitPrice: null,
  stopPrice: null,
  facts: [],
  receivedAtMs: START_MS,
  ...given,
});

export const aKillSwitch = (given: Partial<KillSwitch> = {}): KillSwitch => ({
  backendId: 'alpha',
  enabled: false,
  reason: null,
  setBy: 'owner',
  changedAtMs: START_MS,
  readAtMs: START_MS,
  ...given,
});

export const approvalStatusEvent = (
  given: Partial<Extract<DeskEvent, { type: 'approval-status' }>> = {},
): DeskEvent => ({
  type: 'approval-status',
  backendId: 'alpha',
  approvalId: 'p1',
  status: 'approved',
  rawStatus: null,
  decidedBy: null,
  decidedHere: false,
  occurredAtMs: null,
  receivedAtMs: START_MS + 1,
  ...given,
});
