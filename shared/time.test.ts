import { assert, date, integer, oneof, property, stringMatching, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseDateMs, parseIsoMs } from './time.ts';

const days = oneof(
  date({ min: new Date(0), max: new Date('2040-01-01'), noInvalidDate: true }),
  date({ noInvalidDate: true }),
);
const likeIso = oneof(
  days.map((day) => day.toISOString()),
  stringMatching(/^(19|20)\d\d-\d\d-[0-3]\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  stringMatching(/^2030-06-01T(24|10):00:[0-7]\d[.,:]\d\d[\dx]Z?\d?$/),
);
/** Texts of one minute, one after the other, the second changed at one place. */
const neighbours = tuple(likeIso, integer({ min: 0, max: 23 }), stringMatching(/^[0-9TZ:.x-]$/)).map(
  ([text, at, mark]) => [text, text.slice(0, at) + mark + text.slice(at + 1)] as const,
);

describe('times that are read by the minute of the one before', () => {
  it('D5 are what Date.parse says, or are no times where it says so', () => {
    assert(
      property(oneof(neighbours, tuple(likeIso, likeIso)), (texts) => {
        for (const text of texts) expect(parseDateMs(text)).toBe(Date.parse(text));
      }),
      { numRuns: 20_000 },
    );
  });

  it('D5 carry their zone, and are none before 1970', () => {
    assert(
      property(neighbours, (texts) => {
        for (const text of texts) {
          const ms = /(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
          expect(parseIsoMs(text)).toBe(ms >= 0 ? ms : null);
        }
      }),
      { numRuns: 10_000 },
    );
  });

  it('D5 midnight written as 24:00 is a time, and a second after it is none', () => {
    expect(parseIsoMs('2030-06-01T24:00:00.000Z')).toBe(Date.UTC(2030, 5, 2));
    expect(parseIsoMs('2030-06-01T24:00:01.000Z')).toBeNull();
  });
});
