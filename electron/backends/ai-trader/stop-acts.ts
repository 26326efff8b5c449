import { SECOND_MS } from '#shared/time.ts';

import { cleanJson } from '../../lib/clean.ts';
import { HttpFailure } from '../../connections/port.ts';
import type { ActAnswer, Params, Preparation, Verification } from '../port.ts';
import type { ActDefinition, Tools } from './act-definition.ts';
import { accepted, confirmed, contradicted, notYet, prepared, refused, refusedWith } from '../kit/answers.ts';
import { answerOf, check, DECISION, resultText } from './act-definition.ts';
import type { ActiveThing } from './book.ts';
import type { Reply } from './client.ts';
import { aboutModel, aboutRun, modelField, runField } from './fields.ts';
import { ParamError } from '../kit/params.ts';
import { idParam } from './params.ts';
import { wireOutcome } from './protocol.ts';

/** Stopping, which on this server deletes (§7.6), and deleting. */
export const stopActs: readonly ActDefinition[] = [
  {
    descriptor: {
      id: 'stop-model',
      group: 'Runs',
      label: 'Stop',
      help: 'Stops what runs of this model. A queued run, or one that a worker carries, is deleted by that with its positions and reasoning.',
      params: [modelField],
      risk: 'reduces',
      confirm: 'Stop this model? Positions stay as they are.',
      scope: 'item',
      concerns: aboutModel,
    },
    prepare: async (tools, params) => {
      const modelId = idParam(params, 'modelId');
      await readIfPossible(tools, modelId);
      return deletionCheck(tools.book.active(modelId));
    },
    async perform(tools, params) {
      const modelId = idParam(params, 'modelId');
      const answer = await stop(tools, modelId, `/api/trading/stop/${modelId}`);
      return answer.kind === 'accepted' ? stopTheRest(tools, modelId, answer) : answer;
    },
    async verify(tools, params, answer) {
      const modelId = idParam(params, 'modelId');
      await tools.rereads.activity(modelId, DECISION);
      tools.settle();
      const active = tools.book.active(modelId);
      if (active.length === 0) return confirmed('The server shows nothing of it running.');
      return notYet(answer, `The server still shows ${active.map(words).join(', ')}.`);
    },
  },
  {
    descriptor: {
      id: 'stop-run',
      group: 'Runs',
      label: 'Stop this run',
      help: 'Stops a run and deletes it, with its positions and reasoning.',
      params: [runField],
      risk: 'reduces',
      confirm: 'Stop this run?',
      scope: 'item',
      concerns: aboutRun,
    },
    prepare: async (tools, params) => {
      const { modelId, runId } = await runOf(tools, params);
      await readIfPossible(tools, modelId);
      return deletionCheck(tools.book.active(modelId).filter(({ run }) => run?.id === runId));
    },
    async perform(tools, params) {
      const { modelId, runId } = await runOf(tools, params);
      return stop(tools, modelId, `/api/models/${modelId}/runs/${runId}/stop`);
    },
    async verify(tools, params, answer) {
      const runId = idParam(params, 'runId');
      const modelId = tools.book.modelOfRun(runId);
      if (modelId === null) return confirmed('The server has no such run any more.');
      await tools.rereads.activity(modelId, DECISION);
      tools.settle();
      const isActive = tools.book.active(modelId).some(({ run }) => run?.id === runId);
      return isActive
        ? notYet(answer, 'The server still shows it running.')
        : confirmed('The server does not show it running.');
    },
  },
  {
    descriptor: {
      id: 'delete-run',
      group: 'Runs',
      label: 'Delete this run',
      help: 'Deletes a run with its positions and reasoning. The server does not protect one that is running.',
      params: [runField],
      risk: 'neutral',
      confirm: 'Delete this run with its positions and reasoning? It cannot be brought back.',
      scope: 'item',
      concerns: aboutRun,
    },
    prepare: async (tools, params) => {
      const { modelId, runId } = await runOf(tools, params);
      await readIfPossible(tools, modelId);
      const isActive = tools.book.active(modelId).some(({ run }) => run?.id === runId);
      const detail = isActive
        ? 'It is running. Deleting it does not stop its worker: stop it instead.'
        : 'It is not running.';
      return prepared(check(isActive ? 'warn' : 'pass', 'run-is-over', 'Not running', detail));
    },
    async perform(tools, params) {
      const { modelId, runId } = await runOf(tools, params);
      if (tools.book.active(modelId).some(({ run }) => run?.id === runId)) tools.book.stopSent(modelId);
      const path = `/api/models/${modelId}/runs/${runId}`;
      const answer = answerOf(
        await tools.client.send('DELETE', path, null, DECISION),
        'The run was deleted.',
      );
      if (answer.kind === 'refused') tools.book.stopRefused(modelId);
      return answer;
    },
    async verify(tools, params): Promise<Verification> {
      const runId = idParam(params, 'runId');
      const modelId = tools.book.modelOfRun(runId);
      if (modelId !== null) await tools.rereads.activity(modelId, DECISION);
      tools.settle();
      return tools.book.modelOfRun(runId) === null
        ? confirmed('It is no longer among the runs.')
        : contradicted('It is still among the runs.');
    },
  },
];

/** A run is named by its id alone, which no other run of the server has. */
async function runOf(tools: Tools, params: Params): Promise<{ modelId: string; runId: string }> {
  const runId = idParam(params, 'runId');
  if (tools.book.modelOfRun(runId) === null) await tools.rereads.allActivity(DECISION);
  const modelId = tools.book.modelOfRun(runId);
  if (modelId === null) throw new ParamError('AI-Trader has no such run any more.');
  return { modelId, runId };
}

/** What lowers risk does not wait long for a server that hangs. */
const READ_FIRST_WITHIN_MS = 4 * SECOND_MS;

/** Stopping must stay possible where nothing can be read: then what was known last counts. */
async function readIfPossible(tools: Tools, modelId: string): Promise<void> {
  try {
    await tools.rereads.activity(modelId, { ...DECISION, timeoutMs: READ_FIRST_WITHIN_MS });
    tools.settle();
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
  }
}

/** Asked exactly where something would be lost: sessions inside the server keep what they did. */
function deletionCheck(active: readonly ActiveThing[]): Preparation {
  const label = 'What it deletes';
  const runs = active.filter(({ run }) => run !== null);
  if (runs.length > 0) {
    const detail = `Stopping DELETES ${runs.map(words).join(', ')} with its positions and reasoning.`;
    return prepared(check('warn', 'stop-deletes', label, detail));
  }
  const detail = active.length === 0 ? 'Nothing of it shows as running.' : 'What it did so far stays.';
  return prepared(check('pass', 'stop-deletes', label, detail));
}

const words = ({ run }: ActiveThing): string =>
  run === null ? 'a session inside the server' : `run #${run.number ?? run.id}`;

async function stop(tools: Tools, modelId: string, path: string): Promise<ActAnswer> {
  tools.book.stopSent(modelId);
  const reply = await tools.client.send('POST', path, null, DECISION);
  const answer = stopAnswer(reply);
  if (answer.kind === 'refused') tools.book.stopRefused(modelId);
  return answer;
}

/** The server stops one thing of a model at a time; what else runs of it is stopped by its own name. */
async function stopTheRest(tools: Tools, modelId: string, first: ActAnswer): Promise<ActAnswer> {
  await readIfPossible(tools, modelId);
  const stopped = resultText(first, 'run_id');
  const rest = tools.book.active(modelId).flatMap(({ run }) => (run === null ? [] : [run.id]));
  const replies = await Promise.all(
    rest
      .filter((runId) => runId !== stopped)
      .map((runId) => tools.client.send('POST', `/api/models/${modelId}/runs/${runId}/stop`, null, DECISION)),
  );
  if (replies.length === 0) return first;
  const answers = [first, ...replies.map(stopAnswer)];
  const message = answers.map((answer) => answer.message).join(' ');
  // What was refused still runs or is gone: reading shows which.
  return answers.some(({ kind }) => kind === 'unknown') ? { kind: 'unknown', message } : accepted(message);
}

function stopAnswer(reply: Reply): ActAnswer {
  if (reply.kind === 'unknown') return { kind: 'unknown', message: reply.message };
  if (reply.kind === 'refused') return refusedWith(reply.status, reply.message);
  const outcome = wireOutcome.safeParse(reply.body).data;
  switch (outcome?.status) {
    case 'stopped_and_deleted':
      return accepted(
        `Run #${outcome.run_number ?? outcome.run_id ?? '?'} was stopped and deleted.`,
        cleanJson(reply.body),
      );
    // Its `duration` is when it began (§4.3), so it is not repeated.
    case 'stopped':
      return accepted('The session inside the server was stopped.');
    case 'not_running':
      return accepted('The server says that nothing was running.');
    case 'no_task':
      return refused('The server cannot stop this run: it knows no task of it. It can be deleted.');
    default:
      return { kind: 'unknown', message: 'AI-Trader answered, but not that it stopped.' };
  }
}
