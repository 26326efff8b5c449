import { describe, expect, it } from 'vitest';

import { DEFAULT_RETENTION, retention as retentionSchema } from '#shared/domain/journal/journal.ts';

import { previewWords, readRetentionTexts, retentionTexts } from './retention-texts.ts';

describe('D8 how long the journal is kept, as it is typed in', () => {
  it('what is not touched is saved as it was', () => {
    for (const retention of [DEFAULT_RETENTION, { keepDays: null, keepDecisionsDays: 90, maxSizeMb: null }]) {
      expect(readRetentionTexts(retentionTexts(retention))).toEqual({ ok: true, retention });
    }
  });

  it('what is refused here is what the contract refuses', () => {
    const texts = retentionTexts({ keepDays: 7, keepDecisionsDays: 90, maxSizeMb: 64 });
    for (const name of ['keepDays', 'keepDecisionsDays', 'maxSizeMb'] as const) {
      for (const text of ['0', '1', '15', '16', '29', '30', '36500', '36501', '1000000', '1000001']) {
        const read = readRetentionTexts({ ...texts, [name]: { on: true, text } });
        const allowed = retentionSchema.shape[name].safeParse(Number(text)).success;
        expect(read.ok, `${name} ${text}`).toBe(allowed);
      }
      for (const text of ['', '1.5', '-3', 'ten', '1e3'])
        expect(readRetentionTexts({ ...texts, [name]: { on: true, text } })).toMatchObject({ ok: false });
      expect(readRetentionTexts({ ...texts, [name]: { on: false, text: 'nonsense' } })).toMatchObject({
        ok: true,
        retention: { [name]: null },
      });
    }
  });

  it('says what would go, and that decisions are among it', () => {
    const oldestAtMs = Date.UTC(2026, 0, 2, 12);
    const newestAtMs = Date.UTC(2026, 2, 3, 12);
    const preview = { entries: 1, decisions: 0, oldestAtMs, newestAtMs: oldestAtMs };
    expect(previewWords({ ...preview, entries: 0 }, false)).toBe('Nothing would be deleted now.');
    expect(previewWords(preview, false)).toMatch(/^1 entry of .*2026.*none of them a decision\.$/);
    expect(previewWords({ entries: 9, decisions: 2, oldestAtMs, newestAtMs }, false)).toMatch(
      /^9 entries from .* to .*, 2 of them decisions\.$/,
    );
    expect(previewWords({ entries: 9, decisions: 9, oldestAtMs, newestAtMs }, true)).toMatch(
      /^At most 9 entries .*all of them decisions: the oldest first/,
    );
  });
});
