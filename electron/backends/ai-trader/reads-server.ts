import { z } from 'zod';

import { cleanJson, plainText } from '../../lib/clean.ts';
import { aboutModel, AI_MODELS_READ, modelField, sessionField } from './fields.ts';
import { optionalText, textParam } from '../kit/params.ts';
import { idParam } from './params.ts';
import { wireAiModels } from './protocol.ts';
import type { ReadDefinition } from './read-definition.ts';
import { asked, descriptorOf, getRead, rowsUnder } from '../kit/reading.ts';

const ADMIN_ONLY = 'Only for an account that is an administrator of the server.';

/** One value, or the rows under `list` where the answer has some. */
const adminRead = (
  { help, ...about }: { id: string; label: string; help: string },
  path: string,
  list: string | null = null,
): ReadDefinition => {
  const descriptor = { ...about, group: 'Server', help: `${help} ${ADMIN_ONLY}` };
  return list === null
    ? getRead('detail', descriptor, path)
    : getRead('table', descriptor, path, rowsUnder(list));
};

/** The server, its language models and its conversations. */
export const serverReads: readonly ReadDefinition[] = [
  {
    descriptor: descriptorOf('table', {
      id: AI_MODELS_READ,
      group: 'AI models',
      label: 'AI models',
      help: 'The language models that a run can be started with.',
    }),
    async run(context) {
      const { models } = await context.tools.client.read(
        '/api/available-models',
        wireAiModels,
        asked(context),
      );
      return models.read.slice(0, 1_000).map(({ id, name, provider }) => {
        const by = plainText(provider, 60);
        const label = plainText(name, 120) || plainText(id, 120);
        return { value: plainText(id, 120), label: by === '' ? label : `${label} (${by})` };
      });
    },
  },
  getRead(
    'detail',
    {
      id: 'ai-model-config',
      group: 'AI models',
      label: 'Settings of an AI model',
      help: 'What a language model takes and how the server sets it up.',
      params: [
        { name: 'aiModel', label: 'AI model', type: 'choice', required: true, choicesFrom: AI_MODELS_READ },
      ],
    },
    (params) => `/api/model-config?model_id=${encodeURIComponent(textParam(params, 'aiModel', 120))}`,
  ),
  {
    descriptor: descriptorOf('text', {
      id: 'enhance-strategy',
      group: 'AI models',
      label: 'Put a strategy into words',
      help: 'Has the server’s language model write out rules or instructions. Where that fails, the text comes back as it was.',
      params: [
        { name: 'text', label: 'In short', type: 'long-text', required: true, placeholder: 'buy low' },
        { name: 'context', label: 'About', type: 'text', required: false },
      ],
      caution: 'Each time is a request to a language model, which the server’s owner pays for.',
      free: false,
    }),
    async run(context) {
      const body = {
        text: textParam(context.params, 'text', 5_000),
        context: optionalText(context.params, 'context', 500) ?? '',
      };
      const schema = z.object({ enhanced_text: z.string() });
      const answer = await context.tools.client.ask('/api/enhance-strategy', body, schema, asked(context));
      return plainText(answer.enhanced_text, 20_000);
    },
  },
  getRead(
    'table',
    {
      id: 'conversations',
      group: 'Conversations',
      label: 'Conversations',
      help: 'Those about one model, or without one the general ones.',
      params: [{ ...modelField, required: false }],
      concerns: aboutModel,
    },
    (params) =>
      optionalText(params, 'modelId') === null
        ? '/api/chat/sessions'
        : `/api/chat/sessions?model_id=${idParam(params, 'modelId')}`,
    rowsUnder('sessions'),
  ),
  getRead(
    'table',
    {
      id: 'conversation-messages',
      group: 'Conversations',
      label: 'Messages',
      help: 'Of one conversation, oldest first.',
      params: [sessionField],
    },
    (params) => `/api/chat/sessions/${idParam(params, 'sessionId')}/messages?limit=200`,
    rowsUnder('messages'),
  ),
  {
    descriptor: descriptorOf('detail', {
      id: 'task-status',
      group: 'Server',
      label: 'Task',
      help: 'How far a queued run is. An id that nobody knows reads as PENDING.',
      params: [{ name: 'taskId', label: 'Task', type: 'text', required: true }],
    }),
    run: async (context) =>
      cleanJson(
        await context.tools.client.read(
          `/api/trading/task-status/${encodeURIComponent(textParam(context.params, 'taskId', 80))}`,
          z.json(),
          asked(context),
        ),
      ),
  },
  getRead(
    'detail',
    { id: 'account', group: 'Server', label: 'Account', help: 'Whom the server takes us for.' },
    '/api/auth/me',
  ),
  getRead(
    'detail',
    {
      id: 'health',
      group: 'Server',
      label: 'Health',
      help: 'Whether it answers. That its database is connected it says always.',
    },
    '/api/health',
  ),
  adminRead(
    { id: 'admin-stats', label: 'Statistics', help: 'Users, models, positions.' },
    '/api/admin/stats',
  ),
  adminRead(
    { id: 'admin-leaderboard', label: 'Leaderboard', help: 'The models of all users.' },
    '/api/admin/leaderboard',
    'leaderboard',
  ),
  adminRead(
    { id: 'admin-models', label: 'All models', help: 'Of all users.' },
    '/api/admin/models',
    'models',
  ),
  adminRead(
    { id: 'mcp-status', label: 'Helper services', help: 'Whether the four run beside the server.' },
    '/api/mcp/status',
  ),
];
