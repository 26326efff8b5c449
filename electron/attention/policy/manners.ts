import type { Severity } from '#shared/domain/alert.ts';
import type { SoundName } from '#shared/domain/attention.ts';

/**
 * How much each occasion matters and how it sounds. The one place where that is decided. What is `low` is shown in the
 * window alone, without a sound.
 */
export const MANNERS = {
  'approval-asked': { severity: 'medium', sound: 'approval' },
  'approvals-waiting': { severity: 'medium', sound: 'approval' },
  'alert-high': { severity: 'high', sound: 'alert' },
  'alert-critical': { severity: 'critical', sound: 'critical' },
  halted: { severity: 'critical', sound: 'kill' },
  resumed: { severity: 'high', sound: 'clear' },
  'lifted-by-itself': { severity: 'critical', sound: 'critical' },
  'lifted-by-somebody': { severity: 'critical', sound: 'critical' },
  'halt-unknown': { severity: 'high', sound: 'alert' },
  'panic-pressed': { severity: 'critical', sound: 'kill' },
  'panic-still-on': { severity: 'high', sound: 'kill' },
  'panic-not-confirmed': { severity: 'critical', sound: 'critical' },
  'panic-confirmed': { severity: 'high', sound: 'clear' },
  'panic-resumed': { severity: 'medium', sound: 'clear' },
  'run-started': { severity: 'low', sound: 'clear' },
  'run-completed': { severity: 'medium', sound: 'clear' },
  'model-trade': { severity: 'low', sound: 'clear' },
  'link-stopped': { severity: 'high', sound: 'alert' },
  'limit-near': { severity: 'high', sound: 'alert' },
  'limit-not-pressed': { severity: 'critical', sound: 'critical' },
  'limit-unwatched': { severity: 'high', sound: 'alert' },
  'heartbeat-failing': { severity: 'high', sound: 'alert' },
  'journal-trouble': { severity: 'high', sound: 'alert' },
} as const satisfies Record<string, { severity: Severity; sound: SoundName }>;

export type Occasion = keyof typeof MANNERS;
