import { io } from 'socket.io-client';
import { WebSocket as NodeWebSocket } from 'ws';

import { volspike } from '#electron/backends/volspike/kind.ts';

import { LAST_SYMBOL } from '../flood/events.ts';
import type { Connect } from '../flood/ingest.ts';
import { backendListener, ingestRow } from '../flood/ingest.ts';

/** The protocol in the fewest words: an open packet, a connect packet, then events. */
const bare: Connect = (address, took) =>
  new Promise((resolve) => {
    const socket = new NodeWebSocket(
      `${address.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`,
      {
        perMessageDeflate: false,
      },
    );
    socket.on('message', (bytes: Buffer) => {
      const text = bytes.toString();
      if (text.startsWith('42')) {
        if ((JSON.parse(text.slice(2)) as unknown[])[0] === 'open-interest-update') took(1);
      } else if (text.startsWith('40')) resolve({ close: () => socket.terminate() });
      else if (text.startsWith('0')) socket.send('40');
      else if (text === '2') socket.send('3');
    });
  });

const library: Connect = (address, took) =>
  new Promise((resolve) => {
    const socket = io(address, { transports: ['websocket'], forceNew: true, reconnection: false });
    socket.on('open-interest-update', () => took(1));
    socket.once('connect', () => resolve({ close: () => socket.disconnect() }));
  });

export const row = ingestRow({
  title: 'Socket.IO event to desk event',
  flood: 'socket-io',
  atMost: 6,
  floor: { label: 'ws + JSON.parse of the packets', connect: bare },
  ours: {
    label: 'a VolSpike’s open interest, checked and gathered',
    connect: backendListener(volspike, { id: 'vol', kind: 'volspike' }, (event) =>
      event.type === 'feed' && event.entries.some(({ id }) => id === LAST_SYMBOL) ? Infinity : 0,
    ),
  },
  peer: { label: 'socket.io-client', connect: library },
});
