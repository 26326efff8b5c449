import type { Retention, RetentionPreview } from '#shared/domain/journal/journal.ts';
import { DEFAULT_RETENTION } from '#shared/domain/journal/journal.ts';
import { t } from '#shared/words.ts';

import { formatCount, formatDay } from '../../../ui/format.ts';

/** One figure as it stands in its input; off keeps its text. */
interface Figure {
  on: boolean;
  text: string;
}
export type RetentionTexts = Record<keyof Retention, Figure>;
export type RetentionErrors = Partial<Record<keyof Retention, string>>;

/** What an input suggests where nothing is limited. */
const SUGGESTED: Record<keyof Retention, number> = {
  keepDays: DEFAULT_RETENTION.keepDays ?? 365,
  keepDecisionsDays: 3_650,
  maxSizeMb: DEFAULT_RETENTION.maxSizeMb ?? 4_096,
};
const LEAST: Record<keyof Retention, number> = { keepDays: 1, keepDecisionsDays: 30, maxSizeMb: 16 };
const MOST: Record<keyof Retention, number> = {
  keepDays: 36_500,
  keepDecisionsDays: 36_500,
  maxSizeMb: 1_000_000,
};

export function retentionTexts(retention: Retention): RetentionTexts {
  const figure = (name: keyof Retention): Figure => ({
    on: retention[name] !== null,
    text: String(retention[name] ?? SUGGESTED[name]),
  });
  return {
    keepDays: figure('keepDays'),
    keepDecisionsDays: figure('keepDecisionsDays'),
    maxSizeMb: figure('maxSizeMb'),
  };
}

/** Reads the inputs, or says what is wrong with which. What is off is not looked at. */
export function readRetentionTexts(
  texts: RetentionTexts,
): { ok: true; retention: Retention } | { ok: false; errors: RetentionErrors } {
  const errors: RetentionErrors = {};
  const read = (name: keyof Retention): number | null => {
    const { on, text } = texts[name];
    if (!on) return null;
    const value = /^\s*\d{1,7}\s*$/.test(text) ? Number(text) : 0;
    if (value < LEAST[name] || value > MOST[name])
      errors[name] = t('Type a whole number from {count} to {count2}.', {
        count: formatCount(LEAST[name]),
        count2: formatCount(MOST[name]),
      });
    return value;
  };
  const retention = {
    keepDays: read('keepDays'),
    keepDecisionsDays: read('keepDecisionsDays'),
    maxSizeMb: read('maxSizeMb'),
  };
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, retention };
}

/**
 * What would go, in words. `isTooLarge`: the journal is larger than it may be, so that the oldest of these go only until it
 * is small enough.
 */
export function previewWords(preview: RetentionPreview, isTooLarge: boolean): string {
  const { entries, decisions, oldestAtMs, newestAtMs } = preview;
  if (entries === 0 || oldestAtMs === null || newestAtMs === null) return t('Nothing would be deleted now.');
  const which =
    decisions === 0
      ? t('none of them a decision')
      : decisions === entries
        ? t('all of them decisions')
        : t('{count} of them decisions', { count: formatCount(decisions) });
  const count = t('{written} {entries, plural, one {entry} other {entries}}', {
    written: formatCount(entries),
    entries,
  });
  const [from, to] = [formatDay(oldestAtMs), formatDay(newestAtMs)];
  const span = from === to ? t('of {from}', { from }) : t('from {from} to {to}', { from, to });
  return isTooLarge
    ? t(
        'At most {count} {span} would be deleted now, {which}: the oldest first, until the journal is small enough.',
        { count, span, which },
      )
    : t('{count} {span} would be deleted now, {which}.', { count, span, which });
}
