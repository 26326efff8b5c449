import { SECOND_MS } from '#shared/time.ts';

import type { AiTrader } from './context.ts';
import { bound, findModel, holdingsOf, valueOf } from './context.ts';
import type { ModelDocument, RunDocument, Session, Task } from './documents.ts';
import type { Order } from './runs.ts';
import { deleteRun, newRun, writeLog } from './runs.ts';
import { uuidOf } from './seed.ts';
import type { Told } from './session-script.ts';
import { beatsOf, gapMs, playBeat, roundsOf, terminal } from './session-script.ts';

/** What `/trading/status` tells of an agent inside the process. Its entry is never removed (sheet, section 4.3). */
export interface AgentInfo {
  model_id: number;
  user_id: string;
  signature: string;
  basemodel: string;
  start_date: string;
  end_date: string;
  started_at: string;
  status: 'initializing' | 'running' | 'completed' | 'failed' | 'stopped';
  completed_at?: string;
  stopped_at?: string;
  error?: string;
}

/** Every session under way: those of workers, which outlive the server, and agents, which do not. */
export interface Sessions {
  startWorker(
    model: ModelDocument,
    mode: 'intraday' | 'daily',
    order: Order,
  ): { run: RunDocument; task: Task };
  /** `null` when the model has an entry already, whatever became of it. */
  startAgent(model: ModelDocument, order: Order): AgentInfo | null;
  agents: ReadonlyMap<number, AgentInfo>;
  /** Ends an agent without a word on its stream; `null` when none runs. */
  stopAgent(modelId: number): AgentInfo | null;
  /** Takes a worker's run away with everything it did. */
  stopRun(run: RunDocument): void;
  isActive(modelId: number): boolean;
  count(): number;
  tick(): void;
  /** One beat at once, whether it is due or not. */
  step(modelId: number): void;
  finish(modelId: number, outcome: 'completed' | 'failed', message: string): void;
}

export function createSessions(trader: AiTrader): Sessions {
  const { clock, state, stamps, streams, unit } = trader;
  const agents = new Map<number, AgentInfo>();
  let agentSessions: Session[] = [];
  const all = (): Session[] => [...state.sessions, ...agentSessions];

  function begin(
    model: ModelDocument,
    order: Order,
    given: Pick<Session, 'mode' | 'taskId' | 'runId'>,
  ): Session {
    const holdings = holdingsOf(trader, model);
    const value = valueOf(trader, holdings);
    return {
      ...given,
      modelId: model.id,
      baseModel: order.baseModel,
      symbols: [...order.symbols],
      dates: [...order.dates],
      startedAtMs: clock.now(),
      nextAtMs: clock.now() + PICK_UP_MS,
      beat: 0,
      holdings,
      trades: 0,
      startValue: value,
      peakValue: value,
      drawdown: 0,
      decision: null,
      failure: order.failure ?? null,
    };
  }

  function startWorker(
    model: ModelDocument,
    mode: 'intraday' | 'daily',
    order: Order,
  ): { run: RunDocument; task: Task } {
    const taskId = uuidOf(trader.random);
    const run = newRun(trader, model, order, { mode, taskId });
    const session = begin(model, order, { mode, taskId, runId: run.id });
    const task: Task = {
      id: taskId,
      modelId: model.id,
      state: 'PENDING',
      current: 0,
      total: roundsOf(session) * (mode === 'intraday' ? 10 : 1),
      runId: run.id,
      runNumber: run.run_number,
      result: null,
      error: null,
    };
    state.runs.push(run);
    bound(state.runs, RUNS_KEPT);
    state.tasks.push(task);
    bound(state.tasks, TASKS_KEPT);
    state.sessions.push(session);
    return { run, task };
  }

  function startAgent(model: ModelDocument, order: Order): AgentInfo | null {
    if (agents.has(model.id)) return null;
    const info: AgentInfo = {
      model_id: model.id,
      user_id: model.user_id,
      signature: model.signature,
      basemodel: order.baseModel,
      start_date: order.dates[0] ?? '',
      end_date: order.dates.at(-1) ?? '',
      started_at: stamps.local(),
      status: 'initializing',
    };
    agents.set(model.id, info);
    agentSessions.push(begin(model, order, { mode: 'agent', taskId: null, runId: null }));
    return info;
  }

  const forget = (session: Session): void => {
    state.sessions = state.sessions.filter((one) => one !== session);
    agentSessions = agentSessions.filter((one) => one !== session);
  };
  const taskOf = (session: Session): Task | undefined => state.tasks.find((one) => one.id === session.taskId);

  function end(session: Session, outcome: 'completed' | 'failed', why: string, isTaskFailure = false): void {
    forget(session);
    const model = findModel(trader, session.modelId);
    const run = state.runs.find((one) => one.id === session.runId);
    const task = taskOf(session);
    const info = session.mode === 'agent' ? agents.get(session.modelId) : undefined;
    const value = valueOf(trader, session.holdings);
    if (run !== undefined) {
      run.status = outcome;
      run.ended_at = stamps.local();
      if (outcome === 'completed') {
        run.final_portfolio_value = value;
        run.final_return = session.startValue > 0 ? Number((value / session.startValue - 1).toFixed(6)) : 0;
        run.max_drawdown_during_run = Number(session.drawdown.toFixed(6));
      }
    }
    if (task !== undefined) {
      task.state = isTaskFailure ? 'FAILURE' : 'SUCCESS';
      task.error = isTaskFailure ? why : null;
      task.result =
        outcome === 'completed'
          ? { status: 'completed', trades_executed: session.trades }
          : { status: 'failed', error: why };
    }
    if (info !== undefined) {
      info.status = outcome;
      info.completed_at = stamps.local();
      if (outcome === 'failed') info.error = why;
    }
    if (model !== undefined && outcome === 'completed') writeLog(trader, model, session);
  }

  function beat(session: Session): Told[] {
    const model = findModel(trader, session.modelId);
    const run = state.runs.find((one) => one.id === session.runId) ?? null;
    const task = taskOf(session);
    const info = session.mode === 'agent' ? agents.get(session.modelId) : undefined;
    if (model === undefined || (run === null && session.mode !== 'agent')) {
      // Its rows were deleted under it: a worker finds out when it wants to write, and tells nobody but its console.
      end(session, 'failed', 'Run not found', true);
      return [terminal('❌ Session failed: the run does not exist any more')];
    }
    if (session.failure !== null) {
      const why = session.failure;
      end(session, 'failed', why);
      // A worker that fails early only writes to its console; an agent tells it.
      return session.mode === 'agent' ? [failure(why)] : [terminal(`❌ Session failed: ${why}`)];
    }
    if (info?.status === 'initializing') info.status = 'running';
    const told = playBeat(trader, session, model, run);
    if (task !== undefined) {
      task.state = session.beat === 1 ? 'STARTED' : 'PROGRESS';
      task.current = Math.min(task.total, Math.floor((session.beat / beatsOf(session)) * task.total));
    }
    if (session.beat >= beatsOf(session)) end(session, 'completed', '');
    return told;
  }

  /** Saved before it is told; talk that a kill would lose is worth no write of its own. */
  function play(session: Session): void {
    const told = beat(session);
    if (all().includes(session) && told.every(({ type }) => TALK.has(type))) unit.touch();
    else unit.commit(() => undefined);
    tell(session, told);
  }

  function tell({ mode, modelId }: Session, told: readonly Told[]): void {
    for (const { type, data } of told)
      streams.tell(mode === 'agent' ? 'process' : 'worker', modelId, type, data);
  }

  return {
    startWorker,
    startAgent,
    agents,
    stopAgent(modelId) {
      const session = agentSessions.find((one) => one.modelId === modelId);
      const info = agents.get(modelId);
      if (session === undefined || info === undefined) return null;
      forget(session);
      info.status = 'stopped';
      info.stopped_at = stamps.local();
      return info;
    },
    stopRun(run) {
      const session = state.sessions.find((one) => one.runId === run.id);
      const task = state.tasks.find((one) => one.id === run.task_id);
      if (session !== undefined) forget(session);
      if (task !== undefined) task.state = 'REVOKED';
      deleteRun(trader, run);
    },
    isActive: (modelId) => all().some((one) => one.modelId === modelId),
    count: () => all().length,
    tick() {
      const nowMs = clock.now();
      for (const session of all()) {
        if (nowMs < session.nextAtMs) continue;
        // By the clock, not by the tick; what was missed in a pause is not made up for.
        session.nextAtMs = Math.max(session.nextAtMs + gapMs(session), nowMs - SECOND_MS);
        play(session);
      }
    },
    step(modelId) {
      for (const session of all()) if (session.modelId === modelId) play(session);
    },
    finish(modelId, outcome, message) {
      const session = all().find((one) => one.modelId === modelId);
      if (session === undefined) throw new Error(`Model ${modelId} runs no session`);
      unit.commit(() => end(session, outcome, message));
      const told =
        outcome === 'failed'
          ? [failure(message)]
          : [
              {
                type: 'complete',
                data: { message, trades: session.trades, final_value: valueOf(trader, session.holdings) },
              },
            ];
      tell(session, told);
    },
  };
}

const failure = (message: string): Told => ({ type: 'error', data: { message } });

/** A worker takes a queued session up after that time. */
const PICK_UP_MS = 2 * SECOND_MS;
const TALK = new Set(['status', 'thinking', 'tool_use', 'terminal', 'progress']);
const RUNS_KEPT = 400;
const TASKS_KEPT = 200;
