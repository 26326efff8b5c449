import { z } from 'zod';

import { executeApproval, insertApproval, patchApproval, pendingApprovals } from '../coinruler/approvals.ts';
import { propose } from '../coinruler/bot-runner.ts';
import type { CoinrulerProtocol } from '../coinruler/coinruler-protocol.ts';
import type { Coinruler } from '../coinruler/context.ts';
import { tellAlert } from '../coinruler/context.ts';
import { setKillSwitch } from '../coinruler/kill-switch.ts';
import { storeScheduledSnapshot } from '../coinruler/portfolio.ts';
import { REQUESTS_A_MINUTE } from '../coinruler/rate-limit.ts';
import type { Faults } from '../faults.ts';
import { scriptedId } from '../ids.ts';
import type { PracticeState } from '../practice-state.ts';
import type { ControlAction, PracticeProtocol } from '../protocol.ts';
import { controlAction } from '../protocol.ts';
import type { ScriptState } from './script-state.ts';

export interface ControlOptions {
  coinruler: CoinrulerProtocol;
  /** All of them, CoinRuler included. */
  protocols: readonly PracticeProtocol[];
  faults: Faults;
  saved: PracticeState;
  setQuiet(quiet: boolean): void;
  startScript(script: ScriptState): void;
}

/** What `POST /control/NAME` does, by name. */
export function createActions(options: ControlOptions): Map<string, ControlAction> {
  const { coinruler, faults, protocols } = options;
  const { desk } = coinruler;
  return new Map([
    ...happenings(desk),
    ...failings(options),
    ...protocols.flatMap(({ actions }) => actions),
    controlAction('quiet', z.object({ quiet: z.boolean() }), ({ quiet }) => options.setQuiet(quiet)),
    controlAction('bot', z.object({ running: z.boolean() }), ({ running }) =>
      coinruler.setBotRunning(running),
    ),
    controlAction('script', scriptBody, ({ events, ...script }) => {
      // Its proposals have the ids of the seed: a second run would make them twice.
      const first = scriptedId(script.seed, 0).slice(0, -8);
      if (desk.state.approvals.some((one) => one._id.startsWith(first)))
        throw new Error('This seed was played before');
      options.startScript({ ...script, total: events, next: 0 });
    }),
    controlAction('mfa', z.object({ thresholdUsd: z.number() }), ({ thresholdUsd }) =>
      desk.unit.commit(() => {
        desk.state.mfaThresholdUsd = thresholdUsd;
      }),
    ),
    controlAction('chat-failure', chatFailureBody, (failing) => {
      faults.chatFailures.push(failing);
    }),
  ]);
}

const happenings = (desk: Coinruler): [string, ControlAction][] => [
  controlAction('propose', proposalBody, (wanted) => proposeFrom(desk, wanted)),
  controlAction('propose-idea', z.object({}), () => ({ approval: propose(desk) })),
  controlAction('alert', alertBody, ({ type, severity, message, data }) =>
    tellAlert(desk, type, severity, message, data),
  ),
  controlAction('price', priceBody, ({ symbol, price }) => {
    desk.market.setPrice(symbol, price);
    storeScheduledSnapshot(desk);
  }),
  controlAction('portfolio', portfolioBody, ({ deposits }) => deposit(desk, deposits)),
  controlAction('kill-switch', killBody, (wanted) => {
    setKillSwitch(desk, wanted);
  }),
  controlAction('executed-elsewhere', idBody, ({ id }) => {
    const answer = executeApproval(desk, id, undefined, 'other:client');
    if (answer.kind !== 'json' || answer.status !== 200)
      throw new Error(`Not executed: ${JSON.stringify(answer)}`);
    return answer.body;
  }),
  controlAction('declined-elsewhere', idBody, ({ id }) => {
    patchApproval(desk, id, 'declined', 'other:client');
  }),
];

const failings = ({ faults, protocols, coinruler }: ControlOptions): [string, ControlAction][] => [
  controlAction('drop-connections', z.object({}), () => {
    for (const protocol of protocols) protocol.dropConnections();
  }),
  controlAction('hang', hangBody, ({ what }) => {
    faults.hang = what;
  }),
  controlAction('resume-hang', z.object({}), () => {
    faults.hang = 'none';
    for (const protocol of protocols) protocol.resumeRequests();
  }),
  controlAction('delay', z.object({ ms: z.number().min(0) }), ({ ms }) => {
    faults.delayMs = ms;
  }),
  controlAction('error-next', errorBody, (error) => {
    faults.errors.push(error);
  }),
  controlAction('lose-replies', loseBody, (lose) => {
    faults.loseReplies = lose;
  }),
  controlAction('duplicate-events', z.object({ copies: z.number().int().min(0).max(100) }), ({ copies }) => {
    faults.duplicates = copies;
  }),
  controlAction('raw-frame', z.object({ text: z.string() }), ({ text }) => coinruler.live.writeRaw(text)),
  controlAction('rate-limit', rateLimitBody, ({ enabled, limit }) =>
    coinruler.rateLimit.set(enabled ? limit : null),
  ),
];

function proposeFrom(desk: Coinruler, wanted: z.output<typeof proposalBody>): unknown {
  return desk.unit.commit(() => {
    const { symbol, side, allocationPct, quantity, title, summary, rationale, id, silent } = wanted;
    const price = desk.market.price(symbol);
    const balance = desk.account.balances()[symbol] ?? 0;
    const share = allocationPct ?? (quantity !== null && balance > 0 ? quantity / balance : 0.01);
    const amount = quantity ?? Number((balance * share).toFixed(6));
    const intent = {
      ruleId: 'control',
      action: { type: side === 'buy' ? 'enter' : 'exit', symbol, allocationPct: share },
      reason: rationale,
      dryRun: false,
    };
    const estimatedValueUSD = Number((amount * price).toFixed(2));
    const members = {
      type: side,
      coin: symbol,
      amount,
      title: title ?? `${side === 'buy' ? 'Buy' : 'Sell'} ${amount} ${symbol}`,
      summary,
      rationale,
      reason: rationale,
      metadata: { source: 'control', currentPrice: price, estimatedValueUSD, intent },
    };
    const approval = insertApproval(desk, members, id ?? undefined);
    // Silent ones are found by reading again only, as after a profit scan.
    if (!silent) desk.unit.tell('approval:created', approval);
    return { approval };
  });
}

function deposit(desk: Coinruler, deposits: Record<string, number>): void {
  desk.unit.commit(() => {
    for (const [symbol, quantity] of Object.entries(deposits)) {
      desk.account.deposit(symbol, quantity, desk.market.price(symbol));
    }
    storeScheduledSnapshot(desk);
  });
}

/** The truth, for a test to compare with what a client shows. */
export function describeState({ coinruler, protocols, saved }: ControlOptions): Record<string, unknown> {
  const { desk, live, requests } = coinruler;
  const { approvals, executions, killSwitch, rules } = desk.state;
  const { script } = saved;
  return {
    atMs: desk.clock.now(),
    quiet: saved.quiet,
    approvals: approvals.map(({ _id, status, actedBy, createdAt, title }) => ({
      id: _id,
      status,
      actedBy,
      createdAt,
      title,
    })),
    pending: pendingApprovals(desk, approvals.length).map((one) => one._id),
    balances: desk.account.balances(),
    prices: desk.market.prices(),
    totalUsd: desk.account.totalUsd(desk.market.prices()),
    regime: desk.market.regime(),
    executions,
    killSwitch,
    rules: rules.map(({ _id, name, enabled }) => ({ id: _id, name, enabled })),
    liveStreams: live.count(),
    requests: Object.fromEntries(requests),
    script:
      script === null ? null : { next: script.next, total: script.total, done: script.next >= script.total },
    ...Object.fromEntries(protocols.flatMap((protocol) => Object.entries(protocol.truth()))),
  };
}

const symbolName = z.string().min(1).max(12);
const idBody = z.object({ id: z.string() });
const proposalBody = z.object({
  symbol: symbolName.default('ETH'),
  side: z.enum(['buy', 'sell']).default('buy'),
  /** A share of the balance, 0..1; or else a quantity. */
  allocationPct: z.number().positive().nullable().default(null),
  quantity: z.number().positive().nullable().default(null),
  title: z.string().nullable().default(null),
  summary: z.string().default('Asked for over the control port'),
  rationale: z.string().default('A test asked for this proposal.'),
  id: z
    .string()
    .regex(/^[0-9a-f]{24}$/)
    .nullable()
    .default(null),
  silent: z.boolean().default(false),
});
const alertBody = z.object({
  type: z.string().default('system'),
  severity: z.string().default('info'),
  message: z.string().default('Asked for over the control port'),
  data: z.unknown().optional(),
});
const priceBody = z.object({ symbol: symbolName, price: z.number().positive() });
const portfolioBody = z.object({ deposits: z.record(z.string(), z.number()) });
const killBody = z.object({
  enabled: z.unknown().optional(),
  reason: z.unknown().optional(),
  setBy: z.unknown().optional(),
});
const hangBody = z.object({ what: z.enum(['requests', 'live', 'all']).default('all') });
const errorBody = z.object({
  remaining: z.number().int().positive().default(1),
  path: z.string().nullable().default(null),
  status: z.number().int().min(200).max(599).default(503),
  body: z.enum(['json', 'html', 'empty', 'garbage']).default('json'),
  retryAfterS: z.number().nullable().default(null),
});
const loseBody = z.object({
  remaining: z.number().int().min(0).default(1),
  path: z.string().nullable().default(null),
  silent: z.boolean().default(false),
});
const chatFailureBody = z.object({
  afterTokens: z.number().int().min(0).default(5),
  message: z.string().default('aborted'),
});
const rateLimitBody = z.object({
  enabled: z.boolean().default(true),
  limit: z.number().int().positive().default(REQUESTS_A_MINUTE),
});
const scriptBody = z.object({
  events: z.number().int().min(1).max(1_000_000),
  seed: z.number().int().default(1),
  perSecond: z.number().positive().nullable().default(null),
  clientEvery: z.number().int().positive().nullable().default(null),
});
