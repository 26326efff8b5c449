import { z } from 'zod';

import type { ControlAction } from '../protocol.ts';
import { controlAction } from '../protocol.ts';
import type { AiTrader } from './context.ts';
import { findModel } from './context.ts';
import type { ModelDocument } from './documents.ts';
import type { Sessions } from './sessions.ts';

interface Switches {
  setTokenLife(seconds: number): void;
  setThinking(seconds: number): void;
}

/** What a test can make happen on the AI-Trader. */
export function createControls(
  trader: AiTrader,
  sessions: Sessions,
  switches: Switches,
): readonly [string, ControlAction][] {
  const { streams, unit } = trader;

  function modelOf(id: number): ModelDocument {
    const model = findModel(trader, id);
    if (model === undefined) throw new Error(`No model ${id}`);
    return model;
  }

  return [
    controlAction('ai-event', eventBody, ({ modelId, type, data, path }) =>
      streams.tell(path, modelOf(modelId).id, type, data),
    ),
    controlAction('ai-finish', finishBody, ({ modelId, outcome }) =>
      sessions.finish(
        modelId,
        outcome,
        outcome === 'failed' ? 'Session failed' : 'Trading session completed',
      ),
    ),
    controlAction('ai-error', errorBody, ({ modelId, message }) => {
      if (sessions.isActive(modelOf(modelId).id)) sessions.finish(modelId, 'failed', message);
      else streams.tell('process', modelId, 'error', { message });
    }),
    controlAction('ai-start-elsewhere', startBody, ({ modelId, mode }) => {
      const model = modelOf(modelId);
      const symbols = model.allowed_tickers ?? ['BTC'];
      const order = {
        baseModel: model.default_ai_model ?? 'openai/gpt-4o',
        symbols,
        dates: [trader.stamps.today()],
      };
      return unit.commit(() => {
        if (mode !== 'agent') return { run: sessions.startWorker(model, mode, order).run };
        return { agent: sessions.startAgent(model, order) };
      });
    }),
    controlAction('ai-step', stepBody, ({ modelId, beats }) => {
      for (let beat = 0; beat < beats; beat += 1) sessions.step(modelOf(modelId).id);
    }),
    controlAction('ai-token-life', z.object({ seconds: z.number().int() }), ({ seconds }) =>
      switches.setTokenLife(seconds),
    ),
    controlAction('ai-thinking', z.object({ seconds: z.number().min(0) }), ({ seconds }) =>
      switches.setThinking(seconds),
    ),
  ];
}

const modelId = z.number().int();
const eventBody = z.object({
  modelId,
  type: z.string(),
  data: z.record(z.string(), z.unknown()).default({}),
  path: z.enum(['process', 'worker']).default('process'),
});
const finishBody = z.object({ modelId, outcome: z.enum(['completed', 'failed']).default('completed') });
const errorBody = z.object({ modelId, message: z.string().default('Told to fail over the control port') });
const startBody = z.object({ modelId, mode: z.enum(['intraday', 'daily', 'agent']).default('intraday') });
const stepBody = z.object({ modelId, beats: z.number().int().min(1).max(500).default(1) });
