import { z } from 'zod';

import type { ActAnswer, Verification } from '../port.ts';
import type { ActDefinition, Tools } from './act-definition.ts';
import { confirmed, contradicted, unverifiable } from '../kit/answers.ts';
import { answerOf, DECISION } from './act-definition.ts';
import { sessionField } from './fields.ts';
import { optionalText } from '../kit/params.ts';
import { idParam } from './params.ts';
import { anyJson } from '../kit/reading.ts';
import { isMissing, AnswerFailure } from './trouble.ts';

/** Conversations that the server keeps. */
export const chatActs: readonly ActDefinition[] = [
  {
    descriptor: {
      id: 'new-conversation',
      group: 'Conversations',
      label: 'New conversation',
      help: 'Opens a conversation, which becomes the active one.',
      params: [
        {
          name: 'modelId',
          label: 'About the model',
          type: 'text',
          required: false,
          help: 'Its number; none for a general conversation.',
        },
      ],
      risk: 'neutral',
      scope: 'backend',
    },
    async perform({ client }, params) {
      const modelId = optionalText(params, 'modelId') === null ? null : idParam(params, 'modelId');
      const body = modelId === null ? {} : { model_id: Number(modelId) };
      return answerOf(
        await client.send('POST', '/api/chat/sessions/new', body, DECISION),
        'The conversation was opened.',
      );
    },
    async verify(tools, _params, answer) {
      const opened = sessionIdOf(answer);
      return opened === null
        ? unverifiable('AI-Trader did not say which; look among the conversations.')
        : verifyActive(tools, opened);
    },
  },
  {
    descriptor: {
      id: 'resume-conversation',
      group: 'Conversations',
      label: 'Go on with a conversation',
      help: 'Makes it the active one, with which the chat goes on.',
      params: [sessionField],
      risk: 'neutral',
      scope: 'backend',
    },
    perform: async ({ client }, params) =>
      answerOf(
        await client.send('POST', `/api/chat/sessions/${idParam(params, 'sessionId')}/resume`, {}, DECISION),
        'It is the active conversation.',
      ),
    verify: async (tools, params) => verifyActive(tools, idParam(params, 'sessionId')),
  },
  {
    descriptor: {
      id: 'delete-conversation',
      group: 'Conversations',
      label: 'Delete a conversation',
      help: 'Deletes a conversation with its messages.',
      params: [sessionField],
      risk: 'neutral',
      confirm: 'Delete this conversation? It cannot be brought back.',
      scope: 'backend',
    },
    perform: async ({ client }, params) =>
      answerOf(
        await client.send('DELETE', `/api/chat/sessions/${idParam(params, 'sessionId')}`, null, DECISION),
        'The conversation was deleted.',
      ),
    async verify({ client }, params) {
      const path = `/api/chat/sessions/${idParam(params, 'sessionId')}/messages?limit=1`;
      try {
        await client.read(path, anyJson, DECISION);
        return contradicted('It is still there.');
      } catch (error) {
        // Whose it is can no longer be told of one that is gone.
        const isGone = isMissing(error) || (error instanceof AnswerFailure && error.status === 403);
        if (isGone) return confirmed('It is gone.');
        throw error;
      }
    },
  },
];

const wireSession = z.looseObject({
  session: z.looseObject({ id: z.union([z.number(), z.string()]).transform(String), is_active: z.boolean() }),
});

function sessionIdOf(answer: ActAnswer): string | null {
  const session = answer.kind === 'unknown' ? null : wireSession.safeParse(answer.result).data;
  return session?.session.id ?? null;
}

/** Reading one conversation shows whether it is the one that the chat goes on with. */
async function verifyActive({ client }: Tools, sessionId: string): Promise<Verification> {
  const path = `/api/chat/sessions/${sessionId}/messages?limit=1`;
  const { session } = await client.read(path, wireSession, DECISION);
  return session.is_active
    ? confirmed('It is the active conversation.')
    : contradicted('It is not the active conversation.');
}
