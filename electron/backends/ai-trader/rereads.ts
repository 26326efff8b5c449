import { MINUTE_MS } from '#shared/time.ts';

import { HttpFailure } from '../../connections/port.ts';
import type { Book, RunEnd } from './book.ts';
import type { AskOptions, Client } from './client.ts';
import type { WireTask } from './protocol.ts';
import { wireLatest, wireModels, wirePositions, wireRuns, wireStatus, wireTask } from './protocol.ts';
import { AnswerFailure, isMissing } from './trouble.ts';

/** Money and positions of a model that does nothing are read again this often. */
const IDLE_MONEY_EVERY_MS = 2 * MINUTE_MS;
/** So many requests at once, that a person with fifty models does not arrive as a flood. */
const AT_ONCE = 6;

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
  onEnded(ends: readonly RunEnd[]): void;
  /** One model's answer was of no use; the others count all the same. */
  onBadAnswer(reason: string): void;
}

export function createRereads({ client, book, now, onEnded, onBadAnswer }: RereadParts): Rereads {
  const moneyReadAtMs = new Map<string, number>();
  const path = (modelId: string, rest: string): string =>
    `/api/models/${encodeURIComponent(modelId)}/${rest}`;

  async function models(ask: AskOptions): Promise<void> {
    book.readModels((await client.read('/api/models', wireModels, ask)).models);
  }

  async function agents(ask: AskOptions): Promise<void> {
    const askedAtMs = now();
    book.readAgents((await client.read('/api/trading/status', wireStatus, ask)).running_agents, askedAtMs);
  }

  async function runs(modelId: string, ask: AskOptions): Promise<void> {
    const askedAtMs = now();
    const { runs: read } = await client.read(path(modelId, 'runs'), wireRuns, ask);
    const tasks = new Map<string, WireTask>();
    const running = read.filter(({ status, task_id }) => ACTIVE.has(status ?? '') && task_id);
    await Promise.all(
      running.slice(0, AT_ONCE).map(async ({ id, task_id }) => {
        const task = await client
          .read(`/api/trading/task-status/${encodeURIComponent(task_id ?? '')}`, wireTask, ask)
          // The queue behind it may be down while the rest answers: then the run is believed as it stands.
          .catch(() => null);
        if (task !== null) tasks.set(id, task);
      }),
    );
    onEnded(book.readRuns(modelId, read, tasks, askedAtMs));
  }

  async function money(modelId: string, ask: AskOptions): Promise<void> {
    moneyReadAtMs.set(modelId, now());
    const [latest, positions] = await Promise.all([
      // 404 is what a model answers that never traded (§7.10).
      client.read(path(modelId, 'positions/latest'), wireLatest, ask).catch(nullIfMissing),
      client.read(path(modelId, 'positions?page=1&page_size=100'), wirePositions, ask).catch(nullIfMissing),
    ]);
    book.readLatest(modelId, latest, positions === null ? null : tradesToday(positions, now()));
  }

  const isMoneyDue = (modelId: string): boolean =>
    book.active(modelId).length > 0 ||
    now() - (moneyReadAtMs.get(modelId) ?? -Infinity) >= IDLE_MONEY_EVERY_MS;

  /** Applies to each; what one model's answer lacks does not cost the others theirs. */
  async function each(ids: readonly string[], read: (modelId: string) => Promise<void>): Promise<void> {
    const waiting = [...ids];
    const worker = async (): Promise<void> => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
        try {
          await read(id);
        } catch (error) {
          if (!concernsOne(error)) throw error;
          onBadAnswer(error.message);
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, waiting.length) }, worker));
  }

  return {
    async round(ask, of) {
      // Runs follow the status: a session that began between the two shows in the later one.
      await models(ask);
      await agents(ask);
      const ids = book.ids();
      const due = of === 'all' ? ids : ids.filter((id) => book.active(id).length > 0);
      await each(due, (id) => runs(id, ask));
      await each(due.filter(isMoneyDue), (id) => money(id, ask));
      book.tell();
    },
    async model(modelId, ask) {
      await Promise.all([agents(ask), runs(modelId, ask), money(modelId, ask)]);
      book.tell(modelId);
    },
    async activity(modelId, ask) {
      await Promise.all([agents(ask), runs(modelId, ask)]);
      book.tell(modelId);
    },
    async allActivity(ask) {
      await models(ask);
      await Promise.all([agents(ask), ...book.ids().map((id) => runs(id, ask))]);
      book.tell();
    },
    async money(modelId, ask) {
      await money(modelId, ask);
      book.tell(modelId);
    },
  };
}

const ACTIVE: ReadonlySet<string> = new Set(['running', 'pending', 'queued']);

function nullIfMissing(error: unknown): null {
  if (isMissing(error)) return null;
  throw error;
}

/** The server answered, and only this answer is of no use. */
const concernsOne = (error: unknown): error is HttpFailure =>
  error instanceof AnswerFailure
    ? error.linkCause.code !== 'credentials'
    : error instanceof HttpFailure && error.linkCause.code === 'bad-answer';

/** Trades of our day, where all of a model's history fitted on the page; their times carry a zone. */
function tradesToday(
  {
    positions,
    total_records,
  }: {
    positions: readonly { action_type?: string | null | undefined; created_at?: string | null | undefined }[];
    total_records: number;
  },
  nowMs: number,
): number | null {
  if (total_records > positions.length) return null;
  const midnight = new Date(nowMs);
  midnight.setHours(0, 0, 0, 0);
  return positions.filter(
    ({ action_type, created_at }) =>
      (action_type === 'buy' || action_type === 'sell') && Date.parse(created_at ?? '') >= midnight.getTime(),
  ).length;
}
