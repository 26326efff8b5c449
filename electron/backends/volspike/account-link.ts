import type { LinkStatus } from '#shared/domain/backends/link.ts';
import { MINUTE_MS } from '#shared/time.ts';

import type { Link } from '../../connections/port.ts';
import type { BackendContext } from '../port.ts';
import type { Account } from './account.ts';
import { createPollTransport } from '../kit/poll-transport.ts';

/** What the account keeps changes by hand, on the web page or here. */
const READ_EVERY_MS = MINUTE_MS;

/** The signed-in account as a link: stopped where its session is over, until a person signs in again. */
export function openAccountLink(
  context: BackendContext,
  account: Account,
  onStatus: (status: LinkStatus) => void,
): Link {
  const link = context.connections.link({
    backendId: context.config.id,
    linkId: 'account',
    label: 'Account',
    transport: createPollTransport(context.clock, READ_EVERY_MS, async (signal) => {
      const { unreadable } = await account.read({ priority: 'background', signal });
      return String(unreadable);
    }),
    silenceMs: 3 * READ_EVERY_MS,
    staleAfterMs: 3 * READ_EVERY_MS,
    onOpened: () => Promise.resolve(),
    onMessage(unreadable) {
      if (unreadable === '0') return { kind: 'data' };
      link.noteData();
      return { kind: 'rejected', reason: `${unreadable} entries of the account cannot be read` };
    },
    onStatus,
  });
  return link;
}
