import { coinruler } from '#electron/backends/coinruler/kind.ts';

import { backendListener, ingestRow } from '../flood/ingest.ts';
import { bareStream, fetchedStream } from '../flood/sse.ts';

export const row = ingestRow({
  title: 'Server-sent alert to desk event',
  flood: 'sse-alert',
  atMost: 2,
  floor: { label: 'bare http, split, JSON.parse', connect: bareStream },
  ours: {
    label: 'a CoinRuler’s alert, checked and told apart',
    connect: backendListener(coinruler, { id: 'bot', kind: 'coinruler' }, (event) =>
      event.type === 'alert' ? 1 : 0,
    ),
  },
  peer: { label: 'fetch + eventsource-parser + JSON.parse', connect: fetchedStream },
});
