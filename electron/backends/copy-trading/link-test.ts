import type { ConnectionTestStep } from '#shared/domain/backends/backend.ts';
import { SECOND_MS } from '#shared/time.ts';

import { HttpFailure } from '../../connections/port.ts';
import { plainText } from '../../lib/clean.ts';
import type { Step } from '../../lib/connection-steps.ts';
import { resolveName, StepFailed, StepSkipped, walkSteps } from '../../lib/connection-steps.ts';
import { Disposables } from '../../lib/disposables.ts';
import type { BackendContext } from '../port.ts';
import type { Dialect } from './channel.ts';
import { openChannel, withDialect } from './channel.ts';
import { ServerRefusal } from './answers.ts';
import { createClient } from './client.ts';
import { openHttp, walletOf } from './http.ts';
import { wireProfile, wireTraders, wireUpstream } from './protocol.ts';
import { createSession } from './session.ts';

const ASK = { priority: 'read', timeoutMs: 8 * SECOND_MS } as const;
const CONNECT_WITHIN_MS = 15 * SECOND_MS;

/** Walks from the name to the first event and stops at the first step that fails. Acts on nothing but a sign-in. */
export async function testConnection(context: BackendContext): Promise<ConnectionTestStep[]> {
  const scope = new Disposables();
  try {
    return await walkSteps(stepsOf(context, scope), (error) =>
      error instanceof HttpFailure ? error.message : null,
    );
  } finally {
    scope.dispose();
  }
}

function stepsOf(context: BackendContext, scope: Disposables): Step[] {
  const { api, uncounted } = openHttp(context);
  scope.add(() => api.dispose());
  scope.add(() => uncounted.dispose());
  const wallet = walletOf(context);
  const session = createSession(api, wallet, context.clock);
  const client = createClient(api, uncounted, session, context.clock);
  return [
    { name: 'Name', run: () => resolveName(context.config) },
    {
      name: 'Answer',
      run: async () => `The server answers, and runs for ${Math.floor(await client.uptime())} s.`,
    },
    {
      name: 'Sign-in',
      async run() {
        if (wallet === null)
          throw new StepSkipped('No wallet is given: traders can be watched, and nobody followed.');
        await client.readOwn('/auth/profile', wireProfile, ASK);
        return 'Signed in without a signature: the server checks none.';
      },
    },
    {
      name: 'Traders',
      run: async () => `${(await client.read('/traders', wireTraders, ASK)).traders.length} traders.`,
    },
    {
      name: 'Live events',
      async run() {
        const dialect = await findDialect(context, scope, session, wallet);
        return dialect === 'realtime'
          ? 'Connected: it is the realtime server.'
          : 'Connected: it is the plain server, since it answers no ping.';
      },
    },
    {
      name: 'Exchange',
      async run() {
        try {
          const { status } = await client.read('/kana-labs/status', wireUpstream, ASK);
          return `The exchange behind it says “${plainText(status, 40)}”.`;
        } catch (error) {
          if (!(error instanceof ServerRefusal) || error.status === 429) throw error;
          throw new StepSkipped(
            `Not reachable, which is a normal state: figures count as samples. ${error.message}`,
          );
        }
      },
    },
  ];
}

function findDialect(
  context: BackendContext,
  scope: Disposables,
  session: ReturnType<typeof createSession>,
  wallet: string | null,
): Promise<Dialect> {
  const { promise, resolve, reject } = Promise.withResolvers<Dialect>();
  scope.add(
    context.clock.after(CONNECT_WITHIN_MS, () => reject(new StepFailed('No connection came about.'))),
  );
  const channel = openChannel(context, session, wallet);
  const transport = withDialect(channel, context.clock, (dialect) => {
    if (dialect !== null) resolve(dialect);
  });
  scope.add(
    transport({
      opened: () => undefined,
      activity: () => undefined,
      message: () => undefined,
      rejected: () => undefined,
      closed: (cause) => reject(new StepFailed(cause.message)),
    }),
  );
  return promise;
}
