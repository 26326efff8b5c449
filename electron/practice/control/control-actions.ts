import { z } from 'zod';

import { executeApproval, insertApproval, patchApproval, pendingApprovals } from '../coinruler/approvals.ts';
import { propose } from '../coinruler/bot-runner.ts';
import type { Coinruler } from '../coinruler/context.ts';
import { tellAlert } from '../coinruler/context.ts';
import { setKillSwitch } from '../coinruler/kill-switch.ts';
import type { LiveStreams } from '../coinruler/live.ts';
import { storeScheduledSnapshot } from '../coinruler/portfolio.ts';
import type { RateLimit } from '../coinruler/rate-limit.ts';
import { REQUESTS_A_MINUTE } from '../coinruler/rate-limit.ts';
import type { Faults } from '../faults.ts';
import { scriptedId } from '../ids.ts';
import type { HubServer } from '../market-hub/hub-server.ts';
import { hubMessage } from '../market-hub/envelope.ts';
import type { PracticeState } from '../practice-state.ts';
import type { ScriptState } from './script-state.ts';

export interface ControlOptions {
  desk: Coinruler;
  faults: Faults;
  live: LiveStreams;
  hub: HubServer;
  rateLimit: RateLimit;
  /** Requests that reached a route, by method and path with ids written as `:id`. */
  requests: ReadonlyMap<string, number>;
  saved: PracticeState;
  setQuiet(quiet: boolean): void;
  setBotRunning(running: boolean): void;
  resumeRequests(): void;
  dropConnections(): void;
  startScript(script: ScriptState): void;
}

/** Throws with words for a tester when what it is given does not fit. */
type Action = (body: unknown) => unknown;

/** What `POST /control/NAME` does, by name. */
export function createActions(options: ControlOptions): Map<string, Action> {
  const { desk, faults } = options;
  return new Map([
    ...happenings(desk),
    ...failings(options),
    action('quiet', z.object({ quiet: z.boolean() }), ({ quiet }) => options.setQuiet(quiet)),
    action('bot', z.object({ running: z.boolean() }), ({ running }) => options.setBotRunning(running)),
    action('script', scriptBody, ({ events, ...script }) => {
      // Its proposals have the ids of the seed: a second run would make them twice.
      const first = scriptedId(script.seed, 0).slice(0, -8);
      if (desk.state.approvals.some((one) => one._id.startsWith(first)))
        throw new Error('This seed was played before');
      options.startScript({ ...script, total: events, next: 0 });
    }),
    action('mfa', z.object({ thresholdUsd: z.number() }), ({ thresholdUsd }) =>
      desk.unit.commit(() => {
        desk.state.mfaThresholdUsd = thresholdUsd;
      }),
    ),
    action('chat-failure', chatFailureBody, (failing) => {
      faults.chatFailures.push(failing);
    }),
  ]);
}

const happenings = (desk: Coinruler): [string, Action][] => [
  action('propose', proposalBody, (wanted) => proposeFrom(desk, wanted)),
  action('propose-idea', z.object({}), () => ({ approval: propose(desk) })),
  action('alert', alertBody, ({ type, severity, message, data }) =>
    tellAlert(desk, type, severity, message, data),
  ),
  action('price', priceBody, ({ symbol, price }) => {
    desk.market.setPrice(symbol, price);
    storeScheduledSnapshot(desk);
  }),
  action('portfolio', portfolioBody, ({ deposits }) => deposit(desk, deposits)),
  action('kill-switch', killBody, (wanted) => {
    setKillSwitch(desk, wanted);
  }),
  action('executed-elsewhere', idBody, ({ id }) => {
    const answer = executeApproval(desk, id, undefined, 'other:client');
    if (answer.kind !== 'json' || answer.status !== 200)
      throw new Error(`Not executed: ${JSON.stringify(answer)}`);
    return answer.body;
  }),
  action('declined-elsewhere', idBody, ({ id }) => {
    patchApproval(desk, id, 'declined', 'other:client');
  }),
];

const failings = ({ faults, live, hub, rateLimit, ...server }: ControlOptions): [string, Action][] => [
  action('drop-connections', z.object({}), () => server.dropConnections()),
  action('hang', hangBody, ({ what }) => {
    faults.hang = what;
  }),
  action('resume-hang', z.object({}), () => {
    faults.hang = 'none';
    server.resumeRequests();
  }),
  action('delay', z.object({ ms: z.number().min(0) }), ({ ms }) => {
    faults.delayMs = ms;
  }),
  action('error-next', errorBody, (error) => {
    faults.errors.push(error);
  }),
  action('lose-replies', loseBody, (lose) => {
    faults.loseReplies = lose;
  }),
  action('duplicate-events', z.object({ copies: z.number().int().min(0).max(100) }), ({ copies }) => {
    faults.duplicates = copies;
  }),
  action('raw-frame', z.object({ text: z.string() }), ({ text }) => live.writeRaw(text)),
  action('market-hub-tell', hubTellBody, ({ type, data }) => hub.tell(type, data)),
  action('market-hub-raw', z.object({ text: z.string() }), ({ text }) => hub.writeRaw(text)),
  action('rate-limit', rateLimitBody, ({ enabled, limit }) => rateLimit.set(enabled ? limit : null)),
];

function action<S extends z.ZodType>(
  name: string,
  schema: S,
  run: (body: z.output<S>) => unknown,
): [string, Action] {
  return [name, (body) => run(schema.parse(body))];
}

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
export function describeState({ desk, live, hub, requests, saved }: ControlOptions): Record<string, unknown> {
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
    marketHubClients: hub.count(),
    requests: Object.fromEntries(requests),
    script:
      script === null ? null : { next: script.next, total: script.total, done: script.next >= script.total },
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
const hubTellBody = z.object({ type: hubMessage, data: z.record(z.string(), z.unknown()) });
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
