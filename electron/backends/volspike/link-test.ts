import type { ConnectionTestStep } from '#shared/domain/backends/backend.ts';
import { SECOND_MS } from '#shared/time.ts';

import { randomUUID } from 'node:crypto';

import { HttpFailure } from '../../connections/port.ts';
import { plainText } from '../../lib/clean.ts';
import { resolveName, StepFailed, StepSkipped, walkSteps } from '../../lib/connection-steps.ts';
import { Disposables } from '../../lib/disposables.ts';
import type { BackendContext } from '../port.ts';
import { listPath } from './alert-list.ts';
import { createClient } from './client.ts';
import { identityOf, openHttp, openSocket, tierOf } from './connect.ts';
import { EMAIL_SECRET, PASSWORD_SECRET } from './names.ts';
import { readEvent, wireSpikeList, wireTold } from './protocol.ts';
import { createSession } from './session.ts';

const GREETED_WITHIN_MS = 15 * SECOND_MS;

/** Walks from the name to the first greeting. Signs in where an account is given, as the same device that the desk is. */
export async function testConnection(context: BackendContext): Promise<ConnectionTestStep[]> {
  const http = openHttp(context, () => null);
  const client = createClient(http.open);
  try {
    return await walkSteps(
      [
        { name: 'Name', run: () => resolveName(context.config) },
        {
          name: 'List of alerts',
          async run() {
            const tier = tierOf(context);
            const ask = { priority: 'read', timeoutMs: 8 * SECOND_MS } as const;
            const { alerts } = await client.read(listPath(tier), wireSpikeList, ask);
            return `${alerts.length} alerts, as anybody is shown who asks for ${tier.id}.`;
          },
        },
        { name: 'Live alerts', run: () => greeting(context) },
        {
          name: 'Sign-in',
          async run() {
            const given = await Promise.all([EMAIL_SECRET, PASSWORD_SECRET].map(context.secret));
            if (given.some((secret) => secret === null || secret.trim() === ''))
              throw new StepSkipped('No e-mail and password are given: no watch lists, no thresholds.');
            const session = createSession(context, client, randomUUID);
            await session.token();
            return `Signed in; the account is ${session.current()?.tier ?? 'of no tier'}.`;
          },
        },
      ],
      (error) => (error instanceof HttpFailure ? error.message : null),
    );
  } finally {
    http.open.dispose();
    http.account.dispose();
  }
}

/** The server greets each socket at once with its tier. */
async function greeting(context: BackendContext): Promise<string> {
  const scope = new Disposables();
  try {
    return await new Promise<string>((resolve, reject) => {
      const fail = (message: string): void => reject(new StepFailed(message));
      scope.add(context.clock.after(GREETED_WITHIN_MS, () => fail('It opened, but sent no greeting.')));
      scope.add(
        openSocket(context, null).channel.transport({
          opened: () => undefined,
          activity: () => undefined,
          rejected: () => undefined,
          message(line) {
            const event = readEvent(line);
            if (event?.name !== 'connected') return;
            const tier = plainText(wireTold.safeParse(event.payload).data?.tier, 20);
            resolve(`Greeted as ${plainText(identityOf(context), 60)}, tier ${tier || 'not said'}.`);
          },
          closed: (cause) => fail(cause.message),
        }),
      );
    });
  } finally {
    scope.dispose();
  }
}
