import { describe, expect, it } from 'vitest';

import type { DeskEvent } from '#shared/domain/desk.ts';

import { expectValid, HOSTILE_VALUES } from '../testing/hostile-values.ts';
import { createBook } from './book.ts';
import { createEvents } from './events.ts';
import { wireLatest, wireModels, wireRuns, wireStatus } from './protocol.ts';

const NOW = 1_900_000_000_000;
const AT = '2030-01-01T10:00:00.123456';

const MODEL = {
  id: 7,
  name: 'Model',
  description: 'd',
  is_active: true,
  trading_style: 'day-trading',
  initial_cash: 1_000,
  allowed_tickers: ['AAPL'],
  default_ai_model: 'm',
};
const RUN = {
  id: 3,
  model_id: 7,
  run_number: 1,
  status: 'running',
  trading_mode: 'daily',
  started_at: AT,
  ended_at: null,
  strategy_snapshot: { a: 1 },
  total_trades: 2,
  final_return: 0.1,
  final_portfolio_value: 5,
  task_id: 't',
};
const AGENT = {
  basemodel: 'm',
  status: 'running',
  started_at: AT,
  start_date: 'x',
  end_date: 'y',
  error: null,
};
const LATEST = { model_id: 7, date: '2030-01-01', positions: { AAPL: 1, CASH: 5 }, cash: 5, total_value: 9 };

const EVENTS: readonly (readonly [type: string, data: Record<string, unknown>])[] = [
  ['trade', { action: 'buy', symbol: 'AAPL', amount: 3, price: 9.5, message: 'm', reasoning: 'r' }],
  ['progress', { message: 'm', progress: 5 }],
  ['complete', { message: 'm', trades: 1, final_value: 5 }],
  ['error', { message: 'm' }],
];

function listen() {
  const events: DeskEvent[] = [];
  const emit = (event: DeskEvent): void => void events.push(event);
  const parts = { backendId: 'trader', now: () => NOW, emit };
  const book = createBook(parts);
  const take = createEvents({ ...parts, book, onAnnounced: () => undefined });
  return { events, book, take: (event: unknown) => take('7', JSON.stringify(event)) };
}

/** All that the server answers, read into the book as the re-reads do. */
function read({
  model = MODEL,
  run = RUN,
  agent = AGENT,
  latest = LATEST,
}: Record<string, object | undefined>) {
  const { events, book } = listen();
  const overTheWire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
  const models = wireModels.safeParse(overTheWire({ models: [model] })).data;
  const runs = wireRuns.safeParse(overTheWire({ runs: [run] })).data;
  const status = wireStatus.safeParse(overTheWire({ running_agents: { 7: agent } })).data;
  book.readModels(models?.models.read ?? [], true);
  book.readAgents(status?.running_agents ?? {}, NOW);
  book.readRuns('7', { runs: runs?.runs.read ?? [], tasks: new Map(), askedAtMs: NOW, isWhole: true });
  book.readLatest('7', wireLatest.safeParse(overTheWire(latest)).data ?? null, 0);
  book.tell();
  return events;
}

describe('D5 a hostile trader', () => {
  it.each(EVENTS)(
    'whatever stands in a member of “%s”, nothing is thrown and what is told is valid',
    (type, data) => {
      for (const member of [...Object.keys(data), 'extra', '__proto__', 'constructor'])
        for (const value of HOSTILE_VALUES) {
          const { take, events } = listen();
          take({ type, timestamp: AT, data: Object.fromEntries([...Object.entries(data), [member, value]]) });
          take({ type, timestamp: AT, data: value });
          take({ type, timestamp: value, data });
          take({ type: value, timestamp: AT, data });
          expectValid(events, `${member}: ${JSON.stringify([value]).slice(0, 60)}`);
        }
    },
  );

  it.each(Object.entries({ model: MODEL, run: RUN, agent: AGENT, latest: LATEST }))(
    'whatever stands in a member of a %s, nothing is thrown and what is told is valid',
    (name, whole) => {
      for (const member of [...Object.keys(whole), 'extra', '__proto__'])
        for (const value of HOSTILE_VALUES) {
          const odd = Object.fromEntries([...Object.entries(whole), [member, value]]);
          expectValid(read({ [name]: odd }), `${member}: ${JSON.stringify([value]).slice(0, 60)}`);
        }
    },
  );

  it.each(['constructor', '__proto__', 'toString'])(
    'the name “%s”, which every object has, is no word of its',
    (name) => {
      const { take, events } = listen();
      expect(take({ type: name, timestamp: AT, data: { message: 'm' } })).toMatchObject({ kind: 'rejected' });
      expect(events).toEqual([]);
      const runs = read({ run: { ...RUN, status: name } }).flatMap((event) =>
        event.type === 'feed' && event.slice === 'runs' ? event.entries : [],
      );
      expect(runs.map(({ status }) => status)).toContain('running');
    },
  );
});
