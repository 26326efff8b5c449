import { afterEach, describe, expect, it, vi } from 'vitest';

import { dateFormat } from './locale.ts';

const NOON_MS = Date.UTC(2030, 0, 1, 12);

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe('dates in the zone of the system', () => {
  it('follow one that changes while the desk runs', () => {
    const hours = ['UTC', 'America/New_York', 'Asia/Tokyo', 'UTC'].map((zone) => {
      vi.stubEnv('TZ', zone);
      return dateFormat({ hour: '2-digit', hourCycle: 'h23' }).format(NOON_MS);
    });
    expect(hours).toEqual(['12', '07', '21', '12']);
  });

  it('ask for its name once, however many are written', () => {
    dateFormat({ hour: '2-digit' });
    const asked = vi.spyOn(Intl.DateTimeFormat.prototype, 'resolvedOptions');
    for (let count = 0; count < 1_000; count += 1) dateFormat({ hour: '2-digit' }).format(NOON_MS + count);
    expect(asked).not.toHaveBeenCalled();
  });
});
