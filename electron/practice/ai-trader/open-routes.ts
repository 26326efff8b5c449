import { z } from 'zod';

import { json, refuse } from './answers.ts';
import type { AiTrader } from './context.ts';
import type { Route } from './http-server.ts';
import type { Tokens } from './tokens.ts';
import { checkBody, queryText } from './validation.ts';

/** Signing in, and what needs nobody signed in (sheet, sections 2, 4.1 and 4.6). */
export const openRoutes = (trader: AiTrader, tokens: Tokens, onSignIn: (ok: boolean) => void): Route[] => [
  {
    method: 'POST',
    path: '/api/auth/login',
    open: true,
    run({ bodyText }) {
      const { email, password } = checkBody(credentials, bodyText);
      const { user } = trader.state;
      const isRight = email.toLowerCase() === user.email && password === user.password;
      onSignIn(isRight);
      if (!isRight) throw refuse(401, 'Login failed: Invalid login credentials');
      return json({
        access_token: tokens.issue(user),
        token_type: 'bearer',
        user: { id: user.id, email: user.email, role: 'user' },
      });
    },
  },
  {
    method: 'POST',
    path: '/api/auth/signup',
    open: true,
    run({ bodyText }) {
      checkBody(z.object({ email: credentials.shape.email, password: z.string().min(8) }), bodyText);
      throw refuse(403, 'Email not approved for signup. This platform is invite-only.');
    },
  },
  // The token goes on being good until it expires.
  { method: 'POST', path: '/api/auth/logout', run: () => json({ message: 'Logged out successfully' }) },
  {
    method: 'GET',
    path: '/api/auth/me',
    run({ caller }) {
      const { user } = trader.state;
      if (caller.id !== user.id) throw refuse(404, 'Profile not found');
      return json({
        id: user.id,
        email: user.email,
        role: 'user',
        display_name: 'owner',
        avatar_url: null,
        created_at: `${user.createdAt}Z`,
      });
    },
  },
  {
    method: 'GET',
    path: '/',
    open: true,
    run: () =>
      json({
        message: 'AI-Trader API v2.0',
        status: 'operational',
        environment: 'practice',
        auth_enabled: true,
        database: 'Practice',
      }),
  },
  {
    method: 'GET',
    path: '/api/health',
    open: true,
    // A space where every other time has a `T`.
    run: () =>
      json({
        status: 'healthy',
        supabase_connected: true,
        timestamp: trader.stamps.local().replace('T', ' '),
      }),
  },
  {
    method: 'GET',
    path: '/api/available-models',
    open: true,
    run: () => json({ models: AVAILABLE, total: AVAILABLE.length, source: 'fallback', cached: true }),
  },
  {
    method: 'GET',
    path: '/api/model-config',
    open: true,
    run: ({ query }) => json(modelConfig(queryText(query, 'model_id'))),
  },
  ...ADMIN_PATHS.map((path): Route => ({
    method: 'GET',
    path,
    run() {
      throw refuse(403, 'Admin access required');
    },
  })),
];

function modelConfig(modelId: string): object {
  const isNew = /gpt-5|\bo\d/.test(modelId);
  const shared = { max_tokens: 4_000, top_p: 0.9, frequency_penalty: 0, presence_penalty: 0 };
  const parameters = isNew
    ? { verbosity: 'high', reasoning_effort: 'high', max_completion_tokens: 4_000, ...shared }
    : { temperature: 0.7, ...shared };
  const supports = {
    supports_temperature: !isNew,
    supports_verbosity: isNew,
    supports_reasoning_effort: isNew,
  };
  return {
    model_id: modelId,
    model_type: isNew ? 'gpt5-new' : 'standard',
    default_parameters: parameters,
    template: { name: isNew ? 'GPT-5 (No Temperature)' : 'Standard', ...supports, recommended: parameters },
    ...supports,
  };
}

const AVAILABLE = [
  { id: 'openai/gpt-4o', name: 'GPT-4o', provider: 'openai' },
  { id: 'openai/gpt-4o-mini', name: 'GPT-4o Mini', provider: 'openai' },
  { id: 'anthropic/claude-3.5-sonnet', name: 'Claude 3.5 Sonnet', provider: 'anthropic' },
  { id: 'google/gemini-2.0-flash-exp', name: 'Gemini 2.0 Flash', provider: 'google' },
];

const ADMIN_PATHS = ['users', 'models', 'leaderboard', 'stats', 'global-settings', 'chat-settings']
  .map((name) => `/api/admin/${name}`)
  .concat('/api/mcp/status');

const credentials = z.object({ email: z.string().regex(/^[^@\s]+@[^@\s]+$/), password: z.string() });
