import { describe, expect, it } from 'vitest';

import { readPort } from './ingest-port.ts';
import { ingestSnippet } from './ingest-snippets.ts';

describe('what a script needs to post', () => {
  it.each(['python', 'curl'] as const)(
    'S1 %s: the address and the header are in it, the key is read from the environment',
    (language) => {
      const text = ingestSnippet(language, 'http://127.0.0.1:8477/api/volume-alerts/ingest', 'X-API-Key');
      expect(text).toContain('"http://127.0.0.1:8477/api/volume-alerts/ingest"');
      expect(text).toContain('X-API-Key');
      expect(text).toContain('QUARTERDECK_KEY');
      for (const member of ['symbol', 'asset', 'currentVolume', 'previousVolume', 'volumeRatio', 'message'])
        expect(text).toContain(`"${member}"`);
    },
  );

  it('reads a port that may be listened at, and nothing else', () => {
    expect([' 8477', '1024', '65535'].map(readPort)).toEqual([8477, 1024, 65_535]);
    expect(['80', '65536', '8477x', '', '-1', '1e4'].map(readPort)).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});
