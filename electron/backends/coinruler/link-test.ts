import type { ConnectionTestStep } from '#shared/domain/backends/backend.ts';
import { SECOND_MS } from '#shared/time.ts';

import { HttpFailure } from '../../connections/port.ts';
import { resolveName, StepFailed, StepSkipped, walkSteps } from '../../lib/connection-steps.ts';
import type { Step } from '../../lib/connection-steps.ts';
import type { BackendContext } from '../port.ts';
import type { Client } from './client.ts';
import { createClient } from './client.ts';
import { openHttp } from './http.ts';
import { checkOwner } from './owner-check.ts';
import { wireEnvelope, wireHealth, wireKillSwitch, wirePending, wirePortfolio } from './protocol.ts';
import { healthTrouble } from './rereads.ts';

const ASK = { priority: 'read', timeoutMs: 8 * SECOND_MS } as const;

/** Walks from the name to the first event and stops at the first step that fails. Acts on nothing. */
export async function testConnection(context: BackendContext): Promise<ConnectionTestStep[]> {
  const { http } = openHttp(context);
  const client = createClient(http);
  try {
    return await walkSteps(stepsOf(context, client), wordsFor);
  } finally {
    http.dispose();
  }
}

const wordsFor = (error: unknown): string | null => (error instanceof HttpFailure ? error.message : null);

function stepsOf(context: BackendContext, client: Client): Step[] {
  return [
    { name: 'Name', run: () => resolveName(context.config) },
    {
      name: 'Answer',
      async run() {
        const health = await client.read('/health', wireHealth, ASK);
        return health.dryRun === true
          ? 'CoinRuler answers. It runs dry: no real orders.'
          : 'CoinRuler answers.';
      },
    },
    {
      name: 'Database',
      async run() {
        const trouble = healthTrouble(await client.read('/health', wireHealth, ASK));
        if (trouble !== null) throw new StepFailed(trouble);
        return 'Connected.';
      },
    },
    { name: 'Owner id', run: () => ownerStep(context, client) },
    { name: 'First reading', run: () => firstReading(client) },
    { name: 'Live events', run: () => firstEvent(client) },
  ];
}

async function ownerStep(context: BackendContext, client: Client): Promise<string> {
  if ((await context.secret('ownerId')) === null)
    throw new StepFailed('No owner id is given: the desk could watch, but neither decide nor halt.');
  const check = await checkOwner(client, { priority: 'read' });
  if (check.kind === 'accepted') return 'Accepted. Nothing was changed to find out.';
  if (check.kind === 'unclear')
    throw new StepSkipped(`Could not be checked without acting. ${check.message}`);
  throw new StepFailed(check.message);
}

async function firstReading(client: Client): Promise<string> {
  const killSwitch = await client.read('/kill-switch', wireKillSwitch, ASK);
  const pending = await client.read('/approvals/pending', wirePending, ASK);
  const portfolio = await client.read('/portfolio/current', wirePortfolio, ASK);
  const halt = killSwitch.enabled === true ? 'on' : killSwitch.enabled === false ? 'off' : 'unknown';
  return `${pending.items.length} pending approvals, ${portfolio.balances.size} assets, kill switch ${halt}.`;
}

/** The server greets every listener at once; a proxy that holds the stream back is found here. */
async function firstEvent(client: Client): Promise<string> {
  const stop = new AbortController();
  const events = client.http.stream({
    method: 'GET',
    path: '/live',
    priority: 'read',
    timeoutMs: 8 * SECOND_MS,
    idleTimeoutMs: 8 * SECOND_MS,
    signal: stop.signal,
  });
  try {
    for await (const { data } of events) {
      if (wireEnvelope.safeParse(JSON.parse(data)).data?.type === 'connected')
        return 'The stream opened and greeted.';
      throw new StepFailed('Something streams there, but it is not CoinRuler.');
    }
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new StepFailed('Something streams there, but it is not CoinRuler.');
    throw error;
  } finally {
    stop.abort();
  }
  throw new StepFailed('The stream ended before its first event.');
}
