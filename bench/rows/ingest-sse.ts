import { coinruler } from '#electron/backends/coinruler/kind.ts';

import { backendListener, ingestRow } from '../flood/ingest.ts';
import { bareStream, fetchedStream } from '../flood/sse.ts';

export const row = ingestRow({
  title: 'Server-sent event to desk event',
  flood: 'sse-portfolio',
  atMost: 2,
  floor: { label: 'bare http, split, JSON.parse', connect: bareStream },
  ours: {
    label: 'a CoinRuler’s portfolio, checked and reckoned',
    connect: backendListener(coinruler, { id: 'bot', kind: 'coinruler' }, (event) =>
      event.type === 'portfolio' ? 1 : 0,
    ),
  },
  peer: { label: 'fetch + eventsource-parser + JSON.parse', connect: fetchedStream },
});
