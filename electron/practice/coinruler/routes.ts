import type { Faults } from '../faults.ts';
import { predictions, priceAnalysis, projection } from './analysis.ts';
import { json } from './answer.ts';
import { approvalRoutes } from './approval-routes.ts';
import { answerChat, chatHistory, logChat, streamChat } from './chat.ts';
import type { Coinruler } from './context.ts';
import { backtestSummary, environment, fullHealth } from './health.ts';
import type { Route } from './http-server.ts';
import type { LiveStreams } from './live.ts';
import { simulate } from './monte-carlo.ts';
import {
  balancesNow,
  collateralStatus,
  currentPortfolio,
  forceSnapshot,
  latestSnapshot,
  portfolioChanges,
  storeSentSnapshot,
} from './portfolio.ts';
import { profitOpportunities, recentProfits, scanProfits } from './profits.ts';
import { dailyLearning, dailyReports } from './reports.ts';
import { changePolicy, rotate, rotationPolicy, rotationStatus } from './rotation.ts';
import { activateRule, backtestRule, createRule, evaluateRules, optimizeRules } from './rules.ts';
import { riskState } from './trading.ts';

interface RouteOptions {
  desk: Coinruler;
  live: LiveStreams;
  faults: Faults;
  port: () => number;
}

/** Every call of sections 4 and 5 of the protocol sheet, in its order. */
export function createRoutes(options: RouteOptions): Route[] {
  return [
    ...approvalRoutes(options.desk),
    ...portfolioRoutes(options.desk),
    ...analysisRoutes(options.desk),
    ...ruleRoutes(options.desk),
    ...rotationRoutes(options.desk),
    ...chatRoutes(options),
    ...healthRoutes(options),
  ];
}

const portfolioRoutes = (desk: Coinruler): Route[] => [
  { method: 'GET', path: '/portfolio', run: () => json(latestSnapshot(desk) ?? {}) },
  { method: 'GET', path: '/portfolio/current', run: () => json(currentPortfolio(desk)) },
  {
    method: 'GET',
    path: '/portfolio/changes',
    run: ({ query }) => json(portfolioChanges(desk, query.get('since'))),
  },
  {
    method: 'POST',
    path: '/portfolio/snapshot',
    owner: true,
    run: ({ body }) => storeSentSnapshot(desk, body),
  },
  { method: 'POST', path: '/portfolio/snapshot/force', run: () => forceSnapshot(desk) },
  { method: 'GET', path: '/balances', run: () => json(balancesNow(desk)) },
  {
    method: 'GET',
    path: '/dashboard',
    run: () =>
      json({
        portfolio: latestSnapshot(desk) ?? {},
        approvals: desk.state.approvals.filter((one) => one.status === 'pending').slice(0, 5),
        killSwitch: desk.state.killSwitch,
        reports: desk.state.reports.toReversed().slice(0, 10),
      }),
  },
  { method: 'GET', path: '/collateral/status', run: () => json(collateralStatus(desk)) },
];

const analysisRoutes = (desk: Coinruler): Route[] => [
  {
    method: 'GET',
    path: '/executions/recent',
    run({ query }) {
      const items = desk.state.executions.toReversed().slice(0, limitOf(query.get('limit'), 25));
      return json({ count: items.length, items });
    },
  },
  {
    method: 'GET',
    path: '/profits/recent',
    run: ({ query }) => json(recentProfits(desk, limitOf(query.get('limit'), 50))),
  },
  { method: 'GET', path: '/report/daily', run: () => json(dailyReports(desk)) },
  { method: 'GET', path: '/reports/daily-learning', run: () => json(dailyLearning(desk)) },
  {
    method: 'POST',
    path: '/monte-carlo',
    run: ({ body: { portfolio, sims = 1_000, days = 30 } }) =>
      json(simulate(portfolio, Number(sims), Number(days), desk.random)),
  },
  { method: 'GET', path: '/analysis/projection', run: () => json(projection(desk)) },
  {
    method: 'GET',
    path: '/analysis/prices',
    run: ({ query }) => json(priceAnalysis(desk, query.get('coins'), query.get('days'))),
  },
  {
    method: 'GET',
    path: '/analysis/predictions',
    run: ({ query }) => predictions(desk, query.get('symbol') || 'BTC'),
  },
  {
    method: 'GET',
    path: '/analysis/profit-taking',
    run() {
      const opportunities = profitOpportunities(desk);
      return json({ count: opportunities.length, opportunities });
    },
  },
  { method: 'POST', path: '/analysis/profit-taking/scan', owner: true, run: () => scanProfits(desk) },
  {
    method: 'GET',
    path: '/backtests/recent',
    run({ query }) {
      const items = desk.state.backtests.toReversed().slice(0, limitOf(query.get('limit'), 25));
      return json({ count: items.length, items });
    },
  },
  {
    method: 'GET',
    path: '/backtests/summary',
    run: ({ query }) => json(backtestSummary(desk, query.get('windowDays'))),
  },
  { method: 'GET', path: '/macro/sentiment', run: () => json({ ok: true, latest: desk.state.sentiment }) },
];

const ruleRoutes = (desk: Coinruler): Route[] => [
  { method: 'GET', path: '/rules', run: () => json(desk.state.rules) },
  { method: 'POST', path: '/rules', run: ({ body }) => createRule(desk, body) },
  { method: 'POST', path: '/rules/evaluate', owner: true, run: () => evaluateAnswer(desk) },
  { method: 'POST', path: '/rules/optimize', owner: true, run: () => optimizeRules(desk) },
  {
    method: 'POST',
    path: '/rules/:id/activate',
    run: ({ params: [id = ''], body }) => activateRule(desk, id, body.enabled),
  },
  {
    method: 'GET',
    path: '/rules/:id/metrics',
    run: ({ params: [id] }) =>
      json(
        desk.state.ruleMetrics
          .filter((one) => one.ruleVersionId === id)
          .toReversed()
          .slice(0, 50),
      ),
  },
  {
    method: 'POST',
    path: '/rules/:id/backtest',
    owner: true,
    run: ({ params: [id = ''], body }) => backtestRule(desk, id, body),
  },
  { method: 'GET', path: '/objectives', run: () => json(desk.state.objectives ?? {}) },
  {
    method: 'PUT',
    path: '/objectives',
    run: ({ body }) =>
      desk.unit.commit(() => {
        desk.state.objectives = body;
        return json({ ok: true });
      }),
  },
  { method: 'GET', path: '/risk/state', run: () => json(riskState(desk)) },
];

function evaluateAnswer(desk: Coinruler): ReturnType<typeof json> {
  const intents = evaluateRules(desk);
  return json({ ok: true, intents: intents.length, sample: intents.slice(0, 3) });
}

const rotationRoutes = (desk: Coinruler): Route[] => [
  { method: 'GET', path: '/rotation/status', run: () => json(rotationStatus(desk)) },
  // Reads a collection that nothing writes: always empty on the real server too.
  { method: 'GET', path: '/rotation/policies', run: () => json({ count: 0, policies: [] }) },
  {
    method: 'GET',
    path: '/rotation/policy/:service',
    run: ({ params: [service = ''] }) => rotationPolicy(desk, service),
  },
  {
    method: 'POST',
    path: '/rotation/policy/:service',
    owner: true,
    run: ({ params: [service = ''], body }) => changePolicy(desk, service, body),
  },
  {
    method: 'POST',
    path: '/rotation/rotate/:service',
    owner: true,
    run: ({ params: [service = ''] }) => rotate(desk, service),
  },
  { method: 'GET', path: '/rotation/scheduler', run: () => json({ running: true }) },
  {
    method: 'POST',
    path: '/rotation/scheduler/check',
    owner: true,
    run: () => json({ ok: true, message: 'Rotation check triggered' }),
  },
];

const chatRoutes = ({ desk, faults }: RouteOptions): Route[] => [
  { method: 'POST', path: '/chat', run: ({ body }) => answerChat(desk, body, faults) },
  { method: 'POST', path: '/chat/stream', run: ({ body }) => streamChat(desk, body, faults) },
  { method: 'POST', path: '/chat/log', run: ({ body }) => logChat(desk, body) },
  {
    method: 'GET',
    path: '/chat/history',
    run: ({ query }) => chatHistory(desk, limitOf(query.get('limit'), 50)),
  },
];

const healthRoutes = ({ desk, live, port }: RouteOptions): Route[] => [
  {
    method: 'GET',
    path: '/',
    run: () => ({
      kind: 'text',
      status: 200,
      contentType: 'text/plain; charset=utf-8',
      body: 'coinruler-api:ok',
    }),
  },
  { method: 'GET', path: '/live', run: () => live.open() },
  {
    method: 'GET',
    path: '/status',
    run: () => json({ status: 'running', ts: new Date(desk.clock.now()).toISOString() }),
  },
  { method: 'GET', path: '/health', run: () => json({ ok: true, db: 'connected', dryRun: false }) },
  { method: 'GET', path: '/health/full', run: () => json(fullHealth(desk, live.count())) },
  { method: 'GET', path: '/env', run: () => json(environment(port())) },
  {
    method: 'GET',
    path: '/version',
    run: () =>
      json({
        commit: 'practice',
        builtAt: new Date(desk.clock.now()).toISOString(),
        features: [
          'portfolio/current',
          'balances',
          'approvals/pending',
          'analysis/projection',
          'report/daily',
        ],
      }),
  },
  {
    method: 'GET',
    path: '/coinbase/status',
    run: () => json({ hasCredentials: false, keyLength: 0, status: 'disabled', advice: null }),
  },
];

/** The real limit is not validated either: what is no number lets everything through. */
const limitOf = (text: string | null, fallback: number): number => {
  const limit = Math.min(100, Math.max(1, Number(text || fallback)));
  return Number.isNaN(limit) ? Number.POSITIVE_INFINITY : limit;
};
