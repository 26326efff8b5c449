import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';

import type { Clock } from '../../../lib/clock.ts';
import type { Disposer } from '../../../lib/disposables.ts';
import { findFreePort } from '../../../lib/testing/free-port.ts';
import type { Members } from './sheet-rows.ts';
import { modelRow, runRow } from './sheet-rows.ts';
import { createSheetTokens } from './sheet-tokens.ts';

export interface Answer {
  status: number;
  body: string;
  type: string;
  headers?: Record<string, string>;
}

/** What the server was asked, as it came. */
export interface Request {
  call: string;
  url: string;
  authorization: string | undefined;
  body: Members;
}

/** What goes wrong with a request: its answer is changed, lost after it took effect, or it waits before it takes effect. */
export interface Fault {
  change?(answer: Answer, request: Request): Answer;
  lose?: boolean;
  holdUntil?: Promise<void>;
}

/**
 * An AI-Trader written from the fact sheet alone, with a state of its own, so that the desk is not tested by a server of the
 * same making as the practice one. It checks tokens, keeps owners apart and deletes what is stopped.
 */
export interface SheetServer {
  readonly address: string;
  readonly requests: Request[];
  calls(call: string): Request[];
  /** Resolves with the next request that is no reading. */
  nextAct(): Promise<Request>;
  models: Members[];
  runs: Members[];
  agents: Map<number, Members>;
  tasks: Map<string, Members>;
  /** By user: e-mail address and password. */
  users: { id: string; email: string; password: string }[];
  /** Asked for each request in turn; the first that answers counts. */
  fault: (request: Request) => Fault | undefined;
  addModel(over?: Members): Members;
  addRun(modelId: number, over?: Members): Members;
  tell(modelId: number, type: string, data: Members, timestamp?: string): string;
  write(modelId: number, bytes: string | Buffer): void;
  openStreams(modelId?: number): number;
  dropStreams(): void;
  /** All tokens given so far are worth nothing; streams that are open stay. */
  changeSecret(): void;
  tokensGiven: string[];
  /** Streams stay open and bring nothing, not even comments. */
  isMute: boolean;
  setTokenLife(seconds: number): void;
  setClockOffset(ms: number): void;
  /** Ends all connections and comes back at the same address, without its agents. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const json = (status: number, body: unknown): Answer => ({
  status,
  body: JSON.stringify(body),
  type: 'application/json',
});
const detail = (status: number, text: string): Answer => json(status, { detail: text, status_code: status });

export async function startSheetServer(clock: Clock): Promise<SheetServer> {
  const streams = new Map<ServerResponse, number>();
  const acts: ((request: Request) => void)[] = [];
  let clockOffsetMs = 0;
  let nextId = 100;
  let server: Server | null = null;
  /** It closes and listens again at the same address. */
  const port = await findFreePort();

  const nowMs = (): number => clock.now() + clockOffsetMs;
  /** Server-local wall clock with microseconds and no zone (§5). */
  const stamp = (): string => `${new Date(nowMs()).toISOString().slice(0, -1)}000`;
  const tokens = createSheetTokens(nowMs);

  /** Gives it a number, unless it has one; no number is given twice. */
  function numbered(given: Members): Members & { id: number } {
    const id = Number(given.id ?? nextId);
    nextId = Math.max(nextId, id) + 1;
    return { ...given, id };
  }

  function route(request: Request, user: string | null): Answer {
    const { call } = request;
    if (call === 'GET /api/health') return json(200, { status: 'healthy', supabase_connected: true });
    if (call === 'POST /api/auth/login') return login(request.body);
    if (user === null) return detail(401, 'Invalid authentication credentials');
    if (call === 'GET /api/models') {
      const own = self.models.filter(({ user_id }) => user_id === user).toReversed();
      return json(200, { models: own, total_models: own.length });
    }
    if (call === 'POST /api/models') return json(200, self.addModel({ user_id: user, ...request.body }));
    if (call === 'GET /api/trading/status') {
      const own = [...self.agents].filter(([, { user_id }]) => user_id === user);
      return json(200, { running_agents: Object.fromEntries(own), total_running: own.length });
    }
    const task = /^GET \/api\/trading\/task-status\/(.+)$/.exec(call)?.[1];
    if (task !== undefined) return json(200, self.tasks.get(task) ?? { task_id: task, state: 'PENDING' });
    const [, verb = '', id = '', rest = ''] =
      /^(\w+) \/api\/(?:models|trading\/(?:start|start-intraday|start-daily|stop))\/(\d+)(.*)$/.exec(call) ??
      [];
    const model = self.models.find((one) => one.id === Number(id) && one.user_id === user);
    if (id === '') return json(404, { detail: 'Not Found' });
    if (model === undefined)
      return rest.startsWith('/runs')
        ? detail(403, 'Access denied')
        : detail(404, 'Model not found or access denied');
    if (call.includes('/trading/')) return trade(call.split('/')[3] ?? '', model, request.body);
    return ofModel(verb, rest, model, request.body);
  }

  function login({ email, password }: Members): Answer {
    const user = self.users.find((one) => one.email === email && one.password === password);
    if (user === undefined) return detail(401, 'Login failed: Invalid login credentials');
    const access_token = tokens.give(user);
    return json(200, {
      access_token,
      token_type: 'bearer',
      user: { id: user.id, email: user.email, role: 'user' },
    });
  }

  function ofModel(verb: string, rest: string, model: Members, body: Members): Answer {
    const modelId = Number(model.id);
    const own = self.runs.filter(({ model_id }) => model_id === modelId);
    const runId = Number(/^\/runs\/(\d+)/.exec(rest)?.[1]);
    const run = own.find(({ id }) => id === runId);
    if (verb === 'PUT') return json(200, Object.assign(model, body, { initial_cash: model.initial_cash }));
    if (verb === 'DELETE' && rest === '') {
      self.models = self.models.filter((one) => one !== model);
      return json(200, { message: 'Model deleted' });
    }
    if (rest === '/runs') return json(200, { runs: own.toReversed(), total: own.length });
    if (rest.endsWith('/stop')) {
      if (run === undefined) return detail(404, 'Run not found');
      return run.status === 'running' ? stopRun(run) : json(200, { status: 'not_running', message: 'x' });
    }
    if (verb === 'DELETE' && run !== undefined) {
      self.runs = self.runs.filter((one) => one !== run);
      return json(200, { status: 'deleted', run_id: run.id });
    }
    const head = { model_id: modelId, model_name: model.signature };
    if (rest === '/positions/latest')
      return json(200, {
        ...head,
        date: '2026-01-03',
        positions: { AAPL: 6, CASH: 8_800 },
        cash: 8_800,
        stocks_value: 1_300,
        total_value: 10_100,
      });
    if (rest.startsWith('/positions')) return json(200, { ...head, positions: [], total_records: 0 });
    return json(404, { detail: 'Not Found' });
  }

  function trade(verb: string, model: Members, body: Members): Answer {
    const modelId = Number(model.id);
    if (verb === 'stop') {
      const run = self.runs.find((one) => one.model_id === modelId && one.status === 'running');
      if (run !== undefined) return stopRun(run);
      const agent = self.agents.get(modelId);
      if (agent?.status !== 'running') return json(200, { status: 'not_running', message: 'None' });
      agent.status = 'stopped';
      return json(200, { status: 'stopped', model_id: modelId, duration: agent.started_at });
    }
    if (verb === 'start') {
      if (self.agents.has(modelId)) return json(200, { status: 'already_running', model_id: modelId });
      self.agents.set(modelId, {
        model_id: modelId,
        user_id: model.user_id,
        basemodel: body.base_model,
        status: 'running',
        started_at: stamp(),
      });
      return json(200, { status: 'started', model_id: modelId, started_at: stamp() });
    }
    const run = self.addRun(modelId, {
      trading_mode: verb === 'start-intraday' ? 'intraday' : 'daily',
      intraday_symbol: verb === 'start-intraday' ? body.symbol : null,
      intraday_date: body.date ?? null,
      intraday_session: body.session ?? null,
      date_range_start: body.start_date ?? null,
      date_range_end: body.end_date ?? null,
    });
    const { task_id, id: run_id, run_number } = run;
    return json(200, { status: 'queued', task_id, run_id, run_number, model_id: modelId });
  }

  function stopRun(run: Members): Answer {
    self.runs = self.runs.filter((one) => one !== run);
    const { task_id, id: run_id, run_number } = run;
    return json(200, { status: 'stopped_and_deleted', task_id, run_id, run_number, message: 'Gone' });
  }

  function stream(response: ServerResponse, modelId: number, user: string | null): void {
    const model = self.models.find((one) => one.id === modelId && one.user_id === user);
    if (user === null || model === undefined) {
      send(response, user === null ? detail(401, 'Invalid token') : detail(404, 'Model not found'));
      return;
    }
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
    });
    response.write(`data: {"type": "connected", "model_id": ${modelId}}\n\n`);
    streams.set(response, modelId);
    let stopBeat: Disposer = () => undefined;
    const beat = (): void => {
      stopBeat = clock.after(1_000, beat);
      if (!self.isMute) response.write(': keepalive\n\n');
    };
    beat();
    response.once('close', () => {
      stopBeat();
      streams.delete(response);
    });
  }

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = (await incoming.toArray()).join('');
    const url = new URL(incoming.url ?? '', 'http://sheet');
    const request: Request = {
      call: `${incoming.method ?? ''} ${url.pathname}`,
      url: incoming.url ?? '',
      authorization: incoming.headers.authorization,
      body: text === '' ? {} : (JSON.parse(text) as Members),
    };
    self.requests.push(request);
    if (!/^GET |\/auth\//.test(request.call)) for (const resolve of acts.splice(0)) resolve(request);
    const fault = self.fault(request) ?? {};
    await fault.holdUntil;
    const opens = /^GET \/api\/trading\/stream\/(\d+)$/.exec(request.call)?.[1];
    if (opens !== undefined && fault.change === undefined) {
      stream(response, Number(opens), tokens.userOf(url.searchParams.get('token')));
      return;
    }
    const answer = route(request, tokens.userOf(request.authorization?.replace('Bearer ', '')));
    if (fault.lose === true) response.socket?.destroy();
    else send(response, fault.change?.(answer, request) ?? answer);
  }

  function listen(): Promise<void> {
    const created = createServer((incoming, response) => void handle(incoming, response));
    server = created;
    return new Promise((resolve) => {
      created.listen(port, '127.0.0.1', () => resolve());
    });
  }

  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server?.close(() => resolve());
      server?.closeAllConnections();
    });

  const self: SheetServer = {
    get address() {
      return `http://127.0.0.1:${port}`;
    },
    requests: [],
    nextAct: () => new Promise((resolve) => acts.push(resolve)),
    calls: (call) => self.requests.filter((one) => one.call === call),
    models: [],
    runs: [],
    agents: new Map(),
    tasks: new Map(),
    users: [{ id: randomUUID(), email: 'owner@example.com', password: 'p4ss-word-of-owner' }],
    fault: () => undefined,
    tokensGiven: tokens.given,
    isMute: false,
    addModel(over = {}) {
      const model = modelRow(numbered({ user_id: self.users[0]?.id, ...over }));
      self.models.push(model);
      return model;
    },
    addRun(modelId, over = {}) {
      const number = self.runs.filter(({ model_id }) => model_id === modelId).length + 1;
      const started = { started_at: stamp(), created_at: new Date(nowMs()).toISOString() };
      const run = runRow(numbered({ model_id: modelId, run_number: number, ...started, ...over }));
      self.runs.push(run);
      return run;
    },
    tell(modelId, type, data, timestamp = stamp()) {
      const frame = `data: ${JSON.stringify({ type, timestamp, data })}\n\n`;
      self.write(modelId, frame);
      return frame;
    },
    write(modelId, bytes) {
      for (const [response, id] of streams) if (id === modelId) response.write(bytes);
    },
    openStreams: (modelId) =>
      [...streams.values()].filter((id) => modelId === undefined || id === modelId).length,
    dropStreams() {
      for (const response of streams.keys()) response.destroy();
    },
    changeSecret: tokens.changeSecret,
    setTokenLife: tokens.setLife,
    setClockOffset(ms) {
      clockOffsetMs = ms;
    },
    async restart() {
      await close();
      self.agents.clear();
      await listen();
    },
    close,
  };
  await listen();
  return self;
}

function send(response: ServerResponse, { status, body, type, headers }: Answer): void {
  response.writeHead(status, { 'content-type': type, ...headers }).end(body);
}
