import type { ActDescriptor, FieldDescriptor } from '#shared/domain/backends/backend.ts';
import { SECOND_MS } from '#shared/time.ts';

import { cleanJson, plainText } from '../../lib/clean.ts';
import type { ActAnswer, Params, Preparation, Verification } from '../port.ts';
import type { ActDefinition, Tools } from './act-definition.ts';
import {
  accepted,
  confirmed,
  contradicted,
  pending,
  prepared,
  refused,
  refusedWith,
} from '../kit/answers.ts';
import type { Reply } from './client.ts';
import { check, DECISION, resultText } from './act-definition.ts';
import type { Baseline } from './baselines.ts';
import { ENDED_SESSION_NOTE } from './model-view.ts';
import { aboutModel, aiModelField, dateField, modelField, symbolField } from './fields.ts';
import { isActiveAgent } from './mapping.ts';
import { dateParam, ParamError, textParam } from '../kit/params.ts';
import { idParam } from './params.ts';
import type { WireRun } from './protocol.ts';
import { wireOutcome } from './protocol.ts';

/** A start whose answer was lost may still show this long after it was sent. */
const MAY_ARRIVE_FOR_MS = 60 * SECOND_MS;

const SESSIONS = ['regular', 'pre', 'after'];

/** One way to start: its address, and its body out of the parameters. */
interface Way {
  descriptor: ActDescriptor;
  path: string;
  isQueued: boolean;
  body(params: Params): Record<string, string>;
}

const startDescriptor = (
  id: string,
  label: string,
  help: string,
  fields: FieldDescriptor[],
): ActDescriptor => ({
  id,
  group: 'Runs',
  label,
  help,
  params: [modelField, aiModelField, ...fields],
  risk: 'adds',
  scope: 'item',
  concerns: aboutModel,
});

const period = [dateField('startDate', 'From'), dateField('endDate', 'To')];

function periodBody(params: Params): { start_date: string; end_date: string } {
  const [start_date, end_date] = [dateParam(params, 'startDate'), dateParam(params, 'endDate')];
  if (end_date < start_date) throw new ParamError('It would end before it begins.');
  return { start_date, end_date };
}

const ways: readonly Way[] = [
  {
    descriptor: startDescriptor(
      'start-intraday',
      'Start an intraday run',
      'Queues one day of one symbol, minute by minute.',
      [
        symbolField,
        dateField('date', 'Day'),
        {
          name: 'session',
          label: 'Session',
          type: 'choice',
          required: true,
          defaultValue: 'regular',
          choices: [
            { value: 'regular', label: 'Regular' },
            { value: 'pre', label: 'Before the opening' },
            { value: 'after', label: 'After the close' },
          ],
        },
      ],
    ),
    path: 'start-intraday',
    isQueued: true,
    body(params) {
      const session = params.session === undefined ? 'regular' : textParam(params, 'session');
      if (!SESSIONS.includes(session)) throw new ParamError('“session” must be regular, pre or after.');
      return { symbol: symbolOf(params), date: dateParam(params, 'date'), session };
    },
  },
  {
    descriptor: startDescriptor(
      'start-daily',
      'Start a daily run',
      'Queues a run over one symbol, day by day.',
      [symbolField, ...period],
    ),
    path: 'start-daily',
    isQueued: true,
    body: (params) => ({ symbol: symbolOf(params), ...periodBody(params) }),
  },
  {
    descriptor: startDescriptor(
      'start-classic',
      'Start over many stocks',
      'Runs inside the server, day by day, over all stocks that the model may trade. The server runs one such session a model, and after it ended none more until it restarts.',
      period,
    ),
    path: 'start',
    isQueued: false,
    body: periodBody,
  },
];

const symbolOf = (params: Params): string => textParam(params, 'symbol', 12).toUpperCase();

export const startActs: readonly ActDefinition[] = ways.map(actOf);

function actOf(way: Way): ActDefinition {
  const { id: act } = way.descriptor;
  return {
    descriptor: way.descriptor,
    prepare: async (tools, params) => prepare(tools, way, params),
    async perform(tools, params) {
      const modelId = idParam(params, 'modelId');
      const body = { base_model: textParam(params, 'baseModel', 120), ...way.body(params) };
      const ids = new Set(tools.book.runs(modelId).map(({ id }) => id));
      const baseline = { atMs: tools.clock.steadyMs(), ids };
      const reply = await tools.client.send('POST', `/api/trading/${way.path}/${modelId}`, body, DECISION);
      const answer = answerOfStart(reply);
      tools.baselines.note(act, params, answer, baseline);
      if (answer.kind === 'accepted') tools.starts.add(modelId, { act, params });
      return answer;
    },
    async verify(tools, params, answer) {
      const modelId = idParam(params, 'modelId');
      await tools.rereads.activity(modelId, DECISION);
      tools.settle();
      const baseline = tools.baselines.of(act, params, answer);
      const verification = way.isQueued
        ? verifyRun(tools, { modelId, body: way.body(params), baseline, answer })
        : verifySession(tools, modelId, baseline?.atMs, answer);
      // An answer that was lost is no reason to forget how it was started.
      if (verification.kind === 'confirmed') tools.starts.add(modelId, { act, params });
      return verification;
    },
  };
}

async function prepare(tools: Tools, way: Way, params: Params): Promise<Preparation> {
  const modelId = idParam(params, 'modelId');
  way.body(params);
  await tools.rereads.activity(modelId, DECISION);
  tools.settle();
  const { book } = tools;
  const label = 'Free to start';
  if (!way.isQueued && book.agent(modelId) !== undefined) {
    const words = isActiveAgent(book.agent(modelId))
      ? 'It already runs inside the server.'
      : ENDED_SESSION_NOTE;
    return prepared(check('block', 'free-to-start', label, words));
  }
  const active = book.active(modelId);
  if (active.length === 0)
    return prepared(check('pass', 'free-to-start', label, 'Nothing of this model runs.'));
  return prepared(
    check(
      'warn',
      'already-active',
      label,
      'Something of this model runs already. This one would run beside it, on the same positions.',
    ),
  );
}

function answerOfStart(reply: Reply): ActAnswer {
  switch (reply.kind) {
    case 'refused':
      return refusedWith(reply.status, reply.message);
    case 'unknown':
      return { kind: 'unknown', message: reply.message };
    case 'done':
      return startAnswer(reply.body);
  }
}

function startAnswer(body: unknown): ActAnswer {
  const outcome = wireOutcome.safeParse(body).data;
  switch (outcome?.status) {
    case 'queued':
      return accepted(`Run #${outcome.run_number ?? outcome.run_id ?? '?'} is queued.`, cleanJson(body));
    case 'started':
      return accepted('It was started inside the server.', cleanJson(body));
    case 'already_running':
      return refused(
        'The server says that it runs already. It says so of a session that ended as well, until it is restarted: start a queued run instead (intraday, or daily on one symbol).',
      );
    default: {
      const said = plainText(outcome?.message, 200);
      return {
        kind: 'unknown',
        message: `AI-Trader answered, but not that it started.${said === '' ? '' : ` It says: “${said}”`}`,
      };
    }
  }
}

function verifyRun(
  tools: Tools,
  sent: { modelId: string; body: Record<string, string>; baseline: Baseline | null; answer: ActAnswer },
): Verification {
  const { modelId, body, baseline, answer } = sent;
  const runs = tools.book.runs(modelId);
  const runId = resultText(answer, 'run_id');
  if (runId !== null) {
    return runs.some(({ id }) => id === runId)
      ? confirmed('It is among the runs.')
      : contradicted('It is not among the runs: it was stopped and deleted, or never came to be.');
  }
  if (baseline === null) return { kind: 'unverifiable', message: 'Look among the runs.' };
  // Oldest first: of two alike the first one proves the act that was sent first.
  const fitting = runs.filter((run) => isAsAsked(run, body)).toReversed();
  const newId = tools.baselines.claim(
    baseline,
    fitting.map(({ id }) => id),
  );
  const found = fitting.find(({ id }) => id === newId);
  if (found !== undefined) return confirmed(`There is a new run, #${found.run_number ?? found.id}.`);
  return answer.kind !== 'refused' && tools.clock.steadyMs() - baseline.atMs < MAY_ARRIVE_FOR_MS
    ? pending('No new run shows yet.')
    : contradicted('No new run shows.');
}

/** Nothing that the run says of itself differs from what was asked for; it may have been started elsewhere all the same. */
function isAsAsked(run: WireRun, body: Record<string, string>): boolean {
  const said: [string | undefined, string | null | undefined][] = [
    [body.symbol, run.intraday_symbol],
    [body.date, run.intraday_date],
    [body.session, run.intraday_session],
    [body.start_date, run.date_range_start],
    [body.end_date, run.date_range_end],
  ];
  return said.every(([asked, is]) => asked === undefined || (is ?? '') === '' || is === asked);
}

function verifySession(
  tools: Tools,
  modelId: string,
  sentAtMs: number | undefined,
  answer: ActAnswer,
): Verification {
  const agent = tools.book.agent(modelId);
  if (isActiveAgent(agent)) return confirmed('The server shows it running.');
  if (agent !== undefined && answer.kind === 'accepted')
    return confirmed(`The server shows it, as ${plainText(agent.status, 40)}.`);
  const mayArrive =
    answer.kind !== 'refused' &&
    sentAtMs !== undefined &&
    tools.clock.steadyMs() - sentAtMs < MAY_ARRIVE_FOR_MS;
  return mayArrive
    ? pending('The server does not show it yet.')
    : contradicted('The server does not show it.');
}
