import { isDeepStrictEqual } from 'node:util';

import type { CommandOrigin } from '#shared/domain/command.ts';
import type { Settings, SettingsChange } from '#shared/domain/settings/settings.ts';

import type { Clock } from '../../lib/clock.ts';
import type { Disposer } from '../../lib/disposables.ts';
import type { SettingsPort } from '../../settings/port.ts';
import type { JournalPort } from '../port.ts';
import { settingsRecord } from './settings-record.ts';

export interface RecordedSettingsParts {
  settings: SettingsPort;
  journal: Pick<JournalPort, 'append' | 'setRetention'>;
  clock: Clock;
}

/** Settings with from where each change was made. */
export interface RecordedSettings {
  /** A person's change, journaled with from where it was made. */
  changeSettings(change: SettingsChange, origin: CommandOrigin): Settings;
  /** All settings at once, journaled with from where. */
  replaceSettings(next: Settings, origin: CommandOrigin): void;
  dispose: Disposer;
}

/** Journals every change of settings, whoever makes it, and has the journal keep what they say from then on (D8). */
export function recordSettings({ settings, journal, clock }: RecordedSettingsParts): RecordedSettings {
  /** Whoever changes settings without saying so is a part of the desk itself. */
  let changedFrom: CommandOrigin = 'desk';
  let known = settings.get();

  function from<T>(origin: CommandOrigin, run: () => T): T {
    changedFrom = origin;
    try {
      return run();
    } finally {
      changedFrom = 'desk';
    }
  }

  const dispose = settings.onChange((changed) => {
    const line = settingsRecord(known, changed, changedFrom, clock.now());
    if (line !== null) journal.append(line);
    const { retention } = known;
    known = changed;
    // Said only when it is another: each time it is, the journal soon looks for what may go.
    if (!isDeepStrictEqual(changed.retention, retention)) journal.setRetention(changed.retention);
  });

  return {
    changeSettings: (change, origin) => from(origin, () => settings.change(change)),
    replaceSettings: (next, origin) => void from(origin, () => settings.replace(next)),
    dispose,
  };
}
