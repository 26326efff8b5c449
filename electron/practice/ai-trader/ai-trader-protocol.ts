import type { IncomingMessage } from 'node:http';

import { Disposables } from '../../lib/disposables.ts';
import type { PracticeProtocol, PracticeWorld } from '../protocol.ts';
import { createRandom } from '../random.ts';
import type { Answer } from './answers.ts';
import { refuse } from './answers.ts';
import { chatRoutes } from './chat-routes.ts';
import type { AiTrader } from './context.ts';
import { findModel } from './context.ts';
import { createStamps } from './stamps.ts';
import { createControls } from './controls.ts';
import type { AiTraderState } from './documents.ts';
import { aiTraderState } from './documents.ts';
import type { Call, Caller, Route } from './http-server.ts';
import { createAiTraderServer } from './http-server.ts';
import { modelRoutes } from './model-routes.ts';
import { openRoutes } from './open-routes.ts';
import { startSchedule } from './schedule.ts';
import { seedAiTrader } from './seed.ts';
import { createSessions } from './sessions.ts';
import { createEventStreams } from './streams.ts';
import { createTokens } from './tokens.ts';
import { tradingRoutes } from './trading-routes.ts';

/** Speaks the AI-Trader's protocol: models that trade the practice market, each with money of its own. */
export function createAiTrader(world: PracticeWorld, saved: unknown): PracticeProtocol {
  const { clock, log, faults } = world;
  const state = wake(world, saved);
  const stamps = createStamps(() => clock.now());
  const streams = createEventStreams(clock, faults, stamps);
  const random = createRandom(state.random);
  const trader: AiTrader = { ...world, state, stamps, streams, random };
  const tokens = createTokens(clock, state.tokenSecret);
  const sessions = createSessions(trader);
  const signIns = { accepted: 0, refused: 0 };
  let thinkMs = 0;

  const readQueryToken = (query: URLSearchParams): Caller | null => tokens.read(query.get('token') ?? '');
  const routes: Route[] = [
    ...openRoutes(trader, tokens, (ok) => {
      signIns[ok ? 'accepted' : 'refused'] += 1;
    }),
    ...modelRoutes(trader),
    {
      method: 'GET',
      path: '/api/trading/stream/{model_id}',
      // Asks by itself: neither a header nor an API key counts here.
      open: true,
      run: (call) => openStream(trader, call, readQueryToken(call.query)),
    },
    ...tradingRoutes(trader, sessions),
    ...chatRoutes(trader, { readQueryToken, thinkMs: () => thinkMs }),
  ];
  const http = createAiTraderServer({
    routes,
    clock,
    log,
    faults,
    authenticate(request) {
      if (request.headers['x-api-key'] === state.user.apiKey)
        return { id: `apikey_${state.user.apiKey.slice(0, 8)}`, email: '' };
      const token = bearerOf(request);
      if (token === null)
        throw refuse(401, 'Authentication required. Provide either Bearer token or X-API-Key header.');
      const caller = tokens.read(token);
      if (caller === null) throw refuse(401, 'Invalid authentication credentials');
      return caller;
    },
  });
  const schedule = startSchedule(trader, sessions);
  const running = new Disposables();
  running.add(() => streams.dispose());
  running.add(schedule.dispose);

  return {
    kind: 'ai-trader',
    server: http.server,
    backend: (port) => ({
      kind: 'ai-trader',
      address: `http://127.0.0.1:${port}`,
      secrets: { email: state.user.email, password: state.user.password },
    }),
    setQuiet: (quiet) => schedule.setQuiet(quiet),
    dropConnections: () => http.server.closeAllConnections(),
    resumeRequests: () => http.resume(),
    actions: createControls(trader, sessions, {
      setTokenLife: (seconds) => tokens.setLife(seconds),
      setThinking: (seconds) => {
        thinkMs = seconds * 1_000;
      },
    }),
    truth: () => ({
      aiModels: state.models.map(({ id, name }) => ({
        id,
        name,
        active: sessions.isActive(id),
        agent: sessions.agents.get(id)?.status ?? null,
        runs: state.runs
          .filter((run) => run.model_id === id)
          .map((run) => ({ id: run.id, number: run.run_number, status: run.status })),
      })),
      aiStreams: streams.count(),
      aiSignIns: signIns,
      aiApiKey: state.user.apiKey,
    }),
    saved: () => ({ ...state, random: random.state() }),
    dispose() {
      running.dispose();
      http.resume();
    },
  };
}

function openStream(trader: AiTrader, call: Call, caller: Caller | null): Answer {
  if (caller === null) throw refuse(401, 'Invalid authentication credentials');
  const model = findModel(trader, call.int('model_id'));
  if (model?.user_id !== caller.id) throw refuse(404, 'Model not found or access denied');
  return { kind: 'stream', run: (response) => trader.streams.open(model.id, response) };
}

/** What was saved; a first start, or what cannot be read, is seeded afresh. */
function wake(world: PracticeWorld, saved: unknown): AiTraderState {
  if (saved === undefined || saved === null) return seedAiTrader(world);
  const parsed = aiTraderState.safeParse(saved);
  if (parsed.success) return parsed.data;
  world.log.warn('The practice AI-Trader could not read what it kept; it starts afresh');
  return seedAiTrader(world);
}

const bearerOf = ({ headers }: IncomingMessage): string | null =>
  /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
