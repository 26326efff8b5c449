import type { JournalKind } from '#shared/domain/journal.ts';

import type { Tone } from '../../ui/badge.tsx';

const LOOKS: Record<JournalKind, { label: string; tone: Tone }> = {
  approval: { label: 'Approval', tone: 'accent' },
  'kill-switch': { label: 'Kill switch', tone: 'danger' },
  portfolio: { label: 'Portfolio', tone: 'neutral' },
  alert: { label: 'Alert', tone: 'warn' },
  trade: { label: 'Trade', tone: 'ok' },
  activity: { label: 'Activity', tone: 'neutral' },
  link: { label: 'Link', tone: 'neutral' },
  command: { label: 'Command', tone: 'accent' },
  panic: { label: 'Panic', tone: 'danger' },
  notification: { label: 'Notification', tone: 'neutral' },
  settings: { label: 'Settings', tone: 'neutral' },
  system: { label: 'System', tone: 'neutral' },
};

export const kindLabel = (kind: JournalKind): string => LOOKS[kind].label;
export const kindTone = (kind: JournalKind): Tone => LOOKS[kind].tone;
