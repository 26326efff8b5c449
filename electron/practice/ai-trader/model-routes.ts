import { z } from 'zod';

import { SECOND_MS } from '#shared/time.ts';

import { json, refuse } from './answers.ts';
import type { AiTrader } from './context.ts';
import { bound, cents, findModel, newId, positionsOf, stocksValue } from './context.ts';
import type { ModelDocument, PositionDocument } from './documents.ts';
import type { Call, Caller, Route } from './http-server.ts';
import { performanceOf } from './metrics.ts';
import { checkBody, queryInt } from './validation.ts';

/** The model of a call that is its caller's own; refuses with 404 otherwise, whoever's it is. */
export function ownModel(
  trader: AiTrader,
  { int, caller }: Call,
  words = 'Model not found or access denied',
): ModelDocument {
  const model = findModel(trader, int('model_id'));
  if (model?.user_id !== caller.id) throw refuse(404, words);
  return model;
}

/** Models and what is known of them (sheet, sections 4.1 and 4.2). */
export function modelRoutes(trader: AiTrader): Route[] {
  const { state, unit } = trader;
  const caches = new Map<number, { lastId: number; untilMs: number }>();
  return [
    {
      method: 'GET',
      path: '/api/models',
      run({ caller }) {
        const models = state.models
          .filter((model) => model.user_id === caller.id)
          .sort((a, b) => b.created_at.localeCompare(a.created_at) || a.id - b.id);
        return json({ models, total_models: models.length });
      },
    },
    {
      method: 'POST',
      path: '/api/models',
      run: ({ caller, bodyText }) => json(createModel(trader, caller, checkBody(modelBody, bodyText))),
    },
    {
      method: 'PUT',
      path: '/api/models/{model_id}',
      run(call) {
        const model = ownModel(trader, call);
        const wanted = checkBody(modelBody, call.bodyText);
        return json(unit.commit(() => changeModel(trader, model, wanted)));
      },
    },
    {
      method: 'DELETE',
      path: '/api/models/{model_id}',
      run(call) {
        const model = ownModel(trader, call);
        unit.commit(() => removeModel(trader, model));
        return json({ message: 'Model deleted successfully' });
      },
    },
    {
      method: 'GET',
      path: '/api/models/{model_id}/positions',
      run(call) {
        const page = queryInt(call.query, 'page', { fallback: 1, ge: 1 });
        const size = queryInt(call.query, 'page_size', { fallback: 50, ge: 1, le: 100 });
        const model = ownModel(trader, call);
        const list = positionsOf(trader, model.id).sort(
          (a, b) => b.date.localeCompare(a.date) || a.action_id - b.action_id,
        );
        const positions = list.slice((page - 1) * size, page * size).map(plainPosition);
        return json({ ...headOf(model), positions, total_records: list.length });
      },
    },
    {
      method: 'GET',
      path: '/api/models/{model_id}/positions/latest',
      run(call) {
        const model = ownModel(trader, call);
        const last = positionsOf(trader, model.id).at(-1);
        if (last === undefined) throw refuse(404, 'No positions found for this model');
        const { date, positions } = last;
        const cash = positions.CASH ?? 0;
        const stocks = stocksValue(trader, positions);
        return json({
          ...headOf(model),
          date,
          positions,
          cash,
          stocks_value: stocks,
          total_value: cents(cash + stocks),
        });
      },
    },
    {
      method: 'GET',
      path: '/api/models/{model_id}/logs',
      run(call) {
        const model = ownModel(trader, call);
        const date = call.query.get('trade_date');
        const logs = state.logs.filter(
          (one) => one.model_id === model.id && (date === null || one.date === date),
        );
        return json({ ...headOf(model), date: date ?? 'all', logs, total_entries: logs.length });
      },
    },
    {
      method: 'GET',
      path: '/api/models/{model_id}/performance',
      run(call) {
        const model = ownModel(trader, call);
        const positions = positionsOf(trader, model.id);
        const byDay = [...positions].sort(
          (a, b) => a.date.localeCompare(b.date) || a.action_id - b.action_id,
        );
        const { startDate, endDate, metrics, values } = performanceOf(byDay, model.initial_cash);
        const lastId = positions.at(-1)?.id ?? 0;
        const nowMs = trader.clock.now();
        const cache = caches.get(model.id);
        const isCached = cache?.lastId === lastId && cache.untilMs > nowMs;
        if (!isCached) caches.set(model.id, { lastId, untilMs: nowMs + CACHE_LIFE_MS });
        // What comes out of the cache has lost its curve (sheet, section 4.2).
        const portfolio_values = isCached ? {} : values;
        return json({
          ...headOf(model),
          start_date: startDate,
          end_date: endDate,
          metrics,
          portfolio_values,
        });
      },
    },
  ];
}

function createModel(trader: AiTrader, caller: Caller, wanted: z.output<typeof modelBody>): ModelDocument {
  const { state, stamps, unit } = trader;
  if (caller.id !== state.user.id) throw refuse(500, 'Failed to create model');
  if (state.models.length >= MODELS_KEPT) throw refuse(500, 'The practice server keeps no more models');
  return unit.commit(() => {
    const { initial_cash, description, ...members } = wanted;
    const model: ModelDocument = {
      ...members,
      id: newId(trader),
      user_id: caller.id,
      name: wanted.name,
      signature: freeSignature(trader, wanted.name),
      description: description ?? null,
      is_active: true,
      initial_cash: initial_cash ?? 10_000,
      created_at: stamps.zulu(),
      updated_at: null,
    };
    state.models.push(model);
    bound(state.models, MODELS_KEPT);
    return model;
  });
}

/**
 * `null` leaves a member as it is, and so does a member without a default that is not sent. One that has a default is reset
 * to it when it is not sent, the description always, and the cash never changes (sheet, section 7, quirk 11).
 */
function changeModel(
  { stamps }: AiTrader,
  model: ModelDocument,
  { initial_cash: _ignored, description, ...wanted }: z.output<typeof modelBody>,
): ModelDocument {
  const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== null));
  Object.assign(model, given, { description: description ?? null, updated_at: stamps.zulu() });
  return model;
}

function removeModel({ state }: AiTrader, model: ModelDocument): void {
  const stays = (one: { model_id: number | null }): boolean => one.model_id !== model.id;
  state.models = state.models.filter((one) => one !== model);
  state.runs = state.runs.filter(stays);
  state.positions = state.positions.filter(stays);
  state.reasoning = state.reasoning.filter(stays);
  state.logs = state.logs.filter(stays);
  const gone = new Set(state.chatSessions.filter((one) => !stays(one)).map((one) => one.id));
  state.chatSessions = state.chatSessions.filter(stays);
  state.chatMessages = state.chatMessages.filter((one) => !gone.has(one.session_id));
  state.stoppedByHand = state.stoppedByHand.filter((id) => id !== model.id);
}

/** `New One!` becomes `new-one`, a second one of it `new-one-2`. */
function freeSignature({ state }: AiTrader, name: string): string {
  const slug =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'model';
  let signature = slug;
  for (let count = 2; state.models.some((one) => one.signature === signature); count += 1)
    signature = `${slug}-${count}`;
  return signature;
}

const headOf = (model: ModelDocument): object => ({ model_id: model.id, model_name: model.signature });

/** The model's own view names no run, minute or worth. */
const plainPosition = ({
  run_id: _run,
  minute_time: _minute,
  value: _value,
  ...plain
}: PositionDocument): object => plain;

const optional = <S extends z.ZodType>(schema: S): z.ZodDefault<z.ZodNullable<S>> =>
  schema.nullable().default(null);

const modelBody = z.object({
  name: z.string(),
  description: z.string().nullish(),
  trading_style: z.string().default('day-trading'),
  instrument: z.string().default('stocks'),
  allow_shorting: z.boolean().default(false),
  margin_account: z.boolean().default(false),
  allow_options_strategies: z.boolean().default(false),
  allow_hedging: z.boolean().default(false),
  allowed_order_types: z.array(z.string()).default(['market', 'limit']),
  initial_cash: z.number().nullish(),
  allowed_tickers: optional(z.array(z.string())),
  default_ai_model: optional(z.string()),
  model_parameters: optional(z.record(z.string(), z.unknown())),
  custom_rules: optional(z.string()),
  custom_instructions: optional(z.string()),
});

const CACHE_LIFE_MS = 5 * SECOND_MS;
const MODELS_KEPT = 200;
