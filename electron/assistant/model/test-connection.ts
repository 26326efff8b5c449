import type { ConnectionTestStep } from '#shared/domain/backends/backend.ts';

import type { Clock } from '../../lib/clock.ts';
import { resolveName, StepFailed, StepSkipped, walkSteps } from '../../lib/connection-steps.ts';
import { parseEndpoint } from './endpoint.ts';
import { ModelFailure } from './failure.ts';
import { createModelClient } from './model-client.ts';

const MOST_SHOWN = 200;
/** Where a server has no list, or not one that can be read, a model may answer all the same. */
const LISTS_NONE: ReadonlySet<string> = new Set(['not-found', 'refused', 'not-an-answer']);

/** Tries an address step by step, to a first streamed word. Costs a few tokens; tells the server nothing of the desk. */
export async function testConnection(
  typed: { address: string; model: string },
  keyFor: (origin: string) => Promise<string | null>,
  clock: Clock,
): Promise<{ steps: ConnectionTestStep[]; models: string[] }> {
  const { address, model } = typed;
  const { signal } = new AbortController();
  let models: string[] = [];
  const client = async () => {
    const endpoint = parseEndpoint(address);
    return createModelClient({ endpoint, key: await keyFor(endpoint.origin), clock });
  };

  const steps = await walkSteps(
    [
      {
        name: 'Address',
        async run() {
          const { origin, local } = parseEndpoint(address);
          const found = await resolveName({ address: origin });
          return local ? `${found} What you ask stays on this computer.` : found;
        },
      },
      {
        name: 'List of models',
        async run() {
          try {
            models = await (await client()).models(signal);
          } catch (error) {
            if (error instanceof ModelFailure && LISTS_NONE.has(error.code))
              throw new StepSkipped('The server lists none; a model may answer all the same.');
            throw error;
          }
          return models.length === 1 ? 'One model.' : `${models.length} models.`;
        },
      },
      {
        name: 'Model',
        run() {
          if (model === '') return Promise.reject(new StepFailed('Choose one, or type its name.'));
          if (models.length > 0 && !models.includes(model) && !models.includes(`${model}:latest`))
            return Promise.reject(new StepFailed(`The server does not list “${model}”.`));
          return Promise.resolve(model);
        },
      },
      {
        name: 'Answer, piece by piece',
        async run() {
          let pieces = 0;
          const asked = {
            model,
            tools: [],
            messages: [{ role: 'user' as const, content: 'Say only: ready' }],
          };
          const { usage, streamed } = await (await client()).round(asked, () => (pieces += 1), signal);
          if (pieces === 0) throw new StepFailed('The model said nothing.');
          const how = streamed ? 'It answers.' : 'It answers all at once, not piece by piece.';
          return usage === null
            ? `${how} It does not tell how many tokens that took.`
            : `${how} That took ${usage.inputTokens} tokens in and ${usage.outputTokens} out.`;
        },
      },
    ],
    (error) => (error instanceof ModelFailure ? error.message : null),
  );
  return { steps, models: models.slice(0, MOST_SHOWN) };
}
