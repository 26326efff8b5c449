import type { Destination } from '#shared/domain/attention/attention.ts';
import { HOUR_MS } from '#shared/time.ts';
import type { SettingsChange } from '#shared/domain/settings/settings.ts';

import type { Clock } from '../../lib/clock.ts';
import type { QuickDecision } from '../quick-decision.ts';
import type { TrayAct } from './tray-model.ts';

export interface TrayActParts {
  isLocked(): boolean;
  panic: { press(origin: 'tray'): void };
  decide(decision: QuickDecision): Promise<void>;
  /** Opens the window at a place, or as it was. */
  open(destination: Destination | null): void;
  changeSettings(change: SettingsChange, origin: 'tray'): unknown;
  requestQuit(): void;
  clock: Pick<Clock, 'now'>;
}

/** What the entries of the tray's menu do. PANIC is pressed before anything else is looked at. */
export function createTrayActs(parts: TrayActParts): (act: TrayAct) => void {
  return (act) => {
    switch (act.kind) {
      case 'panic':
        parts.panic.press('tray');
        break;
      case 'decide':
        void parts.decide({ ...act, origin: 'tray' });
        break;
      case 'open':
        parts.open(act.destination);
        break;
      case 'sound':
      case 'mute':
        // A menu that was opened before the desk was locked changes no setting after it.
        if (!parts.isLocked()) parts.changeSettings(changeOf(act, parts.clock.now()), 'tray');
        break;
      case 'quit':
        parts.requestQuit();
    }
  };
}

const changeOf = (
  { kind, on }: Extract<TrayAct, { kind: 'sound' | 'mute' }>,
  nowMs: number,
): SettingsChange =>
  kind === 'sound'
    ? { attention: { sound: on } }
    : { attentionPolicy: { muteUntilMs: on ? nowMs + HOUR_MS : null } };
