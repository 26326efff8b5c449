import type { Alert } from '#shared/domain/alerts/alert.ts';
import type { LinkStatus } from '#shared/domain/backends/link.ts';
import type { Model } from '#shared/domain/bots/model.ts';

import type { ManualClock } from '../../../lib/clock.ts';
import { createManualClock } from '../../../lib/clock.ts';
import type { Backend } from '../../port.ts';
import type { TestContext } from '../../testing/test-context.ts';
import { createTestContext } from '../../testing/test-context.ts';
import { aiTrader } from '../kind.ts';
import type { StubServer } from './stub-server.ts';
import { EMAIL, PASSWORD, startStubServer } from './stub-server.ts';

export interface Harness extends TestContext {
  server: StubServer;
  clock: ManualClock;
  backend: Backend;
  model(id: string): Model | undefined;
  alerts(): Alert[];
  /** The latest status of a link. */
  link(linkId: string): LinkStatus | undefined;
  /** The link says, now or later, that it is in this state. */
  inState(linkId: string, kind: LinkStatus['state']['kind']): Promise<LinkStatus>;
  /** A model says, now or later, what fits. */
  modelWhere(fits: (model: Model) => boolean): Promise<unknown>;
  end(): Promise<void>;
}

/** A backend over a real server, on a clock that stands still until a test moves it. */
export async function startHarness(): Promise<Harness> {
  const server = await startStubServer();
  const clock = createManualClock(Date.UTC(2030, 0, 1));
  const secrets = { email: EMAIL, password: PASSWORD };
  const test = createTestContext({
    config: { id: 'trader', kind: 'ai-trader', address: server.address },
    clock,
    secrets,
  });
  const backend = aiTrader.create(test.context);
  return {
    ...test,
    server,
    clock,
    backend,
    model: (id) => test.entries('models').findLast((model) => model.id === id),
    alerts: () => test.of('alert').map(({ alert }) => alert),
    link: (linkId) => test.of('link-status').findLast(({ status }) => status.linkId === linkId)?.status,
    inState: async (linkId, kind) =>
      (
        await test.event(
          'link-status',
          ({ status }) => status.linkId === linkId && status.state.kind === kind,
        )
      ).status,
    modelWhere: (fits) =>
      test.event('feed', ({ slice, entries }) => slice === 'models' && entries.some(fits)),
    async end() {
      backend.dispose();
      await server.close();
    },
  };
}
