import { z } from 'zod';

import type { KillSwitch } from '#shared/domain/panic/kill-switch.ts';
import { SECOND_MS } from '#shared/time.ts';

import { HttpFailure } from '../../connections/port.ts';
import type { Clock } from '../../lib/clock.ts';
import { plainText } from '../../lib/clean.ts';
import type { WayStep } from '../kit/rehearsal.ts';
import { REHEARSE_WITH, walkWay } from '../kit/rehearsal.ts';
import type { ActAnswer, BackendContext, PanicPort } from '../port.ts';
import type { ActiveThing, Book } from './book.ts';
import { refusedWith } from '../kit/answers.ts';
import type { Client, Reply } from './client.ts';
import { reachServer } from './link-test.ts';
import { isActiveRun, runStatus } from './mapping.ts';
import { wireModels, wireOutcome, wireRuns } from './protocol.ts';
import type { Rereads } from './rereads.ts';

/** Halting and reading back have four seconds each (K2); a sign-in on the way is inside of them. */
const STEP_WITHIN_MS = 3.6 * SECOND_MS;
const REQUEST_WITHIN_MS = 3 * SECOND_MS;
const ASK = { priority: 'panic', timeoutMs: REQUEST_WITHIN_MS } as const;

/** The name under which the intent outlives this process (K6). */
const INTENT = 'halt';
const intentShape = z.object({ reason: z.string(), sinceMs: z.number() });
type Intent = z.infer<typeof intentShape>;

/**
 * PANIC on a server that knows no halt: the intent is kept here, and everything that runs is stopped by requests of their own
 * (K11). It counts as halted while the intent stands and the server, read again, runs nothing.
 */
export interface Panic {
  port: PanicPort;
  /**
   * Tells the desk how it stands, after a reading, as soon as it is known whether a halt was asked for: nothing is started
   * while that is unknown.
   */
  tell(): void;
}

export function createPanic(parts: {
  context: BackendContext;
  client: Client;
  book: Book;
  rereads: Rereads;
  emit: BackendContext['emit'];
}): Panic {
  const { context, client, book, rereads, emit } = parts;
  const { clock, config, memory } = context;
  let intent: Intent | null = null;
  let wasAsked = false;
  let isKnown = false;
  let wasRead = false;
  let restoring: Promise<void> | null = null;
  void restored().catch(() => undefined);

  /** Rejects while what was kept cannot be read; then the next reading asks again. */
  function restored(): Promise<void> {
    restoring ??= memory.recall(INTENT).then(
      (value) => {
        if (!wasAsked) intent = intentShape.safeParse(value).data ?? null;
        isKnown = true;
        if (wasRead) tell();
      },
      (error: unknown) => {
        restoring = null;
        if (wasRead && !wasAsked) tellUnknown(error);
        throw error;
      },
    );
    return restoring;
  }

  function state(): KillSwitch {
    const active = book.active();
    const isHalted = intent !== null && active.length === 0;
    return {
      backendId: config.id,
      enabled: isHalted,
      reason:
        intent === null
          ? null
          : isHalted
            ? intent.reason
            : `Still at work, or started since: ${namesOf(active)}.`,
      setBy: isHalted ? 'quarterdeck' : null,
      // Without a stamp readings are ordered by their arrival, which is all that can be known of them.
      changedAtMs: null,
      readAtMs: clock.now(),
    };
  }

  function tell(): void {
    wasRead = true;
    if (isKnown || wasAsked) emit({ type: 'kill-switch', killSwitch: state() });
    else void restored().catch(() => undefined);
  }

  /** Unknown is not halted: nothing is started meanwhile, and the guards say why. */
  function tellUnknown(error: unknown): void {
    const reason = error instanceof Error ? error.message : 'What was kept cannot be read.';
    emit({ type: 'kill-switch', killSwitch: { ...state(), enabled: null, reason, setBy: null } });
  }

  /** The whole of a model: what it does by itself, and each of its runs. */
  async function stopModel(modelId: string): Promise<Stopped[]> {
    const id = encodeURIComponent(modelId);
    const told = async (path: string): Promise<Stopped> => ({
      modelId,
      reply: await client.send('POST', path, null, ASK),
    });
    const whole = told(`/api/trading/stop/${id}`);
    const byRun = client
      .read(`/api/models/${id}/runs`, wireRuns, ASK)
      .then(({ runs }) => runs.read.filter((run) => isActiveRun(runStatus(run, undefined))))
      .then((runs) => Promise.all(runs.map((run) => told(`/api/models/${id}/runs/${run.id}/stop`))))
      // A run that the first request just took away is refused, whatever the words; what still runs shows by reading.
      .then((stopped) => stopped.filter(({ reply }) => !(reply.kind === 'refused' && GONE.has(reply.status))))
      .catch((): Stopped[] => []);
    book.stopSent(modelId);
    return [await whole, ...(await byRun)];
  }

  async function stopAll(): Promise<{ stopped: Stopped[]; listFailed: HttpFailure | null }> {
    const known = book.ids();
    const first = known.map(stopModel);
    // A model that was made since the last reading is among the listed ones.
    let listFailed: HttpFailure | null = null;
    const listed = await client.read('/api/models', wireModels, ASK).catch((error: unknown): null => {
      listFailed =
        error instanceof HttpFailure
          ? error
          : new HttpFailure({ code: 'bad-answer', message: 'The models could not be read.' }, true);
      return null;
    });
    if (listed !== null) book.readModels(listed.models.read, listed.models.unreadable === 0);
    const others = (listed?.models.read ?? []).map(({ id }) => id).filter((id) => !known.includes(id));
    const stopped = await Promise.all([...first, ...others.map(stopModel)]);
    return { stopped: stopped.flat(), listFailed };
  }

  async function halt(reason: string): Promise<ActAnswer> {
    wasAsked = true;
    intent = { reason: plainText(reason, 300), sinceMs: clock.now() };
    const stopping = stopAll();
    // K15: the request does not wait for the disk.
    const written = memory.remember(INTENT, intent).then(
      () => '',
      () => ' The wish is NOT DURABLE: it could not be written down here.',
    );
    const { stopped, listFailed } = await within(clock, stopping);
    const note = await within(clock, written, SECOND_MS / 4).catch(() => '');
    const answer = haltAnswer(
      stopped.map(({ reply }) => reply),
      listFailed,
    );
    return { ...answer, message: `${answer.message}${deletedWords(book, stopped)}${note}` };
  }

  return {
    port: {
      halt,
      async resume() {
        try {
          await within(clock, memory.remember(INTENT, null));
        } catch {
          return {
            kind: 'refused',
            message: 'That it was resumed could not be written down here.',
            result: null,
          };
        }
        wasAsked = true;
        intent = null;
        emit({ type: 'kill-switch', killSwitch: state() });
        return { kind: 'accepted', message: 'Resumed. Nothing was started by that.', result: null };
      },
      async read() {
        if (!wasAsked) await restored();
        await within(clock, rereads.allActivity(ASK));
        return state();
      },
      rehearse: () => walkWay(clock, { ...config, steps: wayOfHalt(), never: NEVER_PROVED }),
    },
    tell,
  };

  function wayOfHalt(): WayStep[] {
    return [
      {
        name: 'Answer',
        proves: 'AI-Trader answers.',
        run: () => reachServer(context, REHEARSE_WITH),
      },
      {
        name: 'Sign-in',
        proves: 'The account is signed in, or could be signed in anew.',
        async run() {
          await client.session.token();
          return 'There is a token that a halt can be sent with.';
        },
      },
      {
        name: 'Reading back',
        proves: 'What runs can be read for every model, which is what is stopped and what confirms a halt.',
        async run() {
          await rereads.allActivity(REHEARSE_WITH);
          const [models, active] = [book.ids().length, book.active().length];
          return `${models} ${models === 1 ? 'model' : 'models'}, ${active} at work.`;
        },
      },
    ];
  }
}

const NEVER_PROVED = [
  'That a model stops when it is told to: to tell it would stop it, and delete its queued runs.',
  'That the password still signs in, where a token from before was still good.',
];

const GONE: ReadonlySet<number> = new Set([400, 403, 404]);

/** What became of one request to stop. */
interface Stopped {
  modelId: string;
  reply: Reply;
}

/** Which runs are gone by that, with their positions and reasoning (§7.6). */
function deletedWords(book: Book, stopped: readonly Stopped[]): string {
  const names = stopped.flatMap(({ modelId, reply }) => {
    const outcome = reply.kind === 'done' ? wireOutcome.safeParse(reply.body).data : undefined;
    if (outcome?.status !== 'stopped_and_deleted') return [];
    return [`run #${outcome.run_number ?? outcome.run_id ?? '?'} of ${book.name(modelId) ?? modelId}`];
  });
  return names.length === 0 ? '' : ` DELETED by that: ${firstFew([...new Set(names)])}.`;
}

/** Rejects with an `HttpFailure` that was not sent only where the server certainly heard of nothing. */
function haltAnswer(replies: readonly Reply[], listFailed: HttpFailure | null): ActAnswer {
  const heard = replies.filter((reply) => reply.kind === 'done' || reply.status === 404);
  const unknown = replies.filter((reply) => reply.kind === 'unknown');
  const [refusal] = replies.flatMap((reply) =>
    reply.kind === 'refused' && reply.status !== 404 ? [reply] : [],
  );
  if (refusal === undefined && unknown.length === 0) {
    if (listFailed === null || heard.length > 0)
      return { kind: 'accepted', message: 'Everything that runs was told to stop.', result: null };
    if (listFailed.linkCause.code === 'credentials')
      return { kind: 'refused', message: listFailed.message, result: null };
    throw listFailed;
  }
  if (unknown.length > 0 || heard.length > 0)
    return { kind: 'unknown', message: 'Not everything that was told to stop answered.' };
  const message = refusal?.message ?? 'It was refused.';
  if (refusal?.status === 0 && listFailed?.linkCause.code !== 'credentials')
    throw new HttpFailure({ code: 'unreachable', message }, false);
  return refusedWith(refusal?.status ?? 0, message);
}

const namesOf = (active: readonly ActiveThing[]): string => {
  const names = [
    ...new Set(
      active.map(({ name, run }) => {
        const number = run?.number ?? null;
        return number === null ? name : `${name} (run #${number})`;
      }),
    ),
  ];
  return firstFew(names);
};

const firstFew = (names: readonly string[]): string =>
  plainText(names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : ''), 400);

async function within<T>(clock: Clock, work: Promise<T>, ms = STEP_WITHIN_MS): Promise<T> {
  let cancel = (): void => undefined;
  const late = new Promise<never>((_resolve, reject) => {
    cancel = clock.after(ms, () =>
      reject(new HttpFailure({ code: 'timeout', message: 'AI-Trader did not answer in time.' }, true)),
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    cancel();
  }
}
