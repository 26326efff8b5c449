import { MINUTE_MS, parseIsoMs, SECOND_MS } from '#shared/time.ts';
import { startOfDay } from '#shared/wall-time.ts';

import { HttpFailure } from '../../connections/port.ts';
import type { Book } from './book.ts';
import type { End } from './ends.ts';
import type { AskOptions, Client } from './client.ts';
import { isActiveRun, runStatus } from './mapping.ts';
import type { WireTask } from './protocol.ts';
import { wireLatest, wireModels, wirePositions, wireRuns, wireStatus, wireTask } from './protocol.ts';
import { AnswerFailure, isMissing } from './trouble.ts';

/** Money and positions of a model that does nothing are read again this often. */
const IDLE_MONEY_EVERY_MS = 2 * MINUTE_MS;
/** So many requests at once, that a person with fifty models does not arrive as a flood. */
const AT_ONCE = 6;
/** A round of many models on a slow server leaves the money of the rest to the next one, so that what runs is never old. */
const MONEY_WITHIN_MS = 15 * SECOND_MS;

/** The readings that keep the desk true. Each asks, applies what it got, and rejects with `HttpFailure` in a person's words. */
export interface Rereads {
  /** Models and what runs inside the server, then runs: of models that run or were never read, or of all. */
  round(ask: AskOptions, of: 'active' | 'all'): Promise<void>;
  /** Everything about one model. */
  model(modelId: string, ask: AskOptions): Promise<void>;
  /** Whether it runs. */
  activity(modelId: string, ask: AskOptions): Promise<void>;
  /** Of every model, whether it runs; asked at once and without the rest. */
  allActivity(ask: AskOptions): Promise<void>;
  /** What it holds. */
  money(modelId: string, ask: AskOptions): Promise<void>;
}

export interface RereadParts {
  client: Client;
  book: Book;
  now: () => number;
  onEnded(ends: readonly End[]): void;
  /** One model's answer was of no use; the others count all the same. */
  onBadAnswer(reason: string): void;
  /** Something was answered: a round of many models is long, and not silent. */
  onAnswer?: () => void;
}

export function createRereads(parts: RereadParts): Rereads {
  const { client, book, now, onEnded, onBadAnswer, onAnswer = () => undefined } = parts;
  const moneyReadAtMs = new Map<string, number>();
  const path = (modelId: string, rest: string): string =>
    `/api/models/${encodeURIComponent(modelId)}/${rest}`;

  /** Answers how many could not be read. */
  async function models(ask: AskOptions): Promise<number> {
    const { read, unreadable } = (await client.read('/api/models', wireModels, ask)).models;
    book.readModels(read, unreadable === 0);
    if (unreadable > 0) onBadAnswer(`${unreadable} of the models could not be read`);
    return unreadable;
  }

  async function agents(ask: AskOptions): Promise<void> {
    const askedAtMs = now();
    const { running_agents } = await client.read('/api/trading/status', wireStatus, ask);
    onEnded(book.readAgents(running_agents, askedAtMs));
  }

  async function runs(modelId: string, ask: AskOptions): Promise<number> {
    try {
      return await readRuns(modelId, ask);
    } catch (error) {
      if (concernsOne(error)) book.runsUnread(modelId, error.message);
      throw error;
    }
  }

  async function readRuns(modelId: string, ask: AskOptions): Promise<number> {
    const askedAtMs = now();
    const answer = (await client.read(path(modelId, 'runs'), wireRuns, ask)).runs;
    const read = answer.read.filter(({ model_id }) => isOf(modelId, model_id));
    const unreadable = answer.unreadable + answer.read.length - read.length;
    if (unreadable > 0)
      onBadAnswer(`${unreadable} of the runs of model ${modelId} could not be read, or belong to another`);
    const tasks = new Map<string, WireTask>();
    const running = read.filter((run) => isActiveRun(runStatus(run, undefined)) && run.task_id);
    await Promise.all(
      running.slice(0, AT_ONCE).map(async ({ id, task_id }) => {
        const task = await client
          .read(`/api/trading/task-status/${encodeURIComponent(task_id ?? '')}`, wireTask, ask)
          // The queue behind it may be down while the rest answers: then the run is believed as it stands.
          .catch(() => null);
        if (task !== null) tasks.set(id, task);
      }),
    );
    onEnded(book.readRuns(modelId, { runs: read, tasks, askedAtMs, isWhole: unreadable === 0 }));
    return unreadable;
  }

  async function money(modelId: string, ask: AskOptions): Promise<void> {
    moneyReadAtMs.set(modelId, now());
    const [latest, positions] = await Promise.all([
      // 404 is what a model answers that never traded (§7.10).
      client.read(path(modelId, 'positions/latest'), wireLatest, ask).catch(nullIfMissing),
      client.read(path(modelId, 'positions?page=1&page_size=100'), wirePositions, ask).catch(nullIfMissing),
    ]);
    for (const answer of [latest, positions])
      if (!isOf(modelId, answer?.model_id)) throw mixedUp(`the money of model ${modelId}`);
    book.readLatest(modelId, latest, positions === null ? null : tradesToday(positions, now()));
  }

  /** Denied because it was deleted meanwhile, as the list read again shows: then nothing of it runs. */
  async function unlessGone(modelId: string, error: unknown, ask: AskOptions): Promise<number> {
    if (error instanceof HttpFailure && isDenied(error)) {
      await models(ask);
      if (!book.ids().includes(modelId)) return 0;
    }
    throw error;
  }

  /** What was never read is not idle: nothing is concluded of a model that the list does not hold. */
  async function mustKnow(modelId: string, ask: AskOptions): Promise<void> {
    if (!book.ids().includes(modelId)) await models(ask);
    if (!book.ids().includes(modelId))
      throw new AnswerFailure({ code: 'bad-answer', message: 'AI-Trader has no such model any more.' }, 404);
  }

  const isMoneyDue = (modelId: string): boolean =>
    book.active(modelId).length > 0 ||
    now() - (moneyReadAtMs.get(modelId) ?? -Infinity) >= IDLE_MONEY_EVERY_MS;

  /** Applies to each; what one model's answer lacks does not cost the others theirs. */
  async function each(ids: readonly string[], read: (modelId: string) => Promise<unknown>): Promise<void> {
    const waiting = [...ids];
    const worker = async (): Promise<void> => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
        try {
          await read(id);
        } catch (error) {
          if (!concernsOne(error)) throw error;
          // A model that was deleted since it was listed is denied, which is no fault of the answer (§2).
          if (!isDenied(error)) onBadAnswer(error.message);
        }
        onAnswer();
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, waiting.length) }, worker));
  }

  return {
    async round(ask, of) {
      // Runs follow the status: a session that began between the two shows in the later one.
      await models(ask);
      onAnswer();
      await agents(ask);
      const ids = book.ids();
      const due = of === 'all' ? ids : ids.filter((id) => book.active(id).length > 0);
      await each(due, (id) => runs(id, ask));
      book.tell();
      const moneyUntilMs = now() + MONEY_WITHIN_MS;
      const oldestFirst = ids
        .filter((id) => (of === 'all' || due.includes(id)) && isMoneyDue(id))
        .sort((a, b) => (moneyReadAtMs.get(a) ?? 0) - (moneyReadAtMs.get(b) ?? 0));
      await each(oldestFirst, async (id) => {
        if (now() < moneyUntilMs) await money(id, ask);
      });
      book.tell();
    },
    async model(modelId, ask) {
      await Promise.all([agents(ask), runs(modelId, ask), money(modelId, ask)]);
      book.tell(modelId);
    },
    async activity(modelId, ask) {
      await mustKnow(modelId, ask);
      await Promise.all([agents(ask), runs(modelId, ask)]);
      book.tell(modelId);
    },
    async allActivity(ask) {
      const unreadModels = await models(ask);
      const unread = await Promise.all([
        agents(ask).then(() => 0),
        ...book.ids().map((id) => runs(id, ask).catch((error: unknown) => unlessGone(id, error, ask))),
      ]);
      book.tell();
      if (unreadModels > 0 || unread.some((count) => count > 0)) throw mixedUp('some models or runs');
    },
    async money(modelId, ask) {
      await money(modelId, ask);
      book.tell(modelId);
    },
  };
}

/** Nothing of another model is taken, whatever the server mixes up. */
const isOf = (modelId: string, said: string | null | undefined): boolean => (said ?? modelId) === modelId;

const mixedUp = (what: string): HttpFailure =>
  new HttpFailure({ code: 'bad-answer', message: `AI-Trader’s answer on ${what} was of no use.` }, true);

function nullIfMissing(error: unknown): null {
  if (isMissing(error)) return null;
  throw error;
}

/** The server answered, and only this answer is of no use. */
export const concernsOne = (error: unknown): error is HttpFailure =>
  error instanceof AnswerFailure
    ? error.linkCause.code !== 'credentials'
    : error instanceof HttpFailure && error.linkCause.code === 'bad-answer';

const isDenied = (error: HttpFailure): boolean =>
  error instanceof AnswerFailure && (error.status === 403 || error.status === 404);

/** Trades of our day, where all of a model's history fitted on the page and its times carry a zone. */
function tradesToday(
  {
    positions,
    total_records,
  }: {
    positions: ReturnType<typeof wirePositions.parse>['positions'];
    total_records: number;
  },
  nowMs: number,
): number | null {
  if (total_records > positions.read.length || positions.unreadable > 0) return null;
  const midnightMs = startOfDay(nowMs);
  const times = positions.read
    .filter(({ action_type }) => action_type === 'buy' || action_type === 'sell')
    .map(({ created_at }) => parseIsoMs(created_at));
  return times.includes(null) ? null : times.filter((ms) => (ms ?? 0) >= midnightMs).length;
}
