import { WebSocket as NodeWebSocket } from 'ws';

import { marketHub } from '#electron/backends/market-hub/kind.ts';

import type { Connect } from '../flood/ingest.ts';
import { backendListener, ingestRow } from '../flood/ingest.ts';

const bare: Connect = (address, took) =>
  new Promise((resolve) => {
    const socket = new NodeWebSocket(address, { perMessageDeflate: false });
    socket.on('message', (bytes: Buffer) => {
      if (isPrice(JSON.parse(bytes.toString()))) took(1);
    });
    socket.once('open', () => resolve({ close: () => socket.terminate() }));
  });

const platform: Connect = (address, took) =>
  new Promise((resolve) => {
    const socket = new WebSocket(address);
    socket.addEventListener('message', ({ data }) => {
      if (isPrice(JSON.parse(String(data)))) took(1);
    });
    socket.addEventListener('open', () => resolve({ close: () => socket.close() }));
  });

const isPrice = (message: unknown): boolean => (message as { type: string }).type === 'price_update';

export const row = ingestRow({
  title: 'WebSocket message to desk event',
  flood: 'websocket',
  atMost: 2.8,
  floor: { label: 'ws + JSON.parse', connect: bare },
  ours: {
    label: 'a market hub’s price, checked',
    connect: backendListener(marketHub, { id: 'hub', kind: 'market-hub' }, (event) =>
      event.type === 'feed' ? 1 : 0,
    ),
  },
  peer: { label: 'Node’s own WebSocket + JSON.parse', connect: platform },
});
