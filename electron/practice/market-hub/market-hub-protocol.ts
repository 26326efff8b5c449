import { z } from 'zod';

import type { PracticeProtocol, PracticeWorld } from '../protocol.ts';
import { controlAction } from '../protocol.ts';
import { hubMessage } from './envelope.ts';
import { createHubServer } from './hub-server.ts';
import { startPublisher } from './publisher.ts';

/** Speaks the market hub's protocol. Keeps nothing, as the hub keeps nothing. */
export function createMarketHub(world: PracticeWorld): PracticeProtocol {
  const hub = createHubServer(world);
  const publisher = startPublisher(hub, world, { quiet: world.quiet });
  return {
    kind: 'market-hub',
    server: hub.server,
    backend: (port) => ({ kind: 'market-hub', address: `ws://127.0.0.1:${port}`, secrets: {} }),
    setQuiet: (quiet) => publisher.setQuiet(quiet),
    dropConnections: () => hub.dropConnections(),
    resumeRequests: () => undefined,
    actions: [
      controlAction('market-hub-tell', tellBody, ({ type, data }) => hub.tell(type, data)),
      controlAction('market-hub-raw', z.object({ text: z.string() }), ({ text }) => hub.writeRaw(text)),
    ],
    truth: () => ({ marketHubClients: hub.count() }),
    saved: () => null,
    dispose() {
      publisher.dispose();
      hub.dispose();
    },
  };
}

const tellBody = z.object({ type: hubMessage, data: z.record(z.string(), z.unknown()) });
