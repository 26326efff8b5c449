import type { ModelHistory, ModelLog, ModelPerformance, ModelRunDetail } from '#shared/domain/bots/model.ts';
import { MODEL_READS } from '#shared/domain/bots/model.ts';
import { toDecimal } from '#shared/money.ts';

import { flatRow, plainText, shortText } from '../../lib/clean.ts';
import type { Json, Params } from '../port.ts';
import { aboutModel, aboutRun, modelField, runField } from './fields.ts';
import { holdingsOf } from './mapping.ts';
import { optionalText } from '../kit/params.ts';
import { idParam } from './params.ts';
import type { WirePosition } from './protocol.ts';
import { wireLogs, wirePerformance, wirePosition, wirePositions, wireRunDetail } from './protocol.ts';
import type { ReadDefinition } from './read-definition.ts';
import { asked, descriptorOf } from '../kit/reading.ts';
import { isMissing } from './trouble.ts';

const MOST_LOG_ENTRIES = 500;
const MOST_STEPS = 500;
const path = (params: Params, rest: string): string => `/api/models/${idParam(params, 'modelId')}/${rest}`;

/** What every kind with models answers (`MODEL_READS`), brought into the shared shapes. */
export const modelReads: readonly ReadDefinition[] = [
  {
    descriptor: descriptorOf('detail', {
      id: MODEL_READS.performance,
      group: 'Models',
      label: 'Performance',
      help: 'Return, drawdown and the curve of a model, as the server reckons them.',
      figures: { initialValue: 'usd', finalValue: 'usd', value: 'usd' },
      params: [modelField],
      concerns: aboutModel,
    }),
    run: async (context) =>
      performanceOf(
        await context.tools.client.read(path(context.params, 'performance'), wirePerformance, asked(context)),
      ),
  },
  {
    descriptor: descriptorOf('detail', {
      id: MODEL_READS.log,
      group: 'Models',
      label: 'Log',
      help: 'What the model said while it decided.',
      params: [modelField, { name: 'date', label: 'Day', type: 'date', required: false }],
      concerns: aboutModel,
    }),
    async run(context) {
      const date = optionalText(context.params, 'date', 10);
      const query = date === null ? '' : `?trade_date=${encodeURIComponent(date)}`;
      return logOf(
        await context.tools.client.read(path(context.params, `logs${query}`), wireLogs, asked(context)),
      );
    },
  },
  {
    descriptor: descriptorOf('detail', {
      id: MODEL_READS.history,
      group: 'Models',
      label: 'Position history',
      help: 'What the model did to its position, the newest 100.',
      figures: { cash: 'usd' },
      params: [modelField],
      concerns: aboutModel,
    }),
    async run(context) {
      const target = path(context.params, 'positions?page=1&page_size=100');
      const none = { positions: { read: [] }, total_records: 0 };
      const read = await context.tools.client
        .read(target, wirePositions, asked(context))
        .catch((error: unknown) => {
          if (isMissing(error)) return none;
          throw error;
        });
      const history: ModelHistory = {
        entries: newestFirst(read.positions.read).map(historyEntry),
        total: read.total_records,
      };
      return history;
    },
  },
  {
    descriptor: descriptorOf('detail', {
      id: MODEL_READS.run,
      group: 'Models',
      label: 'Run',
      help: 'One run: what it was set up with, its reasoning and its positions.',
      params: [modelField, runField],
      concerns: aboutRun,
    }),
    async run(context) {
      // The window names a run by its id alone where it shows one.
      const runId = idParam(context.params, 'runId');
      const modelId = optionalText(context.params, 'modelId') ?? context.tools.book.modelOfRun(runId);
      const params = { modelId };
      return runDetailOf(
        await context.tools.client.read(path(params, `runs/${runId}`), wireRunDetail, asked(context)),
      );
    },
  },
];

type Performance = ReturnType<typeof wirePerformance.parse>;

/** Zeros with the placeholder dates are no history (§4.2), so nothing but the initial value is known. */
function performanceOf({ start_date, end_date, metrics, portfolio_values }: Performance): ModelPerformance {
  const isEmpty =
    (metrics.total_trading_days ?? 0) === 0 && start_date === end_date && start_date === '2025-01-01';
  const known = <T>(value: T | null | undefined): T | null => (isEmpty ? null : (value ?? null));
  const pct = (fraction: number | null | undefined): number | null => {
    const value = known(fraction);
    return value === null || !Number.isFinite(value) ? null : Number((value * 100).toFixed(6));
  };
  const drawdown = pct(metrics.max_drawdown);
  const curve = Object.entries(portfolio_values)
    .flatMap(([date, value]) => {
      const decimal = toDecimal(value);
      return decimal === null ? [] : [{ date: plainText(date, 20), value: decimal }];
    })
    .sort((a, b) => (a.date < b.date ? -1 : 1))
    .slice(-5_000);
  return {
    fromDate: known(plainText(start_date, 20) || null),
    toDate: known(plainText(end_date, 20) || null),
    sharpeRatio: known(metrics.sharpe_ratio),
    maxDrawdownPct: drawdown === null ? null : drawdown === 0 ? 0 : -Math.abs(drawdown),
    cumulativeReturnPct: pct(metrics.cumulative_return),
    annualisedReturnPct: pct(metrics.annualized_return),
    volatilityPct: pct(metrics.volatility),
    winRatePct: pct(metrics.win_rate),
    profitLossRatio: known(metrics.profit_loss_ratio),
    tradingDays: known(metrics.total_trading_days),
    initialValue: metrics.initial_value,
    finalValue: known(metrics.final_value),
    curve,
    note: isEmpty
      ? 'It has not traded yet.'
      : curve.length === 0
        ? 'The server answered from its memory, which keeps no curve.'
        : null,
  };
}

function logOf({ logs, total_entries }: ReturnType<typeof wireLogs.parse>): ModelLog {
  const entries = logs.read.flatMap(({ id, date, timestamp, messages }, line) => {
    const list: unknown[] = Array.isArray(messages) ? messages : [messages];
    return list.map((message, index) => {
      const { role, content } = Object(message) as { role?: unknown; content?: unknown };
      const text =
        typeof message === 'string'
          ? message
          : typeof content === 'string'
            ? content
            : shown(content ?? message);
      return {
        id: `${id || `line ${line}`}-${index}`,
        date: plainText(date, 20),
        at: plainText(timestamp, 40) || null,
        role: plainText(role, 40) || null,
        text: plainText(text, 8_000),
      };
    });
  });
  const order = (entry: ModelLog['entries'][number]): string => entry.at ?? entry.date;
  // Stable, so that what was said within one entry keeps its order, the last first.
  const newest = entries.reverse().sort((a, b) => (order(a) < order(b) ? 1 : order(a) > order(b) ? -1 : 0));
  return { entries: newest.slice(0, MOST_LOG_ENTRIES), total: total_entries };
}

/** The server sorts days downwards and the steps of a day upwards. */
const newestFirst = (positions: readonly WirePosition[]): WirePosition[] =>
  positions.toSorted((a, b) => compareText(b.date ?? '', a.date ?? '') || Number(b.id) - Number(a.id));

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function historyEntry(wire: WirePosition): ModelHistory['entries'][number] {
  return {
    id: plainText(wire.id, 40),
    date: plainText(wire.date, 20),
    action: plainText(wire.action_type, 40) || null,
    symbol: plainText(wire.symbol, 20) || null,
    quantity: wire.amount,
    cash: wire.cash,
    holdings: holdingsOf(wire.positions).slice(0, 500),
  };
}

function runDetailOf(run: ReturnType<typeof wireRunDetail.parse>): ModelRunDetail {
  const { positions, reasoning, ...rest } = run;
  const facts = Object.entries(flatRow(rest))
    .filter(([name, value]) => value !== null && value !== '' && !SHOWN_ELSEWHERE.has(name))
    .slice(0, 60)
    .map(([name, value]) => ({
      name: plainText(
        FACT_NAMES.get(name) ?? name.replace(/^strategy_snapshot\./, '').replaceAll('_', ' '),
        80,
      ),
      value: plainText(factText(name, value), 500),
    }));
  const steps = reasoning.slice(0, MOST_STEPS).map((entry) => {
    const row = flatRow(entry);
    const first = (...names: string[]): string =>
      plainText(
        names.map((name) => row[name]).find((value) => typeof value === 'string'),
        4_000,
      );
    return {
      at: first('timestamp', 'created_at') || null,
      kind: first('reasoning_type', 'type', 'kind', 'role') || 'reasoning',
      text: first('content', 'reasoning', 'message', 'text') || plainText(shortText(row), 4_000),
    };
  });
  const history = positions.flatMap((entry) => {
    const parsed = wirePosition.safeParse(entry);
    return parsed.success ? [historyEntry(parsed.data)] : [];
  });
  return { facts, steps, history };
}

/** In the title of the run, or in its line. */
const SHOWN_ELSEWHERE: ReadonlySet<string> = new Set([
  'model_id',
  'run_number',
  'trading_mode',
  'intraday_symbol',
  'intraday_date',
  'intraday_session',
  'date_range_start',
  'date_range_end',
]);
const FACT_NAMES: ReadonlyMap<string, string> = new Map([
  ['total_trades', 'trades'],
  ['final_return', 'return'],
  ['final_portfolio_value', 'value at the end'],
  ['max_drawdown_during_run', 'max drawdown'],
  ['task_id', 'task'],
]);
const FRACTIONS: ReadonlySet<string> = new Set(['final_return', 'max_drawdown_during_run']);

/** Fractions as percents, times to the second, everything else as it is. */
function factText(name: string, value: Json): string {
  const fraction = FRACTIONS.has(name) ? toDecimal(value) : null;
  if (fraction !== null) return `${Number((Number(fraction) * 100).toFixed(2))}%`;
  const text = shortText(value);
  return text.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)\.?\d*/, '$1 $2');
}

const shown = (value: unknown): string => shortText(flatRow(value));
