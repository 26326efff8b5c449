import type { ConnectionTestStep } from '#shared/domain/backends/backend.ts';
import { SECOND_MS } from '#shared/time.ts';

import { plainText } from '../../lib/clean.ts';
import { resolveName, StepFailed, walkSteps } from '../../lib/connection-steps.ts';
import { Disposables } from '../../lib/disposables.ts';
import type { BackendContext } from '../port.ts';
import { isPong, isWelcome, openChannel, PING, WELCOME_WITHIN_MS } from './channel.ts';
import { readFrame } from './read-frame.ts';

const CONNECT_WITHIN_MS = 15 * SECOND_MS;
const DATA_WITHIN_MS = 8 * SECOND_MS;

/** Walks from the name to the first message and stops at the first step that fails. Sends one ping. */
export async function testConnection(context: BackendContext): Promise<ConnectionTestStep[]> {
  const visit = prepareVisit(context);
  try {
    return await walkSteps([
      { name: 'Name', run: () => resolveName(context.config) },
      { name: 'Connection', run: visit.connect },
      { name: 'Welcome', run: visit.welcome },
      { name: 'First message', run: visit.firstMessage },
    ]);
  } finally {
    visit.dispose();
  }
}

/** One connection, whose milestones are waited for one after the other. */
function prepareVisit(context: BackendContext) {
  const scope = new Disposables();
  const opened = milestone<undefined>();
  const welcomed = milestone<undefined>();
  const answered = milestone<undefined>();
  const published = milestone<string>();
  const all = [opened, welcomed, answered, published];

  function onMessage(text: string): void {
    const type = readFrame(text)?.frame.type;
    if (isWelcome(text)) welcomed.reach(undefined);
    else if (isPong(text)) answered.reach(undefined);
    else if (type === undefined) fail('Something speaks there, but it is not a market hub.');
    else if (type !== 'heartbeat') published.reach(type);
  }

  function fail(message: string): void {
    for (const { miss } of all) miss(new StepFailed(message));
  }

  /** Answers `null` when it is not reached in time. */
  async function within<T>(reached: Promise<T>, ms: number): Promise<T | null> {
    const timer = new Disposables();
    const late = new Promise<null>((resolve) => {
      timer.add(context.clock.after(ms, () => resolve(null)));
    });
    try {
      return await Promise.race([reached, late]);
    } finally {
      timer.dispose();
    }
  }

  async function insist(reached: Promise<undefined>, ms: number, missing: string): Promise<void> {
    if ((await within(reached, ms)) === null) throw new StepFailed(missing);
  }

  return {
    async connect() {
      const channel = openChannel(context);
      scope.add(
        channel.transport({
          opened() {
            opened.reach(undefined);
            channel.send(PING);
          },
          activity: () => undefined,
          message: onMessage,
          rejected: () => undefined,
          closed: (cause) => fail(cause.message),
        }),
      );
      await insist(opened.promise, CONNECT_WITHIN_MS, 'No connection came about.');
      return 'Open. The hub asks for no sign-in.';
    },
    async welcome() {
      await insist(
        welcomed.promise,
        WELCOME_WITHIN_MS,
        'It opened, but sent no welcome: it may not be a market hub.',
      );
      return 'The hub greeted.';
    },
    async firstMessage() {
      const type = await within(published.promise, DATA_WITHIN_MS);
      if (type !== null) return `The first message was of the kind ${plainText(type, 40)}.`;
      await insist(answered.promise, SECOND_MS, 'Nothing came, and a ping was not answered.');
      return 'The hub answers pings, and has published nothing yet.';
    },
    dispose: () => scope.dispose(),
  };
}

function milestone<T>() {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  // Steps that are never taken wait for none of these.
  promise.catch(() => undefined);
  return { promise, reach: resolve, miss: reject };
}
