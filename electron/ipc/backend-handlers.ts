import { exchangeLink } from '#shared/domain/backends/exchange.ts';

import type { Fleet } from '../backends/fleet-port.ts';
import type { Backend } from '../backends/port.ts';
import { describeAuthority } from '../lib/authority.ts';
import type { Clock } from '../lib/clock.ts';
import { RequestError } from './request-error.ts';
import type { RequestHandlers } from './router.ts';

export interface BackendHandlerParts {
  fleet: Fleet;
  clock: Clock;
  app: { openLink(address: string): Promise<void> };
}

type BackendRequest = Extract<keyof RequestHandlers, `backends.${string}`>;

/** What the window asks of backends and changes of how they are connected; what acts on them is a command. */
export function createBackendHandlers({
  app,
  clock,
  fleet,
}: BackendHandlerParts): Pick<RequestHandlers, BackendRequest> {
  function requireBackend(backendId: string): Backend {
    const backend = fleet.get(backendId);
    if (backend === undefined) throw new RequestError('not-found', 'This backend is not connected.');
    return backend;
  }

  return {
    'backends.kinds': () => fleet.kinds(),
    'backends.test': ({ config, secrets }) => fleet.test(config, secrets),
    'backends.detect': ({ config }) => fleet.detect(config),
    'backends.save': ({ config, secrets }) => fleet.save(config, secrets),
    'backends.remove': async ({ backendId }) => {
      await fleet.remove(backendId);
      return null;
    },
    'backends.read': ({ backendId, read, params }) =>
      requireBackend(backendId).read(read, params, new AbortController().signal),
    'backends.describe-authority': ({ pem }) => describeAuthority(pem, clock.now()),
    'backends.refresh': async ({ backendId }) => {
      await requireBackend(backendId).refresh();
      return null;
    },

    'backends.open-exchange': async ({ backendId }) => {
      const link = exchangeLink(requireBackend(backendId).config.exchange ?? '');
      if (link === null)
        throw new RequestError('bad-request', 'No link to the exchange is written down for this backend.');
      await app.openLink(link);
      return null;
    },
  };
}
