import type { JournalEntry, JournalKind } from '#shared/domain/journal/journal.ts';
import { t } from '#shared/words.ts';

import type { Tone } from '../../ui/badge.tsx';

const LOOKS: Record<JournalKind, { label: string; tone: Tone }> = {
  approval: { label: t('Approval'), tone: 'accent' },
  'kill-switch': { label: t('Kill switch'), tone: 'danger' },
  portfolio: { label: t('Portfolio'), tone: 'neutral' },
  alert: { label: t('Alert'), tone: 'warn' },
  trade: { label: t('Trade'), tone: 'ok' },
  activity: { label: t('Activity'), tone: 'neutral' },
  link: { label: t('Link'), tone: 'neutral' },
  command: { label: t('Command'), tone: 'accent' },
  panic: { label: t('Panic'), tone: 'danger' },
  notification: { label: t('Notification'), tone: 'neutral' },
  settings: { label: t('Settings'), tone: 'neutral' },
  system: { label: t('System'), tone: 'neutral' },
};

export const kindLabel = (kind: JournalKind): string => LOOKS[kind].label;

/** The tone of an entry's kind. What is about halts is red where it is grave, and calm where none was found. */
export function kindTone({ kind, severity }: Pick<JournalEntry, 'kind' | 'severity'>): Tone {
  const { tone } = LOOKS[kind];
  if (tone !== 'danger') return tone;
  if (severity === 'critical' || severity === 'high') return 'danger';
  return severity === 'medium' ? 'warn' : 'neutral';
}
